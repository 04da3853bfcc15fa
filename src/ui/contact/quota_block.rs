//! What the month's messages of the chat's account have cost so far.

use leptos::prelude::*;

use crate::client::signals::{Memo, Signal};
use crate::client::use_console;
use crate::protocol::quota::next_month;
use crate::protocol::{Conversation, Timestamp};
use crate::ui::live::{live, view};
use crate::ui::quota::{Texts, block};
use crate::ui::words::{Zone, use_dates, use_texts};

/// The last part of the panel; nothing until LINE has told.
#[component]
pub(super) fn QuotaBlock(
    conversation: Memo<Conversation>,
    now: Signal<Timestamp>,
    zone: Signal<Zone>,
) -> impl IntoView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let quotas = use_console().store.quotas;
    let channel = Memo::new(move || conversation.with(|c| c.channel.clone()));
    let quota = Memo::new(move || {
        let channel = channel.get();
        quotas.with(|all| all.iter().find(|quota| quota.channel == channel).cloned())
    });
    let month_end = Memo::new(move || next_month(now.get()));
    live(move || {
        let end = dates.date(month_end.get(), now.get_untracked(), zone.get());
        let quota = quota.get()?;
        Some(view! { <section>{block(texts, &quota, &end)}</section> })
    })
}
