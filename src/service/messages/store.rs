//! Storing what an operator writes, with its outbox row when it goes to the customer.

use std::sync::Arc;

use serde_json::json;

use super::StoredMessage;
use crate::db::conversations::ConversationHead;
use crate::db::messages::NewMessage;
use crate::db::{Audit, Batched, Conn, PIPELINE};
use crate::protocol::fault::Reason;
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{Direction, MessageKind, Outgoing, SendMessage, Sender};
use crate::protocol::{
    ConnectionId, Content, Conversation, MediaId, Message, MessageId, MessageStatus, Operator,
    OperatorId, OperatorRef, Room, ServerEvent, Timestamp,
};
use crate::service::ServiceError;
use crate::service::change::{add_message, conversation_changed, message_added, told_to};
use crate::service::error::Fault;

/// A message on its way to the store.
pub(super) struct Sending {
    pub(super) operator: Operator,
    pub(super) message: SendMessage,
    /// Its content, checked.
    pub(super) outgoing: Outgoing,
    /// The connection that is answered instead of told.
    pub(super) origin: Option<ConnectionId>,
    pub(super) now: Timestamp,
}

impl Batched for Arc<Sending> {
    type Key = Room;

    fn key(&self) -> Room {
        self.message.room.clone()
    }
}

/// Stores messages with two readings for several of them; answers for each, in their order. One
/// message is a batch of one.
///
/// # Errors
/// When one of them may not be stored or the store fails: nothing was changed.
pub(super) async fn store_batch(
    conn: &mut Conn<'_>,
    sendings: &[Arc<Sending>],
) -> Result<Vec<StoredMessage>, ServiceError> {
    let mut stored = Vec::with_capacity(sendings.len());
    let mut rest = sendings;
    while !rest.is_empty() {
        let (pipeline, later) = rest.split_at(pipeline_length(rest));
        stored.extend(store_pipeline(conn, pipeline).await?);
        rest = later;
    }
    count_uses(conn, sendings).await?;
    Ok(stored)
}

/// Counts the canned replies that messages were made of. In one order, since other transactions
/// count the same ones.
async fn count_uses(conn: &mut Conn<'_>, sendings: &[Arc<Sending>]) -> Result<(), ServiceError> {
    let used = sendings
        .iter()
        .filter_map(|sending| Some((sending.message.canned_id?, sending.operator.id)));
    let mut used: Vec<_> = used.collect();
    used.sort_unstable();
    for (id, by) in used {
        conn.count_canned_use(id, by).await?;
    }
    Ok(())
}

/// How many of the first are in conversations of their own.
fn pipeline_length(sendings: &[Arc<Sending>]) -> usize {
    let room = |at: usize| &sendings[at].message.room;
    let most = sendings.len().min(PIPELINE);
    (1..most)
        .find(|&at| (0..at).any(|before| room(before) == room(at)))
        .unwrap_or(most)
}

async fn store_pipeline(
    conn: &mut Conn<'_>,
    sendings: &[Arc<Sending>],
) -> Result<Vec<StoredMessage>, ServiceError> {
    let rooms: Vec<_> = sendings
        .iter()
        .map(|sending| (&sending.message.room, sending.now))
        .collect();
    let heads = conn.begin_changes(&rooms).await?;
    let heads = heads.ok_or(ServiceError::RoomNotFound)?;
    let mut lines = Vec::with_capacity(sendings.len());
    for (head, sending) in heads.iter().zip(sendings) {
        lines.push(write(conn, head, sending).await?);
    }
    let ids: Vec<_> = heads.iter().map(|head| head.id).collect();
    let conversations = conn.conversations(&ids).await?;
    let told = sendings.iter().zip(lines).zip(&conversations);
    Ok(told
        .map(|((sending, line), conversation)| tell(sending, line, conversation))
        .collect())
}

fn tell(sending: &Sending, message: Message, conversation: &Conversation) -> StoredMessage {
    let room = &sending.message.room;
    let mut publications = vec![
        message_added(room, message.clone(), sending.origin),
        conversation_changed(conversation, None),
    ];
    for colleague in &message.mentions {
        let (room, rev) = (room.clone(), message.rev);
        let event = ServerEvent::Mentioned {
            room,
            rev,
            message: message.clone(),
        };
        publications.push(told_to(colleague.id, rev, event));
    }
    StoredMessage {
        message,
        publications,
    }
}

/// The colleagues whom a note names, each once.
async fn named(
    conn: &mut Conn<'_>,
    mentions: &[OperatorId],
) -> Result<Vec<OperatorRef>, ServiceError> {
    let mut named: Vec<OperatorRef> = Vec::with_capacity(mentions.len());
    for id in mentions {
        if named.iter().any(|known| known.id == *id) {
            continue;
        }
        // Nobody is dropped unsaid: the writer would take them for told.
        let colleague = conn.active_operator(*id).await?.ok_or_else(|| {
            let sentence = "A colleague who is mentioned does not exist, or is disabled.";
            Fault::new("mentions", Reason::Unknown, sentence)
        })?;
        named.push(colleague);
    }
    Ok(named)
}

