//! The messages of one conversation, with the operator's own that are still on their way.

mod stretch;

use std::sync::{Arc, Mutex, PoisonError};

pub use self::stretch::Stretch;
use crate::api::ThreadCursor;
use crate::client::SortedMap;
use crate::client::keyed_list::KeyedList;
use crate::client::signals::ArcRwSignal;
use crate::protocol::message::{Direction, OrderKey};
use crate::protocol::{
    ClientId, ErrorPayload, JOIN_LATEST, Message, MessageId, MessageStatus, OperatorId,
    OperatorRef, Timestamp,
};

/// How long a colleague is shown as typing without further word.
const TYPING_MS: i64 = 6_000;

/// What tells the messages of a conversation apart, from the first moment on: a message that an
/// operator sent keeps its key when the server has stored it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKey {
    /// Sent by an operator; the key that the sending client gave it.
    Client(ClientId),
    /// Any other message.
    Message(MessageId),
}

/// As an element of the page is marked with it.
impl std::fmt::Display for EntryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Client(id) => write!(f, "c{id}"),
            Self::Message(id) => write!(f, "m{id}"),
        }
    }
}

impl std::str::FromStr for EntryKey {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix('c') {
            Some(id) => id.parse().map(Self::Client),
            None => text.trim_start_matches('m').parse().map(Self::Message),
        }
    }
}

/// Where an outgoing message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalState {
    /// On the server; [`Message::status`] says the rest.
    Stored,
    /// Its file is on its way to the server.
    Uploading,
    /// Here only, until the connection is back.
    Queued,
    /// On its way to the server.
    Sending,
    /// The server refused it; it stays here until it is sent again or discarded.
    Refused(ErrorPayload),
}

impl LocalState {
    /// Whether it is certain that the server does not have it.
    pub fn is_here(&self) -> bool {
        matches!(self, Self::Uploading | Self::Queued | Self::Refused(_))
    }
}

/// A message as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Tells it apart.
    pub key: EntryKey,
    /// The message; with placeholders for what only the server knows while it is not stored.
    pub message: Message,
    /// Where it stands.
    pub local: LocalState,
}

/// How much older history there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OlderState {
    /// Some, not fetched.
    More,
    /// Being fetched.
    Loading,
    /// The first message is here.
    #[default]
    None,
    /// Could not be fetched; `load_older` tries again.
    Failed,
}

/// The messages of one conversation. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// In display order; what is not stored yet comes last.
    pub entries: KeyedList<EntryKey, Entry>,
    /// How much older history there is.
    pub older: ArcRwSignal<OlderState>,
    /// How much there is in the hole behind a stretch of the history that was led to.
    pub newer: ArcRwSignal<OlderState>,
    /// What was looked for and is not in the history.
    pub(crate) lost: ArcRwSignal<Option<MessageId>>,
    /// Colleagues who type.
    pub typing: ArcRwSignal<Vec<OperatorRef>>,
    /// Colleagues who look at the conversation.
    pub viewers: ArcRwSignal<Vec<OperatorRef>>,
    /// The first message that nobody had looked at when the conversation was opened.
    pub first_unread: ArcRwSignal<Option<MessageId>>,
    /// Whether the newest messages are here.
    pub loaded: ArcRwSignal<bool>,
    index: Arc<Mutex<Index>>,
}

/// What is known about a thread and shown by nobody.
#[derive(Debug, Default)]
struct Index {
    keys: SortedMap<MessageId, EntryKey>,
    /// History before this message is not loaded: messages from there are not taken in one by one.
    floor: Option<ThreadCursor>,
    /// Between these two nothing is loaded: where a stretch of the history ends, and where what
    /// goes on to the newest begins.
    hole: Option<(ThreadCursor, ThreadCursor)>,
    /// What was taken back for good: earlier states of it that arrive late are not shown.
    cancelled: SortedMap<MessageId, ()>,
    /// What this page takes back, and what of that has been taken back.
    leaving: SortedMap<MessageId, ()>,
    returned: Vec<Message>,
    /// At this `rev` everything from the floor on was here.
    whole_at: i64,
    typing_until: SortedMap<OperatorId, Timestamp>,
}

