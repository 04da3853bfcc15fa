//! When rows of the list change their order.

use std::time::Duration;

use leptos::prelude::*;

use crate::client::order::in_order;
use crate::client::signals::{Memo, RwSignal};
use crate::client::use_console;
use crate::protocol::{Room, Tab};
use crate::ui::live::effect;
use crate::ui::paint::after_painting;

/// Having moved, rows stand still for so long at least: to move them is the dearest thing to paint.
const REST: Duration = Duration::from_millis(200);
/// On a slow machine they stand still for so many times what moving them took, so that it has time for
/// what else is to be done.
const RESTS: u32 = 3;
/// But no longer than this: nothing is late.
const MOST: Duration = Duration::from_secs(1);

/// What the pointer does over the rows.
#[derive(Clone, Copy)]
pub(super) struct Pointed {
    /// It is at work: no row moves.
    pub moving: RwSignal<bool>,
    /// The row that it is over: that one stays where it is, also while the pointer rests.
    pub row: RwSignal<Option<Room>>,
}

impl Pointed {
    /// The pointer has left the rows.
    pub(super) fn leave(self) {
        self.moving.set(false);
        self.row.set(None);
    }
}

/// The rooms in the order in which their rows stand: the true one, which is taken over in turns.
pub(super) fn in_turns(rooms: Memo<Vec<Room>>, pointed: Pointed) -> Memo<Vec<Room>> {
    let resting = RwSignal::new(false);
    let tab = use_console().store.tab;
    let order = order(rooms, Memo::new(move || tab.get()), pointed, resting);
    effect(move || {
        order.track();
        if !resting.get_untracked() {
            resting.set(true);
            after_painting(move |took| {
                let rest = move || {
                    resting.try_set(false);
                };
                set_timeout(rest, (took * RESTS).clamp(REST, MOST));
            });
        }
    });
    Memo::new(move || order.with(|(_, rooms)| rooms.clone()))
}

/// Those that are there keep their place, new ones come after them.
fn keep_places(before: &[Room], now: &[Room]) -> Vec<Room> {
    let known = in_order(before, Ord::cmp);
    let here = in_order(now, Ord::cmp);
    let stay = before.iter().filter(|it| here.binary_search(it).is_ok());
    let come = now.iter().filter(|it| known.binary_search(it).is_err());
    stay.chain(come).cloned().collect()
}

/// The order as it is now, but for one row, which stays where it was before.
fn keep_place(before: &[Room], mut now: Vec<Room>, row: &Room) -> Vec<Room> {
    let place = |rooms: &[Room]| rooms.iter().position(|room| room == row);
    if let Some((was, is)) = place(before).zip(place(&now)) {
        let row = now.remove(is);
        now.insert(was.min(now.len()), row);
    }
    now
}

/// The order of a list, with which list it is of.
type Order = (Tab, Vec<Room>);

/// The order now. Of a list that is `resting` it is the one before, whatever comes; while the pointer
/// moves no row does, and the one that it rests upon stays.
fn order(
    rooms: Memo<Vec<Room>>,
    which: Memo<Tab>,
    pointed: Pointed,
    resting: RwSignal<bool>,
) -> Memo<Order> {
    Memo::from_last(move |before: Option<&Order>| {
        let which = which.get();
        let rooms = match before {
            Some((same, before)) if *same == which => {
                if resting.get() {
                    before.clone()
                } else if pointed.moving.get() {
                    rooms.with(|now| keep_places(before, now))
                } else {
                    pointed.row.with(|row| match row {
                        Some(row) => keep_place(before, rooms.get(), row),
                        None => rooms.get(),
                    })
                }
            }
            _ => rooms.get(),
        };
        (which, rooms)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms(list: &str) -> Vec<Room> {
        let rooms = list.chars().map(|c| format!("conversation:U{c}").parse());
        rooms.map(|room| room.expect("a room")).collect()
    }

    #[test]
    fn rows_keep_their_places_and_new_ones_come_after() {
        let kept = keep_places(&rooms("bcad"), &rooms("daxb"));
        assert_eq!(kept, rooms("badx"));
    }

    #[test]
    fn the_row_under_the_pointer_stays_and_the_others_do_not() {
        let row = &rooms("b")[0];
        let kept = |before, now| keep_place(&rooms(before), rooms(now), row);
        assert_eq!(kept("abcd", "xabcd"), rooms("xbacd"));
        assert_eq!(kept("abcd", "dcba"), rooms("dbca"));
        assert_eq!(kept("abcd", "cab"), rooms("cba"));
        assert_eq!(kept("acb", "b"), rooms("b"));
        // Gone, or not there before.
        assert_eq!(kept("abcd", "dca"), rooms("dca"));
        assert_eq!(kept("acd", "bacd"), rooms("bacd"));
    }

    #[test]
    fn rows_rest_between_two_moves_and_another_list_does_not_wait() {
        let owner = Owner::new();
        owner.with(|| {
            let all = RwSignal::new(rooms("abc"));
            let which = RwSignal::new(Tab::All);
            let resting = RwSignal::new(false);
            let pointed = Pointed {
                moving: RwSignal::new(false),
                row: RwSignal::new(None),
            };
            let order = order(
                Memo::new(move || all.get()),
                Memo::new(move || which.get()),
                pointed,
                resting,
            );
            let shown = || order.with(|(_, rooms)| rooms.clone());
            assert_eq!(shown(), rooms("abc"));
            resting.set(true);
            all.set(rooms("cabd"));
            assert_eq!(shown(), rooms("abc"));
            resting.set(false);
            assert_eq!(shown(), rooms("cabd"));
            pointed.moving.set(true);
            all.set(rooms("dcb"));
            assert_eq!(shown(), rooms("cbd"));
            pointed.row.set(rooms("c").pop());
            pointed.moving.set(false);
            assert_eq!(shown(), rooms("cdb"));
            pointed.row.set(None);
            assert_eq!(shown(), rooms("dcb"));
            resting.set(true);
            which.set(Tab::Mine);
            assert_eq!(shown(), rooms("dcb"));
        });
    }
}
