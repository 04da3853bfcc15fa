//! How far a console has come in one conversation, and whether something is missing.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a change may be known of before its own event must have come.
const GRACE: Duration = Duration::from_millis(400);

/// How long an answer to `join_room` may take.
const PATIENCE: Duration = Duration::from_secs(4);

/// Whether the connection is in the room.
#[derive(Clone, Copy, Debug, Default)]
enum Join {
    #[default]
    Not,
    Asked(Instant),
    Done,
}

/// One conversation on one console.
#[derive(Debug, Default)]
pub struct Room {
    join: Join,
    /// Not to be asked again before.
    wait: Option<Instant>,
    /// Changes that came although earlier ones did not.
    ahead: BTreeSet<i64>,
    /// Something is missing if it has not come by then.
    suspect: Option<Instant>,
    /// The `rev` of the answer to this connection's `join_room`: nothing up to it may come again.
    pub joined_at: Option<i64>,
    /// `waiting`, `active` or `closed`.
    pub status: String,
    /// The owner of the active session.
    pub owner: Option<String>,
}

impl Room {
    /// The connection went.
    pub fn disconnected(&mut self) {
        (self.join, self.wait, self.suspect, self.joined_at) = (Join::Not, None, None, None);
    }

    /// Whether it is to be joined, for the first time or because something is missing.
    pub fn wants_join(&self, now: Instant) -> bool {
        let waits = self.wait.is_some_and(|until| now < until);
        match self.join {
            Join::Not => !waits,
            Join::Asked(at) => now.duration_since(at) > PATIENCE,
            Join::Done => self.suspect.is_some_and(|at| at <= now),
        }
    }

    /// `join_room` was sent. True when that was because of a hole.
    pub fn asked(&mut self, now: Instant) -> bool {
        let hole = matches!(self.join, Join::Done);
        (self.join, self.suspect) = (Join::Asked(now), None);
        hole
    }

    /// `join_room` was refused for now.
    pub fn not_joined(&mut self, now: Instant) {
        (self.join, self.wait) = (Join::Not, Some(now + GRACE));
    }

    /// `join_room` was answered at `rev`; answers how far that brings the console.
    pub fn joined(&mut self, rev: i64, known: Option<i64>) -> i64 {
        (self.join, self.joined_at) = (Join::Done, Some(rev));
        self.absorb(known.unwrap_or(0).max(rev))
    }

    /// A change's own event came; answers how far that brings the console.
    pub fn event(&mut self, rev: i64, known: i64) -> i64 {
        if rev > known {
            self.ahead.insert(rev);
        }
        let known = self.absorb(known);
        if !self.ahead.is_empty() {
            self.expect_by(Instant::now() + GRACE);
        }
        known
    }

    /// Something says that the conversation has come as far as `rev`.
    pub fn hint(&mut self, rev: i64, known: i64) {
        if rev > known {
            self.expect_by(Instant::now() + GRACE);
        }
    }

    fn absorb(&mut self, mut known: i64) -> i64 {
        self.ahead.retain(|rev| *rev > known);
        while self.ahead.remove(&(known + 1)) {
            known += 1;
        }
        if self.ahead.is_empty() {
            self.suspect = None;
        }
        known
    }

    fn expect_by(&mut self, at: Instant) {
        self.suspect = Some(self.suspect.map_or(at, |earlier| earlier.min(at)));
    }

    /// The session as an event tells it.
    pub fn set_session(&mut self, session: &Value) {
        if let Some(status) = session["status"].as_str() {
            status.clone_into(&mut self.status);
            let owner = session["operator"]["id"].as_str();
            self.owner = owner.map(str::to_owned);
        }
    }

    /// Whether the connection is in the room.
    pub fn is_joined(&self) -> bool {
        matches!(self.join, Join::Done)
    }

    /// Whether it is, and nothing is missing.
    pub fn is_settled(&self) -> bool {
        self.is_joined() && self.suspect.is_none() && self.ahead.is_empty()
    }
}
