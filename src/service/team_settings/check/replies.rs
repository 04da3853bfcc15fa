//! Whether texts may be written to customers by themselves.

use super::of_form;
use crate::protocol::automatic::{Occasion, RepliesByChannel, Translations};
use crate::protocol::fault::Reason;
use crate::protocol::message::{TEXT_MAX_UTF16, utf16_len};
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::{Survey, Warning};
use crate::protocol::text::{NO_NUL, is_blank};
use crate::service::error::Fault;

/// Longest question, in UTF-16 units: it is what lists show of the card, too.
const QUESTION_MAX: usize = 400;

/// The longest wait before a customer is asked: a day.
const WAIT_MAX_MINUTES: u32 = 24 * 60;

/// What is written to customers by itself.
pub(in crate::service::team_settings) fn automatic_replies(
    value: serde_json::Value,
) -> Result<RepliesByChannel, Fault> {
    let form = "The value has greeting, away, handed_over and closed for each account's name, each \
                with on, texts by th, en, ja and zh-TW, and spend_quota.";
    of_form(value, form)
}

/// The same as it is stored.
pub(in crate::service::team_settings) fn checked_automatic_replies(
    mut all: RepliesByChannel,
) -> Result<RepliesByChannel, Fault> {
    for replies in all.values_mut() {
        for occasion in Occasion::ALL {
            let reply = replies.on_mut(occasion);
            check_texts(&mut reply.texts, TEXT_MAX_UTF16, |language| {
                field_of(occasion, language)
            })?;
            if reply.on && reply.texts.is_empty() {
                let sentence = "What is on needs a text in one language at least.";
                return Err(Fault::new(occasion.name(), Reason::Missing, sentence));
            }
        }
    }
    Ok(all)
}

/// Leaves out texts of which nothing can be seen; refuses those of more than `most` UTF-16 units, by
/// the field of their language.
pub(super) fn check_texts(
    texts: &mut Translations,
    most: usize,
    field: impl Fn(Language) -> &'static str,
) -> Result<(), Fault> {
    for language in Language::ALL {
        let text = texts.get_mut(language);
        *text = text
            .take()
            .map(|text| text.replace("\r\n", "\n"))
            .filter(|text| !is_blank(text));
        let Some(text) = text else { continue };
        if text.contains('\0') {
            return Err(Fault::new(field(language), Reason::Malformed, NO_NUL));
        }
        if utf16_len(text) > most {
            let sentence = format!("A text has at most {most} UTF-16 units.");
            return Err(Fault::new(field(language), Reason::TooLong, sentence));
        }
    }
    Ok(())
}

/// What a customer is told before their chat is closed, which is so many minutes after the last
/// message.
pub(super) fn check_warning(warning: &mut Warning, after_minutes: u32) -> Result<(), Fault> {
    if !(1..after_minutes).contains(&warning.minutes_before) {
        let sentence = "The warning comes one minute before the chat is closed at least, and after \
                        the last message.";
        let field = "warn.minutes_before";
        return Err(Fault::new(field, Reason::Malformed, sentence));
    }
    check_texts(
        &mut warning.texts,
        TEXT_MAX_UTF16,
        |language| match language {
            Language::Thai => "warn.th",
            Language::English => "warn.en",
            Language::Japanese => "warn.ja",
            Language::TraditionalChinese => "warn.zh-TW",
        },
    )?;
    if warning.texts.is_empty() {
        let sentence = "A warning needs a text in one language at least.";
        return Err(Fault::new("warn", Reason::Missing, sentence));
    }
    Ok(())
}

/// How customers are asked how satisfied they were.
pub(in crate::service::team_settings) fn survey(value: serde_json::Value) -> Result<Survey, Fault> {
    let form = "The value has on, questions by th, en, ja and zh-TW, wait_minutes and spend_quota.";
    of_form(value, form)
}

/// The same as it is stored.
pub(in crate::service::team_settings) fn checked_survey(
    mut survey: Survey,
) -> Result<Survey, Fault> {
    check_texts(
        &mut survey.questions,
        QUESTION_MAX,
        |language| match language {
            Language::Thai => "questions.th",
            Language::English => "questions.en",
            Language::Japanese => "questions.ja",
            Language::TraditionalChinese => "questions.zh-TW",
        },
    )?;
    if survey.on && survey.questions.is_empty() {
        let sentence = "A question is in one language at least.";
        return Err(Fault::new("questions", Reason::Missing, sentence));
    }
    if survey.wait_minutes > WAIT_MAX_MINUTES {
        let sentence = "Customers are asked a day after the close at the latest.";
        return Err(Fault::new("wait_minutes", Reason::Malformed, sentence));
    }
    Ok(survey)
}

/// The field of a text.
const fn field_of(occasion: Occasion, language: Language) -> &'static str {
    macro_rules! of {
        ($occasion:literal) => {
            match language {
                Language::Thai => concat!($occasion, ".th"),
                Language::English => concat!($occasion, ".en"),
                Language::Japanese => concat!($occasion, ".ja"),
                Language::TraditionalChinese => concat!($occasion, ".zh-TW"),
            }
        };
    }
    match occasion {
        Occasion::Greeting => of!("greeting"),
        Occasion::Away => of!("away"),
        Occasion::HandedOver => of!("handed_over"),
        Occasion::Closed => of!("closed"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn checked(away: &Value) -> Result<Value, &'static str> {
        let value = json!({ "default": { "away": away } });
        let read = automatic_replies(value).and_then(checked_automatic_replies);
        let read = read.map_err(|fault| fault.field)?;
        Ok(json!(read["default"].away))
    }

    #[test]
    fn a_text_can_be_seen_and_is_no_longer_than_line_takes() {
        let longest = "ก".repeat(5_000);
        for (on, texts, refused) in [
            (true, json!({ "th": longest }), None),
            (
                true,
                json!({ "th": format!("{longest}!") }),
                Some("away.th"),
            ),
            // Of two units each.
            (
                false,
                json!({ "zh-TW": "🍎".repeat(2_501) }),
                Some("away.zh-TW"),
            ),
            (true, json!({ "en": "a\0b" }), Some("away.en")),
            (true, json!({}), Some("away")),
            (true, json!({ "th": " \u{200b}", "ja": "" }), Some("away")),
            (false, json!({}), None),
            (true, json!({ "de": "x" }), Some("value")),
        ] {
            let kept = checked(&json!({ "on": on, "texts": texts }));
            assert_eq!(kept.err(), refused, "{on}");
        }
        let kept = checked(&json!({ "on": true, "texts": { "th": " ", "en": "a\r\nb" } }));
        let texts = kept.expect("kept")["texts"].clone();
        assert_eq!(texts, json!({ "en": "a\nb" }));
    }
}
