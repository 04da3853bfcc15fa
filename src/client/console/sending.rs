//! Sending, trying again, and typing.

use super::Console;
use crate::client::engine::Input;
use crate::client::mentions::mentioned;
use crate::client::outbox::{LocalFile, QueueFull};
use crate::client::store::{Entry, EntryKey, LocalState};
use crate::protocol::message::{ContentError, SendMessage, StickerRef};
use crate::protocol::{CannedId, ClientId, Command, MessageId, Room};

/// Why a message was not taken into the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// Empty or too long.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// A hundred wait already.
    #[error(transparent)]
    QueueFull(#[from] QueueFull),
}

impl Console {
    /// Sends words to the customer; they show at once.
    ///
    /// # Errors
    /// [`SendRefused`]; the draft is then still the caller's.
    pub fn send_text(&self, room: &Room, text: String) -> Result<(), SendRefused> {
        self.send_reply(room, text, None, None)
    }

    /// Sends words to the customer as an answer to a line, perhaps made of a canned reply.
    ///
    /// # Errors
    /// [`SendRefused`].
    pub fn send_reply(
        &self,
        room: &Room,
        text: String,
        quote: Option<MessageId>,
        canned: Option<CannedId>,
    ) -> Result<(), SendRefused> {
        let message = SendMessage {
            text: Some(text),
            quote_message_id: quote,
            canned_id: canned,
            ..empty(room)
        };
        self.send(message)
    }

    /// Writes words to the team; who is named in them with an `@` is told.
    ///
    /// # Errors
    /// [`SendRefused`].
    pub fn send_note(
        &self,
        room: &Room,
        note: String,
        canned: Option<CannedId>,
    ) -> Result<(), SendRefused> {
        let me = self.store.me.with_untracked(|me| me.id);
        let mentions = self
            .store
            .presence
            .with_untracked(|team| mentioned(&note, team, me));
        let message = SendMessage {
            note: Some(note),
            canned_id: canned,
            mentions,
            ..empty(room)
        };
        self.send(message)
    }

    /// Sends a sticker to the customer.
    ///
    /// # Errors
    /// [`SendRefused`].
    pub fn send_sticker(&self, room: &Room, sticker: StickerRef) -> Result<(), SendRefused> {
        let message = SendMessage {
            sticker: Some(sticker),
            ..empty(room)
        };
        self.send(message)
    }

    /// Sends a file to the customer once the server has it. `client_id` is the key under which it
    /// waits.
    ///
    /// # Errors
    /// [`QueueFull`].
    pub fn send_file(
        &self,
        room: &Room,
        client_id: ClientId,
        file: LocalFile,
    ) -> Result<(), QueueFull> {
        let message = SendMessage {
            client_id,
            delay_s: self.delay(),
            ..empty(room)
        };
        self.link.send(message, Some(file))
    }

    /// Tries a line again: one that Sala refused goes to the end of the queue, one that LINE
    /// refused is attempted by the server.
    ///
    /// # Errors
    /// [`SendRefused::QueueFull`].
    pub fn retry(&self, room: &Room, entry: &Entry) -> Result<(), SendRefused> {
        match (&entry.local, entry.key) {
            (LocalState::Refused(_), EntryKey::Client(client_id)) => {
                self.link.resend(client_id)?;
            }
            (LocalState::Stored, _) if entry.message.status.may_retry() => {
                self.command(Command::RetryMessage {
                    room: room.clone(),
                    message_id: entry.message.id,
                });
            }
            _ => {}
        }
        Ok(())
    }

    /// Gives up a line that is not stored: refused, or still waiting.
    pub fn discard(&self, room: &Room, key: EntryKey) {
        let EntryKey::Client(client_id) = key else {
            return;
        };
        let thread = self.store.thread_untracked(room);
        let row = thread.and_then(|thread| thread.entries.row(&key));
        let local = row.map(|row| row.with_untracked(|entry| entry.local.clone()));
        // What is on its way may be stored already: taking it away here would hide that.
        if local.is_some_and(|local| local.is_here()) {
            self.link.feed(Input::Discard(client_id));
        }
    }

    /// The operator pressed a key in the composer.
    pub fn typing(&self, room: &Room) {
        self.link.feed(Input::Typing(room.clone(), true));
    }

    /// The operator emptied or left the composer. Sending ends the typing by itself.
    pub fn stop_typing(&self, room: &Room) {
        self.link.feed(Input::Typing(room.clone(), false));
    }

    fn send(&self, message: SendMessage) -> Result<(), SendRefused> {
        let mut message = message;
        // What stays here need not be taken back.
        if message.note.is_none() {
            message.delay_s = self.delay();
        }
        message.content()?;
        self.link.send(message, None)?;
        Ok(())
    }

    fn delay(&self) -> Option<u8> {
        Some(self.store.delay_s).filter(|delay| *delay > 0)
    }
}

fn empty(room: &Room) -> SendMessage {
    SendMessage {
        room: room.clone(),
        client_id: ClientId::random(),
        text: None,
        sticker: None,
        media_id: None,
        note: None,
        quote_message_id: None,
        delay_s: None,
        canned_id: None,
        mentions: Vec::new(),
    }
}
