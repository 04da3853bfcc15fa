//! How fast one connection may go, beside what its operator may: every frame counts, and those
//! that are refused count twice.

use crate::clock::{self, Moment};
use crate::protocol::{ClientEvent, ClientFrame, ErrorCode, ErrorPayload, Pace, ServerEvent};
use crate::realtime::limits::Bucket;
use crate::realtime::{Connection, Frame, encode};
use crate::state::AppState;

/// What a frame that is none weighs among those that are refused: a client that is merely too fast
/// is told when to go on, one that speaks another language will not learn this one.
pub(super) const MALFORMED: u32 = 15;

/// The client goes on sending what is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outrun;

/// The allowances of one connection.
pub(super) struct Allowance {
    commands: Bucket,
    /// Frames that are no message: pings, pongs, parts.
    frames: Bucket,
    /// What is refused before the connection is closed for it.
    refusals: Bucket,
}

impl Allowance {
    pub(super) fn new(now: Moment) -> Self {
        Self {
            commands: Bucket::commands(now),
            frames: Bucket::frames(now),
            refusals: Bucket::refusals(now),
        }
    }

    /// Takes a frame that is no message.
    ///
    /// # Errors
    /// After too many.
    pub(super) fn frame(&mut self) -> Result<(), Outrun> {
        match self.frames.take(clock::moment()) {
            Ok(()) => Ok(()),
            Err(_) => self.refused(1),
        }
    }

    /// Something was refused.
    ///
    /// # Errors
    /// After too much.
    pub(super) fn refused(&mut self, weight: u32) -> Result<(), Outrun> {
        let now = clock::moment();
        self.refusals.take_some(weight, now).map_err(|_| Outrun)
    }

    /// Takes one of the allowance that the command falls under.
    ///
    /// # Errors
    /// The answer to a client that is too fast.
    pub(super) fn command(
        &mut self,
        state: &AppState,
        connection: &Connection,
        frame: &ClientFrame,
    ) -> Result<(), Frame> {
        let now = clock::moment();
        let operator = connection.operator.id;
        let pace = match &frame.event {
            ClientEvent::Command(command) => command.pace(),
            ClientEvent::Ping {}
            | ClientEvent::TypingStart { .. }
            | ClientEvent::TypingStop { .. } => Pace::Signals,
            ClientEvent::Auth { .. }
            | ClientEvent::JoinRoom { .. }
            | ClientEvent::LeaveRoom { .. } => Pace::Commands,
        };
        let taken = match pace {
            Pace::Messages => state.limits.message(operator, now),
            Pace::Signals => state.limits.signal(operator, now),
            Pace::Commands => self.commands.take(now),
        };
        taken.map_err(|retry_after_ms| {
            connection.note_error(ErrorCode::RateLimitExceeded);
            let mut payload =
                ErrorPayload::new(ErrorCode::RateLimitExceeded, "Too fast. Wait a moment.");
            payload.retry_after_ms = Some(retry_after_ms);
            payload.client_id = frame.event.client_id();
            encode(ServerEvent::Error(payload), frame.reference.clone())
        })
    }
}
