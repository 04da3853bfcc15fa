//! Whether the next answer costs anything: LINE takes answers free of charge for a short while.

use leptos::prelude::*;

use crate::client::use_console;
use crate::protocol::Conversation;
use crate::ui::live::{live, memo, view};
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
    let store = use_console().store;
    let until = memo(move || conversation.with(|c| c.free_reply_until));
    let left = memo(move || {
        until
            .get()
            .map(|until| until.since(store.now.get()))
            .filter(|left| *left > 0)
    });
    let free = memo(move || left.get().is_some());
    let time = move || dates.wait(left.get().unwrap_or_default());
    let dash = move || {
        let part = left.get().unwrap_or_default().min(FULL_MS) * ROUND / FULL_MS;
        format!("{part} {ROUND}")
    };
    live(move || {
        if !free.get() {
            return view! { <span class="chip">{texts.counts_one()}</span> }.into_any();
        }
        view! {
            <span class="chip chip--accent free">
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
                        stroke-dasharray=dash
                    ></circle>
                </svg>
                {live(move || texts.free_reply(&time()))}
                <span class="free__more">{texts.free_reply_more()}</span>
            </span>
        }
        .into_any()
    })
}
