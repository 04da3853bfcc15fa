//! What may be in a canned reply.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::db::canned::CannedRow;
use crate::protocol::canned::{
    CATEGORY_MAX_UTF16, SHORTCUT_MAX_UTF16, TITLE_MAX_UTF16, unknown_variable,
};
use crate::protocol::fault::Reason;
use crate::protocol::message::{ContentError, check_text, utf16_len};
use crate::protocol::text::visible;
use crate::protocol::{CannedId, OperatorId};
use crate::service::error::Fault;
use crate::service::folding::folded;
use crate::service::labels::label;

/// A canned reply as somebody wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CannedDraft {
    /// Which one is to be changed; absent: another one.
    pub id: Option<CannedId>,
    /// What is typed to find it.
    pub shortcut: String,
    /// What it is for.
    pub title: String,
    /// The text, with its variables.
    pub text: String,
    /// Under which heading it stands; one of which nothing can be seen is none.
    pub category: Option<String>,
    /// Whether the whole team has it.
    pub shared: bool,
}

/// What is in a canned reply, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub(super) shortcut: String,
    pub(super) folded: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) category: Option<String>,
}

impl Checked {
    pub(super) fn into_row(
        self,
        id: CannedId,
        owner_id: Option<OperatorId>,
        used: i64,
    ) -> CannedRow {
        CannedRow {
            id,
            owner_id,
            shortcut: self.shortcut,
            folded: self.folded,
            title: self.title,
            text: self.text,
            category: self.category,
            used,
        }
    }
}

/// Looks at all of a draft. The text is taken as it is; around the rest nothing is left that cannot
/// be seen.
///
/// # Errors
/// All that is wrong with it.
pub fn check(draft: &CannedDraft) -> Result<Checked, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut keep = |checked: Result<String, Fault>| {
        checked.unwrap_or_else(|fault| {
            faults.push(fault);
            String::new()
        })
    };
    let shortcut = keep(shortcut(&draft.shortcut));
    let title = keep(label("title", &draft.title, TITLE_MAX_UTF16));
    let text = keep(text(&draft.text));
    let category = visible(draft.category.clone())
        .map(|category| keep(label("category", &category, CATEGORY_MAX_UTF16)));
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Checked {
        folded: folded(&shortcut),
        shortcut,
        title,
        text,
        category,
    })
}

/// Letters, marks and digits of any script, `-` and `_`.
fn shortcut(typed: &str) -> Result<String, Fault> {
    let shortcut: String = typed.trim().nfc().collect();
    let fits = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_');
    let (reason, sentence) = if shortcut.is_empty() {
        (Reason::Missing, "A canned reply needs a shortcut.")
    } else if !shortcut.chars().all(fits) {
        let sentence = "A shortcut consists of letters, digits, - and _, of any script.";
        (Reason::Malformed, sentence)
    } else if utf16_len(&shortcut) > SHORTCUT_MAX_UTF16 {
        (Reason::TooLong, "A shortcut has at most 32 letters.")
    } else {
        return Ok(shortcut);
    };
    Err(Fault::new("shortcut", reason, sentence))
}

fn text(text: &str) -> Result<String, Fault> {
    let fault = |reason, sentence: String| Err(Fault::new("text", reason, sentence));
    if let Err(error) = check_text(text) {
        let reason = match error {
            ContentError::TooLong => Reason::TooLong,
            ContentError::Nul => Reason::Unseen,
            _ => Reason::Missing,
        };
        return fault(reason, format!("The text cannot be saved: {error}."));
    }
    if let Some(unknown) = unknown_variable(text) {
        let sentence = format!(
            "{{{unknown}}} is no variable. There are {{name}}, {{operator}}, {{channel}}, \
             {{date}} and {{time}}."
        );
        return fault(Reason::Unknown, sentence);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(shortcut: &str, text: &str) -> CannedDraft {
        CannedDraft {
            shortcut: shortcut.to_owned(),
            title: "Shipping".to_owned(),
            text: text.to_owned(),
            ..CannedDraft::default()
        }
    }

    fn reasons(draft: &CannedDraft) -> Vec<(&'static str, Reason)> {
        let faults = check(draft).err().unwrap_or_default();
        faults.iter().map(|it| (it.field, it.reason)).collect()
    }

    #[test]
    fn shortcuts_are_of_any_script() {
        for shortcut in [
            "ship",
            "ส่งด่วน",
            "送料",
            "배송",
            "shipping-2_th",
            "ก็",
            "हिन्दी",
            "1",
        ] {
            let checked = check(&draft(shortcut, "x")).expect(shortcut);
            assert_eq!(checked.shortcut, shortcut);
        }
        let composed = check(&draft("e\u{301}te\u{301}", "x")).expect("letters");
        assert_eq!(composed.shortcut, "été");
    }

    #[test]
    fn other_shortcuts_are_refused() {
        for (shortcut, reason) in [
            ("", Reason::Missing),
            ("  ", Reason::Missing),
            ("/ship", Reason::Malformed),
            ("a b", Reason::Malformed),
            ("a\u{200b}b", Reason::Malformed),
            ("😀", Reason::Malformed),
            ("a.b", Reason::Malformed),
            (&"ก".repeat(33), Reason::TooLong),
        ] {
            assert_eq!(
                reasons(&draft(shortcut, "x")),
                [("shortcut", reason)],
                "{shortcut}"
            );
        }
        assert_eq!(reasons(&draft(&"ก".repeat(32), "x")), []);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let all_wrong = CannedDraft {
            title: " \u{200b}".to_owned(),
            category: Some("c".repeat(51)),
            ..draft("a b", "Hello {nmae}")
        };
        let wanted = [
            ("shortcut", Reason::Malformed),
            ("title", Reason::Missing),
            ("text", Reason::Unknown),
            ("category", Reason::TooLong),
        ];
        assert_eq!(reasons(&all_wrong), wanted);
        let faults = check(&all_wrong).expect_err("refused");
        assert!(faults[2].sentence.starts_with("{nmae} is no variable."));
    }

    #[test]
    fn a_text_is_kept_as_it_is_and_has_a_bound() {
        let text = " line\r\n\r\n{name} ";
        assert_eq!(check(&draft("a", text)).expect("taken").text, text);
        assert_eq!(reasons(&draft("a", &"🍎".repeat(2_500))), []);
        assert_eq!(
            reasons(&draft("a", &"🍎".repeat(2_501))),
            [("text", Reason::TooLong)]
        );
        assert_eq!(
            reasons(&draft("a", "\u{200b}")),
            [("text", Reason::Missing)]
        );
        assert_eq!(reasons(&draft("a", "a\0")), [("text", Reason::Unseen)]);
    }
}
