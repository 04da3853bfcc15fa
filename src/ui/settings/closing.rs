//! Which chats are closed by themselves.

pub(super) mod shown;
mod texts;

use leptos::prelude::*;

use self::shown::{Closing, forms};
use self::texts::Texts;
use super::card::{TextField, Writing, card};
use super::flash::Flash;
use super::words::Words;
use crate::protocol::fault::Reason;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused: |_, _| None,
    field,
    why,
};

/// What the field holds where the rule is off: a day.
const USUAL_MINUTES: u32 = 24 * 60;

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    (flash.key == forms::AUTO_CLOSE).then(|| texts_in::<Texts>(lang).saved().to_owned())
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "on" => texts.on(),
        "after_minutes" => texts.after(),
        "only_if_answered" => texts.only_if_answered(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let wrong = matches!(
        reason,
        Reason::Malformed | Reason::Unknown | Reason::Missing
    );
    (field == "after_minutes" && wrong).then(|| texts_in::<Texts>(lang).after_wrong())
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// The section.
pub(super) fn view(lang: Lang, writing: &Writing<'_>, shown: &Closing) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let rule = shown.rule;
    let after = rule.after_minutes.unwrap_or(USUAL_MINUTES).to_string();
    let form = writing
        .form(forms::AUTO_CLOSE)
        .hidden("version", shown.version.to_string())
        .switch(
            "on",
            Some(texts.on_hint().to_owned()),
            rule.after_minutes.is_some(),
        )
        .text(TextField {
            name: "after_minutes",
            hint: Some(texts.after_hint()),
            value: &after,
            kind: "number",
            autocomplete: "off",
            ..TextField::default()
        })
        .switch(
            "only_if_answered",
            Some(texts.only_hint().to_owned()),
            rule.only_if_answered,
        )
        .save();
    card(12, texts.title(), None, form)
}
