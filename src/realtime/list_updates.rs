//! Updates of lists that wait for the next one of their conversation, so that a busy conversation
//! costs every console ten frames a second at most, and all that wait cost it one write.
//!
//! Only for connections that do not follow the conversation: these count its `rev`s and get each
//! update at once. What waits has a `rev`, and the newest wins.

use std::collections::HashMap;

use super::frame::Frame;
use crate::clock::Moment;
use crate::protocol::{ConnectionId, Room};

/// How long an update waits at most. The first after a quiet time does not wait.
const WAIT_MS: i64 = 100;

/// What waits at a node.
#[derive(Debug, Default)]
pub(super) struct ListUpdates {
    waiting: HashMap<Room, Waiting>,
    /// How many were kept so far.
    kept: u64,
    /// Set while updates have to wait: since the last one that went out, and until then.
    until: Option<Moment>,
}

/// The newest update of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    rev: i64,
    /// How many were kept before it; none of them is told to who came later.
    number: u64,
    pub(super) frame: Frame,
    /// Has its own answer, which says the same.
    pub(super) except: Option<ConnectionId>,
}

impl Waiting {
    pub(super) fn new(rev: i64, frame: Frame, except: Option<ConnectionId>) -> Self {
        Self {
            rev,
            number: 0,
            frame,
            except,
        }
    }

    /// Whether it was kept before so many were.
    pub(super) fn is_before(&self, kept: u64) -> bool {
        self.number < kept
    }
}

impl ListUpdates {
    /// Keeps an update, or gives it back because it need not wait.
    pub(super) fn keep(
        &mut self,
        room: &Room,
        mut update: Waiting,
        now: Moment,
    ) -> Option<Waiting> {
        if self.until.is_none() {
            self.until = Some(now.plus_ms(WAIT_MS));
            return Some(update);
        }
        update.number = self.kept;
        self.kept += 1;
        match self.waiting.get_mut(room) {
            // Of two nodes nobody promises which is faster.
            Some(known) if known.rev > update.rev => {}
            Some(known) => *known = update,
            None => {
                self.waiting.insert(room.clone(), update);
            }
        }
        None
    }

    /// Takes a conversation's update out, because something else about it is told now.
    pub(super) fn take(&mut self, room: &Room) -> Option<Waiting> {
        self.waiting.remove(room)
    }

    /// How many were kept so far.
    pub(super) fn kept(&self) -> u64 {
        self.kept
    }

    /// When they are to be told; absent while nothing has to wait.
    pub(super) fn due(&self) -> Option<Moment> {
        self.until
    }

    /// Takes all out. Where there were any, the next ones wait for as long again.
    pub(super) fn take_all(&mut self, now: Moment) -> HashMap<Room, Waiting> {
        let all = std::mem::take(&mut self.waiting);
        self.until = (!all.is_empty()).then(|| now.plus_ms(WAIT_MS));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(name: &str) -> Room {
        format!("conversation:{name}").parse().expect("a room")
    }

    fn update(rev: i64) -> Waiting {
        Waiting::new(rev, Frame::from(rev.to_string().as_str()), None)
    }

    fn revs(all: &HashMap<Room, Waiting>) -> Vec<i64> {
        all.values().map(|update| update.rev).collect()
    }

    #[test]
    fn the_first_goes_at_once_and_of_those_that_follow_the_newest() {
        let mut lists = ListUpdates::default();
        let (one, other) = (room("U1"), room("U2"));
        assert_eq!(lists.due(), None);
        assert_eq!(lists.keep(&one, update(1), Moment(0)), Some(update(1)));
        assert_eq!(lists.due(), Some(Moment(100)));
        for (at, rev) in [(1, 2), (2, 4), (3, 3)] {
            assert_eq!(lists.keep(&one, update(rev), Moment(at)), None);
        }
        assert_eq!(lists.keep(&other, update(7), Moment(4)), None);
        let all = lists.take_all(Moment(100));
        assert_eq!(all.len(), 2);
        assert_eq!((all[&one].rev, all[&other].rev), (4, 7));
        // Who came after three were kept is told the last of them.
        assert!(all[&one].is_before(3) && !all[&other].is_before(3));
        // Whoever goes on being busy waits again; after a quiet time nobody does.
        assert_eq!(lists.keep(&one, update(5), Moment(101)), None);
        assert_eq!(revs(&lists.take_all(Moment(200))), [5]);
        assert!(lists.take_all(Moment(300)).is_empty());
        assert_eq!(lists.due(), None);
        assert_eq!(lists.keep(&one, update(6), Moment(900)), Some(update(6)));
    }

    #[test]
    fn what_is_taken_out_for_something_newer_does_not_come_again() {
        let mut lists = ListUpdates::default();
        let room = room("U1");
        lists.keep(&room, update(1), Moment(0));
        lists.keep(&room, update(2), Moment(1));
        assert_eq!(lists.take(&room).map(|update| update.rev), Some(2));
        assert!(lists.take_all(Moment(100)).is_empty());
    }
}
