//! Outgoing messages until the server has stored them: at most 100, in order, none twice.
//!
//! Within a conversation one message is on its way at a time, so that neither a lost frame nor
//! a refusal for speed can let a later one overtake it.

use serde::{Deserialize, Serialize};

use super::order::in_order;
use crate::protocol::message::{MessageKind, SendMessage};
use crate::protocol::{ClientId, ErrorCode, ErrorPayload, MediaId, Room};

/// Most messages that wait; the next one is refused.
pub const QUEUE_MAX: usize = 100;

/// How long an answer may take before the message is sent again with the same key.
pub const ANSWER_MS: i64 = 10_000;

/// How often the server may fail with one message before it is shown as refused.
const TRIES_MAX: u32 = 5;

/// The 101st message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{QUEUE_MAX} messages wait already")]
pub struct QueueFull;

/// A message that the server has not confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// As it goes out.
    pub message: SendMessage,
    /// When it was written (client's clock, Unix ms); grows strictly within a queue.
    pub written_at: i64,
    /// Where it stands.
    pub state: ItemState,
    /// The file that goes with it, as it was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<LocalFile>,
    /// Times that the server failed with it.
    #[serde(default)]
    tries: u32,
}

/// What is known of a file before the server has it. The file itself is kept elsewhere, under the
/// message's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalFile {
    /// What it looks like here; the server decides.
    pub kind: MessageKind,
    /// Bytes.
    pub size: u64,
    /// As it was chosen.
    pub name: String,
}

/// Where an outgoing message stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Its file is on its way; until the server has it, nothing behind it leaves.
    Uploading,
    /// Waits for the connection, for its turn, or until `not_before`.
    Queued {
        /// The server asked to wait until then.
        not_before: i64,
    },
    /// On its way since.
    Sending {
        /// When it left.
        since: i64,
    },
    /// Not taken; waits for the operator.
    Refused(ErrorPayload),
}

/// What to show and to keep across reloads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutboxChange {
    /// New, or in another state.
    Put(Box<Item>),
    /// Stored by the server, or given up by the operator.
    Removed {
        /// Where it was going.
        room: Room,
        /// Its key.
        client_id: ClientId,
        /// A file went with it.
        file: bool,
    },
    /// So many wait now.
    Waiting(u32),
}

/// The queue.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    items: Vec<Item>,
}

impl Item {
    /// Whether it is not refused.
    pub fn waits(&self) -> bool {
        !matches!(self.state, ItemState::Refused(_))
    }
}

impl Outbox {
    /// The queue that an earlier page load left: what was on its way is sent again.
    pub fn restore(items: Vec<Item>) -> Self {
        let mut items = in_order(items, |a, b| a.written_at.cmp(&b.written_at));
        for item in &mut items {
            if matches!(item.state, ItemState::Sending { .. }) {
                item.state = ItemState::Queued { not_before: 0 };
            }
        }
        Self { items }
    }

    /// All of them, in order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// How many wait; refused ones do not count.
    pub fn waiting(&self) -> usize {
        self.items.iter().filter(|item| item.waits()).count()
    }

    /// Adds a message at the end; one with a file waits for it.
    ///
    /// # Errors
    /// [`QueueFull`] for the 101st.
    pub fn push(
        &mut self,
        message: SendMessage,
        file: Option<LocalFile>,
        now: i64,
    ) -> Result<Item, QueueFull> {
        if self.waiting() >= QUEUE_MAX {
            return Err(QueueFull);
        }
        let last = self.items.last().map_or(i64::MIN, |item| item.written_at);
        let item = Item {
            message,
            written_at: now.max(last.saturating_add(1)),
            state: match file {
                Some(_) => ItemState::Uploading,
                None => ItemState::Queued { not_before: 0 },
            },
            file,
            tries: 0,
        };
        self.items.push(item.clone());
        Ok(item)
    }

    /// A message by its key.
    pub fn get(&self, client_id: ClientId) -> Option<&Item> {
        self.items.iter().find(|i| i.message.client_id == client_id)
    }

    /// Takes a message out.
    pub fn remove(&mut self, client_id: ClientId) -> Option<Item> {
        let at = self.position(client_id)?;
        Some(self.items.remove(at))
    }

    /// The server has a message's file.
    pub fn uploaded(&mut self, client_id: ClientId, media_id: MediaId) -> Option<&Item> {
        let item = self.uploading(client_id)?;
        item.message.media_id = Some(media_id);
        item.state = ItemState::Queued { not_before: 0 };
        Some(item)
    }

    /// The server will never have it: the message keeps its place, and those behind it go on.
    pub fn not_uploaded(&mut self, client_id: ClientId, error: ErrorPayload) -> Option<&Item> {
        let item = self.uploading(client_id)?;
        item.state = ItemState::Refused(error);
        Some(item)
    }

