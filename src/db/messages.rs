//! Messages: adding, changing, and reading them in display order.

use super::content::ContentColumns;
use super::rows::{AnyMessage, message_columns};
use super::search::Corpus;
use super::{Conn, DbError, later, on_db};
use crate::protocol::content::{Content, Parts};
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{Direction, OrderKey, Sender};
use crate::protocol::{
    ChannelId, ClientId, ConversationId, MediaId, Message, MessageId, MessageStatus, OperatorRef,
    SessionId, Timestamp,
};

/// A message to be added.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Which.
    pub id: MessageId,
    /// Where.
    pub conversation: ConversationId,
    /// On which LINE account.
    pub channel: ChannelId,
    /// In which session, if one is open.
    pub session: Option<SessionId>,
    /// Of the conversation.
    pub rev: i64,
    /// Which way it goes.
    pub direction: Direction,
    /// How far it has come.
    pub status: MessageStatus,
    /// The client's key.
    pub client_id: Option<ClientId>,
    /// LINE's id.
    pub line_message_id: Option<String>,
    /// What it quotes.
    pub quote_message_id: Option<MessageId>,
    /// LINE's token for quoting it.
    pub quote_token: Option<String>,
    /// Who it is from.
    pub sender: Sender,
    /// What it holds.
    pub content: Content<MediaId>,
    /// What else LINE says of it.
    pub line: LineDetails,
    /// Whom a note names.
    pub mentions: Vec<OperatorRef>,
    /// LINE's JSON of the event, kept until the customer takes the message back.
    pub raw: Option<String>,
    /// When it was written.
    pub at: Timestamp,
    /// Where it stands among others.
    pub place: Timestamp,
}

impl NewMessage {
    /// The message as [`Conn::message`] reads it once it is stored; for messages without a file.
    pub fn shown(self) -> Message {
        let parts = Parts::from(self.content);
        Message {
            id: self.id,
            client_id: self.client_id,
            direction: self.direction,
            kind: parts.kind,
            text: parts.text,
            sticker: parts.sticker,
            media: None,
            location: parts.location,
            event: parts.event,
            quote_message_id: self.quote_message_id,
            quotes_unknown: self.line.quoted_message_id.is_some(),
            quotable: self.quote_token.is_some(),
            line: self.line,
            mentions: self.mentions,
            sender: self.sender,
            status: self.status,
            error: None,
            edited_at: None,
            created_at: self.at,
            placed_at: Some(self.place).filter(|place| *place != self.at),
            rev: self.rev,
        }
    }
}

/// A message's place in the store.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MessagePlace {
    /// Which.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// How far it has come.
    pub status: MessageStatus,
    /// When the customer last changed it.
    pub edited_at: Option<Timestamp>,
    /// The conversation's `rev` when it came.
    pub created_rev: i64,
    /// Its file.
    pub media_id: Option<MediaId>,
}

/// What a customer made of a message.
#[derive(Clone, Debug)]
pub struct Edited<'a> {
    /// What it holds now; its file stays.
    pub content: Content<MediaId>,
    /// What else LINE says of it.
    pub line: LineDetails,
    /// LINE's JSON of the edit, in place of that of the message.
    pub raw: &'a str,
}

macro_rules! select_message {
    ($end:literal) => {
        concat!(
            "SELECT ",
            message_columns!(),
            " FROM messages m LEFT JOIN media f ON f.id = m.media_id ",
            $end
        )
    };
}

pub(super) fn read_all(rows: Vec<AnyMessage>) -> Vec<Message> {
    rows.into_iter().filter_map(AnyMessage::read).collect()
}

