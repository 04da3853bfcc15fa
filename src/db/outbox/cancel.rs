//! Taking a message back that has not left.

use uuid::Uuid;

use crate::db::search::Corpus;
use crate::db::{Conn, DbError, later, on_db};
use crate::protocol::message::Direction;
use crate::protocol::{ConversationId, MessageId, MessageStatus, SessionId, Timestamp};

/// What decides whether a message may be taken back.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Cancellable {
    /// Which way it goes.
    pub direction: Direction,
    /// How far it has come.
    pub status: MessageStatus,
    /// The operator who wrote it.
    pub sender_id: Option<String>,
}

/// Where a message stood.
#[derive(sqlx::FromRow)]
struct Stood {
    created_rev: i64,
    session_id: Option<SessionId>,
}

impl Conn<'_> {
    /// A message of the conversation, as far as taking it back asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cancellable(
        &mut self,
        message: MessageId,
        conversation: ConversationId,
    ) -> Result<Option<Cancellable>, DbError> {
        const SQL: &str = "SELECT direction, status, sender_id FROM messages \
             WHERE id = $1 AND conversation_id = $2";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(message).bind(conversation).fetch_optional(c).await?
        }))
    }

    /// Takes a message out of the queue for good, at the conversation's `rev`: its content goes,
    /// nobody is shown it, and its file may be used again until `file_until`. False when it is not
    /// in the queue, when a call with it is under way, or when LINE may have taken an earlier one.
    ///
    /// Whoever begins a call with it at this moment holds its row, or that of its delivery's head;
    /// this waits for them, looks again, and finds the attempt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cancel_queued(
        &mut self,
        message: MessageId,
        rev: i64,
        file_until: Timestamp,
    ) -> Result<bool, DbError> {
        const DELIVERY: &str = "SELECT delivery_id FROM outbox WHERE message_id = $1";
        const LEAVE: &str = "DELETE FROM outbox WHERE message_id = $1 AND delivery_id IS NULL";
        const EMPTY: &str = "UPDATE messages SET status = 'cancelled', text = NULL, \
             content = '{}', media_id = NULL, quote_message_id = NULL, error = NULL, rev = $2 \
             WHERE id = $1";
        const FILE: &str = "UPDATE media SET message_id = NULL, ends_at = $2 WHERE id = \
             (SELECT m.media_id FROM messages m WHERE m.id = $1)";
        let delivery: Option<Option<Uuid>> = on_db!(self, c => {
            sqlx::query_scalar(DELIVERY).bind(message).fetch_optional(c).await?
        });
        if let Some(delivery) = delivery.flatten() {
            self.undo_delivery(delivery).await?;
        }
        let left = on_db!(self, c => {
            sqlx::query(LEAVE).bind(message).execute(c).await?.rows_affected()
        });
        if left == 0 {
            return Ok(false);
        }
        let standing = self.standing(Corpus::Messages, message.0).await?;
        later!(self, FILE, [message, file_until]);
        later!(self, EMPTY, [message, rev]);
        self.reword(standing).await?;
        Ok(true)
    }

    /// Takes a delivery apart that LINE has definitely not taken and that nobody is trying: its
    /// messages belong to none again, and its reply token pays again. Any other stays as it is.
    async fn undo_delivery(&mut self, delivery: Uuid) -> Result<(), DbError> {
        macro_rules! leases {
            ($lock:literal) => {
                concat!(
                    "SELECT leased_until IS NOT NULL FROM outbox WHERE delivery_id = $1 \
                     ORDER BY queued_at, message_id",
                    $lock
                )
            };
        }
        const REFUSED: &str = "SELECT count(*) FROM deliveries WHERE id = $1 AND NOT ambiguous";
        const TOKEN: &str = "UPDATE reply_tokens SET used_at = NULL WHERE id = \
             (SELECT d.reply_token_id FROM deliveries d WHERE d.id = $1)";
        const FREE: &str = "UPDATE outbox SET delivery_id = NULL WHERE delivery_id = $1";
        // The head first, as whoever begins a call takes it; the lease is looked at once it is ours.
        let leases: Vec<bool> = match self {
            Conn::Sqlite(c) => {
                let rows = sqlx::query_scalar(leases!("")).bind(delivery);
                rows.fetch_all(&mut *c).await?
            }
            Conn::Postgres(c) => {
                let rows = sqlx::query_scalar(leases!(" FOR UPDATE")).bind(delivery);
                rows.fetch_all(&mut **c).await?
            }
        };
        let refused: i64 = on_db!(self, c => {
            sqlx::query_scalar(REFUSED).bind(delivery).fetch_one(c).await?
        });
        if refused > 0 && !leases.contains(&true) {
            later!(self, TOKEN, [delivery]);
            later!(self, FREE, [delivery]);
        }
        Ok(())
    }

    /// A message of ours was cancelled: lists show the one before it, and unless something later
    /// answered the customer, who waited before it waits again. What was looked at stays so. After
    /// [`Conn::cancel_queued`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_cancel(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<(), DbError> {
        const STOOD: &str = "SELECT created_rev, session_id FROM messages WHERE id = $1";
        // What answered before it: an answer of its session, or the end of an earlier one.
        const BEFORE: &str = "SELECT m.created_rev, m.session_id FROM messages m \
             WHERE m.conversation_id = $1 AND m.created_rev < $2 \
             AND ((m.direction = 'out' AND m.sender_type <> 'bot' AND m.status <> 'cancelled') \
                 OR m.session_id <> $3) \
             ORDER BY m.placed_at DESC, m.created_at DESC, m.id DESC LIMIT 1";
        const ANSWERED: &str = "UPDATE conversations SET answered_rev = $3, waiting_since = \
                 (SELECT min(m.created_at) FROM messages m WHERE m.conversation_id = $1 \
                 AND m.rev > $3 AND m.created_rev > $3 AND m.direction = 'in' \
                 AND m.status <> 'unsent') \
             WHERE id = $1 AND answered_rev = $2";
        const QUEUE: &str = "UPDATE conversations SET queue_at = waiting_since \
             WHERE id = $1 AND state = 'waiting' AND queue_at > waiting_since";
        const FIRST: &str = "UPDATE sessions SET first_response_at = \
                 (SELECT min(m.created_at) FROM messages m WHERE m.conversation_id = $1 \
                 AND m.rev > $2 AND m.created_rev > $2 AND m.session_id = $3 \
                 AND m.direction = 'out' AND m.sender_type <> 'bot' \
                 AND m.status <> 'cancelled') WHERE id = $3";
        self.show_newest_but(conversation, message).await?;
        let stood: Stood = on_db!(self, c => {
            sqlx::query_as(STOOD).bind(message).fetch_one(c).await?
        });
        let Some(session) = stood.session_id else {
            return Ok(());
        };
        let before: Option<Stood> = on_db!(self, c => {
            sqlx::query_as(BEFORE)
                .bind(conversation)
                .bind(stood.created_rev)
                .bind(session)
                .fetch_optional(c)
                .await?
        });
        let answered = before.as_ref().map_or(0, |before| before.created_rev);
        later!(self, ANSWERED, [conversation, stood.created_rev, answered]);
        later!(self, QUEUE, [conversation]);
        if before.is_none_or(|before| before.session_id != Some(session)) {
            later!(self, FIRST, [conversation, stood.created_rev, session]);
        }
        Ok(())
    }

    /// Where lists show this message as the newest, they show the one before it.
    async fn show_newest_but(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<(), DbError> {
        // Lines of our own about the chat are not shown in lists; LINE's have its JSON.
        const NEWEST: &str = "SELECT m.id, m.placed_at FROM messages m \
             WHERE m.conversation_id = $1 AND m.status <> 'cancelled' \
             AND (m.direction <> 'system' OR m.raw IS NOT NULL) \
             ORDER BY m.placed_at DESC, m.created_at DESC, m.id DESC LIMIT 1";
        const SHOW: &str = "UPDATE conversations SET last_message_id = $3, \
             activity_at = COALESCE($4, activity_at) WHERE id = $1 AND last_message_id = $2";
        let newest: Option<(MessageId, Timestamp)> = on_db!(self, c => {
            sqlx::query_as(NEWEST).bind(conversation).fetch_optional(c).await?
        });
        let (id, place) = newest.unzip();
        later!(self, SHOW, [conversation, message, id, place]);
        Ok(())
    }
}