    fn uploading(&mut self, client_id: ClientId) -> Option<&mut Item> {
        let at = self.position(client_id)?;
        Some(&mut self.items[at]).filter(|item| item.state == ItemState::Uploading)
    }

    /// A refused message goes to the queue's end. A file is sent once more: what the server had may
    /// be why it refused.
    ///
    /// # Errors
    /// [`QueueFull`] when 100 wait already.
    pub fn resend(&mut self, client_id: ClientId, now: i64) -> Result<Option<Item>, QueueFull> {
        let refused = self.get(client_id).is_some_and(|item| !item.waits());
        if !refused {
            return Ok(None);
        }
        if self.waiting() >= QUEUE_MAX {
            return Err(QueueFull);
        }
        let Some(mut item) = self.remove(client_id) else {
            return Ok(None);
        };
        if item.file.is_some() {
            item.message.media_id = None;
        }
        self.push(item.message, item.file, now).map(Some)
    }

    /// The server does not take a message: it waits if that helps, otherwise it is refused.
    pub fn refuse(&mut self, client_id: ClientId, error: ErrorPayload, now: i64) -> Option<&Item> {
        let at = self.position(client_id)?;
        let item = &mut self.items[at];
        let wait = match error.code {
            ErrorCode::RateLimitExceeded => Some(
                error
                    .retry_after_ms
                    .map_or(1_000, |ms| i64::try_from(ms.min(60_000)).unwrap_or(60_000)),
            ),
            ErrorCode::InternalError if item.tries < TRIES_MAX => {
                item.tries += 1;
                Some(1_000 << item.tries)
            }
            _ => None,
        };
        item.state = match wait {
            Some(ms) => ItemState::Queued {
                not_before: now.saturating_add(ms),
            },
            None => ItemState::Refused(error),
        };
        Some(item)
    }

    /// Puts a message back that was on its way, for another attempt from `not_before` on.
    pub fn put_back(&mut self, client_id: ClientId, not_before: i64) -> Option<&Item> {
        let at = self.position(client_id)?;
        let item = &mut self.items[at];
        if matches!(item.state, ItemState::Sending { .. }) {
            item.state = ItemState::Queued { not_before };
        }
        Some(item)
    }

    /// The connection went: whatever was on its way waits again. Gives those that changed.
    pub fn requeue_all(&mut self) -> Vec<Item> {
        let mut changed = Vec::new();
        for item in &mut self.items {
            if matches!(item.state, ItemState::Sending { .. }) {
                item.state = ItemState::Queued { not_before: 0 };
                changed.push(item.clone());
            }
        }
        changed
    }

    /// Takes what may leave now: the first waiting one of each conversation that is `open`.
    /// One that had no answer for [`ANSWER_MS`] leaves again.
    pub fn due(&mut self, now: i64, open: impl Fn(&Room) -> bool) -> Vec<Item> {
        let mut seen: Vec<Room> = Vec::new();
        let mut due = Vec::new();
        for item in &mut self.items {
            let room = &item.message.room;
            if !item.waits() || seen.contains(room) {
                continue;
            }
            seen.push(room.clone());
            if open(room) && departure(&item.state) <= now {
                item.state = ItemState::Sending { since: now };
                due.push(item.clone());
            }
        }
        due
    }

    /// When [`Self::due`] is to be asked again.
    pub fn deadline(&self, open: impl Fn(&Room) -> bool) -> Option<i64> {
        let mut seen: Vec<&Room> = Vec::new();
        let mut next = None;
        for item in self.items.iter().filter(|item| item.waits()) {
            let room = &item.message.room;
            if seen.contains(&room) {
                continue;
            }
            seen.push(room);
            if open(room) && item.state != ItemState::Uploading {
                let at = departure(&item.state);
                next = Some(next.map_or(at, |next: i64| next.min(at)));
            }
        }
        next
    }

    /// The conversations that messages wait for.
    pub fn rooms(&self) -> Vec<Room> {
        let mut rooms: Vec<Room> = Vec::new();
        for item in self.items.iter().filter(|item| item.waits()) {
            if !rooms.contains(&item.message.room) {
                rooms.push(item.message.room.clone());
            }
        }
        rooms
    }

    fn position(&self, client_id: ClientId) -> Option<usize> {
        self.items
            .iter()
            .position(|item| item.message.client_id == client_id)
    }
}

fn departure(state: &ItemState) -> i64 {
    match state {
        ItemState::Queued { not_before } => *not_before,
        ItemState::Sending { since } => since.saturating_add(ANSWER_MS),
        ItemState::Uploading | ItemState::Refused(_) => i64::MAX,
    }
}

#[cfg(test)]
mod tests;
