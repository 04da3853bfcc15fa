//! From an answer to what it answers, from a search to what it found: the message comes into view,
//! from the history if need be.

use std::time::Duration;

use leptos::prelude::*;

use super::actions::focus;
use super::scroll::Scroll;
use super::texts::Texts;
use crate::client::signals::{RwSignal, StoredValue};
use crate::client::{EntryKey, Thread};
use crate::protocol::{MessageId, Room};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::live::effect;
use crate::ui::window::Window;
use crate::ui::words::use_texts;

/// How long the message stands out.
const FOUND: Duration = Duration::from_secs(2);

/// What leads to a message: one that is quoted, or that was searched for.
pub(super) fn leading(
    room: StoredValue<Room>,
    thread: StoredValue<Thread>,
    window: Window<EntryKey>,
    scroll: Scroll,
) -> Callback<MessageId> {
    let (desk, view) = (use_desk(), use_view());
    let texts = use_texts::<Texts>();
    let wanted = RwSignal::new(None::<MessageId>);
    let lost = RwSignal::from(thread.with_value(|thread| thread.lost.clone()));
    let lead = Callback::new(move |id| {
        wanted.set(Some(id));
        if thread.with_value(|thread| thread.key_of(id)).is_none() {
            desk.console().load_around(&room.get_value(), id);
        }
    });
    effect(move || {
        let sought = view.seek.get();
        let sought = sought.filter(|(at, _)| room.with_value(|room| room == at));
        if let Some((_, id)) = sought {
            view.seek.set(None);
            untrack(|| lead.run(id));
        }
    });
    effect(move || {
        let Some(id) = wanted.get() else { return };
        let keys = thread.with_value(|thread| thread.entries.keys());
        let is_lost = lost.get() == Some(id);
        if let Some(key) = thread.with_value(|thread| thread.key_of(id)) {
            wanted.set(None);
            let at = keys.iter().position(|known| *known == key);
            window.reach_to(keys.len() - at.unwrap_or(0));
            request_animation_frame(move || show(key, scroll));
        } else if is_lost {
            wanted.set(None);
            lost.set(None);
            scroll.moved();
            view.tell(texts.quoted_lost());
        }
    });
    lead
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
    // Who goes from hit to hit stays there.
    let active = document().active_element();
    if active.is_none_or(|active| !active.matches(".find-bar *").unwrap_or(false)) {
        focus(&message);
    }
    let _ = message.set_attribute("data-found", "");
    set_timeout(
        move || {
            let _ = message.remove_attribute("data-found");
        },
        FOUND,
    );
}
