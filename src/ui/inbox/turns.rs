//! When rows of the list change their order.

use std::time::Duration;

use leptos::prelude::*;

use crate::client::order::in_order;
use crate::client::signals::{Memo, RwSignal};
use crate::client::use_console;
use crate::protocol::{Room, Tab};
use crate::ui::desk::use_view;
use crate::ui::live::{effect, memo};
use crate::ui::paint::after_painting;

/// Having moved, rows stand still for so long at least: to move them is the dearest thing to paint.
const REST: Duration = Duration::from_millis(200);
/// On a slow machine they stand still for so many times what moving them took, so that it has time for
/// what else is to be done.
const RESTS: u32 = 3;
/// But no longer than this: nothing is late.
const MOST: Duration = Duration::from_secs(1);

/// The rooms in the order in which their rows stand: the true one, which is taken over in turns.
pub(super) fn in_turns(rooms: Memo<Vec<Room>>, held: RwSignal<bool>) -> Memo<Vec<Room>> {
    let resting = RwSignal::new(false);
    let (tab, unread_only) = (use_console().store.tab, use_view().unread_only);
    let which = memo(move || (tab.get(), unread_only.get()));
    let order = order(rooms, which, held, resting);
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
    memo(move || order.with(|(_, rooms)| rooms.clone()))
}

/// Those that are there keep their place, new ones come after them.
fn keep_places(before: &[Room], now: &[Room]) -> Vec<Room> {
    let known = in_order(before, Ord::cmp);
    let here = in_order(now, Ord::cmp);
    let stay = before.iter().filter(|it| here.binary_search(it).is_ok());
    let come = now.iter().filter(|it| known.binary_search(it).is_err());
    stay.chain(come).cloned().collect()
}

/// The order of a list, with which list it is of.
type Order = ((Tab, bool), Vec<Room>);

/// The order now. Of a list that is `resting` it is the one before, whatever comes; while it is
/// `held` none moves, since the pointer is at work over the rows.
fn order(
    rooms: Memo<Vec<Room>>,
    which: Memo<(Tab, bool)>,
    held: RwSignal<bool>,
    resting: RwSignal<bool>,
) -> Memo<Order> {
    Memo::from_last(move |before: Option<&Order>| {
        let which = which.get();
        let rooms = match before {
            Some((same, before)) if *same == which && resting.get() => before.clone(),
            Some((_, before)) if held.get() => rooms.with(|now| keep_places(before, now)),
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
    fn rows_rest_between_two_moves_and_another_list_does_not_wait() {
        let owner = Owner::new();
        owner.with(|| {
            let all = RwSignal::new(rooms("abc"));
            let which = RwSignal::new((Tab::All, false));
            let (held, resting) = (RwSignal::new(false), RwSignal::new(false));
            let order = order(
                memo(move || all.get()),
                memo(move || which.get()),
                held,
                resting,
            );
            let shown = || order.with(|(_, rooms)| rooms.clone());
            assert_eq!(shown(), rooms("abc"));
            resting.set(true);
            all.set(rooms("cabd"));
            assert_eq!(shown(), rooms("abc"));
            resting.set(false);
            assert_eq!(shown(), rooms("cabd"));
            held.set(true);
            all.set(rooms("dcb"));
            assert_eq!(shown(), rooms("cbd"));
            held.set(false);
            resting.set(true);
            which.set((Tab::Mine, false));
            assert_eq!(shown(), rooms("dcb"));
        });
    }
}
