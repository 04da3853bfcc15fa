//! When rows of the list change their order.

use std::time::Duration;

use leptos::prelude::*;

use super::arrange::keep_places;
use crate::client::use_console;
use crate::protocol::{Room, Tab};
use crate::ui::desk::use_view;
use crate::ui::live::{effect, memo};

/// Having moved, rows stand still for so long: to move them is the dearest thing to paint.
const REST: Duration = Duration::from_millis(200);

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
            set_timeout(
                move || {
                    resting.try_set(false);
                },
                REST,
            );
        }
    });
    memo(move || order.with(|(_, rooms)| rooms.clone()))
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
    Memo::new(move |before: Option<&Order>| {
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

    #[test]
    fn rows_rest_between_two_moves_and_another_list_does_not_wait() {
        let rooms = |list: &str| -> Vec<Room> {
            let rooms = list.chars().map(|c| format!("conversation:U{c}").parse());
            rooms.map(|room| room.expect("a room")).collect()
        };
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
