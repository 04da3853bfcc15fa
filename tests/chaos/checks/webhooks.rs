//! What customers wrote is in the store.

use std::collections::HashMap;

use super::{Fault, Violation, violation};
use crate::mark::{Mark, Writer};
use crate::record::{Evidence, Line};

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

/// Messages that LINE's time dates are in its order. Those that were dated by their arrival, since
/// our clock was too far behind to believe LINE's, are in the order of that.
pub(super) fn stored_in_order(evidence: &Evidence) -> Vec<Violation> {
    let webhooks = evidence.webhooks.iter();
    let written: HashMap<Mark, _> = webhooks.map(|it| (it.mark, &it.written)).collect();
    let mut found = Vec::new();
    for room in &evidence.stored {
        let mut lines: Vec<_> = room.lines.iter().map(|line| &line.line).collect();
        lines.sort_by_key(|line| line.order());
        let by_line = |line: &Line, mark: &Mark| {
            let written = written.get(mark);
            mark.writer == Writer::Customer && written.is_none_or(|it| it.contains(&line.at))
        };
        let marks: Vec<_> = lines
            .iter()
            .filter_map(|line| line.mark().filter(|mark| by_line(line, mark)))
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
