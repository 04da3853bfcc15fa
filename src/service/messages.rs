//! What operators write: to the customer through the outbox, or to each other as notes.

mod cancel;
mod stickers;
mod store;

use std::sync::Arc;

use tokio::sync::Notify;

use super::ServiceError;
use super::change::{
    conversation_changed, message_changed, stored_conversation, stored_message, telling,
};
use crate::clock;
use crate::config::Config;
use crate::db::outbox::Waiting;
use crate::db::{Batches, Conn, Db, Telling};
use crate::protocol::message::{ContentError, Outgoing, SendMessage};
use crate::protocol::{ConnectionId, Message, MessageId, Operator, Room, Timestamp};
use crate::realtime::{Hub, Publication};
pub(super) use store::may_send;
use store::{Sending, audit, store_batch};

/// Sending and retrying.
#[derive(Clone)]
pub struct Messages {
    db: Db,
    hub: Hub,
    /// Wakes the outbox worker.
    outbox: Arc<Notify>,
    /// Whether LINE's clients can fetch files of ours.
    is_reachable: bool,
    /// Messages that wait for the store.
    batches: Batches<Arc<Sending>, Message, ServiceError>,
}

/// A message that is stored durably.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Of the conversation, at the message's storing.
    pub rev: i64,
    /// As stored.
    pub message: Message,
}

/// What a transaction brought about, and whom to tell.
struct StoredMessage {
    message: Message,
    publications: Vec<Publication>,
}

impl StoredMessage {
    /// The message, for who sent it, and how to tell the others.
    fn told(self, hub: Hub) -> (Message, Vec<Telling>) {
        (self.message, telling(hub, self.publications))
    }
}

impl From<ContentError> for ServiceError {
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::TooLong => Self::MessageTooLong,
            ContentError::NotExactlyOne
            | ContentError::Empty
            | ContentError::Nul
            | ContentError::Canned
            | ContentError::Mentions
            | ContentError::Delay => Self::Validation(format!("Not sent: {error}.")),
        }
    }
}

impl Messages {
    /// `outbox` is notified when there is something to send.
    pub fn new(config: &Config, db: Db, hub: Hub, outbox: Arc<Notify>) -> Self {
        Self {
            db,
            hub,
            outbox,
            is_reachable: config.is_reachable_by_line(),
            batches: Batches::default(),
        }
    }

    /// What is on its way to LINE.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn waiting(&self) -> Result<Waiting, ServiceError> {
        let mut reader = self.db.reader().await?;
        Ok(reader.conn().waiting().await?)
    }

    /// Stores a message, with its outbox row when it goes to the customer. The same `client_id`
    /// again answers the same message and changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::NotClaimed`] unless the sender owns the active session (notes are free to
    /// all), [`ServiceError::Validation`], also for a sticker that LINE lets no account send,
    /// [`ServiceError::MessageTooLong`], [`ServiceError::RoomNotFound`],
    /// [`ServiceError::NotQuotable`], [`ServiceError::NotReachable`] for files that LINE could not
    /// fetch.
    pub async fn send(
        &self,
        operator: &Operator,
        message: SendMessage,
        origin: Option<ConnectionId>,
    ) -> Result<Sent, ServiceError> {
        let sending = Arc::new(Sending {
            outgoing: message.content()?,
            operator: operator.clone(),
            message,
            origin,
            now: clock::now(),
        });
        let message = match self.store(&sending).await {
            Ok(message) => {
                self.outbox.notify_one();
                message
            }
            // The same message again, whatever has become of the chat in between.
            Err(refused) => match self.sent_before(&sending.message).await? {
                Some(earlier) if earlier.sender.id == Some(operator.id.to_string()) => earlier,
                Some(_) => {
                    return Err(ServiceError::Validation(
                        "This client_id belongs to a colleague's message.".into(),
                    ));
                }
                None => return Err(refused),
            },
        };
        Ok(Sent {
            rev: message.rev,
            message,
        })
    }

    async fn store(&self, sending: &Arc<Sending>) -> Result<Message, ServiceError> {
        if matches!(sending.outgoing, Outgoing::Media(_)) && !self.is_reachable {
            return Err(ServiceError::NotReachable);
        }
        if let Outgoing::Sticker(sticker) = &sending.outgoing {
            stickers::check(sticker)?;
        }
        let hub = self.hub.clone();
        self.db
            .write_batched(
                &self.batches,
                Arc::clone(sending),
                |mut conn, sendings| {
                    Box::pin(async move { store_batch(&mut conn, &sendings).await })
                },
                move |stored: StoredMessage| stored.told(hub.clone()),
            )
            .await
    }

    async fn sent_before(&self, again: &SendMessage) -> Result<Option<Message>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        match conn.conversation_head(&again.room).await? {
            Some(head) => Ok(conn.message_by_client_id(head.id, again.client_id).await?),
            None => Ok(None),
        }
    }

    /// Queues a failed or unconfirmed message again, as a new attempt of the same message.
    ///
    /// # Errors
    /// [`ServiceError::NotClaimed`], [`ServiceError::Validation`], [`ServiceError::RoomNotFound`].
    pub async fn retry(
        &self,
        operator: &Operator,
        room: &Room,
        id: MessageId,
        origin: Option<ConnectionId>,
    ) -> Result<Message, ServiceError> {
        let (operator, room) = (operator.clone(), room.clone());
        let hub = self.hub.clone();
        let now = clock::now();
        let message = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(
                        async move { requeue(&mut conn, &operator, &room, id, origin, now).await },
                    )
                },
                move |stored| stored.told(hub),
            )
            .await?;
        self.outbox.notify_one();
        Ok(message)
    }
}

async fn requeue(
    conn: &mut Conn<'_>,
    operator: &Operator,
    room: &Room,
    id: MessageId,
    origin: Option<ConnectionId>,
    now: Timestamp,
) -> Result<StoredMessage, ServiceError> {
    let head = conn
        .begin_change(room, now)
        .await?
        .ok_or(ServiceError::RoomNotFound)?;
    may_send(&head, operator)?;
    if !conn.message_is_in(id, head.id).await? {
        return Err(ServiceError::Validation(
            "This message is not in this chat.".into(),
        ));
    }
    if !conn.requeue(id, head.rev, now).await? {
        return Err(ServiceError::Validation(
            "Only a failed or unconfirmed message can be tried again.".into(),
        ));
    }
    audit(conn, operator, "message.retry", &head, id, now).await?;
    let message = stored_message(conn, id).await?;
    let conversation = stored_conversation(conn, head.id).await?;
    Ok(StoredMessage {
        publications: vec![
            message_changed(room, message.clone(), origin),
            conversation_changed(&conversation, None),
        ],
        message,
    })
}
