//! One connection as the hub sees it: whose it is, and the way out to it.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use super::Frame;
use super::frame::message_id;
use super::outlet::{Ending, Outlet};
use crate::clock::{self, Moment};
use crate::metrics;
use crate::protocol::close::CloseCode;
use crate::protocol::{ConnectionId, ErrorCode, Operator, Timestamp};

/// An authenticated connection.
#[derive(Debug)]
pub struct Connection {
    /// Which.
    pub id: ConnectionId,
    /// Whose.
    pub operator: Operator,
    /// The log-in that it was opened with; revoking that ends it.
    pub login: Uuid,
    /// When it was authenticated.
    pub since: Timestamp,
    /// Where its frames go.
    outlet: Arc<Outlet>,
    /// When the client was last heard, a [`Moment`].
    heard: AtomicI64,
    /// How often it asked for what it had missed.
    resumes: AtomicU32,
    /// The last error that it was answered with.
    last_error: Mutex<Option<ErrorCode>>,
}

impl Connection {
    /// A connection of `operator`, to which nothing is sent before [`Connection::begin`].
    pub fn held(operator: Operator, login: Uuid, outlet: Arc<Outlet>, now: Timestamp) -> Self {
        outlet.hold();
        Self {
            id: ConnectionId::generate(),
            operator,
            login,
            since: now,
            outlet,
            heard: AtomicI64::new(clock::moment().0),
            resumes: AtomicU32::new(0),
            last_error: Mutex::default(),
        }
    }

    /// Sends the first frame, and then what has come meanwhile.
    pub fn begin(&self, first: Frame) {
        self.outlet.put_first(first);
        self.flush();
    }

    /// Sends a frame; it waits in the queue if the client does not read. A full queue ends the
    /// connection with 4429.
    pub fn push(&self, frame: Frame) {
        if self.queue(frame) {
            self.flush();
        }
    }

    /// Queues a frame; answers whether the caller must [`Connection::flush`].
    pub(super) fn queue(&self, frame: Frame) -> bool {
        self.outlet.queue_frame(frame)
    }

    /// Writes what waits, as far as the client takes it.
    pub(super) fn flush(&self) {
        self.outlet.flush(|frame| self.written(frame));
    }

    /// The last station of a message: by its id, never by what it says.
    fn written(&self, frame: &Frame) {
        metrics::events_out(frame.events());
        if tracing::enabled!(tracing::Level::DEBUG)
            && let Some(message) = message_id(frame)
        {
            tracing::debug!(message.id = message, connection.id = %self.id, "to the socket");
        }
    }

    /// Sees to a client that does not take its frames at once, until the connection is to end. One
    /// that takes some is there, however long its next frame needs to get through.
    pub async fn run(&self) -> Ending {
        let taken = || self.heard(clock::moment());
        self.outlet.run(|frame| self.written(frame), taken).await
    }

    /// Whether the client does not take what it has been sent already.
    pub fn is_congested(&self) -> bool {
        self.outlet.is_congested()
    }

    /// Sends nothing more but what waits.
    pub fn seal(&self) {
        self.outlet.seal();
    }

    /// Writes all that waits, however long the client takes.
    ///
    /// # Errors
    /// When the client went away.
    pub async fn drain(&self) -> std::io::Result<()> {
        self.outlet.drain(|frame| self.written(frame)).await
    }

    /// How many frames wait for the client.
    pub fn depth(&self) -> usize {
        self.outlet.depth()
    }

    /// Ends the connection after what waits has been written.
    pub fn close(&self, code: CloseCode) {
        self.outlet.close(code);
    }

    /// Whether the connection is to end.
    pub fn is_closing(&self) -> bool {
        self.outlet.is_closing()
    }

    /// Notes that the client asked for what it had missed.
    pub fn note_resume(&self) {
        self.resumes.fetch_add(1, Ordering::Relaxed);
    }

    /// How often it did.
    pub fn resumes(&self) -> u32 {
        self.resumes.load(Ordering::Relaxed)
    }

    /// Notes an error that the client was answered with.
    pub fn note_error(&self, code: ErrorCode) {
        *self.errors() = Some(code);
    }

    /// The last such error.
    pub fn last_error(&self) -> Option<ErrorCode> {
        *self.errors()
    }

    fn errors(&self) -> MutexGuard<'_, Option<ErrorCode>> {
        self.last_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the client was heard.
    pub fn heard(&self, now: Moment) {
        self.heard.store(now.0, Ordering::Relaxed);
    }

    /// When the client was last heard.
    pub fn last_heard(&self) -> Moment {
        Moment(self.heard.load(Ordering::Relaxed))
    }
}