/// Writes the message into its conversation, whose `rev` was raised for it.
async fn write(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    sending: &Sending,
) -> Result<Message, ServiceError> {
    let now = sending.now;
    let note = matches!(sending.outgoing, Outgoing::Note(_));
    if !note {
        may_send(head, &sending.operator)?;
    }
    let id = MessageId::generate();
    if let Some(quoted) = sending.message.quote_message_id {
        may_quote(conn, head, &sending.outgoing, quoted).await?;
    }
    let content = content_of(conn, head, sending, id).await?;
    let named = named(conn, &sending.message.mentions).await?;
    let new = NewMessage {
        mentions: named,
        ..compose(head, sending, id, content)
    };
    let stored = add_message(conn, new).await?;
    if note {
        conn.record_note(head.id, stored.id, stored.created_at)
            .await?;
        for colleague in &stored.mentions {
            conn.add_mention(colleague.id, head.id, stored.id, head.rev)
                .await?;
        }
    } else {
        conn.record_outbound(head.id, stored.id, head.rev, stored.created_at)
            .await?;
        let due_at = now.plus_ms(1_000 * i64::from(sending.message.delay_s.unwrap_or_default()));
        conn.enqueue(stored.id, head.id, head.channel_id, now, due_at)
            .await?;
        if let Some(session) = head.state.session() {
            conn.record_first_response(session, now).await?;
        }
    }
    let action = if note { "message.note" } else { "message.send" };
    audit(conn, &sending.operator, action, head, stored.id, now).await?;
    Ok(stored)
}

/// Whether the operator may write to the customer.
pub(in crate::service) fn may_send(
    head: &ConversationHead,
    operator: &Operator,
) -> Result<(), ServiceError> {
    head.state.may_send(operator.id)?;
    if head.standby {
        return Err(ServiceError::Validation(
            "Another LINE module holds this chat, so Sala may not send in it.".into(),
        ));
    }
    Ok(())
}

/// Whether a message may quote that one. LINE takes a quotation with words and stickers, and of what
/// it gave a token for; of notes it never hears, so they quote any line of their chat.
async fn may_quote(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    outgoing: &Outgoing,
    quoted: MessageId,
) -> Result<(), ServiceError> {
    let may = match outgoing {
        Outgoing::Text(_) | Outgoing::Sticker(_) => conn.is_quotable(quoted, head.id).await?,
        Outgoing::Note(_) => conn.message_is_in(quoted, head.id).await?,
        Outgoing::Media(_) => false,
    };
    may.then_some(()).ok_or(ServiceError::NotQuotable)
}

fn compose(
    head: &ConversationHead,
    sending: &Sending,
    id: MessageId,
    content: Content<MediaId>,
) -> NewMessage {
    let (direction, status) = match sending.outgoing {
        Outgoing::Note(_) => (Direction::Note, MessageStatus::Received),
        Outgoing::Text(_) | Outgoing::Sticker(_) | Outgoing::Media(_) => {
            (Direction::Out, MessageStatus::Queued)
        }
    };
    let operator = &sending.operator;
    let at = head.behind(sending.now);
    NewMessage {
        id,
        conversation: head.id,
        channel: head.channel_id,
        session: head.state.session(),
        rev: head.rev,
        direction,
        status,
        client_id: Some(sending.message.client_id),
        line_message_id: None,
        quote_message_id: sending.message.quote_message_id,
        quote_token: None,
        sender: Sender::operator(operator.id, operator.name.clone()),
        content,
        line: LineDetails::default(),
        mentions: Vec::new(),
        raw: None,
        at,
        place: at,
    }
}

/// What an operator's message holds. A file becomes the message's own.
async fn content_of(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    sending: &Sending,
    id: MessageId,
) -> Result<Content<MediaId>, ServiceError> {
    match sending.outgoing.clone() {
        Outgoing::Text(text) | Outgoing::Note(text) => Ok(Content::Text(text)),
        Outgoing::Sticker(sticker) => Ok(Content::Sticker {
            sticker: sticker.into(),
            text: None,
        }),
        Outgoing::Media(file) => {
            let used = conn.use_upload(file, head.id, id, sending.now).await?;
            match used {
                Some(MessageKind::Image) => Ok(Content::Image(file)),
                Some(MessageKind::Video) => Ok(Content::Video(file)),
                Some(MessageKind::Audio) => Ok(Content::Audio(file)),
                Some(_) => Ok(Content::File(file)),
                None => Err(ServiceError::Validation(
                    "There is no such file for this chat that waits to be sent: upload it again."
                        .into(),
                )),
            }
        }
    }
}

/// Writes who did it into the audit log.
pub(super) async fn audit(
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
