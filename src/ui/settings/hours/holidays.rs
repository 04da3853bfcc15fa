//! Days that are otherwise, and public holidays that one may tick.

use leptos::prelude::*;

use super::shown::{Hours, Import, forms};
use super::texts::Texts;
use super::typed::{REMOVE, TypedHoliday, TypedSpan};
use super::{about, enter, fault, is_changed};
use crate::calendar::public_holidays::{Basis, Country, PublicHoliday, YEARS};
use crate::protocol::Timestamp;
use crate::protocol::chosen::Chosen;
use crate::ui::components::{Icon, icon_small};
use crate::ui::document::field_error;
use crate::ui::settings::card::{self, Writing};
use crate::ui::settings::texts::Texts as Common;
use crate::ui::words::{Dates, Lang, texts_in};

/// The card.
pub(super) fn card(lang: Lang, dates: Dates, writing: &Writing<'_>, shown: &Hours) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let id = format!("{}-holidays", forms::HOLIDAYS);
    let error_id = format!("{id}-error");
    let wrong = fault(writing, forms::HOLIDAYS, "holidays");
    let rows = shown.holidays.iter().enumerate();
    let rows: Vec<_> = rows
        .map(|(at, it)| row(lang, dates, &at.to_string(), it))
        .collect();
    let none = rows
        .is_empty()
        .then(|| view! { <p class="muted">{texts.no_holidays()}</p> });
    let body = view! {
        <form
            id=id
            tabindex="-1"
            class="form"
            method="post"
            action="/settings/hours"
            data-changed=is_changed(writing, shown, forms::HOLIDAYS).then_some("")
        >
            {enter()}
            <input type="hidden" name="form" value=forms::HOLIDAYS />
            {about(shown)}
            {none}
            <ul class="holidays">{rows}</ul>
            <details class="more">
                <summary>
                    {icon_small(Icon::Plus)}
                    {texts.add_day()}
                </summary>
                <ul class="holidays">{row(lang, dates, "new", &TypedHoliday::default())}</ul>
            </details>
            {field_error(wrong, error_id)}
            <div class="form__foot">
                <button class="button" data-save="">
                    {texts_in::<Common>(lang).save()}
                </button>
                <span class="hint">{texts.holiday_hint()}</span>
            </div>
        </form>
        {import_links(lang, shown)}
        {shown.import.as_ref().map(|import| list(lang, dates, writing, shown, import))}
    };
    card::card(12, texts.holidays(), None, body.into_any())
}

/// A day's fields; `at` is its number, and `new` of one that is not there yet.
fn row(lang: Lang, dates: Dates, at: &str, typed: &TypedHoliday) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let date = typed.date.parse::<crate::protocol::hours::Date>().ok();
    let in_words = date.map(|date| dates.chosen(Chosen::Date(date.midnight())));
    let none = [TypedSpan::default()];
    let spans = if typed.spans.is_empty() {
        &none[..]
    } else {
        &typed.spans[..]
    };
    let spans = spans.iter().enumerate().map(|(n, span)| {
        let time = |end: &str, value: &str, label: &'static str| {
            view! {
                <span class="field" data-size="xs">
                    <input
                        type="time"
                        name=format!("{end}_{at}_{n}")
                        value=value.to_owned()
                        aria-label=label
                    />
                </span>
            }
        };
        view! {
            {time("from", &span.from, texts.open_from())}
            <span class="muted">{texts.to()}</span>
            {time("to", &span.to, texts.open_to())}
        }
    });
    let spans: Vec<_> = spans.collect();
    let cross = (at != "new").then(|| {
        view! {
            <button
                class="icon-button icon-button--small"
                name=REMOVE
                value=at.to_owned()
                aria-label=texts.remove_day(&typed.name)
            >
                {icon_small(Icon::X)}
            </button>
        }
    });
    view! {
        <li>
            <span class="field">
                <input
                    type="date"
                    name=format!("date_{at}")
                    value=typed.date.clone()
                    aria-label=texts.date()
                    title=in_words
                />
            </span>
            <span class="field">
                <input
                    name=format!("name_{at}")
                    value=typed.name.clone()
                    maxlength="100"
                    autocomplete="off"
                    aria-label=texts.name()
                />
            </span>
            <span class="inline">{spans}</span>
            {cross}
        </li>
    }
    .into_any()
}

/// What a country's days of a year are called.
fn title(texts: Texts, country: Country, year: i16) -> String {
    let name = match country {
        Country::Thailand => texts.thailand(),
        Country::Japan => texts.japan(),
        Country::Taiwan => texts.taiwan(),
    };
    texts.of_year(name, &year.to_string())
}

fn import_links(lang: Lang, shown: &Hours) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let all = YEARS
        .into_iter()
        .flat_map(|year| Country::ALL.map(|country| (country, year)));
    let links = all.map(|(country, year)| {
        let href = shown.href(&format!("import={}-{year}", country.code()));
        let is_open = shown
            .import
            .as_ref()
            .is_some_and(|import| (import.country, import.year) == (country, year));
        view! {
            <a
                class="button button--small"
                href=format!("{href}#import")
                aria-current=is_open.then_some("true")
            >
                {icon_small(Icon::Calendar)}
                {title(texts, country, year)}
            </a>
        }
    });
    let links: Vec<_> = links.collect();
    view! { <div class="inline">{links}</div> }.into_any()
}

/// The days of a country, none of them ticked.
fn list(
    lang: Lang,
    dates: Dates,
    writing: &Writing<'_>,
    shown: &Hours,
    import: &Import,
) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let title = title(texts, import.country, import.year);
    let tag = import.country.lang();
    let day = |it: &PublicHoliday| {
        let when = dates.chosen(Chosen::Date(Timestamp(it.date.midnight().0)));
        let moon =
            matches!(it.basis, Basis::Moon).then(|| view! { <small>{texts.by_moon()}</small> });
        view! {
            <label class="option">
                <input type="checkbox" name=format!("day_{}", it.date) value="on" />
                <span>{when} " · " <span lang=tag>{it.name}</span></span>
                {moon}
            </label>
        }
    };
    let days: Vec<_> = import.days.iter().map(day).collect();
    let none_left = days
        .is_empty()
        .then(|| view! { <p class="muted">{texts.none_left()}</p> });
    let wrong = fault(writing, forms::IMPORT, "holidays");
    view! {
        <form
            class="import"
            id="import"
            method="post"
            action="/settings/hours"
            aria-labelledby="import-title"
        >
            <input type="hidden" name="form" value=forms::IMPORT />
            <input
                type="hidden"
                name="which"
                value=format!("{}-{}", import.country.code(), import.year)
            />
            {about(shown)}
            <div class="inline">
                <b class="strong" id="import-title">
                    {texts.tick(&title)}
                </b>
                <span class="hint">{texts.source(import.country.source())}</span>
            </div>
            {none_left}
            <span class="options" id=format!("{}-holidays", forms::IMPORT) tabindex="-1">
                {days}
            </span>
            {field_error(wrong, "import-error")}
            <div class="inline">
                <button class="button">{texts.add_ticked()}</button>
                <a class="button button--link" href=shown.href("")>
                    {texts.not_now()}
                </a>
            </div>
        </form>
    }
    .into_any()
}
