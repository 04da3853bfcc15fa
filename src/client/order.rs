//! Sorting of tens or hundreds of things.
//!
//! It stands in for the standard library's sort, which is built for millions and costs the
//! browser's binary some four kilobytes for each place where it is called.

use std::cmp::Ordering;

/// The things in order; equal ones stay in the order in which they came.
pub fn in_order<T>(
    things: impl IntoIterator<Item = T>,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let mut ordered = Vec::new();
    for thing in things {
        let at = ordered.partition_point(|before| compare(before, &thing) != Ordering::Greater);
        ordered.insert(at, thing);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_keep_their_order() {
        let things = [(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        let ordered = in_order(things, |a, b| a.0.cmp(&b.0));
        assert_eq!(ordered, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
    }
}
