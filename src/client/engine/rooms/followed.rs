//! What is known of one conversation.

use std::collections::BTreeSet;

/// How long `join_room` may take before it is sent again.
pub(super) const JOIN_MS: i64 = 10_000;

/// A hole larger than this is never taken for changes without messages.
const TOLD_MAX: i64 = 64;

#[derive(Debug, Default)]
pub(super) struct Followed {
    /// Everything up to here was taken in.
    pub(in super::super) known: Option<i64>,
    /// Changes beyond `known` that were taken in, with a hole before them.
    pub(in super::super) ahead: BTreeSet<i64>,
    /// Changes beyond `known` that the conversation's own update told of: perhaps without messages.
    pub(in super::super) told: BTreeSet<i64>,
    /// A change up to this `rev` exists; if it is not known by then, it is asked for.
    pub(in super::super) suspect: Option<Suspect>,
    pub(in super::super) join: Join,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Suspect {
    pub(in super::super) rev: i64,
    pub(in super::super) due: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Join {
    #[default]
    Not,
    Asked(Ask),
    Done,
}

/// A `join_room` that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Ask {
    pub(in super::super) reference: String,
    pub(in super::super) after: Option<i64>,
    pub(in super::super) at: i64,
    /// An earlier one of this connection was answered: events flow meanwhile.
    pub(in super::super) again: bool,
}

impl Followed {
    pub(super) fn is_joined(&self) -> bool {
        match &self.join {
            Join::Not => false,
            Join::Asked(ask) => ask.again,
            Join::Done => true,
        }
    }

    pub(super) fn absorb(&mut self) {
        let Some(mut known) = self.known else { return };
        while self.ahead.remove(&(known + 1)) {
            known += 1;
        }
        self.ahead = self.ahead.split_off(&(known + 1));
        self.told = self.told.split_off(&(known + 1));
        self.known = Some(known);
        if self.suspect.is_some_and(|suspect| suspect.rev <= known) {
            self.suspect = None;
        }
    }

    /// Whether every change between `known` and `rev` was heard of in some way.
    pub(super) fn is_told(&self, known: i64, rev: i64) -> bool {
        let heard = |rev| self.ahead.contains(&rev) || self.told.contains(&rev);
        rev - known <= TOLD_MAX && (known + 1..rev).all(heard)
    }

    pub(super) fn suspect(&mut self, rev: i64, due: i64) {
        let old = self.suspect.unwrap_or(Suspect { rev, due });
        self.suspect = Some(Suspect {
            rev: old.rev.max(rev),
            due: old.due.min(due),
        });
    }

    /// When `join_room` is to be sent.
    pub(super) fn due(&self) -> i64 {
        match (&self.join, self.suspect) {
            (Join::Not, _) => i64::MIN,
            (Join::Asked(ask), _) => ask.at.saturating_add(JOIN_MS),
            (Join::Done, Some(suspect)) => suspect.due,
            (Join::Done, None) => i64::MAX,
        }
    }
}
