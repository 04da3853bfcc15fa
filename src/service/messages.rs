//! What operators write: to the customer through the outbox, or to each other as notes.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Notify;

use super::ServiceError;
use super::change::{
    add_line, conversation_changed, message_added, message_changed, publish_all,
    stored_conversation, stored_message,
};
use crate::clock;
use crate::db::conversations::ConversationHead;
use crate::db::messages::NewMessage;
use crate::db::outbox::Waiting;
use crate::db::rows::Content;
use crate::db::{Audit, Conn, Db};
use crate::protocol::message::{
    ContentError, Direction, MessageKind, Outgoing, SendMessage, Sender, Sticker,
};
use crate::protocol::{
    ClientId, ConnectionId, Message, MessageId, MessageStatus, Operator, Room, Timestamp,
};
use crate::realtime::{Hub, Publication};

/// Sending and retrying.
#[derive(Clone)]
pub struct Messages {
    db: Db,
    hub: Hub,
    /// Wakes the outbox worker.
    outbox: Arc<Notify>,
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
struct Stored {
    message: Message,
    publications: Vec<Publication>,
}

impl Stored {
    fn tell(self, hub: &Hub) -> Message {
        publish_all(hub, self.publications);
        self.message
    }
}

impl From<ContentError> for ServiceError {
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::TooLong => Self::MessageTooLong,
            ContentError::NotExactlyOne | ContentError::Empty => {
                Self::Validation(format!("Not sent: {error}."))
            }
        }
    }
}

impl Messages {
    /// `outbox` is notified when there is something to send.
    pub fn new(db: Db, hub: Hub, outbox: Arc<Notify>) -> Self {
        Self { db, hub, outbox }
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
    /// all), [`ServiceError::Validation`], [`ServiceError::MessageTooLong`],
    /// [`ServiceError::RoomNotFound`].
    pub async fn send(
        &self,
        operator: &Operator,
        message: SendMessage,
        origin: Option<ConnectionId>,
    ) -> Result<Sent, ServiceError> {
        let outgoing = message.content()?;
        let sender = operator.clone();
        let (room, client_id) = (message.room.clone(), message.client_id);
        let hub = self.hub.clone();
        let now = clock::now();
        let stored: Result<Message, ServiceError> = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        store(&mut conn, &sender, message, outgoing, origin, now).await
                    })
                },
                move |stored| stored.tell(&hub),
            )
            .await;
        let message = match stored {
            Ok(message) => {
                self.outbox.notify_one();
                message
            }
            // The same message again, whatever has become of the chat in between.
            Err(refused) => match self.sent_before(&room, client_id).await? {
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

    async fn sent_before(
        &self,
        room: &Room,
        client_id: ClientId,
    ) -> Result<Option<Message>, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        match conn.conversation_head(room).await? {
            Some(head) => Ok(conn.message_by_client_id(head.id, client_id).await?),
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
                    Box::pin(async move {
                        requeue(&mut conn, &operator, &room, (id, origin), now).await
                    })
                },
                move |stored| stored.tell(&hub),
            )
            .await?;
        self.outbox.notify_one();
        Ok(message)
    }
}

async fn store(
    conn: &mut Conn<'_>,
    operator: &Operator,
    message: SendMessage,
    outgoing: Outgoing,
    origin: Option<ConnectionId>,
    now: Timestamp,
) -> Result<Stored, ServiceError> {
    let head = conn
        .begin_change(&message.room, now)
        .await?
        .ok_or(ServiceError::RoomNotFound)?;
    let rev = head.rev;
    let note = matches!(outgoing, Outgoing::Note(_));
    if !note {
        may_send(&head, operator)?;
    }
    let new = compose(
        &head,
        operator,
        &message,
        outgoing,
        (rev, now.max(head.activity_at)),
    )?;
    if let Some(quoted) = new.quote_message_id {
        let known = conn.message_is_in(quoted, head.id).await?;
        if !known {
            return Err(ServiceError::Validation(
                "The quoted message is not in this chat.".into(),
            ));
        }
    }
    let stored = add_line(conn, new).await?;
    if note {
        conn.note_line(head.id, stored.id, stored.created_at)
            .await?;
    } else {
        conn.note_outbound(head.id, stored.id, rev, stored.created_at)
            .await?;
        conn.enqueue(stored.id, head.id, head.channel_id, now)
            .await?;
        if let Some(session) = head.session_id {
            conn.note_first_response(session, now).await?;
        }
    }
    let action = if note { "message.note" } else { "message.send" };
    audit(conn, operator, action, &head, stored.id, now).await?;
    let conversation = stored_conversation(conn, head.id).await?;
    Ok(Stored {
        publications: vec![
            message_added(&message.room, stored.clone(), origin),
            conversation_changed(&conversation, None),
        ],
        message: stored,
    })
}

