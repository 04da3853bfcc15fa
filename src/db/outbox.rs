//! Messages on their way to LINE: queueing, what is due, and trying again.
//!
//! The head of a conversation is its oldest row; only heads are ever due, so that no message
//! overtakes another. A delivery is one call; an attempt is recorded before the call is made
//! (`begin`), what came of it afterwards (`finish`). What is decided in between is the outbox's.

mod begin;
mod cancel;
mod finish;
mod pause;
mod waiting;

use uuid::{Builder, Uuid};

use super::{Conn, DbError, later, on_db};
use crate::outcome::Method;
use crate::protocol::preferences::Language;
use crate::protocol::{
    ChannelId, Content, ConversationId, MessageId, OperatorId, SessionId, Timestamp,
};

pub use begin::{Head, ReplyToken};
pub use waiting::Waiting;

/// A queued message, as far as LINE is to have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedContent {
    /// Which.
    pub message_id: MessageId,
    /// What it holds; words exactly as written.
    pub content: Content<QueuedFile>,
    /// The customer's, as LINE knows it.
    pub language: Option<String>,
    /// LINE's token of the message that it quotes.
    pub quote_token: Option<String>,
    /// Whose name and picture the customer is to see, where the channel shows them.
    pub sender: Option<QueuedSender>,
    /// Whether it is paid for where there is no free reply.
    pub may_cost: bool,
    /// Whether it asks how satisfied the customer was: about what, in which language.
    pub survey: Option<(SessionId, Language)>,
}

/// Who wrote a queued message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedSender {
    /// As they were called then.
    pub name: String,
    /// Who, where the message says so.
    pub operator: Option<OperatorId>,
    /// The name of the picture beside the message, once [`Conn::picture_to_send`] has said.
    pub picture: Option<String>,
}

/// A file on its way to LINE, whose clients fetch it from us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedFile {
    /// The secret part of its address.
    pub token: String,
    /// What the customer sees of a file that is only linked.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Of a sound.
    pub duration_ms: u64,
}

/// One call to LINE: tried with the same body under the same key until it has an end.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Which; a push's retry key.
    pub id: Uuid,
    /// Reply or push.
    pub method: Method,
    /// To which conversation.
    pub conversation: ConversationId,
    /// On which LINE account.
    pub channel: ChannelId,
    /// Whom a push addresses.
    pub to: String,
    /// How many people get it: what a push of one message costs.
    pub recipients: i64,
    /// The call's body: each try sends the same bytes.
    pub body: String,
    /// Tries that are recorded.
    pub attempts: i64,
    /// Whether LINE may have taken an earlier try.
    pub ambiguous_before: bool,
    /// When the first try was recorded.
    pub first_at: Timestamp,
    /// What it carries, in order.
    pub messages: Vec<MessageId>,
}

/// A message that changed, and the conversation's `rev` of that change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedMessage {
    /// Where.
    pub conversation: ConversationId,
    /// Which.
    pub message: MessageId,
    /// Of the conversation.
    pub rev: i64,
}

/// Who sends, and until when others keep their hands off.
#[derive(Clone, Debug)]
pub struct Lease {
    /// This run of this node.
    pub node: String,
    /// After that the node is taken for dead.
    pub until: Timestamp,
}

/// Times beyond one that can be true, and what becomes of them.
#[derive(Clone, Copy, Debug)]
pub struct Pull {
    /// What is later cannot have been meant.
    pub beyond: Timestamp,
    /// When it is instead.
    pub to: Timestamp,
}

/// A row that is the oldest of its conversation and that no live node works on; `$mine` lets
/// those of one node count as free.
macro_rules! free_heads {
    ($select:literal, $mine:literal, $more:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM outbox o JOIN channels c ON c.id = o.channel_id \
             WHERE c.paused_reason IS NULL \
             AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = o.conversation_id \
                 AND (e.queued_at, e.message_id) < (o.queued_at, o.message_id)) \
             AND NOT EXISTS (SELECT 1 FROM outbox l WHERE l.conversation_id = o.conversation_id \
                 AND l.leased_until > $1 ",
            $mine,
            ") ",
            $more
        )
    };
}

/// The smallest id that is made at that moment (RFC 9562, version 7).
pub(super) fn first_id(at: Timestamp) -> Uuid {
    let ms = u64::try_from(at.0).unwrap_or_default();
    Builder::from_unix_timestamp_millis(ms, &[0; 10]).into_uuid()
}

