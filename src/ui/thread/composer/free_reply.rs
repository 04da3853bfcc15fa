//! Whether the next answer costs anything: LINE takes answers free of charge for a short while.

use leptos::prelude::*;

use super::cost::{Cost, Price, free_for, price_of};
use crate::client::signals::Memo;
use crate::protocol::Conversation;
use crate::ui::live::{live, said, view};
use crate::ui::quota::number;
use crate::ui::thread::texts::Texts;
use crate::ui::words::{use_dates, use_texts};

/// The ring is full at so many milliseconds.
const FULL_MS: i64 = 60_000;
/// The ring's circumference.
const ROUND: i64 = 35;

/// The chip beside the switch.
#[component]
pub(super) fn FreeReply(conversation: Memo<Conversation>) -> impl IntoView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let (left, price) = (free_for(conversation), price_of(conversation));
    let cost = Memo::new(move || Cost::of(left.get(), price.get()));
    let time = move || dates.wait(left.get().unwrap_or_default());
    let words = move || match cost.get() {
        Cost::Free => texts.free_reply(&time()),
        Cost::Ending => ending(texts, &time(), price.get()),
        Cost::Paid => paid(texts, price.get()),
        Cost::Beyond => beyond(texts, price.get()),
    };
    let dash = move || {
        let part = left.get().unwrap_or_default().min(FULL_MS) * ROUND / FULL_MS;
        format!("{part} {ROUND}")
    };
    let chip = move || match cost.get() {
        Cost::Free | Cost::Ending => "chip chip--accent free",
        Cost::Paid => "chip free",
        Cost::Beyond => "chip chip--late free",
    };
    let ring = Memo::new(move || matches!(cost.get(), Cost::Free | Cost::Ending));
    view! {
        <span class=said(chip) data-state=said(move || cost.get().attribute())>
            {live(move || ring.get().then(|| circle(dash)))}
            {live(words)}
            {live(move || {
                (cost.get() == Cost::Free)
                    .then(|| view! { <span class="free__more">{texts.free_reply_more()}</span> })
            })}
        </span>
        // Once, and not each second.
        <span class="visually-hidden" role="status">
            {live(move || (cost.get() == Cost::Ending).then(|| texts.free_reply_ends()))}
        </span>
    }
}

/// How much of the free time is left.
fn circle(dash: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    view! {
        <svg class="ring" viewBox="0 0 14 14" aria-hidden="true">
            <circle
                cx="7"
                cy="7"
                r="5.5"
                fill="none"
                stroke="currentColor"
                stroke-opacity=".25"
                stroke-width="2.5"
            ></circle>
            <circle
                cx="7"
                cy="7"
                r="5.5"
                fill="none"
                stroke="currentColor"
                stroke-width="2.5"
                stroke-dasharray=said(dash)
            ></circle>
        </svg>
    }
}

fn ending(texts: Texts, time: &str, price: Price) -> String {
    match price.left {
        Some(left) => texts.free_then(time, &number(price.messages), &number(left)),
        None => texts.free_for(time),
    }
}

fn paid(texts: Texts, price: Price) -> String {
    match price.left {
        Some(left) => texts.uses_of_left(&number(price.messages), &number(left)),
        None => texts.counts(price.messages),
    }
}

fn beyond(texts: Texts, price: Price) -> String {
    match price.left {
        None | Some(0) => texts.none_left().to_owned(),
        Some(left) => texts.too_few_left(&number(price.messages), &number(left)),
    }
}