fn may_send(head: &ConversationHead, operator: &Operator) -> Result<(), ServiceError> {
    if head.state != "active" || head.owner_id != Some(operator.id) {
        return Err(ServiceError::NotClaimed);
    }
    if head.standby {
        return Err(ServiceError::Validation(
            "Another LINE module holds this chat, so Sala may not send in it.".into(),
        ));
    }
    Ok(())
}

fn compose(
    head: &ConversationHead,
    operator: &Operator,
    message: &SendMessage,
    outgoing: Outgoing,
    (rev, at): (i64, Timestamp),
) -> Result<NewMessage, ServiceError> {
    let Body {
        direction,
        kind,
        status,
        text,
        content,
    } = body_of(outgoing)?;
    Ok(NewMessage {
        id: MessageId::generate(),
        conversation: head.id,
        channel: head.channel_id,
        session: head.session_id,
        rev,
        direction,
        kind,
        status,
        client_id: Some(message.client_id),
        line_message_id: None,
        quote_message_id: message.quote_message_id,
        quote_token: None,
        sender: Sender::operator(operator.id, operator.name.clone()),
        text,
        content,
        media: None,
        raw: None,
        at,
    })
}

/// What a message holds, and which way that goes.
struct Body {
    direction: Direction,
    kind: MessageKind,
    status: MessageStatus,
    text: Option<String>,
    content: Content,
}

fn body_of(outgoing: Outgoing) -> Result<Body, ServiceError> {
    let (direction, status) = (Direction::Out, MessageStatus::Queued);
    let mut content = Content::default();
    Ok(match outgoing {
        Outgoing::Text(text) => Body {
            direction,
            kind: MessageKind::Text,
            status,
            text: Some(text),
            content,
        },
        Outgoing::Note(text) => Body {
            direction: Direction::Note,
            kind: MessageKind::Text,
            status: MessageStatus::Received,
            text: Some(text),
            content,
        },
        Outgoing::Sticker(sticker) => {
            let (package_id, sticker_id) = (sticker.package_id, sticker.sticker_id);
            content.sticker = Some(Sticker {
                package_id,
                sticker_id,
                keywords: Vec::new(),
            });
            Body {
                direction,
                kind: MessageKind::Sticker,
                status,
                text: None,
                content,
            }
        }
        Outgoing::Media(_) => {
            return Err(ServiceError::Validation(
                "There is no uploaded file of this id.".into(),
            ));
        }
    })
}

async fn requeue(
    conn: &mut Conn<'_>,
    operator: &Operator,
    room: &Room,
    (id, origin): (MessageId, Option<ConnectionId>),
    now: Timestamp,
) -> Result<Stored, ServiceError> {
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
    Ok(Stored {
        publications: vec![
            message_changed(room, message.clone(), origin),
            conversation_changed(&conversation, None),
        ],
        message,
    })
}

async fn audit(
    conn: &mut Conn<'_>,
    operator: &Operator,
    action: &'static str,
    head: &ConversationHead,
    message: MessageId,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let audit = Audit {
        operator: Some(operator.id),
        action,
        conversation: Some(head.id),
        details: json!({ "message_id": message }),
    };
    Ok(conn.insert_audit(now, &audit).await?)
}