impl Conn<'_> {
    /// Adds a message.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when LINE's id or the client's key is there already.
    pub async fn insert_message(&mut self, new: &NewMessage) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO messages (id, conversation_id, channel_id, session_id, \
             created_rev, rev, direction, kind, status, client_id, line_message_id, \
             quote_message_id, quote_token, sender_type, sender_id, sender_name, text, content, \
             media_id, raw, created_at, placed_at) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, \
             $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
        let columns = ContentColumns::new(new.content.clone(), new.line.clone(), &new.mentions)?;
        later!(
            self,
            SQL,
            [
                new.id,
                new.conversation,
                new.channel,
                new.session,
                new.rev,
                new.direction,
                columns.kind,
                new.status,
                new.client_id,
                new.line_message_id.clone(),
                new.quote_message_id,
                new.quote_token.clone(),
                new.sender.kind,
                new.sender.id.clone(),
                new.sender.name.clone(),
                columns.text,
                columns.content,
                columns.media,
                new.raw.clone(),
                new.at,
                new.place
            ]
        );
        Ok(())
    }

    /// One message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message(&mut self, id: MessageId) -> Result<Option<Message>, DbError> {
        const SQL: &str = select_message!("WHERE m.id = $1");
        let row: Option<AnyMessage> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(id).fetch_optional(c).await?
        });
        Ok(row.and_then(AnyMessage::read))
    }

    /// The newest `limit` messages, or those just before `before`, in display order; none that was
    /// cancelled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages_before(
        &mut self,
        conversation: ConversationId,
        before: Option<OrderKey>,
        limit: u32,
    ) -> Result<Vec<Message>, DbError> {
        const SQL: &str = select_message!(
            "WHERE m.conversation_id = $1 AND m.status <> 'cancelled' \
             AND (m.placed_at, m.created_at, m.id) < ($2, $3, $4) \
             ORDER BY m.placed_at DESC, m.created_at DESC, m.id DESC LIMIT $5"
        );
        let end = Timestamp(i64::MAX);
        let (place, at, id) = before.unwrap_or((end, end, MessageId(uuid::Uuid::max())));
        let rows: Vec<AnyMessage> = on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(conversation)
                .bind(place)
                .bind(at)
                .bind(id)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        let mut messages = read_all(rows);
        messages.reverse();
        Ok(messages)
    }

    /// The messages that changed after `rev`, at most `limit`, in display order; also those that
    /// were cancelled, so that whoever shows one learns of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages_after_rev(
        &mut self,
        conversation: ConversationId,
        rev: i64,
        limit: u32,
    ) -> Result<Vec<Message>, DbError> {
        const SQL: &str =
            select_message!("WHERE m.conversation_id = $1 AND m.rev > $2 ORDER BY m.rev LIMIT $3");
        let rows: Vec<AnyMessage> = on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(conversation)
                .bind(rev)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        let mut messages = read_all(rows);
        messages.sort_by_key(Message::order_key);
        Ok(messages)
    }

    /// The message that the client sent under this key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_by_client_id(
        &mut self,
        conversation: ConversationId,
        client_id: ClientId,
    ) -> Result<Option<Message>, DbError> {
        const SQL: &str = select_message!("WHERE m.conversation_id = $1 AND m.client_id = $2");
        let row: Option<AnyMessage> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(conversation).bind(client_id).fetch_optional(c).await?
        });
        Ok(row.and_then(AnyMessage::read))
    }

    /// Whether a message belongs to a conversation and was not cancelled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_is_in(
        &mut self,
        id: MessageId,
        conversation: ConversationId,
    ) -> Result<bool, DbError> {
        const SQL: &str = "SELECT count(*) FROM messages WHERE id = $1 AND conversation_id = $2 \
             AND status <> 'cancelled'";
        let count: i64 = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(id).bind(conversation).fetch_one(c).await?
        });
        Ok(count > 0)
    }

    /// Whether LINE lets a message of the conversation quote this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_quotable(
        &mut self,
        id: MessageId,
        conversation: ConversationId,
    ) -> Result<bool, DbError> {
        // A message that was taken back has no token left.
        const SQL: &str = "SELECT count(*) FROM messages WHERE id = $1 AND conversation_id = $2 \
             AND quote_token IS NOT NULL";
        let count: i64 = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(id).bind(conversation).fetch_one(c).await?
        });
        Ok(count > 0)
    }

    /// Where the message with LINE's id is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_by_line_id(
        &mut self,
        channel: ChannelId,
        line_message_id: &str,
    ) -> Result<Option<MessagePlace>, DbError> {
        const SQL: &str = "SELECT id, conversation_id, status, edited_at, created_rev, media_id \
             FROM messages \
             WHERE channel_id = $1 AND line_message_id = $2";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(channel).bind(line_message_id).fetch_optional(c).await?
        }))
    }

    /// Takes a message's content away for good and leaves a tombstone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unsend_message(&mut self, id: MessageId, rev: i64) -> Result<(), DbError> {
        const SQL: &str = "UPDATE messages SET status = 'unsent', text = NULL, content = '{}', \
             media_id = NULL, raw = NULL, quote_token = NULL, rev = $2 WHERE id = $1";
        let standing = self.standing(Corpus::Messages, id.0).await?;
        later!(self, SQL, [id, rev]);
        self.reword(standing).await
    }

    /// Deletes a file and its pieces.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_media(&mut self, id: MediaId) -> Result<(), DbError> {
        on_db!(self, c => {
            sqlx::query("DELETE FROM media WHERE id = $1").bind(id).execute(c).await?;
        });
        Ok(())
    }

    /// Replaces what its customer edited.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn edit_message(
        &mut self,
        id: MessageId,
        edited: Edited<'_>,
        edited_at: Timestamp,
        rev: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE messages SET kind = $2, text = $3, content = $4, raw = $5, \
             edited_at = $6, rev = $7 WHERE id = $1";
        let columns = ContentColumns::new(edited.content, edited.line, &[])?;
        let standing = self.standing(Corpus::Messages, id.0).await?;
        later!(
            self,
            SQL,
            [
                id,
                columns.kind,
                columns.text,
                columns.content,
                edited.raw.to_owned(),
                edited_at,
                rev
            ]
        );
        self.reword(standing).await
    }

    /// Between which of the customer's messages one stands that came after a later one: not before
    /// the first, and not behind the second, of these places.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn places_around(
        &mut self,
        conversation: ConversationId,
        at: Timestamp,
    ) -> Result<(Option<Timestamp>, Option<Timestamp>), DbError> {
        // No message stands before its time, so nothing has to be looked at before it.
        const LATER: &str = "SELECT placed_at FROM messages WHERE conversation_id = $1 \
             AND placed_at > $2 AND created_at > $2 AND direction = 'in' \
             ORDER BY placed_at, created_at, id LIMIT 1";
        const EARLIER: &str = "SELECT placed_at FROM messages WHERE conversation_id = $1 \
             AND placed_at > $2 AND placed_at <= $3 AND created_at <= $2 AND direction = 'in' \
             ORDER BY placed_at DESC, created_at DESC, id DESC LIMIT 1";
        let later: Option<Timestamp> = on_db!(self, c => {
            sqlx::query_scalar(LATER).bind(conversation).bind(at).fetch_optional(c).await?
        });
        let end = later.unwrap_or(Timestamp(i64::MAX));
        let earlier = on_db!(self, c => {
            sqlx::query_scalar(EARLIER)
                .bind(conversation)
                .bind(at)
                .bind(end)
                .fetch_optional(c)
                .await?
        });
        Ok((earlier, later))
    }
}