impl OlderState {
    /// Where this cursor leads on.
    fn of(cursor: Option<&ThreadCursor>) -> Self {
        match cursor {
            Some(_) => Self::More,
            None => Self::None,
        }
    }

    /// Whether more may be asked for.
    pub fn has_more(self) -> bool {
        matches!(self, Self::More | Self::Failed)
    }
}

impl Entry {
    /// A message that the server has.
    pub fn stored(message: Message) -> Self {
        Self {
            key: key_of(&message),
            message,
            local: LocalState::Stored,
        }
    }

    fn place(&self) -> (bool, OrderKey) {
        (self.local != LocalState::Stored, self.message.order_key())
    }
}

fn key_of(message: &Message) -> EntryKey {
    message
        .client_id
        .map_or(EntryKey::Message(message.id), EntryKey::Client)
}

impl Thread {
    /// The newest `rev` among the stored messages; 0 without any. Tracks the order only.
    pub fn newest_rev(&self) -> i64 {
        self.entries.len();
        let stored = self.entries.values_untracked().into_iter();
        let stored = stored.filter(|entry| entry.local == LocalState::Stored);
        stored.map(|entry| entry.message.rev).max().unwrap_or(0)
    }

    /// Where a message stands that is here; tracks nothing.
    pub fn key_of(&self, id: MessageId) -> Option<EntryKey> {
        self.index(|index| index.keys.get(&id).copied())
    }

    /// A message by its id, without tracking; for quotes.
    pub fn message(&self, id: MessageId) -> Option<Message> {
        let key = self.key_of(id)?;
        let row = self.entries.row(&key)?;
        Some(row.with_untracked(|entry| entry.message.clone()))
    }

    /// The message is being taken back: what it holds is kept until the server has agreed.
    pub(crate) fn expect_back(&self, id: MessageId) {
        self.index(|index| index.leaving.insert(id, ()));
    }

    /// What was taken back since the last call, as it was.
    pub(crate) fn take_returned(&self) -> Vec<Message> {
        self.index(|index| std::mem::take(&mut index.returned))
    }

    /// Where older history begins.
    pub(crate) fn floor(&self) -> Option<ThreadCursor> {
        self.index(|index| index.floor.clone())
    }

    /// Takes messages in: new ones, and newer states of known ones.
    pub(crate) fn put(&self, messages: &[Message]) {
        for message in messages {
            if !self.is_overtaken(message) {
                self.put_one(message.clone());
            }
        }
        self.entries.arrange(Entry::place);
    }

    /// Whether something later said that this message is not there any more.
    fn is_overtaken(&self, message: &Message) -> bool {
        let missed = self
            .index(|index| message.rev <= index.whole_at && !index.keys.contains_key(&message.id));
        missed && self.entries.row(&key_of(message)).is_none()
    }

    /// Takes a stretch of the history in, as it is.
    fn take_in(&self, messages: &[Message]) {
        for message in messages {
            self.put_one(message.clone());
        }
        self.entries.arrange(Entry::place);
    }

    /// Starts afresh from the newest messages as they were at `rev`.
    pub(crate) fn reset(&self, messages: &[Message], rev: i64, older: Option<ThreadCursor>) {
        let begin = messages.first().map(Message::order_key);
        let keep = |entry: &Entry| {
            entry.local != LocalState::Stored
                || (entry.message.rev > rev && Some(entry.message.order_key()) >= begin)
                || messages.iter().any(|m| m.id == entry.message.id)
        };
        self.entries.retain(|_, entry| keep(entry));
        self.know_again();
        self.index(|index| {
            index.floor.clone_from(&older);
            index.hole = None;
            index.whole_at = rev;
        });
        self.take_in(messages);
        self.older.set(OlderState::of(older.as_ref()));
        self.newer.set(OlderState::None);
        self.loaded.set(true);
    }

    /// [`Self::reset`] from an answer that does not say whether there is older history.
    pub(crate) fn reset_to_latest(&self, messages: &[Message], rev: i64) {
        let full = messages.len() >= JOIN_LATEST as usize;
        let first = messages.first().filter(|_| full);
        let older = first.map(ThreadCursor::of);
        self.reset(messages, rev, older);
    }

