//! One connection as the hub sees it: a bounded queue of frames, and how to end it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use uuid::Uuid;

use super::Frame;
use crate::protocol::close::CloseCode;
use crate::protocol::{ConnectionId, ErrorCode, Operator, Timestamp};

/// Most frames that wait for a client; one more closes it with 4429.
const QUEUE: usize = 256;

/// An authenticated connection. The socket's task drains it; the hub fills it.
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
    /// What waits to be written. A std mutex: nothing awaits under it.
    queue: Mutex<Queue>,
    /// Wakes the socket's task when the queue has something or the connection is to end.
    wake: Notify,
    /// When the client was last heard, in Unix milliseconds.
    heard: AtomicI64,
    /// How often it asked for what it had missed.
    resumes: AtomicU32,
    /// The last error that it was answered with.
    last_error: Mutex<Option<ErrorCode>>,
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<Frame>,
    close: Option<CloseCode>,
}

/// What there is to do for the socket's task.
#[derive(Debug, PartialEq, Eq)]
pub enum Drained {
    /// Write these.
    Frames(VecDeque<Frame>),
    /// Close with this.
    Close(CloseCode),
}

impl Connection {
    /// A connection of `operator`.
    pub fn new(operator: Operator, login: Uuid, now: Timestamp) -> Self {
        Self {
            id: ConnectionId::generate(),
            operator,
            login,
            since: now,
            queue: Mutex::default(),
            wake: Notify::new(),
            heard: AtomicI64::new(now.0),
            resumes: AtomicU32::new(0),
            last_error: Mutex::default(),
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a frame. When the queue is full the connection ends with 4429 and what waited is
    /// dropped: the client resumes by `rev`.
    pub fn push(&self, frame: Frame) {
        let mut queue = self.queue();
        if queue.close.is_some() {
            return;
        }
        if queue.frames.len() >= QUEUE {
            queue.frames.clear();
            queue.close = Some(CloseCode::TooSlow);
        } else {
            queue.frames.push_back(frame);
        }
        drop(queue);
        self.wake.notify_one();
    }

    /// How many frames wait for the client.
    pub fn depth(&self) -> usize {
        self.queue().frames.len()
    }

    /// Ends the connection after what waits has been written.
    pub fn close(&self, code: CloseCode) {
        let mut queue = self.queue();
        if queue.close.is_none() {
            queue.close = Some(code);
        }
        drop(queue);
        self.wake.notify_one();
    }

    /// Whether the connection is to end.
    pub fn is_closing(&self) -> bool {
        self.queue().close.is_some()
    }

    /// Waits until the connection is to end.
    pub async fn closing(&self) {
        while !self.is_closing() {
            self.wake.notified().await;
        }
    }

    /// Waits for something to do.
    pub async fn drain(&self) -> Drained {
        loop {
            {
                let mut queue = self.queue();
                if !queue.frames.is_empty() {
                    return Drained::Frames(std::mem::take(&mut queue.frames));
                }
                if let Some(code) = queue.close {
                    return Drained::Close(code);
                }
            }
            self.wake.notified().await;
        }
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
    pub fn heard(&self, now: Timestamp) {
        self.heard.store(now.0, Ordering::Relaxed);
    }

    /// When the client was last heard.
    pub fn last_heard(&self) -> Timestamp {
        Timestamp(self.heard.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{OperatorId, Presence, Role};

    fn connection() -> Connection {
        let operator = Operator {
            id: OperatorId::generate(),
            name: "Mali".to_owned(),
            role: Role::Operator,
            status: Presence::Online,
        };
        Connection::new(operator, Uuid::now_v7(), Timestamp(0))
    }

    #[tokio::test]
    async fn a_full_queue_ends_the_connection_with_4429() {
        let connection = connection();
        for n in 0..QUEUE {
            connection.push(Frame::from(n.to_string()));
        }
        assert!(!connection.is_closing());
        connection.push(Frame::from("one too many"));
        assert_eq!(connection.drain().await, Drained::Close(CloseCode::TooSlow));
    }

    #[tokio::test]
    async fn what_waits_is_written_before_the_close() {
        let connection = connection();
        connection.push(Frame::from("last words"));
        connection.close(CloseCode::GoingAway);
        assert_eq!(
            connection.drain().await,
            Drained::Frames([Frame::from("last words")].into())
        );
        assert_eq!(
            connection.drain().await,
            Drained::Close(CloseCode::GoingAway)
        );
    }
}
