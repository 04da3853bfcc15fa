//! Brings the rows on the screen into the list's order by moving those that have moved.
//!
//! Leptos' `For` moves every row that lies between the old and the new place of one, up to all of
//! them for one customer who writes. It is therefore given [`super::seats::Seat`]s, which never change their
//! place; where they stand on the screen is seen to here.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::seats::Seats;
use crate::client::signals::{Memo, RwSignal};
use crate::protocol::Room;
use crate::ui::live::{NodeRef, effect};

/// Keeps the children of `list`, which are the rows of `seats`, showing `rooms` in their order.
/// `made` grows whenever one is.
pub(super) fn arrange(
    list: NodeRef<leptos::html::Div>,
    rooms: Memo<Vec<Room>>,
    seats: Seats,
    made: RwSignal<u32>,
) {
    // What stands where; read anew only when rows have been made or have gone.
    let mut placed: Vec<(u32, Element)> = Vec::new();
    let mut as_read = None;
    effect(move || {
        let made = made.get();
        let taken = rooms.with(|rooms| seats.take(rooms));
        let Some(list) = list.get() else { return };
        let children = list.children();
        let count = children.length();
        if as_read != Some((made, count)) {
            as_read = Some((made, count));
            let rows = (0..count).filter_map(|at| children.item(at));
            let named = rows.filter_map(|row| {
                let seat = row.get_attribute("data-seat")?.parse().ok()?;
                Some((seat, row))
            });
            placed = named.collect();
        }
        for seat in &taken.changed {
            let row = placed.iter().find(|(placed, _)| placed == seat);
            if let Some((_, row)) = row {
                leave(row);
            }
        }
        let now: Vec<u32> = placed.iter().map(|(seat, _)| *seat).collect();
        let (order, moves) = moves(&now, &taken.order);
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
}

/// The chat that a row showed has left the page; the focus that it had does not go to another.
fn leave(row: &Element) {
    let focused = document().active_element();
    if focused.is_some_and(|it| row.contains(Some(&it)))
        && let Some(row) = row.dyn_ref::<HtmlElement>()
    {
        // Refused only for elements that cannot have focus.
        let _ = row.blur();
    }
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
}
