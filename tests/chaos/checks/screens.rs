//! What consoles show is what the store holds.

use std::collections::BTreeSet;

use super::{Fault, Violation, violation};
use crate::record::{Evidence, Line, Stored, View};

pub(super) fn same_as_store(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    for (number, console) in evidence.consoles.iter().enumerate() {
        for (customer, stored) in evidence.stored.iter().enumerate() {
            let place = format!("console {number}, customer {customer}");
            match console.views.get(customer) {
                Some(view) => compare(&place, view, stored, &mut found),
                None => found.push(violation(Fault::Gap, format!("{place}: not there"))),
            }
        }
    }
    found
}

fn compare(place: &str, view: &View, stored: &Stored, found: &mut Vec<Violation>) {
    if view.rev != Some(stored.rev) {
        let what = format!("{place}: at rev {:?}, not {}", view.rev, stored.rev);
        found.push(violation(Fault::Gap, what));
    }
    for line in stored.lines.iter().map(|stored| &stored.line) {
        match view.lines.get(&line.id) {
            Some(shown) if shown == line => {}
            Some(shown) => {
                let what = format!("{place}: {} is shown as {}", name(line), name(shown));
                found.push(violation(Fault::Gap, what));
            }
            None if is_before(line, view) => {}
            None => {
                let what = format!("{place}: {} is not shown", name(line));
                found.push(violation(Fault::Lost, what));
            }
        }
    }
    let known: BTreeSet<_> = stored.lines.iter().map(|stored| &stored.line.id).collect();
    for line in view.lines.values().filter(|line| !known.contains(&line.id)) {
        let what = format!("{place}: {} is shown and not stored", name(line));
        found.push(violation(Fault::Gap, what));
    }
}

/// Whether the line stands before those that a console fetched when it began afresh.
fn is_before(line: &Line, view: &View) -> bool {
    let begins = view.begins.as_ref();
    begins.is_some_and(|(place, at, id)| line.order() < (*place, *at, id.as_str()))
}

fn name(line: &Line) -> String {
    let mark = line
        .mark()
        .map_or_else(|| line.direction.clone(), |mark| mark.to_string());
    format!("{mark} ({}, rev {})", line.status, line.rev)
}

pub(super) fn none_twice(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    for (number, console) in evidence.consoles.iter().enumerate() {
        for view in &console.views {
            let mut seen = BTreeSet::new();
            for mark in view.lines.values().filter_map(Line::mark) {
                if !seen.insert(mark) {
                    let what = format!("console {number} shows {mark} twice");
                    found.push(violation(Fault::Doubled, what));
                }
            }
        }
    }
    found
}

pub(super) fn no_unwanted_frames(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    for (number, console) in evidence.consoles.iter().enumerate() {
        for what in &console.unwanted {
            found.push(violation(
                Fault::Doubled,
                format!("console {number}: {what}"),
            ));
        }
    }
    found
}

pub(super) fn none_foreign(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut look = |place: &str, customer: usize, line: &Line| match line.mark() {
        Some(mark) if mark.customer == customer => {}
        Some(mark) => {
            let what = format!("{place}: customer {customer} has {mark}");
            found.push(violation(Fault::Foreign, what));
        }
        None if line.direction == "system" => {}
        None => {
            let what = format!(
                "{place}: customer {customer} has a text that nobody wrote: {:?}",
                line.text
            );
            found.push(violation(Fault::Altered, what));
        }
    };
    for (customer, stored) in evidence.stored.iter().enumerate() {
        for line in &stored.lines {
            look("the store", customer, &line.line);
        }
    }
    for (number, console) in evidence.consoles.iter().enumerate() {
        for (customer, view) in console.views.iter().enumerate() {
            for line in view.lines.values() {
                look(&format!("console {number}"), customer, line);
            }
        }
    }
    found
}
