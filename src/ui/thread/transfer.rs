//! The dialog that passes a chat on.

use leptos::prelude::*;

use super::remark::RemarkForm;
use super::texts::Texts;
use crate::client::order::in_order;
use crate::client::signals::{RwSignal, StoredValue};
use crate::client::use_console;
use crate::protocol::{OperatorId, OperatorPresence, Presence, Room};
use crate::ui::components::{Dialog, Icon, MenuTick, OperatorAvatar, bdi, icon, presence_word};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::live::{press, said, view};
use crate::ui::words::{Shared, use_texts};

/// To a colleague or back to the queue, with a word for them.
#[component]
pub(super) fn TransferDialog(room: StoredValue<Room>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let open = use_view().transfer;
    view! {
        <Dialog open label=texts.transfer_title()>
            <TransferForm room />
        </Dialog>
    }
}

/// The choice; exists only while the dialog is open.
#[component]
fn TransferForm(room: StoredValue<Room>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let open = use_view().transfer;
    let desk = use_desk();
    let store = use_console().store;
    // The owner needs no offer of their own chat.
    let owner = room.with_value(|room| {
        let conversation = untrack(|| store.conversation(room))?;
        conversation.with_untracked(|c| c.session.as_ref()?.operator.as_ref().map(|o| o.id))
    });
    let mut team = store.presence.get_untracked();
    team.retain(|member| Some(member.id) != owner);
    let busy = |member: &OperatorPresence| (rank(member.status), member.active_chats);
    let team = in_order(team, |a, b| busy(a).cmp(&busy(b)));
    // Whoever is at the desk and has least to do; otherwise the queue.
    let target: RwSignal<Option<OperatorId>> = RwSignal::new(
        team.first()
            .filter(|member| member.status == Presence::Online)
            .map(|member| member.id),
    );
    let choices = team
        .into_iter()
        .map(|member| choice(member, target))
        .collect_view();
    let done = Callback::new(move |words| {
        let target = target.get_untracked();
        desk.console().transfer(&room.get_value(), target, words);
    });
    view! {
        <RemarkForm open remark=texts.transfer_note() action=texts.transfer() done>
            <div>
                <h2>{texts.transfer_title()}</h2>
                <p class="muted">{texts.transfer_text()}</p>
            </div>
            <div class="popup" role="radiogroup" aria-label=texts.transfer_title()>
                {choices}
                <button
                    type="button"
                    role="radio"
                    class="menu__item"
                    aria-checked=said(move || target.get().is_none().to_string())
                    on:click=press(move |_| target.set(None))
                >
                    {icon(Icon::Inbox)}
                    {texts.to_queue()}
                    <MenuTick />
                </button>
            </div>
        </RemarkForm>
    }
}

/// Who is likeliest to take it comes first.
const fn rank(status: Presence) -> u8 {
    match status {
        Presence::Online => 0,
        Presence::Busy => 1,
        Presence::Away => 2,
        Presence::Offline => 3,
    }
}

/// One colleague.
fn choice(member: OperatorPresence, target: RwSignal<Option<OperatorId>>) -> AnyView {
    let chats = use_texts::<Shared>().chats(member.active_chats);
    let status = presence_word(member.status);
    view! {
        <button
            type="button"
            role="radio"
            class="menu__item"
            aria-checked=said(move || (target.get() == Some(member.id)).to_string())
            on:click=press(move |_| target.set(Some(member.id)))
        >
            <OperatorAvatar
                id=member.id
                name=member.name.clone()
                size=26
                presence=Some(member.status)
            />
            {bdi(member.name.clone())}
            <span class="muted">{format!("{status} · {chats}")}</span>
            <MenuTick />
        </button>
    }
    .into_any()
}
