//! Which row of the list shows which chat.
//!
//! To make a row is the dearest thing that the list does. A chat that comes onto the page therefore
//! takes the seat of one that leaves it: the row stays, and shows another chat.

use crate::client::Store;
use crate::client::order::in_order;
use crate::client::signals::{ArcRwSignal, RwSignal, StoredValue};
use crate::protocol::{Conversation, Room};

/// A chat and what is known of it.
#[derive(Clone, PartialEq)]
pub(super) struct Chat {
    pub room: Room,
    pub conversation: ArcRwSignal<Conversation>,
}

/// A row, whatever chat it shows.
#[derive(Clone)]
pub(super) struct Seat {
    /// Never given again.
    pub id: u32,
    pub chat: ArcRwSignal<Chat>,
}

/// All rows of the list, in the order in which they were made.
#[derive(Clone, Copy)]
pub(super) struct Seats {
    all: RwSignal<Vec<Seat>>,
    next: StoredValue<u32>,
    store: StoredValue<Store>,
}

/// What came of a new list.
pub(super) struct Taken {
    /// The seats in the order of the list.
    pub order: Vec<u32>,
    /// Those that show another chat than before.
    pub changed: Vec<u32>,
}

impl Seats {
    /// Seats for the chats that are on the page at first.
    pub(super) fn new(store: Store, rooms: &[Room]) -> Self {
        let seats = Self {
            all: RwSignal::default(),
            next: StoredValue::new(0),
            store: StoredValue::new(store),
        };
        seats.take(rooms);
        seats
    }

    /// The rows that there are to be.
    pub(super) fn get(self) -> Vec<Seat> {
        self.all.get()
    }

    /// Gives each chat a seat: its own if it has one.
    pub(super) fn take(self, rooms: &[Room]) -> Taken {
        let chats: Vec<Chat> = rooms.iter().filter_map(|room| self.chat(room)).collect();
        let rooms: Vec<&Room> = chats.iter().map(|chat| &chat.room).collect();
        let before = self.all.get_untracked();
        let seated: Vec<Room> = before
            .iter()
            .map(|seat| seat.chat.with_untracked(|chat| chat.room.clone()))
            .collect();
        let plan = plan(&seated.iter().collect::<Vec<_>>(), &rooms);
        let mut order = vec![0; chats.len()];
        let mut changed = Vec::new();
        let mut seats = Vec::with_capacity(before.len().max(chats.len()));
        let known = before.iter().map(Some).chain(std::iter::repeat(None));
        for (seat, chat) in known.zip(plan) {
            // A seat too many.
            let Some(at) = chat else { continue };
            let chat = chats[at].clone();
            let seat = match seat {
                Some(seat) => {
                    if seat.chat.with_untracked(|before| *before != chat) {
                        changed.push(seat.id);
                        seat.chat.set(chat);
                    }
                    seat.clone()
                }
                None => self.make(chat),
            };
            order[at] = seat.id;
            seats.push(seat);
        }
        let ids = |seats: &[Seat]| seats.iter().map(|seat| seat.id).collect::<Vec<_>>();
        if ids(&seats) != ids(&before) {
            self.all.set(seats);
        }
        Taken { order, changed }
    }

    fn chat(self, room: &Room) -> Option<Chat> {
        let known = self
            .store
            .with_value(|store| store.conversation_signal(room));
        known.map(|conversation| Chat {
            room: room.clone(),
            conversation,
        })
    }

    fn make(self, chat: Chat) -> Seat {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        Seat {
            id,
            chat: ArcRwSignal::new(chat),
        }
    }
}

/// For each seat of those `before`, and for as many more as are needed, which of the chats `now`
/// takes it. Who has one keeps it; who comes takes that of one who leaves; what is left is given up.
fn plan<T: Ord>(before: &[T], now: &[T]) -> Vec<Option<usize>> {
    let by_chat = in_order(0..now.len(), |a, b| now[*a].cmp(&now[*b]));
    let mut seated = vec![false; now.len()];
    let mut plan: Vec<Option<usize>> = before
        .iter()
        .map(|chat| {
            let found = by_chat.binary_search_by(|at| now[*at].cmp(chat));
            let at = by_chat[found.ok()?];
            seated[at] = true;
            Some(at)
        })
        .collect();
    let mut come = (0..now.len()).filter(|at| !seated[*at]);
    for seat in plan.iter_mut().filter(|seat| seat.is_none()) {
        *seat = come.next();
    }
    plan.extend(come.map(Some));
    plan
}

#[cfg(test)]
mod tests {
    use super::plan;

    /// Who sits where, `.` for a seat that is given up.
    fn seated(before: &str, now: &str) -> String {
        let (before, now): (Vec<_>, Vec<_>) = (before.chars().collect(), now.chars().collect());
        let plan = plan(&before, &now);
        plan.into_iter()
            .map(|seat| seat.map_or('.', |at| now[at]))
            .collect()
    }

    #[test]
    fn who_has_a_seat_keeps_it_and_who_comes_takes_one_that_is_left() {
        assert_eq!(seated("", "abc"), "abc");
        assert_eq!(seated("abc", "cab"), "abc");
        assert_eq!(seated("abc", "xab"), "abx");
        assert_eq!(seated("abc", "xyz"), "xyz");
        assert_eq!(seated("abcd", "xc"), "x.c.");
        assert_eq!(seated("ab", "xbya"), "abxy");
        assert_eq!(seated("ab", ""), "..");
    }
}
