//! What must hold at the end, whatever happened: pure functions over the record.

mod line;
mod pushes;
mod screens;
mod sessions;
mod webhooks;

use std::fmt;

pub use self::pushes::untold;
use super::record::Evidence;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A message is not where it must be.
    Lost,
    /// A message is there more than once.
    Doubled,
    /// Messages are not in their order.
    Order,
    /// A message is with another customer.
    Foreign,
    /// A text is none that anybody wrote.
    Altered,
    /// A console does not show what the store holds.
    Gap,
    /// An operator was told something that is not so.
    Untrue,
    /// Somebody owned, or sent in, what was not theirs.
    Session,
    /// A `rev` is missing, or there twice.
    Rev,
    /// A program failed.
    Program,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What kind of thing.
    pub fault: Fault,
    /// Which message, where.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.fault, self.what)
    }
}

/// A check: its name, and what it finds wrong.
pub type Check = (&'static str, fn(&Evidence) -> Vec<Violation>);

/// All checks.
pub const CHECKS: [Check; 15] = [
    (
        "a webhook that got 200 is stored exactly once",
        webhooks::stored_once,
    ),
    (
        "a customer's messages are stored in their order",
        webhooks::stored_in_order,
    ),
    (
        "every console shows what the store holds",
        screens::same_as_store,
    ),
    ("no console shows a message twice", screens::none_twice),
    ("no frame comes twice", screens::no_unwanted_frames),
    (
        "nobody sees another customer's message",
        screens::none_foreign,
    ),
    (
        "an acknowledged message is at LINE once, or says why not",
        line::acknowledged_once,
    ),
    (
        "nothing is at LINE twice, and nothing that was refused",
        line::nothing_else,
    ),
    (
        "messages reach LINE in their order, with their words",
        line::in_order,
    ),
    ("a session has at most one owner", sessions::one_owner),
    ("revs are contiguous", sessions::revs),
    (
        "who has no console is told of the last message of a chat that waits",
        pushes::told,
    ),
    (
        "nobody is told twice, unless a server was killed meanwhile",
        pushes::told_once,
    ),
    (
        "a push is about the chat that it opens",
        pushes::told_rightly,
    ),
    ("no program fails by itself", complaints),
];

/// Violations of one kind that are printed; the rest is more of the same.
const PRINTED: usize = 6;

/// Runs every check.
pub fn all(evidence: &Evidence) -> Vec<Violation> {
    CHECKS
        .iter()
        .flat_map(|(_, check)| check(evidence))
        .collect()
}

/// Runs every check and prints what it finds.
pub fn report(evidence: &Evidence) -> Vec<Violation> {
    let mut all = Vec::new();
    for (name, check) in CHECKS {
        let found = check(evidence);
        if !found.is_empty() {
            println!("  VIOLATED {} times: {name}", found.len());
        }
        for violation in found.iter().take(PRINTED) {
            println!("    {violation}");
        }
        all.extend(found);
    }
    all
}

fn violation(fault: Fault, what: impl Into<String>) -> Violation {
    let what = what.into();
    Violation { fault, what }
}

fn complaints(evidence: &Evidence) -> Vec<Violation> {
    let complaints = evidence.complaints.iter();
    complaints
        .map(|what| violation(Fault::Program, what))
        .collect()
}
