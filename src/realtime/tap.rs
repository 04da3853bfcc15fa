//! What is new in chats, for whoever tells operators that are not there. While nobody asked to be
//! told it costs one look at a flag.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Notify, mpsc};

use super::publication::Publication;
use crate::protocol::message::Direction;
use crate::protocol::{MessageId, MessageStatus, OperatorId, Room, ServerEvent};

/// What may wait to be looked at. Past that it is found in the store.
const WAITING: usize = 4_096;

/// A message of which somebody may have to be told.
#[derive(Clone, Debug)]
pub struct News {
    /// Where.
    pub room: Room,
    /// Which.
    pub message: MessageId,
    /// The message's.
    pub rev: i64,
    /// Whom it names; empty for a customer's message.
    pub mentions: Vec<OperatorId>,
}

/// Where news comes out.
pub(super) struct Tap {
    wanted: AtomicBool,
    news: mpsc::Sender<News>,
    waiting: Mutex<Option<mpsc::Receiver<News>>>,
    /// Something that news is judged by has changed, on whichever node.
    changed: Notify,
}

impl Tap {
    pub(super) fn new() -> Self {
        let (news, waiting) = mpsc::channel(WAITING);
        Self {
            wanted: AtomicBool::new(false),
            news,
            waiting: Mutex::new(Some(waiting)),
            changed: Notify::new(),
        }
    }

    /// What is new from now on; once.
    pub(super) fn take(&self) -> Option<mpsc::Receiver<News>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.take()
    }

    pub(super) fn want(&self, wanted: bool) {
        self.wanted.store(wanted, Ordering::Relaxed);
    }

    pub(super) fn say_changed(&self) {
        self.changed.notify_one();
    }

    pub(super) async fn change(&self) {
        self.changed.notified().await;
    }

    pub(super) fn hear(&self, publication: &Publication) {
        if !self.wanted.load(Ordering::Relaxed) {
            return;
        }
        let ServerEvent::NewMessage { room, rev, message } = &publication.event else {
            return;
        };
        let is_inbound =
            message.direction == Direction::In && message.status != MessageStatus::Unsent;
        if !is_inbound && message.mentions.is_empty() {
            return;
        }
        let news = News {
            room: room.clone(),
            message: message.id,
            rev: *rev,
            mentions: message.mentions.iter().map(|named| named.id).collect(),
        };
        if self.news.try_send(news).is_err() {
            tracing::warn!("more happens than can be told of at once; the store is looked through");
        }
    }
}
