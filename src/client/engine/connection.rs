//! The life of a connection: token, socket, `auth`, heartbeat, and the way back.

use super::{Attempt, Engine, Output};
use crate::client::outbox::{Item, Outbox, OutboxChange};
use crate::protocol::close::CloseCode;
use crate::protocol::{ClientEvent, ClientFrame};

/// How long a token or an open socket may take.
const OPEN_MS: i64 = 15_000;

/// How long `auth` may take.
const AUTH_MS: i64 = 10_000;

/// How soon a connection must speak when there is reason to doubt it.
const PROBE_MS: i64 = 5_000;

/// How often a connection is asked while the browser says that there is no network. An answer that was
/// on its way when the network went would else count until the next heartbeat.
const DOUBT_MS: i64 = 2_000;

/// A connection that lasted this long makes the backoff start anew.
const STABLE_MS: i64 = 10_000;

/// How long before its end a token is replaced.
const RENEW_BEFORE_MS: i64 = 60_000;

/// Attempts in a row without `auth_success` after which sockets count as blocked.
const BLOCKED_AFTER: u32 = 3;

/// Where the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Stopped,
    FetchingToken { since: i64 },
    Opening { since: i64, token: String },
    Authenticating { since: i64 },
    Connected { since: i64 },
    Waiting { at: i64 },
    SignedOut,
}

impl Engine {
    pub(super) fn is_connected(&self) -> bool {
        matches!(self.phase, Phase::Connected { .. })
    }

    /// Whether messages go over HTTP, since sockets do not work and HTTP does.
    pub(super) fn is_polling(&self) -> bool {
        let trying = !matches!(
            self.phase,
            Phase::Stopped | Phase::SignedOut | Phase::Connected { .. }
        );
        trying && !self.offline && self.failures >= BLOCKED_AFTER && self.polling.reachable()
    }

    pub(super) fn start(&mut self, now: i64, queue: Vec<Item>) {
        if self.phase != Phase::Stopped {
            return;
        }
        self.outbox = Outbox::restore(queue);
        for item in self.outbox.items().to_vec() {
            if item.waits() {
                self.rooms.follow(item.message.room.clone(), None);
            }
            self.out
                .push(Output::Outbox(OutboxChange::Put(Box::new(item))));
        }
        self.tell_waiting();
        self.polling.start(now);
        self.begin(now);
    }

    pub(super) fn stop(&mut self) {
        self.out.push(Output::Disconnect(self.attempt));
        self.rooms.disconnected();
        self.phase = Phase::Stopped;
    }

    pub(super) fn token_ready(&mut self, now: i64, token: String, expires_in_ms: i64) {
        self.polling.heard(true);
        let in_ms = (expires_in_ms - RENEW_BEFORE_MS).max(expires_in_ms / 2);
        self.renew_at = Some(now.saturating_add(in_ms));
        if matches!(self.phase, Phase::FetchingToken { .. }) {
            self.phase = Phase::Opening { since: now, token };
            self.out.push(Output::Connect(self.attempt));
        }
    }

    pub(super) fn token_failed(&mut self, now: i64, signed_out: bool) {
        if self.phase == Phase::Stopped {
            return;
        }
        if signed_out {
            self.sign_out();
            return;
        }
        self.polling.heard(false);
        if matches!(self.phase, Phase::FetchingToken { .. }) {
            self.wait(now);
        }
    }

    pub(super) fn opened(&mut self, now: i64) {
        let Phase::Opening { token, .. } = &self.phase else {
            return;
        };
        let token = Some(token.clone());
        self.phase = Phase::Authenticating { since: now };
        self.say(ClientEvent::Auth { token }, None);
    }

    /// `auth_success`: conversations are joined again first, then the queue moves.
    pub(super) fn authenticated(&mut self, now: i64, heartbeat_ms: u32) {
        if !matches!(self.phase, Phase::Authenticating { .. }) {
            return;
        }
        self.phase = Phase::Connected { since: now };
        self.failures = 0;
        self.heartbeat_ms = i64::from(heartbeat_ms.max(1_000));
        self.last_ping = now;
        self.probe_until = None;
        self.keep_joined(now);
        self.catch_up(now);
    }

    pub(super) fn heard(&mut self, now: i64) {
        self.last_heard = now;
        self.asked_at = None;
        self.probe_until = None;
    }

    pub(super) fn closed(&mut self, now: i64, code: u16) {
        let stood_since = match self.phase {
            Phase::Opening { .. } | Phase::Authenticating { .. } => None,
            Phase::Connected { since } => Some(since),
            // There is no connection that could have been closed.
            Phase::Stopped
            | Phase::SignedOut
            | Phase::FetchingToken { .. }
            | Phase::Waiting { .. } => return,
        };
        if code == CloseCode::Forbidden.code() {
            self.sign_out();
            return;
        }
        match stood_since {
            Some(since) => {
                if now.saturating_sub(since) >= STABLE_MS {
                    self.backoff.reset();
                }
                self.was_connected = true;
                self.interrupted();
            }
            None => self.failures = self.failures.saturating_add(1),
        }
        let soon = [CloseCode::GoingAway.code(), CloseCode::TooSlow.code()];
        if stood_since.is_some() && soon.contains(&code) {
            let at = now.saturating_add(self.backoff.soon());
            self.phase = Phase::Waiting { at };
        } else {
            self.back_off(now);
        }
    }

