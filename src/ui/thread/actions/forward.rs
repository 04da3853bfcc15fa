//! Sending a text on to another chat of one's own.

use leptos::prelude::*;

use super::{Actions, is_text};
use crate::client::signals::{Memo, RwSignal};
use crate::client::use_console;
use crate::protocol::{Contact, Room, Tab};
use crate::ui::components::{ContactAvatar, Dialog, MenuTick, bdi};
use crate::ui::live::{effect, live, press, said, view};
use crate::ui::thread::texts::Texts as ThreadTexts;
use crate::ui::words::{Shared, use_texts};

/// The dialog; open while there is something to forward.
#[component]
pub(in crate::ui::thread) fn ForwardDialog(actions: Actions) -> impl IntoView {
    let wanted = actions.view().forward;
    let open = RwSignal::new(false);
    effect(move || open.set(wanted.get().is_some()));
    effect(move || {
        if !open.get() && wanted.get_untracked().is_some() {
            wanted.set(None);
        }
    });
    view! {
        <Dialog open label=actions.texts.forward_title()>
            {form(actions, open)}
        </Dialog>
    }
}

/// What is asked; exists only while the dialog is open.
fn form(actions: Actions, open: RwSignal<bool>) -> AnyView {
    let (texts, shared) = (actions.texts, use_texts::<Shared>());
    let key = actions.view().forward.get_untracked();
    let entry = key.and_then(|key| actions.entry(key));
    let message = entry.map(|entry| entry.with_untracked(|entry| entry.message.clone()));
    let text = message.filter(is_text).and_then(|message| message.text);
    let close = view! {
        <button type="button" class="button" on:click=press(move |_| open.set(false))>
            {shared.cancel()}
        </button>
    };
    let Some(text) = text else {
        return view! {
            <h2>{texts.forward_title()}</h2>
            <p>{texts.forward_only_text()}</p>
            <footer>{close}</footer>
        }
        .into_any();
    };
    let to: RwSignal<Option<Room>> = RwSignal::new(None);
    let words = text.clone();
    let full = use_texts::<ThreadTexts>().queue_full();
    let send = move || {
        let Some(room) = to.get_untracked() else {
            return;
        };
        match actions.desk.console().send_text(&room, text.clone()) {
            Ok(()) => actions.view().say(texts.forwarded()),
            Err(_) => actions.view().tell(full),
        }
        open.set(false);
    };
    view! {
        <div>
            <h2>{texts.forward_title()}</h2>
            <p class="muted">{texts.forward_text()}</p>
        </div>
        <p class="sheet__words" dir="auto">
            {words}
        </p>
        <Chats actions to />
        <footer>
            {close}
            <button
                type="button"
                class="button button--primary"
                disabled=said(move || to.get().is_none())
                on:click=press(move |_| send())
            >
                {texts.forward()}
            </button>
        </footer>
    }
    .into_any()
}

/// The operator's other open chats.
#[component]
fn Chats(actions: Actions, to: RwSignal<Option<Room>>) -> impl IntoView {
    let store = use_console().store;
    actions.desk.console().load_mine();
    let mine = store.rows(Tab::Mine);
    let rooms = Memo::new(move || {
        let mut rooms = mine.get();
        actions
            .room
            .with_value(|here| rooms.retain(|room| room != here));
        rooms
    });
    live(move || {
        let rooms = rooms.get();
        if rooms.is_empty() {
            return view! { <p>{actions.texts.forward_nowhere()}</p> }.into_any();
        }
        let store = store.clone();
        let choices = rooms.into_iter().filter_map(move |room| {
            let conversation = untrack(|| store.conversation(&room))?;
            let contact = conversation.with_untracked(|c| c.contact.clone());
            Some(choice(room, contact, to))
        });
        view! {
            <div class="popup" role="radiogroup" aria-label=actions.texts.forward_title()>
                {choices.collect_view()}
            </div>
        }
        .into_any()
    })
}

fn choice(room: Room, contact: Contact, to: RwSignal<Option<Room>>) -> AnyView {
    let name = contact.shown_name().to_owned();
    let (here, chosen) = (room.clone(), room);
    view! {
        <button
            type="button"
            role="radio"
            class="menu__item"
            aria-checked=said(move || to.with(|to| to.as_ref() == Some(&here)).to_string())
            on:click=press(move |_| to.set(Some(chosen.clone())))
        >
            <ContactAvatar contact />
            {bdi(name)}
            <MenuTick />
        </button>
    }
    .into_any()
}
