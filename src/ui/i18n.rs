//! The language layer: every text that people read comes from here.
//!
//! The language is settled once for a page, by the server; the browser reads it from
//! `<html lang>`, so that both render the same words.

mod dates;
mod en;
mod script;
mod texts;
mod th;

use leptos::prelude::*;

use crate::protocol::text::isolated;

pub(crate) use crate::protocol::Zone;
pub(crate) use dates::{clock, day, day_head, full, length, short, wait};
pub(crate) use script::lang_of;
pub(crate) use texts::Texts;

/// The languages that the console speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lang {
    /// English.
    #[default]
    En,
    /// Thai.
    Th,
}

impl Lang {
    /// In the order of the language menu.
    pub(crate) const ALL: [Self; 2] = [Self::Th, Self::En];

    /// As in `lang="…"`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Th => "th",
        }
    }

    /// Its own name for itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Th => "ไทย",
        }
    }

    /// All its texts.
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::En => &en::TEXTS,
            Self::Th => &th::TEXTS,
        }
    }

    /// The language of a tag such as `th-TH`, if we speak it.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL
            .into_iter()
            .find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
    }

    /// The first language of an `Accept-Language` that we speak; browsers send them in order.
    #[cfg(any(feature = "ssr", test))]
    pub(crate) fn from_accept_language(header: &str) -> Option<Self> {
        header
            .split(',')
            .filter_map(|entry| entry.split(';').next())
            .find_map(Self::from_tag)
    }
}

/// The texts of the page's language.
pub(crate) fn use_texts() -> &'static Texts {
    use_lang().texts()
}

/// The page's language.
pub(crate) fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// Puts the arguments, which keep their direction to themselves, where `{0}`, `{1}`, … stand in the template.
pub(crate) fn fill(template: &str, arguments: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let number = rest.as_bytes().get(at + 1).map(|b| b.wrapping_sub(b'0'));
        if let Some(argument) = number.and_then(|n| arguments.get(usize::from(n))) {
            out.push_str(&isolated(argument));
        }
        rest = rest.get(at + 3..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The form for one, or the form for other numbers with the number put in.
pub(crate) fn counted(one: &str, many: &str, number: u32) -> String {
    if number == 1 {
        one.to_owned()
    } else {
        fill(many, &[&number.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_take_their_arguments_in_any_order() {
        assert_eq!(fill("{1} and {0}{0}", &["a", "ข"]), "ข and aa");
        assert_eq!(fill("nothing", &["a"]), "nothing");
        assert_eq!(fill("{0} left", &["נטע"]), "\u{2068}נטע\u{2069} left");
    }

    #[test]
    fn the_first_spoken_language_wins() {
        let of = Lang::from_accept_language;
        assert_eq!(of("de-DE,de;q=0.9,th;q=0.8,en;q=0.7"), Some(Lang::Th));
        assert_eq!(of("TH-th"), Some(Lang::Th));
        assert_eq!(of("fr"), None);
    }
}
