//! Operators as the hub knows them: connections, presence, rooms they look at, typing.
//!
//! Presence belongs to the operator, not to the tab: it lingers for a while after the last
//! connection went, so that a reload is not a departure.

use std::collections::HashMap;

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
    connections: u32,
    /// When the last connection went.
    left_at: Option<Timestamp>,
    /// Connections in each room; at 0 with the moment when the last one left.
    rooms: HashMap<Room, (u32, Option<Timestamp>)>,
}

/// All operators who are here or were a moment ago.
#[derive(Debug, Default)]
pub(super) struct Roster {
    seats: HashMap<OperatorId, Seat>,
    typing: HashMap<(Room, OperatorId), (OperatorRef, Timestamp)>,
}

/// What the passing of time brought about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Expired {
    pub(super) left_rooms: Vec<(Room, OperatorRef)>,
    pub(super) stopped_typing: Vec<(Room, OperatorRef)>,
    pub(super) went_offline: bool,
}

impl Roster {
    /// A connection came. Answers whether the operator's presence changed by it.
    pub(super) fn connect(&mut self, operator: OperatorRef, chosen: Presence) -> bool {
        let id = operator.id;
        let new = !self.seats.contains_key(&id);
        let seat = self.seats.entry(id).or_insert_with(|| Seat {
            operator,
            chosen,
            connections: 0,
            left_at: None,
            rooms: HashMap::new(),
        });
        seat.connections += 1;
        seat.left_at = None;
        new
    }

    /// A connection went, which was in these rooms.
    pub(super) fn disconnect(&mut self, operator: OperatorId, rooms: &[Room], now: Timestamp) {
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
        let Some(seat) = self.seats.get_mut(&operator) else {
            return false;
        };
        let new = !seat.rooms.contains_key(room);
        let place = seat.rooms.entry(room.clone()).or_insert((0, None));
        place.0 += 1;
        place.1 = None;
        new
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
        }
        gone
    }

    /// Who looks at a room.
    pub(super) fn viewers(&self, room: &Room) -> Vec<OperatorRef> {
        let mut viewers: Vec<_> = self
            .seats
            .values()
            .filter(|seat| seat.rooms.contains_key(room))
            .map(|seat| seat.operator.clone())
            .collect();
        viewers.sort_by_key(|operator| operator.id);
        viewers
    }

    /// The presence that others see.
    pub(super) fn presence(&self, operator: OperatorId) -> Presence {
        self.seats
            .get(&operator)
            .map_or(Presence::Offline, |seat| seat.chosen)
    }

    /// The operator chose a presence. Answers whether that changed anything.
    pub(super) fn choose(&mut self, operator: OperatorId, presence: Presence) -> bool {
        let Some(seat) = self.seats.get_mut(&operator) else {
            return false;
        };
        std::mem::replace(&mut seat.chosen, presence) != presence
    }

    /// The operator types. Answers whether that is news.
    pub(super) fn type_in(&mut self, room: &Room, operator: OperatorRef, now: Timestamp) -> bool {
        let key = (room.clone(), operator.id);
        self.typing
            .insert(key, (operator, now.plus_ms(TYPING_MS)))
            .is_none()
    }

    /// The operator stopped typing. Answers whether that is news.
    pub(super) fn stop_typing(&mut self, room: &Room, operator: OperatorId) -> bool {
        self.typing.remove(&(room.clone(), operator)).is_some()
    }

    /// Takes out all that has lingered long enough.
    pub(super) fn expire(&mut self, now: Timestamp) -> Expired {
        let mut expired = Expired::default();
        self.typing.retain(|(room, _), (operator, until)| {
            let stays = *until > now;
            if !stays {
                expired
                    .stopped_typing
                    .push((room.clone(), operator.clone()));
            }
            stays
        });
        let over = |left: &Option<Timestamp>| left.is_some_and(|at| now.since(at) >= LINGER_MS);
        for seat in self.seats.values_mut() {
            let operator = &seat.operator;
            seat.rooms.retain(|room, (_, left_at)| {
                let gone = over(left_at);
                if gone {
                    expired.left_rooms.push((room.clone(), operator.clone()));
                }
                !gone
            });
        }
        let before = self.seats.len();
        self.seats.retain(|_, seat| !over(&seat.left_at));
        expired.went_offline = self.seats.len() != before;
        expired
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mali() -> OperatorRef {
        OperatorRef {
            id: OperatorId(uuid::Uuid::from_u128(1)),
            name: "Mali".to_owned(),
        }
    }

    fn room() -> Room {
        "conversation:U1".parse().expect("a room")
    }

    #[test]
    fn a_reload_is_not_a_departure() {
        let mut roster = Roster::default();
        assert!(roster.connect(mali(), Presence::Online));
        assert!(roster.enter(mali().id, &room()));
        roster.disconnect(mali().id, &[room()], Timestamp(1_000));
        assert_eq!(roster.expire(Timestamp(15_999)), Expired::default());
        assert!(!roster.connect(mali(), Presence::Online));
        assert!(!roster.enter(mali().id, &room()));
        assert_eq!(roster.expire(Timestamp(60_000)), Expired::default());
    }

    #[test]
    fn fifteen_seconds_after_the_last_connection_the_operator_is_gone() {
        let mut roster = Roster::default();
        roster.connect(mali(), Presence::Busy);
        roster.connect(mali(), Presence::Busy);
        roster.enter(mali().id, &room());
        roster.disconnect(mali().id, &[room()], Timestamp(0));
        assert_eq!(
            roster.expire(Timestamp(20_000)).left_rooms,
            vec![(room(), mali())]
        );
        assert_eq!(roster.presence(mali().id), Presence::Busy);
        roster.disconnect(mali().id, &[], Timestamp(20_000));
        assert!(roster.expire(Timestamp(35_000)).went_offline);
        assert_eq!(roster.presence(mali().id), Presence::Offline);
    }

    #[test]
    fn typing_expires_by_itself() {
        let mut roster = Roster::default();
        assert!(roster.type_in(&room(), mali(), Timestamp(0)));
        assert!(!roster.type_in(&room(), mali(), Timestamp(4_000)));
        assert_eq!(roster.expire(Timestamp(9_999)), Expired::default());
        assert_eq!(
            roster.expire(Timestamp(10_000)).stopped_typing,
            vec![(room(), mali())]
        );
    }
}
