//! What a section says about its forms, so that all parts of a page can say it.

use super::flash::Flash;
use super::form::Why;
use super::texts::Texts;
use crate::protocol::fault::Reason;
use crate::ui::words::{Lang, texts_in};

/// What a section says about its forms.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// What holds now that a form was taken.
    pub flash: fn(Lang, &Flash) -> Option<String>,
    /// That a form was not taken, in a few words; absent: nothing was saved.
    pub refused: fn(Lang, &str) -> Option<&'static str>,
    /// What a field is called.
    pub field: fn(Lang, &str) -> Option<&'static str>,
    /// Why its value is refused, where the general sentence does not fit.
    pub why: fn(Lang, &str, Reason) -> Option<&'static str>,
}

impl Words {
    /// Of a section without forms.
    pub(super) const NONE: Self = Self {
        flash: |_, _| None,
        refused: |_, _| None,
        field: |_, _| None,
        why: |_, _, _| None,
    };

    /// The sentence for a field that is refused.
    pub(super) fn sentence(&self, lang: Lang, field: &str, why: Why) -> &'static str {
        let texts = texts_in::<Texts>(lang);
        match why {
            Why::Doubled => texts.doubled(),
            Why::Value(reason) => {
                (self.why)(lang, field, reason).unwrap_or_else(|| texts.of_reason(reason))
            }
        }
    }
}
