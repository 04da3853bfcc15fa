//! From an answer to what it answers: the message comes into view, from the history if need be.

use std::time::Duration;

use leptos::prelude::*;

use super::actions::focus;
use super::scroll::Scroll;
use super::texts::Texts;
use crate::client::{EntryKey, OlderState, Thread};
use crate::protocol::{MessageId, Room};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::live::effect;
use crate::ui::window::Window;
use crate::ui::words::use_texts;

/// How long the message stands out.
const FOUND: Duration = Duration::from_secs(2);

/// What leads to a message.
pub(super) fn leading(
    room: StoredValue<Room>,
    thread: StoredValue<Thread>,
    window: Window<EntryKey>,
    scroll: Scroll,
) -> Callback<MessageId> {
    let (desk, view) = (use_desk(), use_view());
    let texts = use_texts::<Texts>();
    let wanted = RwSignal::new(None::<MessageId>);
    let older = RwSignal::from(thread.with_value(|thread| thread.older.clone()));
    effect(move || {
        let Some(id) = wanted.get() else { return };
        // Each page that comes is looked through.
        let keys = thread.with_value(|thread| thread.entries.keys());
        let state = older.get();
        let found = thread.with_value(|thread| thread.key_of(id));
        if let Some(key) = found {
            wanted.set(None);
            let at = keys.iter().position(|known| *known == key);
            window.reach_to(keys.len() - at.unwrap_or(0));
            request_animation_frame(move || show(key, scroll));
            return;
        }
        match state {
            OlderState::More => desk.console().load_older(&room.get_value()),
            OlderState::Loading => {}
            OlderState::None | OlderState::Failed => {
                wanted.set(None);
                view.tell(texts.quoted_lost());
            }
        }
    });
    Callback::new(move |id| wanted.set(Some(id)))
}

/// Brings a message into view that is on the page.
fn show(key: EntryKey, scroll: Scroll) {
    let Ok(Some(message)) = document().query_selector(&format!("[data-key=\"{key}\"]")) else {
        return;
    };
    message.scroll_into_view();
    // Not at the very top, so that one sees what was before it.
    if let Ok(Some(list)) = message.closest(".message-list") {
        list.set_scroll_top(list.scroll_top() - list.client_height() / 3);
    }
    // What is laid out next keeps this place, not the one before.
    scroll.moved();
    focus(&message);
    let _ = message.set_attribute("data-found", "");
    set_timeout(
        move || {
            let _ = message.remove_attribute("data-found");
        },
        FOUND,
    );
}
