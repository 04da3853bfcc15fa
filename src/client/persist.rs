//! What survives a reload: drafts and the outgoing queue, per operator, in the browser's
//! `localStorage`. On the server nothing happens.
//!
//! Each message of the queue has a key of its own, so that two tabs of one operator do not
//! overwrite each other's. Where storage is full or forbidden the console works without it.

use leptos::prelude::*;

use crate::client::signals::{ArcRwSignal, RwSignal};
use crate::protocol::{OperatorId, Room};

#[cfg(feature = "hydrate")]
pub(super) use browser::*;

/// Fills a draft from an earlier page load and keeps it from now on. The effects that do so
/// belong to the present owner.
pub(super) fn keep_draft(me: OperatorId, kind: &str, room: &Room, draft: ArcRwSignal<String>) {
    let key = format!("sala.{me}.{kind}.{room}");
    Effect::new(move |loaded: Option<()>| {
        let text = draft.get();
        if loaded.is_some() {
            store(&key, &text);
        } else if text.is_empty()
            && let Some(text) = load(&key)
        {
            draft.set(text);
        }
    });
}

/// Fills in how fast sounds were last played on this device, and keeps it from now on.
pub(super) fn keep_speed(speed: RwSignal<u32>) {
    const KEY: &str = "sala.speed";
    Effect::new(move |loaded: Option<()>| {
        let percent = speed.get();
        if loaded.is_some() {
            store(KEY, &percent.to_string());
        } else if let Some(kept) = load(KEY).and_then(|kept| kept.parse().ok()) {
            speed.set(kept);
        }
    });
}

/// What this browser remembers under a key.
pub(crate) fn recall(key: &str) -> Option<String> {
    load(key)
}

/// Lets this browser remember something.
pub(crate) fn remember(key: &str, text: &str) {
    store(key, text);
}

#[cfg(not(feature = "hydrate"))]
fn load(_key: &str) -> Option<String> {
    None
}

#[cfg(not(feature = "hydrate"))]
fn store(_key: &str, _text: &str) {}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::window;

    use crate::client::outbox::{Item, OutboxChange};
    use crate::protocol::{OperatorId, reading};

    /// A value by its key.
    pub(in crate::client) fn load(key: &str) -> Option<String> {
        storage()?.get_item(key).ok()?
    }

    /// Keeps a value; an empty one is forgotten.
    pub(in crate::client) fn store(key: &str, text: &str) {
        let Some(storage) = storage() else { return };
        // A full storage costs what a reload would have kept, and nothing else.
        let _ = if text.is_empty() {
            storage.remove_item(key)
        } else {
            storage.set_item(key, text)
        };
    }

    /// The messages that earlier page loads of this operator left unsent.
    pub(in crate::client) fn queue(me: OperatorId) -> Vec<Item> {
        let Some(storage) = storage() else {
            return Vec::new();
        };
        let prefix = queue_key(me, "");
        let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
        let keys: Vec<String> = keys.filter(|key| key.starts_with(&prefix)).collect();
        let items = keys.iter().filter_map(|key| load(key));
        items.filter_map(|text| reading::read(&text).ok()).collect()
    }

    /// Keeps the queue as it has become.
    pub(in crate::client) fn keep_queue(me: OperatorId, change: &OutboxChange) {
        match change {
            OutboxChange::Put(item) => {
                let key = queue_key(me, &item.message.client_id.to_string());
                store(&key, &serde_json::to_string(&**item).unwrap_or_default());
            }
            OutboxChange::Removed { client_id, .. } => {
                store(&queue_key(me, &client_id.to_string()), "");
            }
            OutboxChange::Waiting(_) => {}
        }
    }

    /// Whether this browser holds anything that was not sent, whoever wrote it.
    pub(in crate::client) fn holds_anything() -> bool {
        let Some(storage) = storage() else {
            return false;
        };
        let mut keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
        keys.any(|key| {
            [".queue.", ".draft.", ".files"]
                .iter()
                .any(|kind| key.contains(kind))
        })
    }

    fn queue_key(me: OperatorId, client_id: &str) -> String {
        format!("sala.{me}.queue.{client_id}")
    }

    fn storage() -> Option<web_sys::Storage> {
        window().local_storage().ok()?
    }
}
