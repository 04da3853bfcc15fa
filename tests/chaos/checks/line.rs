//! What operators wrote is at LINE, as often as they were told.

use std::collections::{HashMap, HashSet};

use super::{Fault, Violation, violation};
use crate::mark::{Mark, Writer};
use crate::record::{Evidence, Line};

/// How often each message is at LINE, whichever customer has it.
fn at_line(evidence: &Evidence) -> HashMap<Mark, usize> {
    let mut times = HashMap::new();
    for mark in evidence
        .inboxes
        .iter()
        .flatten()
        .filter_map(|text| Mark::of(text))
    {
        *times.entry(mark).or_default() += 1;
    }
    times
}

pub(super) fn acknowledged_once(evidence: &Evidence) -> Vec<Violation> {
    let times = at_line(evidence);
    let mut found = Vec::new();
    let mut stored: HashMap<&str, Vec<&Line>> = HashMap::new();
    for line in evidence.stored.iter().flat_map(|room| &room.lines) {
        if let Some(client_id) = &line.client_id {
            stored.entry(client_id).or_default().push(&line.line);
        }
    }
    for sending in evidence.consoles.iter().flat_map(|c| &c.sendings) {
        if sending.acknowledged.is_empty() {
            continue;
        }
        let mark = sending.mark;
        if sending.acknowledged.len() > 1 {
            let what = format!("{mark} was acknowledged as different messages");
            found.push(violation(Fault::Doubled, what));
        }
        match stored.get(sending.client_id.as_str()).map(Vec::as_slice) {
            None => {
                let what = format!("{mark} was acknowledged and is not stored");
                found.push(violation(Fault::Lost, what));
            }
            Some([line]) => {
                let times = times.get(&mark).copied().unwrap_or(0);
                found.extend(judge(mark, line, times));
            }
            Some(lines) => {
                let what = format!("{mark} is stored {} times", lines.len());
                found.push(violation(Fault::Doubled, what));
            }
        }
    }
    found
}

/// Whether a message is as often at LINE as its status says.
fn judge(mark: Mark, line: &Line, times: usize) -> Option<Violation> {
    let status = line.status.as_str();
    let is_note = matches!(mark.writer, Writer::Note(_));
    let (fault, what) = match (status, times) {
        ("received", 0) if is_note => return None,
        ("sent", 1) if !is_note => return None,
        ("failed", 0) | ("unconfirmed", 0 | 1) if !is_note && line.says_why => return None,
        ("failed" | "unconfirmed", 0 | 1) if !line.says_why => (
            Fault::Untrue,
            format!("{mark} is {status} and says not why"),
        ),
        ("sent", 0) => (Fault::Lost, format!("{mark} is sent and not at LINE")),
        ("queued", 0) => (Fault::Lost, format!("{mark} is still queued")),
        (_, 0 | 1) => (
            Fault::Untrue,
            format!("{mark} is {status}, and at LINE {times} times"),
        ),
        // Twice is the next check's finding.
        _ => return None,
    };
    Some(violation(fault, what))
}

pub(super) fn nothing_else(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    let times = at_line(evidence);
    for (mark, times) in &times {
        if *times > 1 {
            let what = format!("{mark} is at LINE {times} times");
            found.push(violation(Fault::Doubled, what));
        }
    }
    let sendings = evidence.consoles.iter().flat_map(|c| &c.sendings);
    for sending in sendings {
        let mark = sending.mark;
        let Some(code) = &sending.refused else {
            if sending.acknowledged.is_empty() {
                let what = format!("{mark} has no answer");
                found.push(violation(Fault::Lost, what));
            }
            continue;
        };
        let is_stored = evidence
            .stored
            .iter()
            .flat_map(|room| &room.lines)
            .any(|line| line.client_id.as_ref() == Some(&sending.client_id));
        if is_stored || times.contains_key(&mark) {
            let what = format!("{mark} was refused ({code}) and is there all the same");
            found.push(violation(Fault::Untrue, what));
        }
    }
    found
}

pub(super) fn in_order(evidence: &Evidence) -> Vec<Violation> {
    let retried: HashSet<Mark> = evidence
        .consoles
        .iter()
        .flat_map(|console| &console.sendings)
        .filter(|sending| sending.retried)
        .map(|sending| sending.mark)
        .collect();
    let mut found = Vec::new();
    for (customer, inbox) in evidence.inboxes.iter().enumerate() {
        let mut before: Option<((i64, i64, &str), Mark)> = None;
        let shown: HashMap<Mark, (i64, i64, &str)> = evidence
            .stored
            .get(customer)
            .into_iter()
            .flat_map(|room| &room.lines)
            .filter_map(|line| Some((line.line.mark()?, line.line.order())))
            .collect();
        for text in inbox {
            let Some(mark) = Mark::of(text) else {
                let what = format!("customer {customer} got a text that nobody wrote: {text:?}");
                found.push(violation(Fault::Altered, what));
                continue;
            };
            if mark.customer != customer || !matches!(mark.writer, Writer::Console(_)) {
                let what = format!("customer {customer} got {mark}");
                found.push(violation(Fault::Foreign, what));
                continue;
            }
            // A second attempt comes after what was written since.
            let Some(place) = shown.get(&mark).filter(|_| !retried.contains(&mark)) else {
                continue;
            };
            if let Some((_, earlier)) = before.filter(|(last, _)| last > place) {
                let what = format!("{mark} reached LINE after {earlier}");
                found.push(violation(Fault::Order, what));
            }
            before = Some((*place, mark));
        }
    }
    found
}
