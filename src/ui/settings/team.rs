//! Team and time zone: what the team calls itself, and how it counts days.

pub(super) mod shown;
mod texts;

use leptos::prelude::*;

use self::shown::{TeamShown, forms};
use self::texts::Texts;
use super::card::{Choice, TextField, Writing, card};
use super::flash::Flash;
use super::words::Words;
use crate::protocol::fault::Reason;
use crate::protocol::hours::Weekday;
use crate::protocol::preferences::Language;
use crate::ui::front::PageFacts;
use crate::ui::words::{Dates, Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused: |_, _| None,
    field,
    why,
};

/// The list of zones that the browser offers.
const ZONES: &str = "zones";

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    (flash.key == forms::TEAM).then(|| texts_in::<Texts>(lang).saved().to_owned())
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "name" => texts.name(),
        "language" => texts.language(),
        "time_zone" => texts.time_zone(),
        "first_day" => texts.first_day(),
        "buddhist_year" => texts.buddhist_year(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let unknown = field == "time_zone" && matches!(reason, Reason::Unknown | Reason::Missing);
    unknown.then(|| texts_in::<Texts>(lang).no_zone())
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// The section.
pub(super) fn view(facts: PageFacts, writing: &Writing<'_>, shown: &TeamShown) -> AnyView {
    let lang = facts.lang;
    let texts = texts_in::<Texts>(lang);
    let dates = Dates::new(texts_in(lang), facts.habits);
    let languages = Language::ALL.map(|language| Choice {
        value: language.tag(),
        label: Lang::from_tag(language.tag())
            .map_or("", Lang::name)
            .to_owned(),
        lang: Some(language.tag()),
    });
    let days = Weekday::ALL.map(|day| Choice {
        value: day.name(),
        label: dates.weekday(day).to_owned(),
        lang: None,
    });
    let zones: Vec<_> = shown
        .zones
        .iter()
        .map(|zone| view! { <option value=zone.clone()></option> })
        .collect();
    let team = &shown.team;
    let form = writing
        .form(forms::TEAM)
        .hidden("version", shown.version.to_string())
        .text(TextField {
            name: "name",
            hint: Some(texts.name_hint()),
            value: &team.name,
            autocomplete: "organization",
            most: Some(100),
            optional: true,
            ..TextField::default()
        })
        .segment("language", None, languages.into(), team.language.tag())
        .text(TextField {
            name: "time_zone",
            hint: Some(texts.time_zone_hint()),
            value: &team.time_zone,
            autocomplete: "off",
            list: Some(ZONES),
            ..TextField::default()
        })
        .row(view! { <datalist id=ZONES>{zones}</datalist> })
        .select("first_day", days.into(), team.first_day.name())
        .switch("buddhist_year", None, team.buddhist_year)
        .save();
    card(12, texts.team(), None, form)
}
