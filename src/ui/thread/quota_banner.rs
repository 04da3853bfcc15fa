//! Most or all of the month's messages are used: administrators and the chat's owner are told, and
//! whoever closes the line has peace for the day.

use leptos::prelude::*;

use crate::client::signals::{Memo, RwSignal};
use crate::client::{recall, remember, use_console};
use crate::protocol::quota::{ChannelQuota, QuotaLevel, next_month};
use crate::protocol::{ChannelName, Role};
use crate::ui::components::{Icon, icon};
use crate::ui::desk::use_view;
use crate::ui::live::{live, press, view};
use crate::ui::quota::{Texts, number};
use crate::ui::words::{Zone, day, use_dates, use_texts};

/// The line; nothing while enough is left.
#[component]
pub(super) fn QuotaBanner() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let dates = use_dates();
    let hydrated = use_view().hydrated;
    let store = use_console().store;
    let (quotas, now, zone) = (store.quotas, store.now, store.zone);
    let me = store.me.with_untracked(|me| me.id);
    let own = own_channel();
    let admin = Memo::new(move || store.me.with(|me| me.role == Role::Admin));
    let closed = RwSignal::new(0_u32);
    let local = move || zone.get().unwrap_or_else(Zone::default);
    let today = Memo::new(move || day(local(), now.get()));
    let key = move |quota: &ChannelQuota| {
        let level = quota.level().attribute().unwrap_or_default();
        format!("sala.{me}.quota.{}.{level}", quota.channel)
    };
    let shown = Memo::new(move || {
        closed.track();
        let (own, admin, today) = (own.get(), admin.get(), today.get().to_string());
        if !hydrated.get() {
            return None;
        }
        quotas.with(|all| {
            let concerns = |quota: &&ChannelQuota| {
                let mine = admin || own.as_ref() == Some(&quota.channel);
                mine && quota.level() > QuotaLevel::Fine
                    && recall(&key(quota)).as_deref() != Some(&today)
            };
            all.iter()
                .filter(concerns)
                .max_by_key(|quota| quota.level())
                .cloned()
        })
    });
    live(move || {
        let quota = shown.get()?;
        let full = quota.level() == QuotaLevel::Full;
        let (title, rest) = if full {
            let at = now.get_untracked();
            let end = dates.date(next_month(at), at, local());
            (texts.used_up().to_owned(), texts.only_free(&end))
        } else {
            let left = number(quota.left().unwrap_or_default());
            (
                texts.warned(&quota.percent().to_string()),
                texts.warned_text(&left),
            )
        };
        let account = (!quota.channel.is_default()).then(|| format!("{}: ", quota.channel));
        let close = move |_| {
            remember(&key(&quota), &today.get_untracked().to_string());
            closed.update(|times| *times += 1);
        };
        Some(view! {
            <div class="banner" role="status" data-kind=full.then_some("offline") data-about="quota">
                {icon(Icon::Alert)}
                <span>
                    {account}
                    <b>{title}</b>
                    " "
                    {rest}
                </span>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=texts.hide_today()
                    title=texts.hide_today()
                    on:click=press(close)
                >
                    {icon(Icon::X)}
                </button>
            </div>
        })
    })
}

/// The account of the open chat, if the reader owns it.
fn own_channel() -> Memo<Option<ChannelName>> {
    let store = use_console().store;
    let (open, me) = (store.open, store.me);
    Memo::new(move || {
        let room = open.get()?;
        let conversation = store.conversation(&room)?;
        let me = me.with(|me| me.id);
        conversation.with(|c| {
            let is_mine = c.session.as_ref().is_some_and(|s| s.is_active_for(me));
            is_mine.then(|| c.channel.clone())
        })
    })
}
