//! What a conversation notes of its messages: the newest, who waits since when, what is unread, and
//! the times by which later messages find their places.

use super::{Conn, DbError, each, later};
use crate::protocol::{ConversationId, MessageId, SessionState, Timestamp};

/// A customer's message that is about to be added.
#[derive(Clone, Copy, Debug)]
pub struct Inbound {
    /// Where.
    pub conversation: ConversationId,
    /// Which.
    pub message: MessageId,
    /// When the customer sent it.
    pub at: Timestamp,
    /// Where it stands among others.
    pub place: Timestamp,
    /// When it came.
    pub now: Timestamp,
    /// Whether somebody waits for an answer to it.
    pub waits: bool,
}

/// What a customer's message finds in its conversation, which has noted it.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Recorded {
    /// The message's.
    pub rev: i64,
    /// Where the work on the conversation stands.
    #[sqlx(flatten)]
    pub state: SessionState,
    /// The customer's first message that nobody has answered; it may be this one.
    pub waiting_since: Option<Timestamp>,
    /// Since when it was put off, where the message has ended that.
    pub snoozed_at: Option<Timestamp>,
}

impl Conn<'_> {
    /// Customers' messages come, each in a conversation of its own: each raises its `rev`, may be
    /// the newest, is unread, and somebody waits for an answer. Answers what they find, in the
    /// order of the messages. On PostgreSQL this takes the conversations' row locks, so call it
    /// before anything else is read for the change.
    ///
    /// # Errors
    /// When the database fails or one of the conversations is not there.
    pub async fn record_inbound(&mut self, lines: &[Inbound]) -> Result<Vec<Recorded>, DbError> {
        const SQL: &str = "UPDATE conversations SET rev = rev + 1, updated_at = $4, \
             unread = unread + $6, \
             snoozed_until = CASE WHEN $6 = 0 THEN snoozed_until ELSE NULL END, \
             waiting_since = CASE WHEN $6 = 0 THEN waiting_since \
                 ELSE COALESCE(waiting_since, $3) END, \
             last_message_id = CASE WHEN last_message_id IS NULL \
                 OR ($3 >= heard_at AND $5 >= activity_at) THEN $2 ELSE last_message_id END, \
             activity_at = CASE WHEN last_message_id IS NULL \
                 OR ($3 >= heard_at AND $5 >= activity_at) THEN $5 ELSE activity_at END, \
             heard_place = CASE WHEN $3 >= heard_at THEN $5 ELSE heard_place END, \
             heard_at = CASE WHEN $3 >= heard_at THEN $3 ELSE heard_at END \
             WHERE id = $1 RETURNING rev, state, session_id, owner_id, \
             waiting_since, snoozed_at";
        Ok(each!(self, SQL, lines, |line| [
            line.conversation,
            line.message,
            line.at,
            line.now,
            line.place,
            i64::from(line.waits)
        ]))
    }

    /// An operator answered: nobody waits any more, and what came before has been read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_outbound(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
        rev: i64,
        at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET unread = 0, read_rev = $3, answered_rev = $3, \
             waiting_since = NULL, response_due = NULL, response_amber = NULL, \
             response_told = FALSE, last_message_id = $2, activity_at = $4, own_at = $4 \
             WHERE id = $1";
        later!(self, SQL, [conversation, message, rev, at]);
        Ok(())
    }

    /// Shows a message of our own as the newest, without touching unread or waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_note(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
        at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET last_message_id = $2, activity_at = $3, \
             own_at = $3 WHERE id = $1 AND ($3 >= activity_at OR last_message_id IS NULL)";
        later!(self, SQL, [conversation, message, at]);
        Ok(())
    }

    /// A message of our own that lists do not show: what comes after it stands below it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_quiet(
        &mut self,
        conversation: ConversationId,
        at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET own_at = $2 WHERE id = $1 AND own_at < $2";
        later!(self, SQL, [conversation, at]);
        Ok(())
    }

    /// Shows what LINE reported as the newest message, without touching unread or waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_event(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
        at: Timestamp,
        place: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET \
             last_message_id = CASE WHEN last_message_id IS NULL \
                 OR ($3 >= heard_at AND $4 >= activity_at) THEN $2 ELSE last_message_id END, \
             activity_at = CASE WHEN last_message_id IS NULL \
                 OR ($3 >= heard_at AND $4 >= activity_at) THEN $4 ELSE activity_at END, \
             heard_place = CASE WHEN $3 >= heard_at THEN $4 ELSE heard_place END, \
             heard_at = CASE WHEN $3 >= heard_at THEN $3 ELSE heard_at END WHERE id = $1";
        later!(self, SQL, [conversation, message, at, place]);
        Ok(())
    }

    /// A customer took a message back that came at `created_rev`: it is not unread, and nobody
    /// waits for an answer to it. After [`Conn::unsend_message`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_unsend(
        &mut self,
        conversation: ConversationId,
        created_rev: i64,
    ) -> Result<(), DbError> {
        const NOTE: &str = "UPDATE conversations SET \
             unread = CASE WHEN unread > 0 AND read_rev < $2 THEN unread - 1 ELSE unread END, \
             waiting_since = CASE WHEN waiting_since IS NULL THEN NULL ELSE \
                 (SELECT min(m.created_at) FROM messages m \
                 WHERE m.conversation_id = $1 AND m.rev > conversations.answered_rev \
                 AND m.created_rev > conversations.answered_rev AND m.direction = 'in' \
                 AND m.status <> 'unsent') END WHERE id = $1";
        const QUEUE: &str = "UPDATE conversations SET queue_at = waiting_since \
             WHERE id = $1 AND queue_at < waiting_since";
        later!(self, NOTE, [conversation, created_rev]);
        later!(self, QUEUE, [conversation]);
        Ok(())
    }

    /// Whether a LINE module holds the chat, as an event of that time says; a later one that came
    /// before stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_standby(
        &mut self,
        conversation: ConversationId,
        standby: bool,
        at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET standby = $2, standby_at = $3 \
             WHERE id = $1 AND standby_at <= $3";
        later!(self, SQL, [conversation, standby, at]);
        Ok(())
    }
}
