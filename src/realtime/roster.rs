//! Operators as the hub knows them: connections, presence, rooms they look at, typing.
//!
//! Presence belongs to the operator, not to the tab: it lingers for a while after the last
//! connection went, so that a reload is not a departure. An operator whose tabs are on several
//! nodes is here as long as one node has a seat for them.

use std::collections::{HashMap, HashSet};

use super::announcement::{Announcement, Attendance, NodeId};
use super::peers::Peers;
use crate::clock::Moment;
use crate::protocol::{OperatorId, OperatorRef, Presence, Room, Timestamp};

/// How long an operator stays after the last connection went.
pub(super) const LINGER_MS: i64 = 15_000;

/// How long typing shows without another `typing_start`.
pub(super) const TYPING_MS: i64 = 6_000;

#[derive(Debug)]
struct Seat {
    operator: OperatorRef,
    /// What the operator chose.
    chosen: Presence,
    /// When by the time of day, if it was since the log-in; of several nodes the latest choice counts.
    chosen_at: Timestamp,
    connections: u32,
    /// When the last connection went.
    left_at: Option<Moment>,
    /// Connections in each room; at 0 with the moment when the last one left.
    rooms: HashMap<Room, (u32, Option<Moment>)>,
}

/// All operators who are here or were a moment ago.
#[derive(Debug, Default)]
pub(super) struct Roster {
    /// Of this node.
    seats: HashMap<OperatorId, Seat>,
    /// Of the others.
    peers: Peers,
    typing: HashMap<(Room, OperatorId), (OperatorRef, Moment)>,
    /// Whose seat is not as it was last announced.
    unannounced: HashSet<OperatorId>,
    /// How many announcements there were.
    announced: u64,
}

/// What clients are to be told of.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    pub(super) joined_rooms: Vec<(Room, OperatorRef)>,
    pub(super) left_rooms: Vec<(Room, OperatorRef)>,
    pub(super) stopped_typing: Vec<(Room, OperatorRef)>,
    pub(super) presence: bool,
}

impl Roster {
    /// A connection came. Answers whether the operator's presence changed by it.
    pub(super) fn connect(&mut self, operator: OperatorRef, chosen: Presence) -> bool {
        let id = operator.id;
        let before = self.seen(id);
        if let Some(seat) = self.seats.get_mut(&id)
            && seat.operator != operator
        {
            // They have another name since their last connection.
            seat.operator = operator.clone();
            self.unannounced.insert(id);
        }
        let seat = self.seats.entry(id).or_insert_with(|| {
            self.unannounced.insert(id);
            Seat {
                operator,
                chosen,
                chosen_at: Timestamp::default(),
                connections: 0,
                left_at: None,
                rooms: HashMap::new(),
            }
        });
        seat.connections += 1;
        seat.left_at = None;
        before.is_none()
    }

    /// How many connections an operator has at this node.
    pub(super) fn connections(&self, operator: OperatorId) -> u32 {
        self.seats.get(&operator).map_or(0, |seat| seat.connections)
    }

