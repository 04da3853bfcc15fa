//! What customers wrote is in the store.

use std::collections::HashMap;

use super::{Fault, Violation, violation};
use crate::mark::{Mark, Writer};
use crate::record::Evidence;

pub(super) fn stored_once(evidence: &Evidence) -> Vec<Violation> {
    let mut stored: HashMap<Mark, usize> = HashMap::new();
    for line in evidence.stored.iter().flat_map(|room| &room.lines) {
        if let Some(mark) = line.line.mark() {
            *stored.entry(mark).or_default() += 1;
        }
    }
    let mut found = Vec::new();
    for webhook in &evidence.webhooks {
        let mark = webhook.mark;
        match stored.get(&mark).copied().unwrap_or(0) {
            0 if webhook.accepted => {
                found.push(violation(
                    Fault::Lost,
                    format!("{mark} got 200 and is not stored"),
                ));
            }
            0 | 1 => {}
            times => found.push(violation(
                Fault::Doubled,
                format!("{mark} is stored {times} times"),
            )),
        }
    }
    found
}

pub(super) fn stored_in_order(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    for room in &evidence.stored {
        let mut lines: Vec<_> = room.lines.iter().map(|line| &line.line).collect();
        lines.sort_by_key(|line| line.order());
        let marks = lines.iter().filter_map(|line| line.mark());
        let marks: Vec<_> = marks
            .filter(|mark| mark.writer == Writer::Customer)
            .collect();
        for pair in marks.windows(2) {
            if pair[0].number > pair[1].number {
                let what = format!("{} stands before {}", pair[0], pair[1]);
                found.push(violation(Fault::Order, what));
            }
        }
    }
    found
}
