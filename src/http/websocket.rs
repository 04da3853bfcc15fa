//! `GET /ws/live-chat`: one task for each socket, from upgrade to close.

mod allowance;
mod connection;
mod dispatch;
mod handshake;
mod parting;
mod reader;
mod seat;
mod signing_in;
mod socket;
mod upgrade;

pub(crate) use upgrade::routes;

use crate::protocol::{ErrorPayload, FrameError, ServerEvent};
use crate::realtime::{Frame, encode};

/// The answer to a frame that cannot be served.
fn refusal(error: FrameError) -> Frame {
    let payload = ErrorPayload::new(error.code, error.message);
    encode(ServerEvent::Error(payload), error.reference)
}
