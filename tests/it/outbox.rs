//! The outbox against the played LINE, on both databases.

mod channels;
mod crashes;
mod held;
mod order;
mod pushes;
mod replies;

use sala::protocol::{MessageStatus, Timestamp};
use sala::simulator::Fault;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn status(status: u16) -> Fault {
    Fault {
        status: Some(status),
        ..Fault::default()
    }
}

/// The connection ends without an answer; LINE may have taken the message.
fn cut(accepted: bool) -> Fault {
    Fault {
        cut: true,
        accepted: Some(accepted),
        ..Fault::default()
    }
}

/// Later than every reply token's end.
fn late() -> Timestamp {
    sala::clock::now().plus_ms(2 * MINUTE)
}

fn sent() -> MessageStatus {
    MessageStatus::Sent
}
