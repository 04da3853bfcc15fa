//! Which conversations are followed, and up to which `rev` each is known without a hole.

mod followed;

use std::collections::{BTreeMap, VecDeque};

use crate::client::SortedMap;
use crate::protocol::Room;
use followed::{Ask, Followed, Join};

/// Conversations that stay joined after they were left for another one.
const RECENT_MAX: usize = 10;

/// How long a change may be known of before its own event must have come. A conversation's
/// update does not say whether a message changed too, so some are asked for in vain; waiting lets
/// one question do for several.
const GRACE_MS: i64 = 5_000;

/// The same after `pong`, which is late already.
const PONG_GRACE_MS: i64 = 1_000;

/// The conversations that are followed.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    followed: SortedMap<Room, Followed>,
    /// The latest opened first.
    recent: VecDeque<Room>,
    open: Option<Room>,
}

impl Rooms {
    pub(super) fn known(&self, room: &Room) -> Option<i64> {
        self.followed.get(room)?.known
    }

    pub(super) fn opened(&self) -> Option<&Room> {
        self.open.as_ref()
    }

    pub(super) fn is_followed(&self, room: &Room) -> bool {
        self.followed.contains_key(room)
    }

    /// Whether the server sends this connection the events of the room.
    pub(super) fn is_joined(&self, room: &Room) -> bool {
        self.followed.get(room).is_some_and(Followed::is_joined)
    }

    /// Makes a conversation the open one; gives those that are no longer followed.
    pub(super) fn open(
        &mut self,
        room: Option<Room>,
        known: Option<i64>,
        needed: &[Room],
    ) -> Vec<(Room, bool)> {
        self.open.clone_from(&room);
        let Some(room) = room else { return Vec::new() };
        self.follow(room, known);
        self.evict(needed)
    }

    pub(super) fn follow(&mut self, room: Room, known: Option<i64>) {
        self.recent.retain(|recent| *recent != room);
        self.recent.push_front(room.clone());
        let followed = self.followed.get_or_insert(room, Followed::default());
        followed.known = followed.known.max(known);
    }

    pub(super) fn forget(&mut self, room: &Room) {
        self.followed.remove(room);
        self.recent.retain(|recent| recent != room);
    }

    /// A change's own event arrived and is being taken in.
    pub(super) fn event(&mut self, room: &Room, rev: i64, now: i64) {
        let Some(followed) = self.followed.get_mut(room) else {
            return;
        };
        if followed.known.is_some_and(|known| rev <= known) {
            return;
        }
        followed.ahead.insert(rev);
        followed.absorb();
        if let Some(known) = followed.known
            && known < rev
        {
            let wait = if followed.is_told(known, rev) {
                GRACE_MS
            } else {
                0
            };
            followed.suspect(rev, now.saturating_add(wait));
        }
    }

    /// A conversation's update without messages arrived; `alone` when it is all of its change.
    pub(super) fn told(&mut self, room: &Room, rev: i64, alone: bool, now: i64) {
        if alone {
            self.event(room, rev, now);
        } else if let Some(followed) = self.followed.get_mut(room)
            && followed.known.is_some_and(|known| known < rev)
        {
            followed.told.insert(rev);
            followed.suspect(rev, now.saturating_add(GRACE_MS));
        }
    }

    /// Something says that the conversation has come as far as `rev`.
    pub(super) fn hint(&mut self, room: &Room, rev: i64, now: i64) {
        if let Some(followed) = self.followed.get_mut(room)
            && followed.known.is_some_and(|known| known < rev)
        {
            followed.suspect(rev, now.saturating_add(PONG_GRACE_MS));
        }
    }

    /// The server's word on every joined room: how far each has come, and which it knows of.
    pub(super) fn present(&mut self, revs: &BTreeMap<Room, i64>, now: i64) {
        for (room, rev) in revs {
            self.hint(room, *rev, now);
        }
        for (room, followed) in self.followed.iter_mut() {
            if followed.join == Join::Done && !revs.contains_key(room) {
                followed.join = Join::Not;
            }
        }
    }

    /// Takes the `join_room` out that `reference` answers, or the only one when it answers none.
    pub(super) fn answer(&mut self, room: &Room, reference: Option<&str>) -> Option<Ask> {
        let followed = self.followed.get_mut(room)?;
        let Join::Asked(ask) = &followed.join else {
            return None;
        };
        if reference.is_some_and(|reference| reference != ask.reference) {
            return None;
        }
        let ask = ask.clone();
        followed.join = Join::Done;
        Some(ask)
    }

    /// The conversation whose `join_room` has this `ref`.
    pub(super) fn asked(&self, reference: &str) -> Option<Room> {
        let asked = |followed: &Followed| matches!(&followed.join, Join::Asked(ask) if ask.reference == reference);
        let mut found = self.followed.iter().filter(|(_, f)| asked(f));
        found.next().map(|(room, _)| room.clone())
    }

    /// All changes up to `rev` were taken in, provided that those up to `after` had been.
    /// False when they had not, so that the messages cannot be used.
    pub(super) fn caught_up(
        &mut self,
        room: &Room,
        after: Option<i64>,
        rev: i64,
        now: i64,
    ) -> bool {
        let Some(followed) = self.followed.get_mut(room) else {
            return false;
        };
        if after.is_some_and(|after| followed.known.is_none_or(|known| known < after)) {
            return false;
        }
        followed.known = followed.known.max(Some(rev));
        followed.absorb();
        if let Some(ahead) = followed.ahead.last().copied() {
            followed.suspect(ahead, now.saturating_add(GRACE_MS));
        }
        true
    }

    /// The server does not count this connection into the room.
    pub(super) fn not_joined(&mut self, room: &Room) {
        if let Some(followed) = self.followed.get_mut(room) {
            followed.join = Join::Not;
        }
    }

    /// The connection went.
    pub(super) fn disconnected(&mut self) {
        for followed in self.followed.values_mut() {
            followed.join = Join::Not;
        }
    }

    /// Conversations to be joined, or joined again because of a hole; the open one first.
    pub(super) fn due(&self, now: i64) -> Vec<(Room, Option<i64>)> {
        let due = |room: &&Room| {
            let followed = self.followed.get(*room);
            followed.is_some_and(|followed| followed.due() <= now)
        };
        let rooms = self.recent.iter().filter(due);
        rooms.map(|room| (room.clone(), self.known(room))).collect()
    }

    pub(super) fn ask(&mut self, room: &Room, reference: String, after: Option<i64>, now: i64) {
        if let Some(followed) = self.followed.get_mut(room) {
            let again = followed.is_joined();
            followed.join = Join::Asked(Ask {
                reference,
                after,
                at: now,
                again,
            });
            // Whatever is missing now is asked for; what is missing later will show again.
            followed.suspect = None;
        }
    }

    pub(super) fn deadline(&self) -> Option<i64> {
        self.followed.values().map(Followed::due).min()
    }

    fn evict(&mut self, needed: &[Room]) -> Vec<(Room, bool)> {
        let mut gone = Vec::new();
        while self.recent.len() > RECENT_MAX {
            let spare = |room: &Room| self.open.as_ref() != Some(room) && !needed.contains(room);
            let Some(at) = self.recent.iter().rposition(spare) else {
                break;
            };
            if let Some(room) = self.recent.remove(at) {
                let joined = self.followed.remove(&room);
                gone.push((room, joined.is_some_and(|f| f.join != Join::Not)));
            }
        }
        gone
    }
}
