//! What was seen in a run, as plain facts: what customers posted, what consoles showed and were
//! told, what LINE took, what the store holds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::mark::Mark;

/// A customer's message, posted as a webhook.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Which message.
    pub mark: Mark,
    /// LINE's time of it is in here, in Unix milliseconds.
    pub written: RangeInclusive<i64>,
    /// Whether a post of it was answered with 200.
    pub accepted: bool,
    /// How many times it was posted.
    pub posts: u32,
}

/// A line of a conversation, as a console shows it or the store holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The store's id.
    pub id: String,
    /// `in`, `out`, `note` or `system`.
    pub direction: String,
    /// Its words.
    pub text: Option<String>,
    /// How far it has come.
    pub status: String,
    /// Whether it says what went wrong.
    pub says_why: bool,
    /// Of its last change.
    pub rev: i64,
    /// Its time, in Unix milliseconds.
    pub at: i64,
    /// Where it stands: at its time, unless two clocks disagree.
    pub place: i64,
}

impl Line {
    /// Where it stands among others.
    pub fn order(&self) -> (i64, i64, &str) {
        (self.place, self.at, &self.id)
    }

    /// Which message it is.
    pub fn mark(&self) -> Option<Mark> {
        self.text.as_deref().and_then(Mark::of)
    }
}

/// One conversation on one console.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// All changes up to this one were taken in; `None` before the first answer.
    pub rev: Option<i64>,
    /// By id.
    pub lines: BTreeMap<String, Line>,
    /// After an answer that was not complete: where the lines begin, as `Line::order`.
    pub begins: Option<(i64, i64, String)>,
}

/// What an operator sent or noted, and what became of it.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Which message.
    pub mark: Mark,
    /// Its idempotency key.
    pub client_id: String,
    /// The ids under which it was acknowledged; more than one is wrong.
    pub acknowledged: BTreeSet<String>,
    /// The code of the refusal.
    pub refused: Option<String>,
    /// The operator asked for another attempt.
    pub retried: bool,
}

/// One console: a client of one operator, over all its connections.
#[derive(Clone, Debug, Default)]
pub struct Console {
    /// The operator's id.
    pub operator: String,
    /// By customer.
    pub views: Vec<View>,
    /// In the order of their writing.
    pub sendings: Vec<Sending>,
    /// Frames that came twice on one connection, or that must not have come.
    pub unwanted: Vec<String>,
    /// Connections that were authenticated.
    pub connections: usize,
    /// Conversations that were joined again with `after_rev`.
    pub resumes: usize,
    /// Answers that were not complete, so that the console began afresh.
    pub afresh: usize,
    /// Holes that were noticed on a live connection.
    pub holes: usize,
    /// Whether it is connected and in every room.
    pub settled: bool,
}

/// A line of the store with what only the store knows.
#[derive(Clone, Debug)]
pub struct StoredLine {
    /// As everybody sees it.
    pub line: Line,
    /// The conversation's `rev` when the line came.
    pub created_rev: i64,
    /// The key that the sending client gave it.
    pub client_id: Option<String>,
    /// The sender's id.
    pub sender: Option<String>,
    /// On system lines.
    pub event: Option<SessionEvent>,
}

/// What a system line says of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionEvent {
    /// This operator took the waiting chat.
    Claimed(String),
    /// This operator opened the closed chat again, and has it.
    Reopened(String),
    /// Somebody passed the chat to this operator, or took it over.
    Passed(String),
    /// The chat waits again.
    Queued,
    /// The chat was closed.
    Closed,
}

/// One conversation in the store.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// The conversation's `rev`.
    pub rev: i64,
    /// In the order of `created_rev`.
    pub lines: Vec<StoredLine>,
    /// Sessions that are not closed.
    pub open_sessions: usize,
    /// Owners of active sessions.
    pub owners: Vec<Option<String>>,
    /// Whether it waits for somebody.
    pub waits: bool,
    /// How many of the customer's messages nobody has looked at.
    pub unread: i64,
}

/// A push that a push service took for somebody who has no console.
#[derive(Clone, Debug)]
pub struct Push {
    /// Whose room it leads to.
    pub customer: Option<usize>,
    /// Which message it tells of.
    pub mark: Option<Mark>,
    /// When, in Unix milliseconds.
    pub at: i64,
}

/// Everything that is known at the end of a run.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What customers posted.
    pub webhooks: Vec<Webhook>,
    /// The consoles.
    pub consoles: Vec<Console>,
    /// By customer.
    pub stored: Vec<Stored>,
    /// By customer: the texts that LINE took, in its order.
    pub inboxes: Vec<Vec<String>>,
    /// What somebody without a console was told, where there is somebody.
    pub pushes: Option<Vec<Push>>,
    /// When servers were killed, and databases stopped and started, in Unix milliseconds.
    pub blows: Vec<i64>,
    /// What the programs' logs say that must not be there.
    pub complaints: Vec<String>,
}