    /// Shows an own message that is not stored yet, or its new state.
    pub(crate) fn put_local(&self, entry: Entry) {
        let stored = self.entries.row(&entry.key);
        if stored.is_some_and(|row| row.with_untracked(|e| e.local == LocalState::Stored)) {
            return;
        }
        self.entries.put(entry.key, entry);
        self.entries.arrange(Entry::place);
    }

    /// Takes an own message away that was never stored.
    pub(crate) fn remove_local(&self, key: EntryKey) {
        self.entries
            .retain(|k, entry| *k != key || entry.local == LocalState::Stored);
    }

    /// Sets the "new messages" line above the last `unread` of the customer's lines.
    pub(crate) fn mark_first_unread(&self, unread: u32) {
        let entries = self.entries.values_untracked();
        let incoming = entries
            .iter()
            .rev()
            .filter(|entry| entry.message.direction == Direction::In)
            .take(unread as usize);
        self.first_unread.set(incoming.last().map(|e| e.message.id));
    }

    /// Notes that a colleague types, or stopped.
    pub(crate) fn set_typing(&self, operator: &OperatorRef, typing: bool, now: Timestamp) {
        self.index(|index| {
            if typing {
                let until = now.plus_ms(TYPING_MS);
                index.typing_until.insert(operator.id, until);
            } else {
                index.typing_until.remove(&operator.id);
            }
        });
        let shown = self
            .typing
            .with_untracked(|people| people.iter().any(|p| p.id == operator.id));
        if typing && !shown {
            self.typing.update(|people| people.push(operator.clone()));
        }
        self.expire_typing(now);
    }

    /// Forgets those who were silent for too long.
    pub(crate) fn expire_typing(&self, now: Timestamp) {
        let typing: Vec<OperatorId> = self.index(|index| {
            index.typing_until.retain(|_, until| *until > now);
            index.typing_until.keys().copied().collect()
        });
        let stays = |person: &OperatorRef| typing.contains(&person.id);
        if self
            .typing
            .with_untracked(|people| !people.iter().all(stays))
        {
            self.typing.update(|people| people.retain(stays));
        }
    }

    fn put_one(&self, message: Message) {
        if message.status == MessageStatus::Cancelled {
            self.index(|index| index.cancelled.insert(message.id, ()));
        }
        if self.index(|index| index.cancelled.contains_key(&message.id)) {
            let gone = Entry::stored(message);
            if let Some(before) = self.message(gone.message.id)
                && self.index(|index| index.leaving.remove(&gone.message.id).is_some())
            {
                self.index(|index| index.returned.push(before));
            }
            self.entries
                .retain(|key, entry| *key != gone.key && entry.message.id != gone.message.id);
            self.index(|index| index.keys.remove(&gone.message.id));
            return;
        }
        let known = self.index(|index| index.keys.get(&message.id).copied());
        let mut entry = Entry::stored(message);
        // Should a frame leave `client_id` out, the message must not stand there twice.
        entry.key = known.unwrap_or(entry.key);
        if self.is_elsewhere(&entry.message) {
            // An own message that was on its way is now part of the history that is not here.
            self.entries.retain(|key, _| *key != entry.key);
            return;
        }
        if let Some(row) = self.entries.row(&entry.key) {
            let newer = row.with_untracked(|old| {
                old.local == LocalState::Stored && old.message.rev > entry.message.rev
            });
            if newer {
                return;
            }
        }
        self.index(|index| index.keys.insert(entry.message.id, entry.key));
        self.entries.put(entry.key, entry);
    }

    /// Some messages went: knows the others again.
    fn know_again(&self) {
        let all = self.entries.values_untracked();
        let keys = all.iter().map(|e| (e.message.id, e.key)).collect();
        self.index(|index| index.keys = keys);
    }

    /// Whether it belongs to history that is not loaded.
    fn is_elsewhere(&self, message: &Message) -> bool {
        let key = message.order_key();
        self.index(|index| {
            let floor = index.floor.as_ref();
            let hole = index.hole.as_ref();
            floor.is_some_and(|floor| key < floor.order_key())
                || hole.is_some_and(|(low, high)| low.order_key() < key && key < high.order_key())
        })
    }

    fn index<R>(&self, read: impl FnOnce(&mut Index) -> R) -> R {
        read(&mut self.index.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
