//! Taking back what has not left.

use super::{Messages, StoredMessage, audit, may_send};
use crate::clock;
use crate::db::Conn;
use crate::db::conversations::ConversationHead;
use crate::protocol::message::Direction;
use crate::protocol::time::DAY_MS;
use crate::protocol::{ConnectionId, Message, MessageId, MessageStatus, Operator, Room, Timestamp};
use crate::service::ServiceError;
use crate::service::change::{
    conversation_changed, message_changed, stored_conversation, stored_message,
};
use crate::service::targets::reckon;

/// Who takes back which message.
struct Cancelling {
    operator: Operator,
    room: Room,
    id: MessageId,
    /// The connection that is answered instead of told.
    origin: Option<ConnectionId>,
    now: Timestamp,
}

impl Messages {
    /// Takes a queued message back: its content is gone, and nobody is shown it. Who wrote it may,
    /// and whoever has the chat. Taking it back again changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::AlreadyLeft`] once LINE may have it, [`ServiceError::NotClaimed`],
    /// [`ServiceError::Validation`], [`ServiceError::RoomNotFound`].
    pub async fn cancel(
        &self,
        operator: &Operator,
        room: &Room,
        id: MessageId,
        origin: Option<ConnectionId>,
    ) -> Result<Message, ServiceError> {
        let hub = self.hub.clone();
        let cancelling = Cancelling {
            operator: operator.clone(),
            room: room.clone(),
            id,
            origin,
            now: clock::now(),
        };
        let taken_back = self
            .db
            .write_and(
                move |mut conn| Box::pin(async move { take_back(&mut conn, &cancelling).await }),
                move |stored| stored.told(hub),
            )
            .await;
        match taken_back {
            Ok(message) => {
                // What stood behind it need not wait any more.
                self.outbox.notify_one();
                Ok(message)
            }
            // Refused, so that the change that was begun leaves no trace; it may be cancelled already.
            Err(ServiceError::AlreadyLeft) => self.cancelled(id).await,
            Err(refused) => Err(refused),
        }
    }

    /// The message, if it was taken back before.
    async fn cancelled(&self, id: MessageId) -> Result<Message, ServiceError> {
        let mut reader = self.db.reader().await?;
        let message = reader.conn().message(id).await?;
        let cancelled = message.filter(|message| message.status == MessageStatus::Cancelled);
        cancelled.ok_or(ServiceError::AlreadyLeft)
    }
}

async fn take_back(conn: &mut Conn<'_>, it: &Cancelling) -> Result<StoredMessage, ServiceError> {
    let Cancelling { room, id, now, .. } = it;
    let head = conn
        .begin_change(room, *now)
        .await?
        .ok_or(ServiceError::RoomNotFound)?;
    may_take_back(conn, &head, it).await?;
    // Its file is as one that was uploaded just now.
    let file_until = now.plus_ms(DAY_MS);
    if !conn.cancel_queued(*id, head.rev, file_until).await? {
        return Err(ServiceError::AlreadyLeft);
    }
    conn.record_cancel(head.id, *id).await?;
    reckon(conn, head.id, *now).await?;
    audit(conn, &it.operator, "message.cancel", &head, *id, *now).await?;
    let message = stored_message(conn, *id).await?;
    let conversation = stored_conversation(conn, head.id).await?;
    Ok(StoredMessage {
        publications: vec![
            message_changed(room, message.clone(), it.origin),
            conversation_changed(&conversation, None),
        ],
        message,
    })
}

/// A message to the customer, by who wrote it or by whoever has the chat.
async fn may_take_back(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    it: &Cancelling,
) -> Result<(), ServiceError> {
    let Some(message) = conn.cancellable(it.id, head.id).await? else {
        return Err(ServiceError::Validation(
            "This message is not in this chat.".into(),
        ));
    };
    if message.sender_id != Some(it.operator.id.to_string()) {
        may_send(head, &it.operator)?;
    }
    if message.direction != Direction::Out {
        return Err(ServiceError::Validation(
            "Only a message to the customer can be taken back.".into(),
        ));
    }
    Ok(())
}
