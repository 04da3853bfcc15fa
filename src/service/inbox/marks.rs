//! What has been looked at, and what has not.

use serde_json::json;

use super::{Inbox, Marked};
use crate::clock;
use crate::db::{Audit, Conn};
use crate::protocol::{
    ConnectionId, MessageId, Operator, OperatorId, Room, ServerEvent, Timestamp,
};
use crate::service::ServiceError;
use crate::service::change::{only_conversation_changed, stored_conversation, telling, told_to};

const NO_SUCH_MESSAGE: ServiceError = ServiceError::NotFound("This chat has no such message.");

impl Inbox {
    /// Marks all up to `rev` as looked at, for the whole team. While somebody has the chat only
    /// their own looking counts; the others' changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn mark_read(
        &self,
        by: OperatorId,
        room: &Room,
        rev: i64,
        origin: Option<ConnectionId>,
    ) -> Result<Marked, ServiceError> {
        self.look(by, room, Some(rev), origin).await
    }

    /// As [`Inbox::mark_read`], up to what the chat is now.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`].
    pub async fn mark_all_read(&self, by: OperatorId, room: &Room) -> Result<Marked, ServiceError> {
        self.look(by, room, None, None).await
    }

    async fn look(
        &self,
        by: OperatorId,
        room: &Room,
        rev: Option<i64>,
        origin: Option<ConnectionId>,
    ) -> Result<Marked, ServiceError> {
        let room = room.clone();
        let hub = self.hub.clone();
        let now = clock::now();
        let marked = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let head = conn
                            .conversation_head(&room)
                            .await?
                            .ok_or(ServiceError::RoomNotFound)?;
                        let rev = rev.unwrap_or(head.rev);
                        let changed = conn.mark_read(head.id, rev.min(head.rev), by).await?;
                        let wanted = conn.want_read(head.id, rev, by, now).await?;
                        let named = conn.read_mentions(by, head.id, rev).await?;
                        if changed {
                            conn.bump_rev(head.id, now).await?;
                        }
                        let conversation = stored_conversation(&mut conn, head.id).await?;
                        let mut told = Vec::new();
                        if changed {
                            told.push(only_conversation_changed(&conversation, origin));
                        }
                        if named {
                            told.push(told_to(by, rev, ServerEvent::MentionsRead { room, rev }));
                        }
                        let marked = Marked {
                            conversation,
                            changed,
                        };
                        Ok::<_, ServiceError>(((marked, wanted), told))
                    })
                },
                move |(marked, told)| (marked, telling(hub, told)),
            )
            .await?;
        let (marked, wanted) = marked;
        if wanted {
            self.looked.notify_one();
        }
        Ok(marked)
    }

    /// Makes a message and all that came after it unread, for the whole team; while somebody has the
    /// chat only they do that. A look from before counts no more.
    ///
    /// # Errors
    /// [`ServiceError::RoomNotFound`], [`ServiceError::NotClaimed`], [`ServiceError::NotFound`] for a
    /// message that the chat does not have, [`ServiceError::Validation`] when nothing of the
    /// customer's came since.
    pub async fn mark_unread(
        &self,
        by: &Operator,
        room: &Room,
        message: MessageId,
        origin: Option<ConnectionId>,
    ) -> Result<Marked, ServiceError> {
        let (room, by, now) = (room.clone(), by.id, clock::now());
        let hub = self.hub.clone();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move { unread(&mut conn, by, &room, message, now).await })
                },
                move |conversation| {
                    let told = vec![only_conversation_changed(&conversation, origin)];
                    let marked = Marked {
                        conversation,
                        changed: true,
                    };
                    (marked, telling(hub, told))
                },
            )
            .await
    }
}

async fn unread(
    conn: &mut Conn<'_>,
    by: OperatorId,
    room: &Room,
    message: MessageId,
    now: Timestamp,
) -> Result<crate::protocol::Conversation, ServiceError> {
    let head = conn.begin_change(room, now).await?;
    let head = head.ok_or(ServiceError::RoomNotFound)?;
    if head.state.owner().is_some_and(|owner| owner != by) {
        return Err(ServiceError::NotClaimed);
    }
    let came_at = conn.came_at(message, head.id).await?;
    let from = came_at.ok_or(NO_SUCH_MESSAGE)?;
    let count = conn.came_since(head.id, from).await?;
    if count == 0 {
        let sentence = "The customer has written nothing from this message on.";
        return Err(ServiceError::Validation(sentence.to_owned()));
    }
    conn.mark_unread(head.id, from, count).await?;
    let audit = Audit {
        operator: Some(by),
        action: "conversation.unread",
        conversation: Some(head.id),
        details: json!({ "message": message }),
    };
    conn.insert_audit(now, &audit).await?;
    Ok(stored_conversation(conn, head.id).await?)
}
