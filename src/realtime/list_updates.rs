//! Updates of lists that wait for the next one of their conversation, so that a busy conversation
//! costs every console ten frames a second at most, and all that wait cost it one write.
//!
//! Only for connections that do not follow the conversation: these count its `rev`s and get each
//! update at once. What waits has a `rev`, and the newest wins. What a rule did may wait as well,
//! since a rule may do a thousand things at once; it is told beside the newest update.

use std::collections::{HashMap, VecDeque};

use super::frame::Frame;
use crate::clock::Moment;
use crate::protocol::{ConnectionId, Room};

/// How long an update waits at most. The first after a quiet time does not wait.
const WAIT_MS: i64 = 100;

/// So many bytes of them are told before what need not wait has its turn again.
const TOLD_AT_ONCE: usize = 16 * 1_024;

/// What waits at a node.
#[derive(Debug, Default)]
pub(super) struct ListUpdates {
    waiting: HashMap<Room, Vec<Waiting>>,
    /// What has waited for long enough.
    ripe: VecDeque<(Room, Waiting)>,
    /// How many were kept so far.
    kept: u64,
    /// Set while updates have to wait: since the last one that went out, and until then.
    until: Option<Moment>,
}

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// How a conversation stands: the newest says it all.
    Update,
    /// What a rule did.
    Deed,
}

/// One of what waits of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    kind: Kind,
    rev: i64,
    /// How many were kept before it; none of them is told to who came later.
    number: u64,
    pub(super) frame: Frame,
    /// Has its own answer, which says the same.
    pub(super) except: Option<ConnectionId>,
}

impl Waiting {
    pub(super) fn new(kind: Kind, rev: i64, frame: Frame, except: Option<ConnectionId>) -> Self {
        Self {
            kind,
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
        let Some(known) = self.waiting.get_mut(room) else {
            self.waiting.insert(room.clone(), vec![update]);
            return None;
        };
        if update.kind == Kind::Update {
            let is_update = |it: &Waiting| it.kind == Kind::Update;
            // Of two nodes nobody promises which is faster.
            if known.iter().any(|it| is_update(it) && it.rev > update.rev) {
                return None;
            }
            known.retain(|it| !is_update(it));
        }
        known.push(update);
        None
    }

    /// Takes out what waits of a conversation, because something else about it is told now.
    pub(super) fn take(&mut self, room: &Room) -> Vec<Waiting> {
        let mut taken = Vec::new();
        if self.ripe.iter().any(|(of, _)| of == room) {
            let (its, others) = std::mem::take(&mut self.ripe)
                .into_iter()
                .partition::<VecDeque<_>, _>(|(of, _)| of == room);
            self.ripe = others;
            taken.extend(its.into_iter().map(|(_, waiting)| waiting));
        }
        taken.extend(self.waiting.remove(room).into_iter().flatten());
        taken
    }

    /// How many were kept so far.
    pub(super) fn kept(&self) -> u64 {
        self.kept
    }

    /// When they are to be told; absent while nothing has to wait.
    pub(super) fn due(&self) -> Option<Moment> {
        if self.ripe.is_empty() {
            self.until
        } else {
            Some(Moment(0))
        }
    }

    /// Takes out some of those that have waited for long enough, or `all` that wait; those of a
    /// conversation are in their order. Where there were any, the next ones wait for as long again.
    pub(super) fn take_ripe(&mut self, now: Moment, all: bool) -> Vec<(Room, Waiting)> {
        if self.until.is_some_and(|until| all || until <= now) {
            let waiting = std::mem::take(&mut self.waiting);
            self.until = (!waiting.is_empty()).then(|| now.plus_ms(WAIT_MS));
            for (room, its) in waiting {
                let its = its.into_iter().map(|one| (room.clone(), one));
                self.ripe.extend(its);
            }
        }
        let mut bytes = 0;
        let mut taken = Vec::new();
        while (all || bytes < TOLD_AT_ONCE)
            && let Some(next) = self.ripe.pop_front()
        {
            bytes += next.1.frame.wire().len();
            taken.push(next);
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(name: &str) -> Room {
        format!("conversation:{name}").parse().expect("a room")
    }

    fn waiting(kind: Kind, rev: i64) -> Waiting {
        Waiting::new(kind, rev, Frame::from(rev.to_string().as_str()), None)
    }

    fn update(rev: i64) -> Waiting {
        waiting(Kind::Update, rev)
    }

    fn revs(all: &[Waiting]) -> Vec<i64> {
        all.iter().map(|update| update.rev).collect()
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
        let mut all = lists.take_ripe(Moment(100), false);
        all.sort_by_key(|(_, update)| update.rev);
        let all: Vec<_> = all.into_iter().map(|(_, update)| update).collect();
        assert_eq!(revs(&all), [4, 7]);
        // Who came after three were kept is told the last of them.
        assert!(all[0].is_before(3) && !all[1].is_before(3));
        // Whoever goes on being busy waits again; after a quiet time nobody does.
        assert_eq!(lists.keep(&one, update(5), Moment(101)), None);
        assert!(lists.take_ripe(Moment(199), false).is_empty());
        assert_eq!(lists.take_ripe(Moment(200), false).len(), 1);
        assert!(lists.take_ripe(Moment(300), false).is_empty());
        assert_eq!(lists.due(), None);
        assert_eq!(lists.keep(&one, update(6), Moment(900)), Some(update(6)));
    }

    #[test]
    fn what_is_taken_out_for_something_newer_does_not_come_again() {
        let mut lists = ListUpdates::default();
        let room = room("U1");
        lists.keep(&room, update(1), Moment(0));
        lists.keep(&room, update(2), Moment(1));
        assert_eq!(revs(&lists.take(&room)), [2]);
        assert!(lists.take(&room).is_empty());
        assert!(lists.take_ripe(Moment(100), false).is_empty());
    }

    #[test]
    fn many_are_told_in_several_turns_and_nothing_overtakes_what_is_left() {
        let mut lists = ListUpdates::default();
        let long = "x".repeat(TOLD_AT_ONCE / 4);
        lists.keep(&room("U0"), update(1), Moment(0));
        for n in 1..=9 {
            let frame = Frame::from(long.as_str());
            let update = Waiting::new(Kind::Update, n, frame, None);
            lists.keep(&room(&format!("U{n}")), update, Moment(0));
        }
        let first = lists.take_ripe(Moment(100), false);
        assert_eq!(first.len(), 4);
        assert_eq!(lists.due(), Some(Moment(0)));
        let (left, _) = lists.ripe[3].clone();
        assert_eq!(lists.keep(&left, update(50), Moment(101)), None);
        let taken = lists.take(&left);
        assert_eq!((taken.len(), taken[1].rev), (2, 50));
        assert_eq!(lists.take_ripe(Moment(101), true).len(), 4);
        assert_eq!(lists.due(), None);
    }

    #[test]
    fn no_update_replaces_what_a_rule_did() {
        let mut lists = ListUpdates::default();
        let room = room("U1");
        lists.keep(&room, update(1), Moment(0));
        lists.keep(&room, update(2), Moment(1));
        for (kind, rev) in [
            (Kind::Deed, 3),
            (Kind::Update, 3),
            (Kind::Deed, 4),
            (Kind::Update, 4),
        ] {
            assert_eq!(lists.keep(&room, waiting(kind, rev), Moment(2)), None);
        }
        assert_eq!(revs(&lists.take(&room)), [3, 4, 4]);
    }
}
