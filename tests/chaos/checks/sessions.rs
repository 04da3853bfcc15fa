//! Who had a chat, replayed from its lines in the order of their `rev`.

use std::collections::BTreeSet;

use super::{Fault, Violation, violation};
use crate::record::{Evidence, SessionEvent, Stored, StoredLine};

/// Where a conversation stands while it is replayed.
enum Chat {
    Closed,
    Waiting,
    Owned(String),
}

pub(super) fn one_owner(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    for (customer, room) in evidence.stored.iter().enumerate() {
        if room.open_sessions > 1 {
            let what = format!(
                "customer {customer} has {} open sessions",
                room.open_sessions
            );
            found.push(violation(Fault::Session, what));
        }
        if room.owners.iter().any(Option::is_none) {
            let what = format!("customer {customer} has an active session without an owner");
            found.push(violation(Fault::Session, what));
        }
        found.extend(replay(customer, room));
    }
    found
}

fn replay(customer: usize, room: &Stored) -> Vec<Violation> {
    let mut chat = Chat::Closed;
    let mut found = Vec::new();
    for line in &room.lines {
        if let Err(what) = step(&mut chat, line) {
            let what = format!("customer {customer}, rev {}: {what}", line.created_rev);
            found.push(violation(Fault::Session, what));
        }
    }
    let last = match &chat {
        Chat::Owned(owner) => vec![Some(owner.clone())],
        Chat::Waiting | Chat::Closed => Vec::new(),
    };
    if last != room.owners {
        let what = format!("customer {customer} is owned otherwise than its lines say");
        found.push(violation(Fault::Session, what));
    }
    found
}

/// Takes one line in; says what is wrong with it.
fn step(chat: &mut Chat, line: &StoredLine) -> Result<(), &'static str> {
    match (&line.event, line.line.direction.as_str()) {
        (Some(SessionEvent::Claimed(by)), _) => {
            let was_waiting = matches!(chat, Chat::Waiting);
            *chat = Chat::Owned(by.clone());
            if was_waiting {
                Ok(())
            } else {
                Err("claimed while it was not waiting")
            }
        }
        (Some(SessionEvent::Reopened(by)), _) => {
            let was_closed = matches!(chat, Chat::Closed);
            *chat = Chat::Owned(by.clone());
            if was_closed {
                Ok(())
            } else {
                Err("opened again while it was open")
            }
        }
        (Some(SessionEvent::Passed(to)), _) => change(chat, Chat::Owned(to.clone())),
        (Some(SessionEvent::Queued), _) => change(chat, Chat::Waiting),
        (Some(SessionEvent::Closed), _) => change(chat, Chat::Closed),
        (None, "in") => {
            if matches!(chat, Chat::Closed) {
                *chat = Chat::Waiting;
            }
            Ok(())
        }
        (None, "out") => match chat {
            Chat::Owned(owner) if line.sender.as_ref() == Some(owner) => Ok(()),
            _ => Err("sent by somebody who did not own the chat"),
        },
        (None, _) => Ok(()),
    }
}

fn change(chat: &mut Chat, to: Chat) -> Result<(), &'static str> {
    let was_open = !matches!(chat, Chat::Closed);
    *chat = to;
    if was_open {
        Ok(())
    } else {
        Err("moved while no session was open")
    }
}

pub(super) fn revs(evidence: &Evidence) -> Vec<Violation> {
    let mut found = Vec::new();
    for (customer, room) in evidence.stored.iter().enumerate() {
        let (mut came, mut changed) = (BTreeSet::new(), BTreeSet::new());
        for line in &room.lines {
            let (created, rev) = (line.created_rev, line.line.rev);
            if created < 1 || created > rev || rev > room.rev {
                let what = format!("customer {customer}: a line of rev {created} to {rev}");
                found.push(violation(Fault::Rev, what));
            }
            if !came.insert(created) || !changed.insert(rev) {
                let what = format!("customer {customer}: two lines of rev {created} or {rev}");
                found.push(violation(Fault::Rev, what));
            }
        }
    }
    found
}
