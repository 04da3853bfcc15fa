//! The week: a row a day, with the fields of its hours and a bar for the eye.

use leptos::prelude::*;

use super::shown::{Hours, forms};
use super::texts::Texts;
use super::typed::{REMOVE, TypedDay, TypedSpan, field_of};
use super::{about, drop_form, enter, fault, is_changed, weekday};
use crate::protocol::hours::{DAY_MINUTES, OpenSpan, Weekday};
use crate::ui::components::{Icon, icon_small};
use crate::ui::document::field_error;
use crate::ui::settings::card::{self, Writing};
use crate::ui::settings::texts::Texts as Common;
use crate::ui::words::{Lang, texts_in};

/// The card.
pub(super) fn card(lang: Lang, writing: &Writing<'_>, shown: &Hours) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let days = shown.first_day.week().filter_map(|day| {
        let typed = shown.week.0.iter().find(|typed| typed.day == day)?;
        Some(row(lang, writing, shown, typed))
    });
    let days: Vec<_> = days.collect();
    let kept_nowhere = (!shown.own).then(|| {
        if shown.is_for_all() {
            texts.none_set()
        } else {
            texts.not_own()
        }
    });
    let body = view! {
        {kept_nowhere.map(|why| view! { <p class="hint">{why}</p> })}
        <form
            class="form"
            method="post"
            action="/settings/hours"
            data-changed=is_changed(writing, shown, forms::WEEK).then_some("")
        >
            {enter()}
            <input type="hidden" name="form" value=forms::WEEK />
            {about(shown)}
            <div class="week__head" aria-hidden="true">
                <span></span>
                <span></span>
                <span>
                    <span>"0"</span>
                    <span>"6"</span>
                    <span>"12"</span>
                    <span>"18"</span>
                    <span>"24"</span>
                </span>
            </div>
            <ul class="week">{days}</ul>
            <div class="form__foot">
                <button class="button" data-save="">
                    {texts_in::<Common>(lang).save()}
                </button>
                <span class="hint">
                    {texts.zone_hint(&shown.zone)}
                    " "
                    <a href="/settings/team">{texts.change_zone()}</a>
                </span>
            </div>
        </form>
        {drop_form(lang, shown)}
    };
    card::card(12, texts.week(), None, body.into_any())
}

fn row(lang: Lang, writing: &Writing<'_>, shown: &Hours, typed: &TypedDay) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let (day, name) = (typed.day, weekday(lang, typed.day));
    let field = field_of(day);
    let id = format!("{}-{field}", forms::WEEK);
    let error_id = format!("{id}-error");
    let wrong = fault(writing, forms::WEEK, &field);
    let spans = typed.spans.iter().enumerate();
    let spans: Vec<_> = spans.map(|(at, it)| span(lang, day, at, it)).collect();
    let closed = (!typed.open).then(|| view! { <span class="muted">{texts.closed()}</span> });
    view! {
        <li>
            <label class="option">
                <input
                    id=id
                    type="checkbox"
                    name=format!("{}_open", day.name())
                    value="on"
                    checked=typed.open
                    aria-invalid=wrong.map(|_| "true")
                    aria-describedby=wrong.map(|_| error_id.clone())
                />
                <span>{name}</span>
            </label>
            <div class="week__spans">
                {closed}
                {spans}
                <details class="more">
                    <summary>
                        {icon_small(Icon::Plus)}
                        {texts.add_hours()}
                        <span class="visually-hidden">{name}</span>
                    </summary>
                    <div class="span">{pair(lang, day, "new", &TypedSpan::default())}</div>
                </details>
                {field_error(wrong, error_id)}
            </div>
            <span class="bar" aria-hidden="true">
                {bar(shown, day)}
            </span>
        </li>
    }
    .into_any()
}

/// Both fields of a span.
fn pair(lang: Lang, day: Weekday, at: &str, typed: &TypedSpan) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let (name, title) = (day.name(), weekday(lang, day));
    let time = |end: &str, value: &str, label: String| {
        view! {
            <span class="field">
                <input
                    type="time"
                    name=format!("{name}_{end}_{at}")
                    value=value.to_owned()
                    aria-label=label
                />
            </span>
        }
    };
    view! {
        {time("from", &typed.from, texts.begins(title))}
        <span class="muted">{texts.to()}</span>
        {time("to", &typed.to, texts.ends(title))}
    }
    .into_any()
}

fn span(lang: Lang, day: Weekday, at: usize, typed: &TypedSpan) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let across = typed.read().ok().filter(|span| span.is_across_midnight());
    let until = across.map(|span| {
        let next = Weekday::ALL[(day.since_monday() + 1) % 7];
        texts.until(&format!("{} {}", weekday(lang, next), span.to))
    });
    view! {
        <div class="span">
            {pair(lang, day, &at.to_string(), typed)}
            <button
                class="icon-button icon-button--small"
                name=REMOVE
                value=format!("{}.{at}", day.name())
                aria-label=texts.remove_hours(weekday(lang, day), &typed.from, &typed.to)
            >
                {icon_small(Icon::X)}
            </button>
            {until.map(|until| view! { <span class="hint">{until}</span> })}
        </div>
    }
    .into_any()
}

/// The day's hours, and those that have come over midnight, as parts of its bar.
fn bar(shown: &Hours, day: Weekday) -> Vec<AnyView> {
    let read = |day: Weekday| {
        let typed = shown
            .week
            .0
            .iter()
            .find(|typed| typed.day == day && typed.open);
        let spans = typed.into_iter().flat_map(|typed| typed.spans.iter());
        spans.filter_map(|span| span.read().ok())
    };
    let before = Weekday::ALL[(day.since_monday() + 6) % 7];
    let over = read(before).filter(|span: &OpenSpan| span.is_across_midnight());
    let over = over.map(|span| (0, span.to.minutes(), true));
    let own = read(day).map(|span| {
        let from = span.from.minutes();
        (from, span.minutes().min(DAY_MINUTES - from), false)
    });
    let part = |(from, length, over): (u16, u16, bool)| {
        let percent = |minutes: u16| f64::from(minutes) * 100.0 / f64::from(DAY_MINUTES);
        let style = format!(
            "inset-inline-start:{:.1}%;inline-size:{:.1}%",
            percent(from),
            percent(length)
        );
        view! { <i data-over=over.then_some("") style=style></i> }.into_any()
    };
    over.chain(own).map(part).collect()
}
