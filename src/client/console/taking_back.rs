//! Taking back what has not left: its words stand in the composer again.

use super::Console;
use crate::client::engine::Input;
use crate::client::store::{Entry, EntryKey, LocalState};
use crate::protocol::message::Direction;
use crate::protocol::{Command, MessageStatus, Room, Timestamp};

/// The newest messages among which one is looked for that waits for its delay.
const NEWEST: usize = 10;

impl Console {
    /// The newest own message that waits for the operator's delay, and when that ends; nothing
    /// without a delay. Tracks the order, the newest messages and the time.
    pub fn held(&self, room: &Room) -> Option<(Entry, Timestamp)> {
        let delay = self.store.delay_s;
        let thread = self.store.thread(room).filter(|_| delay > 0)?;
        let now = self.store.now.get();
        let me = self.store.me.with(|me| me.id.to_string());
        let rows = thread.entries.keys().into_iter().rev().take(NEWEST);
        let mut rows = rows.filter_map(|key| thread.entries.row(&key));
        rows.find_map(|row| {
            row.with(|entry| {
                let message = &entry.message;
                let leaves_at = message.created_at.plus_ms(1_000 * i64::from(delay));
                let held = waits_at_sala(entry)
                    && message.sender.id.as_ref() == Some(&me)
                    && leaves_at > now;
                held.then(|| (entry.clone(), leaves_at))
            })
        })
    }

    /// Takes a message back. What the server has goes as soon as it agrees; then, as at once with
    /// what is only here, the words are in the draft again.
    pub fn take_back(&self, room: &Room, entry: &Entry) {
        // The draft is kept from now on, whoever looks at the chat when the answer comes.
        self.draft(room);
        self.quote(room);
        match (&entry.local, entry.key) {
            (LocalState::Uploading | LocalState::Queued, EntryKey::Client(client_id)) => {
                self.store.put_back(room, &entry.message);
                self.link.feed(Input::Discard(client_id));
            }
            _ if waits_at_sala(entry) => {
                if let Some(thread) = self.store.thread_untracked(room) {
                    thread.expect_back(entry.message.id);
                }
                self.command(Command::CancelMessage {
                    room: room.clone(),
                    message_id: entry.message.id,
                });
            }
            _ => {}
        }
    }
}

/// Whether a message can be taken back, as far as can be told from here.
pub fn may_take_back(entry: &Entry) -> bool {
    match entry.local {
        LocalState::Uploading | LocalState::Queued => true,
        LocalState::Stored => waits_at_sala(entry),
        LocalState::Sending | LocalState::Refused(_) => false,
    }
}

fn waits_at_sala(entry: &Entry) -> bool {
    let message = &entry.message;
    entry.local == LocalState::Stored
        && message.direction == Direction::Out
        && message.status == MessageStatus::Queued
}