    pub(super) fn online(&mut self, now: i64) {
        self.offline = false;
        self.visible(now);
    }

    pub(super) fn offline(&mut self, now: i64) {
        self.offline = true;
        self.probe(now);
    }

    pub(super) fn visible(&mut self, now: i64) {
        self.probe(now);
        self.hurry(now);
    }

    /// Does not wait for the next attempt.
    pub(super) fn hurry(&mut self, now: i64) {
        if matches!(self.phase, Phase::Waiting { .. }) {
            self.begin(now);
        }
    }

    /// Whatever the connection's time has come for.
    pub(super) fn keep_connection(&mut self, now: i64) {
        match self.phase {
            Phase::FetchingToken { since } if now - since >= OPEN_MS => self.wait(now),
            Phase::Opening { since, .. } if now - since >= OPEN_MS => self.give_up(now),
            Phase::Authenticating { since } if now - since >= AUTH_MS => self.give_up(now),
            Phase::Waiting { at } if now >= at => self.begin(now),
            Phase::Connected { .. } => {
                if now >= self.silent_at() {
                    self.give_up(now);
                    return;
                }
                if self.offline && now - self.last_ping >= DOUBT_MS {
                    self.probe(now);
                }
                if now - self.last_ping >= self.heartbeat_ms {
                    self.ping(now);
                }
                if self.renew_at.is_some_and(|at| now >= at) {
                    // Also tells whether anybody is still signed in.
                    self.renew_at = Some(now + RENEW_BEFORE_MS / 2);
                    self.out.push(Output::FetchToken);
                }
            }
            // Not yet due, or nothing to keep.
            Phase::FetchingToken { .. }
            | Phase::Opening { .. }
            | Phase::Authenticating { .. }
            | Phase::Waiting { .. }
            | Phase::Stopped
            | Phase::SignedOut => {}
        }
    }

    pub(super) fn connection_deadline(&self) -> Option<i64> {
        match self.phase {
            Phase::Stopped | Phase::SignedOut => None,
            Phase::FetchingToken { since } | Phase::Opening { since, .. } => Some(since + OPEN_MS),
            Phase::Authenticating { since } => Some(since + AUTH_MS),
            Phase::Waiting { at } => Some(at),
            Phase::Connected { .. } => {
                let every = if self.offline {
                    DOUBT_MS.min(self.heartbeat_ms)
                } else {
                    self.heartbeat_ms
                };
                let ping = self.last_ping + every;
                let at = ping.min(self.silent_at());
                Some(self.renew_at.map_or(at, |renew| renew.min(at)))
            }
        }
    }

    pub(super) fn say(&mut self, event: ClientEvent, reference: Option<String>) {
        let frame = ClientFrame { event, reference };
        self.out.push(Output::Send(Box::new(frame)));
    }

    /// When the connection counts as dead: it was asked and has said nothing since. A tab that
    /// slept has not asked in time, so it asks first.
    fn silent_at(&self) -> i64 {
        let Some(asked) = self.asked_at else {
            return i64::MAX;
        };
        let silent = self.last_heard.saturating_add(self.heartbeat_ms * 5 / 2);
        let silent = silent.max(asked.saturating_add(PROBE_MS));
        self.probe_until.map_or(silent, |until| until.min(silent))
    }

    fn begin(&mut self, now: i64) {
        self.attempt = Attempt(self.attempt.0 + 1);
        self.phase = Phase::FetchingToken { since: now };
        self.out.push(Output::FetchToken);
    }

    fn ping(&mut self, now: i64) {
        self.last_ping = now;
        self.asked_at = self.asked_at.or(Some(now));
        self.say(ClientEvent::Ping {}, None);
    }

    fn probe(&mut self, now: i64) {
        if self.is_connected() {
            self.ping(now);
            let until = now + PROBE_MS;
            self.probe_until = Some(self.probe_until.map_or(until, |old| old.min(until)));
        }
    }

    fn give_up(&mut self, now: i64) {
        self.out.push(Output::Disconnect(self.attempt));
        self.closed(now, CloseCode::HeartbeatMissed.code());
    }

    /// The attempt ended before there was a socket.
    fn wait(&mut self, now: i64) {
        self.failures = self.failures.saturating_add(1);
        self.back_off(now);
    }

    fn back_off(&mut self, now: i64) {
        let at = now.saturating_add(self.backoff.fail());
        self.phase = Phase::Waiting { at };
    }

    fn sign_out(&mut self) {
        self.interrupted();
        self.out.push(Output::Disconnect(self.attempt));
        self.phase = Phase::SignedOut;
    }

    /// The connection went while it was in use.
    fn interrupted(&mut self) {
        self.rooms.disconnected();
        self.typing = None;
        self.drop_pending();
        for item in self.outbox.requeue_all() {
            self.out
                .push(Output::Outbox(OutboxChange::Put(Box::new(item))));
        }
    }
}
