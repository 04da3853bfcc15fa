//! The operators of other nodes, as those announced them.

use std::collections::HashMap;

use super::announcement::{Announcement, Attendance, NodeId};
use crate::clock::Moment;
use crate::protocol::{OperatorId, OperatorRef, Presence, Room, Timestamp};

/// What other nodes announced and still holds.
#[derive(Debug, Default)]
pub(super) struct Peers {
    nodes: HashMap<NodeId, Peer>,
}

#[derive(Debug)]
struct Peer {
    /// The end of its lease.
    until: Moment,
    /// The number of the announcement that `seats` follow from.
    number: u64,
    seats: HashMap<OperatorId, Attendance>,
}

/// A seat as it was and as it is; it is in no list at the moment.
pub(super) type Replaced = (Option<Attendance>, Option<Attendance>);

impl Peers {
    /// Whether another node has the operator in the room.
    pub(super) fn is_in(&self, operator: OperatorId, room: &Room) -> bool {
        self.seats_of(operator)
            .any(|seat| seat.rooms.contains(room))
    }

    /// Who looks at a room; an operator may be named more than once.
    pub(super) fn viewers(&self, room: &Room) -> impl Iterator<Item = &OperatorRef> {
        self.nodes
            .values()
            .flat_map(|peer| peer.seats.values())
            .filter(|seat| seat.rooms.contains(room))
            .map(|seat| &seat.operator)
    }

    /// The latest choice that another node knows of.
    pub(super) fn seen(&self, operator: OperatorId) -> Option<(Timestamp, Presence)> {
        self.seats_of(operator)
            .map(|seat| (seat.chosen_at, seat.chosen))
            .max_by_key(|(at, _)| *at)
    }

    /// Everybody who is at another node; an operator may be named more than once.
    pub(super) fn operators(&self) -> impl Iterator<Item = OperatorId> {
        let nodes = self.nodes.values();
        nodes.flat_map(|peer| peer.seats.keys().copied())
    }

    fn seats_of(&self, operator: OperatorId) -> impl Iterator<Item = &Attendance> {
        self.nodes
            .values()
            .filter_map(move |peer| peer.seats.get(&operator))
    }

    /// Renews the node's lease and takes out the seats that its news are about; the caller puts
    /// the new ones back with [`Peers::seat`]. News that do not follow on what is known are left
    /// alone: everything comes again with the next whole announcement.
    pub(super) fn hear(
        &mut self,
        node: NodeId,
        news: Announcement,
        until: Moment,
    ) -> Vec<Replaced> {
        let peer = match self.nodes.get_mut(&node) {
            Some(peer) => peer,
            None if news.whole => self.nodes.entry(node).or_insert_with(|| Peer {
                until,
                number: 0,
                seats: HashMap::new(),
            }),
            None => return Vec::new(),
        };
        peer.until = until;
        if !news.whole && news.number != peer.number + 1 {
            return Vec::new();
        }
        peer.number = news.number;
        let mut replaced = Vec::with_capacity(news.seats.len() + news.gone.len());
        for seat in news.seats {
            replaced.push((peer.seats.remove(&seat.operator.id), Some(seat)));
        }
        for operator in news.gone {
            replaced.push((peer.seats.remove(&operator), None));
        }
        if news.whole {
            replaced.extend(peer.seats.drain().map(|(_, seat)| (Some(seat), None)));
        }
        replaced
    }

    /// Gives an operator a seat at a node that is known.
    pub(super) fn seat(&mut self, node: NodeId, seat: Attendance) {
        if let Some(peer) = self.nodes.get_mut(&node) {
            peer.seats.insert(seat.operator.id, seat);
        }
    }

    /// The node will not be heard again.
    pub(super) fn end_by(&mut self, node: NodeId, until: Moment) {
        if let Some(peer) = self.nodes.get_mut(&node) {
            peer.until = peer.until.min(until);
        }
    }

    /// Forgets nodes whose lease has ended; answers the seats that they had.
    pub(super) fn expire(&mut self, now: Moment) -> Vec<Attendance> {
        let mut gone = Vec::new();
        self.nodes.retain(|_, peer| {
            let stays = peer.until > now;
            if !stays {
                gone.extend(peer.seats.drain().map(|(_, seat)| seat));
            }
            stays
        });
        gone
    }
}
