//! Business hours: the week, days that are otherwise, and whether it is open.

mod holidays;
mod open_now;
pub(super) mod shown;
mod texts;
pub(super) mod typed;
mod week;

use leptos::prelude::*;

use self::shown::{Hours, forms, told};
use self::texts::Texts;
use super::accounts::{self, Said};
use super::card::Writing;
use super::flash::Flash;
use super::section::Section;
use super::words::Words;
use crate::protocol::fault::Reason;
use crate::protocol::hours::Weekday;
use crate::ui::front::PageFacts;
use crate::ui::words::{Dates, Habits, Lang, texts_in};

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
        told::WEEK => texts.saved().to_owned(),
        told::HOLIDAYS => texts.holidays_saved().to_owned(),
        told::IMPORTED => texts.imported(flash.about.first()?.parse().ok()?),
        told::DROPPED => texts.dropped().to_owned(),
        _ => return None,
    })
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    match name.strip_prefix("week.") {
        Some(day) => Some(weekday(lang, Weekday::named(day)?)),
        None if name == "holidays" => Some(texts.holidays()),
        None if name == "channel" || name == "value" => Some(texts.account()),
        None => None,
    }
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    let is_day = field.starts_with("week.");
    match (field, reason) {
        (_, Reason::Missing) if is_day => Some(texts.week_missing()),
        (_, Reason::Malformed) if is_day => Some(texts.week_wrong()),
        ("holidays", Reason::Missing) => Some(texts.holidays_missing()),
        ("holidays", Reason::Malformed) => Some(texts.holidays_wrong()),
        ("holidays", Reason::Unknown) => Some(texts.nothing_ticked()),
        _ => None,
    }
}

/// What a day is called.
fn weekday(lang: Lang, day: Weekday) -> &'static str {
    Dates::new(texts_in(lang), Habits::default()).weekday(day)
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// Whose hours are shown, where there are several accounts.
pub(super) fn action(lang: Lang, shown: &Hours) -> Option<AnyView> {
    let texts = texts_in::<Texts>(lang);
    let said = Said {
        label: texts.account(),
        all: texts.all_accounts(),
        own: texts.own_hours(),
    };
    accounts::choice(Section::Hours, &shown.accounts, &shown.chosen, said)
}

/// The section.
pub(super) fn view(facts: PageFacts, writing: &Writing<'_>, shown: &Hours) -> AnyView {
    let dates = Dates::new(texts_in(facts.lang), facts.habits);
    view! {
        {open_now::view(facts.lang, dates, shown)}
        {week::card(facts.lang, writing, shown)}
        {holidays::card(facts.lang, dates, writing, shown)}
    }
    .into_any()
}

/// A hidden field of each of the page's forms.
fn about(shown: &Hours) -> AnyView {
    view! {
        <input type="hidden" name="channel" value=shown.chosen.clone() />
        <input type="hidden" name="version" value=shown.version.to_string() />
    }
    .into_any()
}

/// The button that Enter presses: a form's first. It stands where nobody sees it, so that a cross
/// is never pressed instead.
fn enter() -> AnyView {
    view! { <button class="visually-hidden" tabindex="-1" aria-hidden="true"></button> }.into_any()
}

/// Whether this form is on its way back: refused, or with a row taken out.
fn is_changed(writing: &Writing<'_>, shown: &Hours, form: &'static str) -> bool {
    writing.is_refused(form) || shown.reworked == Some(form)
}

/// What is wrong with a field of a form.
fn fault(writing: &Writing<'_>, form: &'static str, field: &str) -> Option<&'static str> {
    writing.form(form).fault(field)
}

/// The form that takes the hours away.
fn drop_form(lang: Lang, shown: &Hours) -> Option<AnyView> {
    if !shown.own {
        return None;
    }
    let texts = texts_in::<Texts>(lang);
    let button = if shown.is_for_all() {
        texts.drop_all()
    } else {
        texts.drop_own()
    };
    let form = view! {
        <form method="post" action="/settings/hours" class="inline">
            <input type="hidden" name="form" value=forms::DROP />
            {about(shown)}
            <button class="button">{button}</button>
            <span class="hint">{texts.drop_hint()}</span>
        </form>
    };
    Some(form.into_any())
}
