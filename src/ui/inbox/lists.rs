//! The way to the script that has filters, saved views, the selection of several rows, the menu of
//! snoozing and who answers a chat, `public/lists/lists.mjs`. What fits a filter the server says; the store shows it
//! ([`crate::client::Store::narrowed`]).

use leptos::prelude::*;

use crate::client::script::Script;
use crate::client::signals::Memo;
use crate::client::use_console;
use crate::protocol::{Conversation, Mode, Role, SessionStatus};
use crate::ui::components::{Icon, icon};
use crate::ui::live::{Live, live, said, view, when};
use crate::ui::opening::{at_rest, opens};
use crate::ui::words::{texts, use_texts};

texts! {
    filter: "Filter", "ตัวกรอง", "絞り込み", "篩選";
    snooze: "Snooze", "พักไว้", "スヌーズ", "延後";
    to_bot: "Let the bot answer", "ให้บอทตอบ", "ボット対応に切り替える", "切換為機器人模式";
    to_team: "Hand over to a person", "ส่งต่อให้เจ้าหน้าที่", "担当者に引き継ぐ", "轉接真人客服";
    none_fits: "No chat fits this filter", "ไม่มีแชทที่ตรงกับตัวกรอง", "条件に合うチャットはありません", "沒有符合篩選條件的對話";
    none_fits_text: "Change the filter, or clear it.", "เปลี่ยนหรือล้างตัวกรอง", "条件を変えるか、解除してください。", "請變更或清除篩選條件。";
}

static SCRIPT: Script = Script::at("/lists/lists.mjs");

/// The button of the filter, in the list's head.
pub(super) fn filter_button() -> AnyView {
    let label = use_texts::<Texts>().filter();
    view! {
        <button
            type="button"
            class="icon-button icon-button--small filter-button"
            data-shortcut="f"
            aria-label=label
            title=label
            aria-haspopup="dialog"
            on:click=opens(&SCRIPT, "filter")
        >
            {icon(Icon::Filter)}
        </button>
    }
}

/// Where the script shows saved views, what the filter is, and the order of the list.
pub(super) fn narrowing() -> AnyView {
    at_rest(&SCRIPT);
    let me = use_console().store.me;
    let (me, shares) = me.with_untracked(|me| (me.id.to_string(), me.role >= Role::Supervisor));
    view! { <div id="narrow" data-me=me data-may-share=shares.then_some("")></div> }
}

/// Opens the menu of moments for the open chat to come back, while somebody has it.
pub(crate) fn snooze_button(conversation: Memo<Conversation>, may_pass: Memo<bool>) -> Live {
    let label = use_texts::<Texts>().snooze();
    let held = Memo::new(move || {
        let status = conversation.with(|c| c.session.as_ref().map(|session| session.status));
        may_pass.get() && status == Some(SessionStatus::Active)
    });
    let snoozed = said(move || conversation.with(|c| c.snoozed_until.is_some()));
    when(held, move || {
        view! {
            <button
                type="button"
                class="icon-button"
                data-shortcut="b"
                data-snoozed=snoozed.clone()
                aria-label=label
                title=label
                aria-haspopup="dialog"
                on:click=opens(&SCRIPT, "snooze")
            >
                {icon(Icon::Moon)}
            </button>
        }
    })
}

/// The entry of the chat's menu that lets the bot answer, or the team; for supervisors.
pub(crate) fn mode_item(conversation: Memo<Conversation>) -> Option<AnyView> {
    let may_set = use_console()
        .store
        .me
        .with_untracked(|me| me.role.may_take_over());
    may_set.then(|| {
        let texts = use_texts::<Texts>();
        let is_bot = Memo::new(move || conversation.with(|c| c.mode == Mode::Bot));
        let wanted = said(move || if is_bot.get() { "human" } else { "bot" });
        let label = live(move || {
            if is_bot.get() {
                texts.to_team()
            } else {
                texts.to_bot()
            }
        });
        view! {
            <button
                type="button"
                class="menu__item"
                popovertarget="thread-menu"
                popovertargetaction="hide"
                data-mode=wanted
                on:click=opens(&SCRIPT, "mode")
            >
                {icon(Icon::Bot)}
                {label}
            </button>
        }
    })
}
