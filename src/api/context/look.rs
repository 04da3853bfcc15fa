//! What an operator chose for their screen, as cookies: pages are written by these, also before
//! anybody is signed in.

use http::HeaderValue;

use crate::protocol::look::{CLOCK_COOKIE, LANG_COOKIE, THEME_COOKIE, YEARS_COOKIE};
use crate::protocol::preferences::{Appearance, ClockHours, Language, Preferences};

/// The cookies, as the console's own script sets them. What was never chosen goes on following the
/// browser.
pub(crate) fn look_cookies(chosen: Preferences) -> Vec<HeaderValue> {
    let theme = chosen.appearance.map(|appearance| match appearance {
        Appearance::Auto => "auto",
        Appearance::Light => "light",
        Appearance::Dark => "dark",
    });
    let clock = chosen.clock.map(|clock| match clock {
        ClockHours::TwentyFour => "24",
        ClockHours::Twelve => "12",
    });
    let years = if chosen.buddhist_year {
        "buddhist"
    } else {
        "gregorian"
    };
    let pairs = [
        (LANG_COOKIE, chosen.language.map(Language::tag)),
        (THEME_COOKIE, theme),
        (CLOCK_COOKIE, clock),
        // Has no "never chosen" of its own; it is saved together with the clock.
        (YEARS_COOKIE, chosen.clock.map(|_| years)),
    ];
    pairs
        .into_iter()
        .filter_map(|(name, value)| {
            let cookie = format!("{name}={}; Path=/; Max-Age=31536000; SameSite=Lax", value?);
            HeaderValue::try_from(cookie).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_chosen_becomes_a_cookie() {
        assert!(look_cookies(Preferences::default()).is_empty());
        let chosen = Preferences {
            language: Some(Language::TraditionalChinese),
            clock: Some(ClockHours::Twelve),
            ..Preferences::default()
        };
        let cookies = look_cookies(chosen);
        let pairs: Vec<_> = cookies
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .collect();
        assert_eq!(
            pairs,
            ["sala_lang=zh-TW", "sala_clock=12", "sala_years=gregorian"]
        );
    }
}
