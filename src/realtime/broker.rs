//! Between nodes: what is said at one is heard at all, through Redis' pub/sub.
//!
//! Nothing here is waited for. A node serves its own clients first and always; what other nodes
//! miss, because Redis is away or a queue is full, their clients get by `rev` as soon as the node
//! can say that there was something to miss.

mod link;
mod since;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};

use super::frame::Frame;
use crate::protocol::Timestamp;

use since::Since;

pub use link::{Link, LinkError, check};
pub(super) use wire::{Bulletin, Routing};

/// Notes that wait for Redis. Past that others are told later that they missed something.
const QUEUE: usize = 16_384;

/// How long before a loss shows it may have happened.
const UNNOTICED_MS: i64 = 15_000;

/// The hub's end of the way to the other nodes; cheap to clone.
#[derive(Clone)]
pub struct Broker {
    inner: Arc<Inner>,
}

struct Inner {
    queue: mpsc::Sender<Bulletin>,
    /// A std mutex: nothing awaits under it.
    state: Mutex<LinkState>,
    /// The roster changed.
    announce: Notify,
    /// `LinkState::gap` was set.
    gap: Notify,
}

/// What is known of the way to Redis.
#[derive(Default)]
struct LinkState {
    up: bool,
    /// Since when other nodes may have missed what was said here.
    unsaid: Option<Since>,
    /// Since when this node may have missed what was said elsewhere.
    gap: Option<Timestamp>,
}

/// Moves a beginning back to `since`, if it is not earlier already.
fn begin_by(beginning: &mut Option<Timestamp>, since: Timestamp) {
    *beginning = Some(beginning.map_or(since, |old| old.min(since)));
}

impl Broker {
    /// A broker whose queue nobody works yet.
    fn new() -> (Self, mpsc::Receiver<Bulletin>) {
        let (queue, bulletins) = mpsc::channel(QUEUE);
        let inner = Inner {
            queue,
            state: Mutex::default(),
            announce: Notify::new(),
            gap: Notify::new(),
        };
        (
            Self {
                inner: Arc::new(inner),
            },
            bulletins,
        )
    }

    fn state(&self) -> MutexGuard<'_, LinkState> {
        self.inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether other nodes hear this one and this one them.
    pub fn is_up(&self) -> bool {
        self.state().up
    }

    /// Passes an event on. Never waits; what cannot be passed on is noted as missed.
    pub(super) fn relay(&self, routing: Routing, frame: Frame) {
        let state = self.state();
        let queued = state.up
            && self
                .inner
                .queue
                .try_send(Bulletin::Event(routing, frame))
                .is_ok();
        drop(state);
        if !queued {
            self.record_unsaid(Since::now());
        }
    }

    fn record_unsaid(&self, since: Since) {
        let unsaid = &mut self.state().unsaid;
        *unsaid = Some(unsaid.map_or(since, |old| old.or_earlier(since)));
    }

    /// Passes a bulletin on that is stale soon. Never waits; without Redis it is dropped.
    pub(super) fn tell(&self, bulletin: Bulletin) {
        if self.is_up() && self.inner.queue.try_send(bulletin).is_err() {
            tracing::debug!("a bulletin to other nodes was dropped");
        }
    }

    pub(super) fn announce_soon(&self) {
        self.inner.announce.notify_one();
    }

    /// Waits until something may have been missed here; answers since when.
    pub(super) async fn gap(&self) -> Timestamp {
        loop {
            if let Some(since) = self.state().gap.take() {
                return since;
            }
            self.inner.gap.notified().await;
        }
    }

    fn record_gap(&self, since: Timestamp) {
        let mut state = self.state();
        begin_by(&mut state.gap, since);
        drop(state);
        self.inner.gap.notify_one();
    }

    /// An event reached nobody, neither here nor elsewhere.
    pub(super) fn lost_one(&self) {
        let now = Since::now();
        self.record_unsaid(now);
        self.record_gap(now.told());
        // So that it is said soon.
        self.announce_soon();
    }

    /// Redis is there. What was said since `since` may have been missed here.
    fn came_up(&self, since: Option<Since>) {
        self.state().up = true;
        if let Some(since) = since {
            self.record_gap(since.told());
        }
    }

    /// Redis is away; answers since when, at the earliest.
    fn went_down(&self) -> Since {
        let since = Since::now().earlier_by(UNNOTICED_MS);
        self.state().up = false;
        self.record_unsaid(since);
        since
    }

    /// What is to be said now about what could not be said before.
    fn take_unsaid(&self) -> Option<Since> {
        self.state().unsaid.take()
    }
}
