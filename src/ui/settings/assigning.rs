//! Assignment and targets: who gets which chat, by when customers are to be answered and cases to be
//! done.

pub(super) mod shown;
mod texts;

use leptos::prelude::*;

use self::shown::{Assigning, forms};
use self::texts::Texts;
use super::card::{Choice, TextField, Unit, Writing, card};
use super::flash::Flash;
use super::words::Words;
use crate::protocol::fault::Reason;
use crate::protocol::team_settings::AssignmentMode;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused: |_, _| None,
    field,
    why,
};

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    let texts = texts_in::<Texts>(lang);
    Some(match flash.key.as_str() {
        forms::ASSIGNMENT => texts.assignment_saved().to_owned(),
        forms::TARGETS => texts.targets_saved().to_owned(),
        _ => return None,
    })
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "first_response_s" => texts.first_response(),
        "next_response_s" => texts.next_response(),
        "resolution_s" => texts.resolution(),
        "within_hours" => texts.within_hours(),
        "mode" => texts.mode(),
        "capacity" => texts.capacity(),
        "sticky_days" => texts.sticky_days(),
        "reassign_after_minutes" => texts.reassign(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let wrong = matches!(
        reason,
        Reason::Malformed | Reason::Unknown | Reason::Missing
    );
    let texts = texts_in::<Texts>(lang);
    match field {
        "first_response_s" | "next_response_s" | "resolution_s" if wrong => {
            Some(texts.minutes_wrong())
        }
        "reassign_after_minutes" if wrong => Some(texts.minutes_wrong()),
        "capacity" if wrong => Some(texts.capacity_wrong()),
        "sticky_days" if wrong => Some(texts.days_wrong()),
        _ => None,
    }
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// The section.
pub(super) fn view(lang: Lang, writing: &Writing<'_>, shown: &Assigning) -> AnyView {
    view! {
        {assignment_card(lang, writing, shown)}
        {targets_card(lang, writing, shown)}
    }
    .into_any()
}

fn assignment_card(lang: Lang, writing: &Writing<'_>, shown: &Assigning) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let rule = shown.assignment;
    let modes = AssignmentMode::ALL.map(|mode| {
        let (label, meaning) = match mode {
            AssignmentMode::Manual => (texts.manual(), texts.manual_hint()),
            AssignmentMode::RoundRobin => (texts.round_robin(), texts.round_robin_hint()),
            AssignmentMode::LeastBusy => (texts.least_busy(), texts.least_busy_hint()),
        };
        let choice = Choice {
            value: mode.name(),
            label: label.to_owned(),
            lang: None,
        };
        (choice, meaning)
    });
    let mut form = writing
        .form(forms::ASSIGNMENT)
        .hidden("version", shown.assignment_version.to_string())
        .options("mode", modes.into(), rule.mode.name());
    for (name, unit, hint, kept) in [
        (
            "capacity",
            Unit::Chats,
            texts.capacity_hint(),
            Some(rule.capacity),
        ),
        (
            "sticky_days",
            Unit::Days,
            texts.sticky_days_hint(),
            rule.sticky_days,
        ),
        (
            "reassign_after_minutes",
            Unit::Minutes,
            texts.reassign_hint(),
            rule.reassign_after_minutes,
        ),
    ] {
        let kept = kept.map_or(String::new(), |kept| kept.to_string());
        form = form.text(TextField {
            name,
            hint: Some(hint),
            value: &kept,
            kind: "number",
            unit: Some(unit),
            autocomplete: "off",
            optional: name != "capacity",
            ..TextField::default()
        });
    }
    card(6, texts.assignment(), None, form.save())
}

/// A target in minutes; less than one is shown as one.
fn minutes(seconds: Option<u32>) -> String {
    seconds.map_or(String::new(), |seconds| seconds.div_ceil(60).to_string())
}

fn targets_card(lang: Lang, writing: &Writing<'_>, shown: &Assigning) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let rule = shown.targets;
    let mut form = writing
        .form(forms::TARGETS)
        .hidden("version", shown.targets_version.to_string());
    for (name, hint, kept) in [
        (
            "first_response_s",
            texts.first_response_hint(),
            rule.first_response_s,
        ),
        (
            "next_response_s",
            texts.next_response_hint(),
            rule.next_response_s,
        ),
        ("resolution_s", texts.resolution_hint(), rule.resolution_s),
    ] {
        form = form.text(TextField {
            name,
            hint: Some(hint),
            value: &minutes(kept),
            kind: "number",
            unit: Some(Unit::Minutes),
            autocomplete: "off",
            optional: true,
            ..TextField::default()
        });
    }
    let form = form
        .switch(
            "within_hours",
            Some(texts.within_hours_hint().to_owned()),
            rule.within_hours,
        )
        .save_beside(view! { <span class="hint">{texts.targets_foot()}</span> });
    card(6, texts.targets(), None, form)
}
