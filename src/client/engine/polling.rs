//! What is asked over HTTP: the list at all times, the open conversation while there is no socket.

use super::connection::Phase;
use super::{Engine, Extent, Output, Snapshot};
use crate::api::ThreadPage;
use crate::protocol::{ClientId, Room};

/// Between two refreshes while the socket is up.
const CALM_MS: i64 = 30_000;

/// Between two refreshes while it is not.
const BUSY_MS: i64 = 5_000;

/// An answer that takes longer is not waited for.
const ANSWER_MS: i64 = 15_000;

/// Since when something was asked, and when last.
#[derive(Debug, Default)]
pub(super) struct Polling {
    list_at: i64,
    list_asked: Option<i64>,
    thread_at: Option<(Room, i64)>,
    thread_asked: Option<(Room, i64)>,
    /// Whether the last call over HTTP arrived.
    reachable: bool,
}

impl Polling {
    pub(super) fn start(&mut self, now: i64) {
        self.list_at = now;
    }

    pub(super) fn reachable(&self) -> bool {
        self.reachable
    }

    pub(super) fn heard(&mut self, reachable: bool) {
        self.reachable = reachable;
    }

    fn list_due(&self, pause: i64) -> i64 {
        let waits = self.list_asked.map(|asked| asked + ANSWER_MS);
        waits.unwrap_or(0).max(self.list_at + pause)
    }

    fn thread_due(&self, room: &Room) -> i64 {
        let asked = self
            .thread_asked
            .as_ref()
            .filter(|(asked, _)| asked == room);
        let waits = asked.map(|(_, at)| at + ANSWER_MS);
        let last = self.thread_at.as_ref().filter(|(last, _)| last == room);
        let next = last.map(|(_, at)| at + BUSY_MS);
        waits.max(next).unwrap_or(i64::MIN)
    }
}

impl Engine {
    /// The connection is new: the list may have changed unseen.
    pub(super) fn refresh_list(&mut self, now: i64) {
        self.polling.list_at = now;
        self.polling.list_asked = Some(now);
        self.out.push(Output::RefreshList);
    }

    fn poll_thread(&mut self, now: i64, room: Room) {
        self.polling.thread_asked = Some((room.clone(), now));
        let after_rev = self.rooms.known(&room);
        self.out.push(Output::PollThread { room, after_rev });
    }

    pub(super) fn poll(&mut self, now: i64) {
        if !self.may_poll() {
            return;
        }
        if now >= self.polling.list_due(self.pause()) {
            self.refresh_list(now);
        }
        if self.is_connected() {
            return;
        }
        let open = self.rooms.opened().cloned();
        if let Some(room) = open
            && self.rooms.is_followed(&room)
            && now >= self.polling.thread_due(&room)
        {
            self.poll_thread(now, room);
        }
    }

    pub(super) fn polling_deadline(&self) -> Option<i64> {
        if !self.may_poll() {
            return None;
        }
        let list = self.polling.list_due(self.pause());
        let open = self
            .rooms
            .opened()
            .filter(|room| self.rooms.is_followed(room));
        let thread = open.filter(|_| !self.is_connected());
        let thread = thread.map_or(i64::MAX, |room| self.polling.thread_due(room));
        Some(list.min(thread))
    }

    pub(super) fn listed(&mut self, now: i64, revs: Option<Vec<(Room, i64)>>) {
        self.polling.list_at = now;
        self.polling.list_asked = None;
        self.polling.heard(revs.is_some());
        for (room, rev) in revs.unwrap_or_default() {
            self.rooms.hint(&room, rev, now);
        }
    }

    pub(super) fn polled(
        &mut self,
        now: i64,
        room: Room,
        after: Option<i64>,
        page: Option<Box<ThreadPage>>,
    ) {
        let asked = &mut self.polling.thread_asked;
        if asked.as_ref().is_some_and(|(asked, _)| *asked == room) {
            *asked = None;
            self.polling.thread_at = Some((room.clone(), now));
        }
        self.polling.heard(page.is_some());
        let Some(page) = page else { return };
        let rev = page.conversation.rev;
        let changes = after.filter(|_| page.complete);
        if !self.rooms.caught_up(&room, changes, rev, now) {
            return;
        }
        self.snapshot(Snapshot {
            conversation: page.conversation,
            messages: page.messages,
            extent: match changes {
                Some(_) => Extent::Changes,
                None => Extent::LatestBefore(page.older),
            },
            viewers: Some(page.viewers),
        });
    }

    /// Hands messages over to the store. Own ones among them need not be sent any more: the
    /// answer that said so was lost.
    pub(super) fn snapshot(&mut self, snapshot: Snapshot) {
        let sent = snapshot.messages.iter().filter_map(|m| m.client_id);
        let sent: Vec<ClientId> = sent.collect();
        self.out.push(Output::Snapshot(Box::new(snapshot)));
        for client_id in sent {
            self.take_out(client_id);
        }
    }

    fn may_poll(&self) -> bool {
        !self.offline && !matches!(self.phase, Phase::Stopped | Phase::SignedOut)
    }

    fn pause(&self) -> i64 {
        if self.is_connected() {
            CALM_MS
        } else {
            BUSY_MS
        }
    }
}