impl Conn<'_> {
    /// Puts a stored message on its way, behind all others of the conversation, whatever the
    /// clocks of other nodes say; it leaves at `due_at` at the earliest. In the transaction that
    /// stores it, which has the conversation's lock.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when it is queued already.
    pub async fn enqueue(
        &mut self,
        message: MessageId,
        conversation: ConversationId,
        channel: ChannelId,
        queued_at: Timestamp,
        due_at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO outbox \
             (message_id, conversation_id, channel_id, queued_at, due_at) \
             VALUES ($1, $2, $3, COALESCE((SELECT MAX(queued_at) + 1 FROM outbox \
                 WHERE conversation_id = $2 AND queued_at >= $4), $4), $5)";
        later!(
            self,
            SQL,
            [message, conversation, channel, queued_at, due_at]
        );
        Ok(())
    }

    /// Queues a failed or unconfirmed message anew, as a new attempt with a new key, at the
    /// conversation's `rev`. Somebody wants it sent now, also what nobody wrote. Answers false when
    /// it is neither.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn requeue(
        &mut self,
        message: MessageId,
        rev: i64,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const MARK: &str = "UPDATE messages SET status = 'queued', error = NULL, rev = $2 \
             WHERE id = $1 AND direction = 'out' AND status IN ('failed', 'unconfirmed') \
             RETURNING conversation_id, channel_id";
        const WANTED: &str = "UPDATE automatic_messages SET may_reply = TRUE, \
             reply_token_id = NULL, may_cost = TRUE WHERE message_id = $1";
        let place: Option<(ConversationId, ChannelId)> = on_db!(self, c => {
            sqlx::query_as(MARK).bind(message).bind(rev).fetch_optional(c).await?
        });
        let Some((conversation, channel)) = place else {
            return Ok(false);
        };
        later!(self, WANTED, [message]);
        self.enqueue(message, conversation, channel, now, now)
            .await?;
        Ok(true)
    }

    /// The channels that have work, paused ones left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channels_with_due(&mut self, now: Timestamp) -> Result<Vec<ChannelId>, DbError> {
        const SQL: &str = "SELECT c.id FROM channels c WHERE c.paused_reason IS NULL \
             AND EXISTS (SELECT 1 FROM outbox o WHERE o.channel_id = c.id AND o.due_at <= $1)";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(now).fetch_all(c).await?))
    }

    /// Conversations of the channel whose head is due, the longest due first. Heads that `node`
    /// has leased are among them: those that it has not in hand it took without learning of it,
    /// because the database went away in between.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_conversations(
        &mut self,
        channel: ChannelId,
        node: &str,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<ConversationId>, DbError> {
        const SQL: &str = free_heads!(
            "o.conversation_id",
            "AND l.leased_by <> $4",
            "AND o.channel_id = $2 AND o.due_at <= $1 ORDER BY o.due_at, o.message_id LIMIT $3"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(now)
                .bind(channel)
                .bind(limit)
                .bind(node)
                .fetch_all(c)
                .await?
        }))
    }

    /// When the next head becomes due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_due(&mut self, now: Timestamp) -> Result<Option<Timestamp>, DbError> {
        const SQL: &str = free_heads!("MIN(o.due_at)", "", "");
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(now).fetch_one(c).await?))
    }

    /// Heads that were queued before `before` and never tried, of a channel that may not send.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untried_since(
        &mut self,
        channel: ChannelId,
        before: Timestamp,
    ) -> Result<Vec<ConversationId>, DbError> {
        const SQL: &str = "SELECT DISTINCT conversation_id FROM outbox \
             WHERE channel_id = $1 AND delivery_id IS NULL AND queued_at <= $2";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(channel).bind(before).fetch_all(c).await?
        }))
    }

    /// Pulls rows that are due, or leased, until later than they can have been meant to be: the
    /// time of day was set back. Answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pull_outbox(&mut self, due: Pull, leases: Pull) -> Result<u64, DbError> {
        const DUE: &str = "UPDATE outbox SET due_at = $1 \
             WHERE channel_id IN (SELECT id FROM channels) AND due_at > $2";
        const LEASES: &str = "UPDATE outbox SET leased_until = $1 WHERE leased_until > $2";
        let pulled = on_db!(self, c => {
            let due = sqlx::query(DUE).bind(due.to).bind(due.beyond).execute(&mut *c).await?;
            let leases = sqlx::query(LEASES).bind(leases.to).bind(leases.beyond).execute(c).await?;
            due.rows_affected() + leases.rows_affected()
        });
        Ok(pulled)
    }

    /// Ends all leases: for a node that is alone and has just started.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_leases(&mut self) -> Result<(), DbError> {
        const SQL: &str = "UPDATE outbox SET leased_until = NULL, leased_by = NULL \
             WHERE leased_until IS NOT NULL";
        later!(self, SQL, []);
        Ok(())
    }

    /// Takes the conversation's row lock on PostgreSQL, so that changes to it queue up; on SQLite
    /// the writer is alone anyway.
    pub(crate) async fn lock_conversation(
        &mut self,
        conversation: ConversationId,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET rev = rev WHERE id = $1";
        if let Self::Postgres(c) = self {
            sqlx::query(SQL)
                .bind(conversation)
                .execute(&mut **c)
                .await?;
        }
        Ok(())
    }
}
