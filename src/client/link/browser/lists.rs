//! What `public/lists/` hears of the store, and what it says: which chats fit the filter.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Event};

use super::Link;
use crate::client::script::tell;
use crate::protocol::{Conversation, OperatorId, ServerEvent, SessionStatus, reading};

/// Says what else than lists has changed.
pub(super) fn told(event: &ServerEvent) {
    match event {
        ServerEvent::SettingsUpdate { section, .. } if section == "views" => tell("sala-views", ""),
        ServerEvent::Mentioned { .. } | ServerEvent::MentionsRead { .. } => {
            tell("sala-mentions", "");
        }
        _ => {}
    }
}

/// Who has the chat.
fn whose(conversation: &Conversation, me: OperatorId) -> &'static str {
    match &conversation.session {
        Some(session) if session.is_active_for(me) => "mine",
        Some(session) => match session.status {
            SessionStatus::Waiting => "waiting",
            SessionStatus::Active => "other",
            SessionStatus::Closed => "nobody",
        },
        None => "nobody",
    }
}

impl Link {
    /// Takes over what fits, and says what the list has, until the present owner goes.
    pub(super) fn listen_to_lists(&self) {
        let store = self.store.clone();
        let narrowed = window_event_listener_untyped("sala-narrowed", move |event: Event| {
            let event = event.dyn_ref::<CustomEvent>();
            let text = event.and_then(|event| event.detail().as_string());
            store.narrow(text.and_then(|text| reading::read(&text).ok()));
        });
        let store = self.store.clone();
        let asked = window_event_listener_untyped("sala-ask", move |_| {
            let mut lines = String::new();
            let me = store.me.with_untracked(|me| me.id);
            for room in store.shown() {
                if let Some(known) = store.conversation_untracked(&room) {
                    let (room, rev) = (room.to_string(), known.rev.to_string());
                    for part in [&room, " ", &rev, " ", whose(&known, me), "\n"] {
                        lines.push_str(part);
                    }
                }
            }
            tell("sala-rooms", &lines);
        });
        on_cleanup(move || {
            narrowed.remove();
            asked.remove();
        });
    }
}
