//! Which language a customer's words are in, judged by their script, for `lang` attributes.

use super::{Lang, use_lang};

/// The `lang` for a run of text; absent for Latin and other scripts that need no help.
///
/// Han alone does not tell Japanese from Chinese, so `contact` (what LINE says of the customer)
/// decides. When that says nothing, it is Japanese on a Japanese page and Traditional Chinese
/// on all others.
pub(crate) fn lang_of(text: &str, contact: Option<&str>) -> Option<&'static str> {
    let mut han = false;
    for c in text.chars() {
        match c {
            '\u{0e00}'..='\u{0e7f}' => return Some("th"),
            '\u{3040}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => return Some("ja"),
            '\u{ac00}'..='\u{d7a3}' => return Some("ko"),
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
                han = true;
            }
            _ => {}
        }
    }
    han.then(|| match contact {
        Some(language) if language.starts_with("ja") => "ja",
        Some("zh-CN" | "zh-Hans" | "zh-SG") => "zh-Hans",
        None if use_lang() == Lang::Ja => "ja",
        _ => "zh-Hant",
    })
}

#[cfg(test)]
mod tests {
    use super::lang_of;

    #[test]
    fn script_decides_and_the_contact_settles_han() {
        assert_eq!(lang_of("ขอสีแดง 3 เมตร", None), Some("th"));
        assert_eq!(lang_of("ギフト包装", None), Some("ja"));
        assert_eq!(lang_of("田中 健太", Some("ja")), Some("ja"));
        assert_eq!(lang_of("林怡君", None), Some("zh-Hant"));
        assert_eq!(lang_of("Chanon W.", Some("th")), None);
    }
}
