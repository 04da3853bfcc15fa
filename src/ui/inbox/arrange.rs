//! Brings the rows on the screen into the list's order by moving those that have moved.
//!
//! Leptos' `For` moves every row that lies between the old and the new place of one, up to all of
//! them for one customer who writes. It is therefore given an order in which rows never change
//! their place ([`keep_places`]); where they stand on the screen is seen to here.

use leptos::prelude::*;
use web_sys::Element;

use crate::client::order::in_order;
use crate::protocol::Room;
use crate::ui::live::effect;

/// Those that are there keep their place, new ones come after them.
pub(super) fn keep_places(before: &[Room], now: &[Room]) -> Vec<Room> {
    let known = in_order(before, Ord::cmp);
    let here = in_order(now, Ord::cmp);
    let stay = before.iter().filter(|it| here.binary_search(it).is_ok());
    let come = now.iter().filter(|it| known.binary_search(it).is_err());
    stay.chain(come).cloned().collect()
}

/// Keeps the children of `list` in the order of `rooms`; gives the order in which they are to be
/// made. `made` grows whenever one is.
pub(super) fn arrange(
    list: NodeRef<leptos::html::Div>,
    rooms: Memo<Vec<Room>>,
    made: RwSignal<u32>,
) -> Memo<Vec<Room>> {
    // What stands where; read anew only when rows have been made or have gone.
    let mut placed: Vec<(Room, Element)> = Vec::new();
    let mut as_read = None;
    effect(move || {
        let made = made.get();
        let wanted = rooms.get();
        let Some(list) = list.get() else { return };
        let children = list.children();
        let count = children.length();
        if as_read != Some((made, count)) {
            as_read = Some((made, count));
            let rows = (0..count).filter_map(|at| children.item(at));
            let named = rows.filter_map(|row| {
                let room = row.get_attribute("data-room")?.parse().ok()?;
                Some((room, row))
            });
            placed = named.collect();
        }
        let rooms: Vec<&Room> = placed.iter().map(|(room, _)| room).collect();
        let (order, moves) = moves(&rooms, &wanted.iter().collect::<Vec<_>>());
        if moves.is_empty() {
            return;
        }
        for (row, before) in moves {
            let before = before.map(|at| &*placed[at].1);
            // Both are children of the list.
            let _ = list.insert_before(&placed[row].1, before);
        }
        placed = order.into_iter().map(|at| placed[at].clone()).collect();
    });
    Memo::new(move |before: Option<&Vec<Room>>| {
        rooms.with(|now| match before {
            Some(before) => keep_places(before, now),
            None => now.clone(),
        })
    })
}

/// What brings `rows` into the order of `wanted`: the order that follows, and step by step which
/// one goes before which other one, or to the end; all as places in `rows`. What is not in both
/// stands aside.
fn moves<T: PartialEq>(rows: &[T], wanted: &[T]) -> (Vec<usize>, Vec<(usize, Option<usize>)>) {
    let mut now: Vec<usize> = (0..rows.len()).collect();
    let mut steps = Vec::new();
    let mut at = 0;
    for row in wanted {
        let is = |at: usize, now: &[usize]| now.get(at).is_some_and(|known| rows[*known] == *row);
        if !is(at, &now) && is(at + 1, &now) {
            // The one in between goes down, and not all others up.
            let down = now.remove(at);
            now.push(down);
            steps.push((down, None));
        }
        let Some(found) = (at..now.len()).find(|at| is(*at, &now)) else {
            continue;
        };
        if found != at {
            let moved = now.remove(found);
            steps.push((moved, now.get(at).copied()));
            now.insert(at, moved);
        }
        at += 1;
    }
    (now, steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Does what `moves` says; gives the order that follows and how many moves it took.
    fn moved(from: &str, to: &str) -> (String, usize) {
        let from: Vec<char> = from.chars().collect();
        let to: Vec<char> = to.chars().collect();
        let (order, steps) = moves(&from, &to);
        let mut now: Vec<usize> = (0..from.len()).collect();
        for (row, before) in &steps {
            now.retain(|it| it != row);
            let at = before.map(|before| now.iter().position(|it| *it == before));
            let at = at.map_or(now.len(), |at| at.expect("the row before which it goes"));
            now.insert(at, *row);
        }
        assert_eq!(now, order);
        (now.into_iter().map(|row| from[row]).collect(), steps.len())
    }

    #[test]
    fn one_row_that_moves_is_one_move() {
        assert_eq!(moved("abcdef", "abcdef"), ("abcdef".to_owned(), 0));
        assert_eq!(moved("abcdef", "fabcde"), ("fabcde".to_owned(), 1));
        assert_eq!(moved("abcdef", "dabcef"), ("dabcef".to_owned(), 1));
        assert_eq!(moved("abcdef", "bcdefa"), ("bcdefa".to_owned(), 1));
        assert_eq!(moved("abcdef", "acdebf").0, "acdebf");
        assert_eq!(moved("abcdef", "fdabce"), ("fdabce".to_owned(), 2));
    }

    #[test]
    fn any_order_is_reached_whatever_is_missing() {
        assert_eq!(moved("abcdef", "fedcba").0, "fedcba");
        assert_eq!(moved("abcdef", "cfbead").0, "cfbead");
        // Not made yet, and not gone yet.
        assert_eq!(moved("abcd", "xdabc").0, "dabc");
        assert_eq!(moved("abcd", "dba").0, "dbac");
        assert_eq!(moved("", "ab").0, "");
    }

    #[test]
    fn rows_keep_their_places_and_new_ones_come_after() {
        let rooms = |list: &str| -> Vec<Room> {
            let rooms = list.chars().map(|c| format!("conversation:U{c}").parse());
            rooms.map(|room| room.expect("a room")).collect()
        };
        let kept = keep_places(&rooms("bcad"), &rooms("daxb"));
        assert_eq!(kept, rooms("badx"));
    }
}
