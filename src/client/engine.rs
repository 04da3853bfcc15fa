//! The connection's logic without any input or output: pure, driven by a clock that is handed in.
//!
//! Everything that happens goes in as an [`Input`] with the present time; what is to be done comes
//! out as [`Output`]s. After each input the engine looks at all that is due ([`Engine::settle`]),
//! so that a late or repeated tick does no harm.
//!
//! Why nothing is lost: every durable change of a conversation has a `rev`, one above the last.
//! The engine knows up to which `rev` it has everything ([`rooms`]); whatever shows a higher one
//! without the changes in between makes it ask for all after the `rev` that it knows.

mod commands;
mod connection;
mod incoming;
#[cfg(test)]
mod model_tests;
mod outgoing;
mod polling;
mod rooms;
#[cfg(test)]
mod tests;
mod wire;

use super::backoff::Backoff;
use super::outbox::Outbox;
use super::sorted_map::SortedMap;
use crate::protocol::{HEARTBEAT_MS, Presence, Room};
use commands::{Pending, Typing};
use connection::Phase;
use polling::Polling;
use rooms::Rooms;

pub use wire::*;

/// The connection's logic. See the module.
#[derive(Debug)]
pub struct Engine {
    phase: Phase,
    attempt: Attempt,
    backoff: Backoff,
    rooms: Rooms,
    outbox: Outbox,
    polling: Polling,
    /// Attempts in a row that did not reach `auth_success`.
    failures: u32,
    /// There was a connection before on this page.
    was_connected: bool,
    /// The browser says that there is no network.
    offline: bool,
    heartbeat_ms: i64,
    last_heard: i64,
    last_ping: i64,
    /// Since when a ping has had no answer.
    asked_at: Option<i64>,
    /// Something must be heard until then, or the connection is dead.
    probe_until: Option<i64>,
    /// When a fresh token is to be fetched although the connection stands.
    renew_at: Option<i64>,
    /// Commands that were sent and not answered, by `ref`.
    pending: SortedMap<String, Pending>,
    /// Marks and presence that wait for the connection.
    marks: SortedMap<Room, i64>,
    presence: Option<Presence>,
    typing: Option<Typing>,
    references: u64,
    shown: LinkState,
    out: Vec<Output>,
}

impl Engine {
    /// An engine that does nothing until [`Input::Start`]; its jitter follows from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            phase: Phase::Stopped,
            attempt: Attempt::default(),
            backoff: Backoff::new(seed),
            rooms: Rooms::default(),
            outbox: Outbox::default(),
            polling: Polling::default(),
            failures: 0,
            was_connected: false,
            offline: false,
            heartbeat_ms: i64::from(HEARTBEAT_MS),
            last_heard: 0,
            last_ping: 0,
            asked_at: None,
            probe_until: None,
            renew_at: None,
            pending: SortedMap::new(),
            marks: SortedMap::new(),
            presence: None,
            typing: None,
            references: 0,
            shown: LinkState::Disconnected,
            out: Vec::new(),
        }
    }

    /// Takes in what happened at `now` (milliseconds on a clock that does not go back) and
    /// gives what is to be done, in order.
    pub fn handle(&mut self, now: i64, input: Input) -> Vec<Output> {
        match input {
            Input::Start { queue } => self.start(now, queue),
            Input::Stop => self.stop(),
            Input::TokenReady {
                token,
                expires_in_ms,
            } => self.token_ready(now, token, expires_in_ms),
            Input::TokenFailed { signed_out } => self.token_failed(now, signed_out),
            Input::Opened(attempt) if attempt == self.attempt => self.opened(now),
            Input::Frame(attempt, frame) if attempt == self.attempt => self.frame(now, *frame),
            Input::Closed(attempt, code) if attempt == self.attempt => self.closed(now, code),
            Input::Opened(_) | Input::Frame(..) | Input::Closed(..) | Input::Tick => {}
            Input::Online => self.online(now),
            Input::Offline => self.offline(now),
            Input::Visible => self.visible(now),
            Input::ReconnectNow => self.hurry(now),
            Input::Open { room, known } => self.open(room, known),
            Input::Discard(client_id) => self.discard(client_id),
            Input::Uploaded(client_id, end) => self.uploaded(client_id, end),
            Input::Command(command) => self.command(now, command),
            Input::Typing(room, typing) => self.type_in(now, room, typing),
            Input::Listed(revs) => self.listed(now, revs),
            Input::Polled { room, after, page } => self.polled(now, room, after, page),
            Input::Missing(room) => self.missing(&room, None),
            Input::Posted(client_id, posted) => self.posted(now, client_id, posted),
        }
        self.settle(now)
    }

    /// When [`Input::Tick`] is needed at the latest; absent when nothing waits for time.
    pub fn deadline(&self) -> Option<i64> {
        let times = [
            self.connection_deadline(),
            self.outgoing_deadline(),
            self.polling_deadline(),
        ];
        times.into_iter().flatten().min()
    }

    /// How the engine is connected.
    pub fn state(&self) -> LinkState {
        match self.phase {
            Phase::Stopped => LinkState::Disconnected,
            Phase::SignedOut => LinkState::SignedOut,
            Phase::Connected { .. } => LinkState::Connected {
                resumed: self.was_connected,
            },
            _ if self.offline => LinkState::Offline,
            _ if self.is_polling() => LinkState::Polling,
            Phase::FetchingToken { .. } | Phase::Opening { .. } => LinkState::Connecting,
            Phase::Authenticating { .. } => LinkState::Authenticating,
            Phase::Waiting { at } => LinkState::Reconnecting { at },
        }
    }

    /// The outgoing queue.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Up to which `rev` everything of a conversation is here; absent while nothing is.
    pub fn known_rev(&self, room: &Room) -> Option<i64> {
        self.rooms.known(room)
    }

    /// Does all that is due, then gives what came out.
    fn settle(&mut self, now: i64) -> Vec<Output> {
        self.keep_connection(now);
        self.keep_joined(now);
        self.flush(now);
        self.keep_commands(now);
        self.poll(now);
        let state = self.state();
        if state != self.shown {
            self.shown = state;
            self.out.push(Output::State(state));
        }
        std::mem::take(&mut self.out)
    }

    fn reference(&mut self, kind: char) -> String {
        self.references += 1;
        format!("{kind}{}", self.references)
    }
}