    /// A connection went, which was in these rooms.
    pub(super) fn disconnect(&mut self, operator: OperatorId, rooms: &[Room], now: Moment) {
        let Some(seat) = self.seats.get_mut(&operator) else {
            return;
        };
        for room in rooms {
            if let Some((count, left_at)) = seat.rooms.get_mut(room) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    *left_at = Some(now);
                }
            }
        }
        seat.connections = seat.connections.saturating_sub(1);
        if seat.connections == 0 {
            seat.left_at = Some(now);
        }
    }

    /// A connection joined a room. Answers whether the operator was not there before.
    pub(super) fn enter(&mut self, operator: OperatorId, room: &Room) -> bool {
        let elsewhere = self.peers.is_in(operator, room);
        let Some(seat) = self.seats.get_mut(&operator) else {
            return false;
        };
        let new = !seat.rooms.contains_key(room);
        let place = seat.rooms.entry(room.clone()).or_insert((0, None));
        place.0 += 1;
        place.1 = None;
        if new {
            self.unannounced.insert(operator);
        }
        new && !elsewhere
    }

    /// A connection left a room by its own will. Answers whether the operator is gone from it.
    pub(super) fn leave(&mut self, operator: OperatorId, room: &Room) -> bool {
        let Some(seat) = self.seats.get_mut(&operator) else {
            return false;
        };
        let Some(place) = seat.rooms.get_mut(room) else {
            return false;
        };
        place.0 = place.0.saturating_sub(1);
        let gone = place.0 == 0;
        if gone {
            seat.rooms.remove(room);
            self.unannounced.insert(operator);
        }
        gone && !self.peers.is_in(operator, room)
    }

    /// Who looks at a room.
    pub(super) fn viewers(&self, room: &Room) -> Vec<OperatorRef> {
        let mut viewers: Vec<_> = self
            .seats
            .values()
            .filter(|seat| seat.rooms.contains_key(room))
            .map(|seat| seat.operator.clone())
            .collect();
        viewers.extend(self.peers.viewers(room).cloned());
        viewers.sort_by_key(|operator| operator.id);
        viewers.dedup_by_key(|operator| operator.id);
        viewers
    }

    /// Everybody who is here, at any node.
    pub(super) fn operators(&self) -> HashSet<OperatorId> {
        let here = self.seats.keys().copied();
        here.chain(self.peers.operators()).collect()
    }

    /// The presence that others see.
    pub(super) fn presence(&self, operator: OperatorId) -> Presence {
        self.seen(operator)
            .map_or(Presence::Offline, |(_, chosen)| chosen)
    }

    /// The latest choice of an operator who is on any node, and when it was made.
    fn seen(&self, operator: OperatorId) -> Option<(Timestamp, Presence)> {
        let here = self.seats.get(&operator);
        let here = here.map(|seat| (seat.chosen_at, seat.chosen));
        latest(here, self.peers.seen(operator))
    }

    /// The operator chose a presence. Answers whether that changed anything.
    pub(super) fn choose(
        &mut self,
        operator: OperatorId,
        presence: Presence,
        now: Timestamp,
    ) -> bool {
        let before = self.presence(operator);
        let Some(seat) = self.seats.get_mut(&operator) else {
            return false;
        };
        seat.chosen = presence;
        seat.chosen_at = now;
        self.unannounced.insert(operator);
        self.presence(operator) != before
    }

    /// The operator types. Answers whether that is news.
    pub(super) fn type_in(&mut self, room: &Room, operator: OperatorRef, now: Moment) -> bool {
        let key = (room.clone(), operator.id);
        self.typing
            .insert(key, (operator, now.plus_ms(TYPING_MS)))
            .is_none()
    }

    /// The operator stopped typing. Answers whether that is news.
    pub(super) fn stop_typing(&mut self, room: &Room, operator: OperatorId) -> bool {
        self.typing.remove(&(room.clone(), operator)).is_some()
    }

    /// Takes out all that has lingered long enough, and nodes that were silent for too long.
    pub(super) fn expire(&mut self, now: Moment) -> Changes {
        let mut changes = Changes::default();
        self.typing.retain(|(room, _), (operator, until)| {
            let stays = *until > now;
            if !stays {
                let stopped = (room.clone(), operator.clone());
                changes.stopped_typing.push(stopped);
            }
            stays
        });
        let over = |left: &Option<Moment>| left.is_some_and(|at| now.since(at) >= LINGER_MS);
        for seat in self.seats.values_mut() {
            let operator = &seat.operator;
            seat.rooms.retain(|room, (_, left_at)| {
                let gone = over(left_at);
                if gone {
                    self.unannounced.insert(operator.id);
                }
                if gone && !self.peers.is_in(operator.id, room) {
                    changes.left_rooms.push((room.clone(), operator.clone()));
                }
                !gone
            });
        }
        self.seats.retain(|id, seat| {
            let gone = over(&seat.left_at);
            if gone {
                self.unannounced.insert(*id);
                changes.presence |= self.peers.seen(*id).is_none();
            }
            !gone
        });
        for gone in self.peers.expire(now) {
            self.replace(Some(gone), None, &mut changes);
        }
        // An operator may have had seats at more than one node that is gone now.
        let mut told = HashSet::new();
        changes
            .left_rooms
            .retain(|(room, operator)| told.insert((room.clone(), operator.id)));
        changes
    }

    /// What other nodes are to know: every seat, or those that changed since the last time.
    pub(super) fn announcement(&mut self, whole: bool) -> Option<Announcement> {
        let unannounced = std::mem::take(&mut self.unannounced);
        if !whole && unannounced.is_empty() {
            return None;
        }
        self.announced += 1;
        let attendance = |seat: &Seat| Attendance {
            operator: seat.operator.clone(),
            chosen: seat.chosen,
            chosen_at: seat.chosen_at,
            rooms: seat.rooms.keys().cloned().collect(),
        };
        let (seats, gone) = if whole {
            (self.seats.values().map(attendance).collect(), Vec::new())
        } else {
            let here = unannounced.iter().filter_map(|id| self.seats.get(id));
            let gone = unannounced
                .iter()
                .filter(|id| !self.seats.contains_key(id))
                .copied();
            (here.map(attendance).collect(), gone.collect())
        };
        Some(Announcement {
            number: self.announced,
            whole,
            seats,
            gone,
        })
    }

    /// Another node's announcement, which holds `until`.
    pub(super) fn hear(&mut self, node: NodeId, news: Announcement, until: Moment) -> Changes {
        let mut changes = Changes::default();
        for (old, new) in self.peers.hear(node, news, until) {
            if let Some(new) = &new
                && let Some(seat) = self.seats.get_mut(&new.operator.id)
                && seat.chosen_at < new.chosen_at
            {
                seat.chosen = new.chosen;
                seat.chosen_at = new.chosen_at;
                // Consoles of this node may have been told otherwise.
                changes.presence = true;
            }
            self.replace(old, new.clone(), &mut changes);
            if let Some(new) = new {
                self.peers.seat(node, new);
            }
        }
        changes
    }

    /// Another node ends in order: its operators linger, as after a reload.
    pub(super) fn hear_goodbye(&mut self, node: NodeId, now: Moment) {
        self.peers.end_by(node, now.plus_ms(LINGER_MS));
    }

    /// Notes what it means that a node's seat, which is in no list now, gives way to another.
    fn replace(&self, old: Option<Attendance>, new: Option<Attendance>, changes: &mut Changes) {
        let Some(operator) = old.as_ref().or(new.as_ref()).map(|it| it.operator.clone()) else {
            return;
        };
        let id = operator.id;
        let choice = |it: &Attendance| (it.chosen_at, it.chosen);
        let others = self.seen(id);
        let before = latest(old.as_ref().map(choice), others);
        let after = latest(new.as_ref().map(choice), others);
        changes.presence |= before.map(|(_, it)| it) != after.map(|(_, it)| it);
        let (old, new) = (
            old.map(|it| it.rooms).unwrap_or_default(),
            new.map(|it| it.rooms).unwrap_or_default(),
        );
        let is_in = |room: &Room| {
            let here = self.seats.get(&id);
            here.is_some_and(|seat| seat.rooms.contains_key(room)) || self.peers.is_in(id, room)
        };
        let news = |from: &HashSet<Room>, to: &HashSet<Room>| -> Vec<_> {
            let rooms = to.difference(from).filter(|room| !is_in(room));
            rooms.map(|room| (room.clone(), operator.clone())).collect()
        };
        changes.joined_rooms.extend(news(&old, &new));
        changes.left_rooms.extend(news(&new, &old));
    }
}

/// Of two choices the later one.
fn latest(
    one: Option<(Timestamp, Presence)>,
    other: Option<(Timestamp, Presence)>,
) -> Option<(Timestamp, Presence)> {
    match (one, other) {
        (Some(one), Some(other)) if other.0 > one.0 => Some(other),
        (Some(one), _) => Some(one),
        (None, other) => other,
    }
}

#[cfg(test)]
mod tests;
