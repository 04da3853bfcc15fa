//! What a browser calls itself, in words that its owner recognises.

/// A device in words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Device {
    /// Such as `Firefox`, if it says so.
    pub(super) browser: Option<String>,
    /// Such as `Windows`, if it says so.
    pub(super) system: Option<String>,
}

/// Many call themselves by others' names too; the earlier line wins.
const BROWSERS: &[(&str, &str)] = &[
    (" Line/", "LINE"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// Longest name of a program that is none of the browsers.
const PROGRAM_CHARS: usize = 30;

/// What a browser calls itself, as browser and system, as far as it says so.
pub fn browser_and_system(user_agent: Option<&str>) -> (Option<String>, Option<String>) {
    let Device { browser, system } = Device::of(user_agent);
    (browser, system)
}

impl Device {
    /// Of a `User-Agent`.
    pub(super) fn of(user_agent: Option<&str>) -> Self {
        let said = user_agent.unwrap_or_default();
        Self {
            browser: named(BROWSERS, said).or_else(|| program(said)),
            system: named(SYSTEMS, said),
        }
    }
}

fn named(names: &[(&str, &str)], said: &str) -> Option<String> {
    let found = names.iter().find(|(sign, _)| said.contains(sign));
    found.map(|(_, name)| (*name).to_owned())
}

/// `curl` of `curl/8.5.0`.
fn program(said: &str) -> Option<String> {
    let name = said.split(['/', ' ']).next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = !name.is_empty() && name.len() <= PROGRAM_CHARS && name.chars().all(plain);
    (fits && name != "Mozilla").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_in_words() {
        for (said, browser, system) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/126.0.0.0 Safari/537.36",
                Some("Chrome"),
                Some("Windows"),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
                Some("Edge"),
                Some("Windows"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                Some("Safari"),
                Some("iPhone"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Mobile/15E148 Safari/604.1 Line/14.9.0",
                Some("LINE"),
                Some("iPhone"),
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
                Some("Firefox"),
                Some("Linux"),
            ),
            ("curl/8.5.0", Some("curl"), None),
            ("<script>", None, None),
            ("Mozilla/5.0", None, None),
            ("", None, None),
        ] {
            let device = Device::of(Some(said));
            assert_eq!(device.browser.as_deref(), browser, "{said}");
            assert_eq!(device.system.as_deref(), system, "{said}");
        }
        assert_eq!(Device::of(None), Device::default());
    }
}
