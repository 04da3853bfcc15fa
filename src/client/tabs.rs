//! Several tabs of one operator: one of them leads (and rings), and drafts are the same in all.
//!
//! Unread marks and sent messages need nothing here: the server tells every connection.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::StoredValue as LocalValue;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use serde::{Deserialize, Serialize};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{SortedMap, Store, clock, persist};
use crate::client::signals::ArcRwSignal;
use crate::protocol::{Room, reading};

/// How long a leader that fell silent keeps its place. Tabs in the background may be woken
/// once a minute only; then another one leads, which is as well.
const LEASE_MS: i64 = 4_000;

/// This tab among the operator's tabs.
#[derive(Clone)]
pub(super) struct Tabs {
    store: Store,
    lease: String,
    name: String,
}

/// What tabs tell each other.
#[derive(Serialize, Deserialize)]
struct Draft {
    room: Room,
    text: String,
}

/// What another tab said last of each draft. It is not said back: two tabs that repeat each
/// other's words, while one of them goes on typing, never come to an end.
type Heard = Rc<RefCell<SortedMap<Room, String>>>;

/// The channel, and what hears it: dropped together.
struct Ways {
    channel: BroadcastChannel,
    heard: Heard,
    _hear: Closure<dyn Fn(MessageEvent)>,
}

impl Tabs {
    /// Joins the others, until the present owner goes.
    pub(super) fn join(store: &Store) -> Self {
        let me = store.me.with_untracked(|me| me.id);
        let tabs = Self {
            store: store.clone(),
            lease: format!("sala.{me}.leader"),
            name: format!("{:x}", clock::seed()),
        };
        tabs.tick();
        if let Ok(channel) = BroadcastChannel::new(&format!("sala.{me}")) {
            share_drafts(store, channel);
        }
        let leaving = tabs.clone();
        let unload = window_event_listener(leptos::ev::pagehide, move |_| leaving.leave());
        let leaving = tabs.clone();
        on_cleanup(move || {
            unload.remove();
            leaving.leave();
        });
        tabs
    }

    /// Renews the lead, or takes it when nobody has it.
    pub(super) fn tick(&self) {
        let now = clock::wall();
        let held = persist::load(&self.lease);
        let held = held.as_deref().and_then(|lease| lease.split_once(' '));
        let free = held.is_none_or(|(name, until)| {
            name == self.name || until.parse::<i64>().unwrap_or(0) <= now
        });
        if free {
            let lease = format!("{} {}", self.name, now + LEASE_MS);
            persist::store(&self.lease, &lease);
        }
        if self.store.leader.get_untracked() != free {
            self.store.leader.set(free);
        }
    }

    fn leave(&self) {
        if self.store.leader.try_get_untracked() == Some(true) {
            persist::store(&self.lease, "");
        }
    }
}

fn share_drafts(store: &Store, channel: BroadcastChannel) {
    let drafts = store.drafts.clone();
    let heard = Heard::default();
    let hearing = Rc::clone(&heard);
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        let Ok(draft) = reading::read::<Draft>(&text) else {
            return;
        };
        let known = drafts.with_untracked(|all| all.get(&draft.room).cloned());
        if let Some(known) = known.filter(|known| known.with_untracked(|old| *old != draft.text)) {
            hearing.borrow_mut().insert(draft.room, draft.text.clone());
            known.set(draft.text);
        }
    });
    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    let drafts = store.drafts.clone();
    let ways = Rc::new(Ways {
        channel,
        heard,
        _hear: hear,
    });
    let told = Rc::clone(&ways);
    // Each draft is watched by an effect of its own, made when the draft appears.
    Effect::new(move |watched: Option<Vec<Room>>| {
        let mut watched = watched.unwrap_or_default();
        for (room, draft) in drafts.get() {
            if !watched.contains(&room) {
                watched.push(room.clone());
                tell_changes(Rc::clone(&told), room, draft);
            }
        }
        watched
    });
    let ways = LocalValue::new_local(ways);
    on_cleanup(move || {
        ways.try_with_value(|ways| ways.channel.close());
    });
}

fn tell_changes(ways: Rc<Ways>, room: Room, draft: ArcRwSignal<String>) {
    Effect::new(move |before: Option<String>| {
        let text = draft.get();
        let is_news = ways.heard.borrow().get(&room) != Some(&text);
        if is_news && before.is_some_and(|before| before != text) {
            ways.heard.borrow_mut().remove(&room);
            let message = Draft {
                room: room.clone(),
                text: text.clone(),
            };
            let message = serde_json::to_string(&message).unwrap_or_default();
            // A tab that cannot be told reads the draft when it is loaded again.
            let _ = ways.channel.post_message(&message.into());
        }
        text
    });
}
