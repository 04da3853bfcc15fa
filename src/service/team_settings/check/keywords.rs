//! Whether words may be those by which customers ask for a person.

use super::of_form;
use crate::protocol::fault::Reason;
use crate::protocol::message::utf16_len;
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::HandOver;
use crate::protocol::text::is_directional;
use crate::service::error::Fault;
use crate::service::hand_over::is_findable;

/// Most keywords of a language.
const KEYWORDS_MAX: usize = 50;

/// Longest keyword, in UTF-16 units.
const KEYWORD_MAX: usize = 50;

/// By which words customers ask for a person.
pub(in crate::service::team_settings) fn hand_over(
    value: serde_json::Value,
) -> Result<HandOver, Fault> {
    let form =
        "The value is {\"keywords\": {\"en\": [\"admin\"]}}, with lists by th, en, ja and zh-TW.";
    of_form(value, form)
}

/// The same as it is stored: without outer blanks, each once.
pub(in crate::service::team_settings) fn checked_hand_over(
    mut rule: HandOver,
) -> Result<HandOver, Fault> {
    for language in Language::ALL {
        let field = field_of(language);
        let refuse = |reason, sentence: String| Err(Fault::new(field, reason, sentence));
        let mut kept: Vec<String> = Vec::new();
        for keyword in rule.keywords.of_mut(language).drain(..) {
            let keyword = keyword.trim().to_owned();
            if keyword.is_empty() || kept.contains(&keyword) {
                continue;
            }
            if utf16_len(&keyword) > KEYWORD_MAX {
                let sentence = format!("A keyword has at most {KEYWORD_MAX} UTF-16 units.");
                return refuse(Reason::TooLong, sentence);
            }
            let is_odd = |c: char| c.is_control() || is_directional(c);
            if keyword.chars().any(is_odd) || !is_findable(&keyword) {
                let sentence = "A keyword is a word that can be read.".to_owned();
                return refuse(Reason::Unseen, sentence);
            }
            kept.push(keyword);
        }
        if kept.len() > KEYWORDS_MAX {
            let sentence = format!("There are at most {KEYWORDS_MAX} keywords in a language.");
            return refuse(Reason::TooLong, sentence);
        }
        *rule.keywords.of_mut(language) = kept;
    }
    Ok(rule)
}

const fn field_of(language: Language) -> &'static str {
    match language {
        Language::Thai => "keywords.th",
        Language::English => "keywords.en",
        Language::Japanese => "keywords.ja",
        Language::TraditionalChinese => "keywords.zh-TW",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn checked(en: &Value) -> Result<Vec<String>, &'static str> {
        let value = json!({ "keywords": { "en": en } });
        let read = hand_over(value).and_then(checked_hand_over);
        read.map(|rule| rule.keywords.en)
            .map_err(|fault| fault.field)
    }

    #[test]
    fn keywords_are_words_each_once() {
        let kept = checked(&json!([" admin ", "admin", "", "real person"]));
        assert_eq!(kept.expect("kept"), ["admin", "real person"]);
        let long = json!(["x".repeat(51)]);
        let many: Vec<String> = (0..51).map(|n| format!("w{n}")).collect();
        for wrong in [json!(["?"]), json!(["a\u{202e}b"]), long, json!(many)] {
            assert_eq!(checked(&wrong), Err("keywords.en"), "{wrong}");
        }
        assert_eq!(checked(&json!("admin")), Err("value"));
    }
}
