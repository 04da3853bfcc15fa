//! Who has no console is told of chats that wait.

use std::collections::HashMap;

use super::{Fault, Violation, violation};
use crate::mark::{Mark, Writer};
use crate::record::{Evidence, Push, SessionEvent, Stored};

/// A push that was sent so close to a killed server or a stopped database may have been sent again:
/// nobody noted down that it was, and better twice than never. In milliseconds.
const CLOSE: i64 = 2_000;

/// The message of which somebody without a console must have been told: the last one, if it is the
/// customer's, nobody has looked, and the chat waited when it came and ever since.
fn to_be_told(room: &Stored) -> Option<Mark> {
    if !room.waits || room.unread == 0 {
        return None;
    }
    let mut waits = true;
    let mut last = None;
    for line in &room.lines {
        match &line.event {
            Some(SessionEvent::Queued | SessionEvent::Closed) => (waits, last) = (true, None),
            Some(
                SessionEvent::Claimed(_) | SessionEvent::Reopened(_) | SessionEvent::Passed(_),
            ) => {
                (waits, last) = (false, None);
            }
            None => {
                let is_told =
                    waits && line.line.direction == "in" && line.line.status == "received";
                // A note or an answer is read by whoever wrote it.
                if is_told || line.line.direction != "system" {
                    last = line.line.mark().filter(|_| is_told);
                }
            }
        }
    }
    last.filter(|mark| mark.writer == Writer::Customer)
}

/// Of which messages they were not told.
pub fn untold(rooms: &[Stored], pushes: &[Push]) -> Vec<Mark> {
    let marks = rooms.iter().filter_map(to_be_told);
    let is_told = |mark: &Mark| pushes.iter().any(|push| push.mark == Some(*mark));
    marks.filter(|mark| !is_told(mark)).collect()
}

pub(super) fn told(evidence: &Evidence) -> Vec<Violation> {
    let Some(pushes) = &evidence.pushes else {
        return Vec::new();
    };
    let missing = untold(&evidence.stored, pushes).into_iter();
    let missing = missing.map(|mark| violation(Fault::Lost, format!("nobody was told of {mark}")));
    missing.collect()
}

pub(super) fn told_once(evidence: &Evidence) -> Vec<Violation> {
    let mut before: HashMap<Mark, i64> = HashMap::new();
    let mut found = Vec::new();
    for push in evidence.pushes.iter().flatten() {
        let Some(mark) = push.mark else { continue };
        let Some(at) = before.insert(mark, push.at) else {
            continue;
        };
        let is_close = |blow: &i64| (blow - at).abs() <= CLOSE;
        if !evidence.blows.iter().any(is_close) {
            let what = format!("{mark} was told of twice, {} ms apart", push.at - at);
            found.push(violation(Fault::Doubled, what));
        }
    }
    found
}

pub(super) fn told_rightly(evidence: &Evidence) -> Vec<Violation> {
    let pushes = evidence.pushes.iter().flatten();
    let foreign = pushes.filter(|push| {
        let customer = push.mark.map(|mark| mark.customer);
        push.customer.is_none() || customer.is_none() || push.customer != customer
    });
    let foreign = foreign.map(|push| {
        let what = format!(
            "a push to customer {:?} is about {:?}",
            push.customer, push.mark
        );
        violation(Fault::Foreign, what)
    });
    foreign.collect()
}
