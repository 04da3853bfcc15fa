//! Recording an attempt, before the call is made.
//!
//! From then until `finish` the delivery counts as ambiguous: a crash in between leaves behind
//! exactly what is true, that nobody knows.

use uuid::Uuid;

use super::{Address, Compose, Delivery, Lease, Method, QueuedContent};
use crate::db::{Conn, DbError, later, on_db};
use crate::protocol::{ChannelId, ConversationId, MessageId, Timestamp};

/// Most messages of one reply.
const REPLY_MAX: i64 = 5;

/// The oldest row of a conversation and what sending it needs.
#[derive(sqlx::FromRow)]
struct Head {
    delivery_id: Option<Uuid>,
    channel_id: ChannelId,
    reply_token_seconds: i64,
    to: String,
}

/// A delivery as stored.
#[derive(sqlx::FromRow)]
struct Stored {
    method: Method,
    body: String,
    attempts: i64,
    ambiguous: bool,
    created_at: Timestamp,
}

/// A reply token that still pays for a reply.
#[derive(sqlx::FromRow)]
struct Token {
    id: Uuid,
    token: String,
}

/// A delivery to be stored.
pub(super) struct NewDelivery<'a> {
    pub(super) conversation: ConversationId,
    pub(super) method: Method,
    pub(super) reply_token: Option<Uuid>,
    pub(super) body: String,
    pub(super) messages: &'a [MessageId],
}

impl Conn<'_> {
    /// Records an attempt to deliver the head of the conversation: the delivery that it belongs
    /// to, or a new one. `None` when nothing is due, or another node works on it or is about to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_delivery(
        &mut self,
        conversation: ConversationId,
        lease: &Lease,
        compose: Compose,
        now: Timestamp,
    ) -> Result<Option<Delivery>, DbError> {
        let Some(head) = self.take_head(conversation, &lease.node, now).await? else {
            return Ok(None);
        };
        let (id, stored, messages) = match head.delivery_id {
            Some(id) => (
                id,
                self.stored_delivery(id).await?,
                self.messages_of_delivery(id).await?,
            ),
            None => {
                self.form_delivery(conversation, &head, compose, now)
                    .await?
            }
        };
        self.record_attempt(id, lease, now).await?;
        Ok(Some(Delivery {
            id,
            method: stored.method,
            conversation,
            channel: head.channel_id,
            to: head.to,
            body: stored.body,
            attempts: stored.attempts + 1,
            ambiguous_before: stored.ambiguous,
            first_at: if stored.attempts == 0 {
                now
            } else {
                stored.created_at
            },
            messages,
        }))
    }

    /// Takes the oldest row of the conversation, if it is due and nobody else's.
    ///
    /// On PostgreSQL other nodes pass over a row that is being taken. Whoever comes right after
    /// looks at the row's own lease again, under the lock; the conditions on other rows are those
    /// of the statement's beginning, and hold because rows only join behind
    /// ([`Conn::enqueue`]).
    async fn take_head(
        &mut self,
        conversation: ConversationId,
        node: &str,
        now: Timestamp,
    ) -> Result<Option<Head>, DbError> {
        macro_rules! head {
            ($lock:literal) => {
                concat!(
                    "SELECT o.delivery_id, o.channel_id, c.reply_token_seconds, \
                     t.line_user_id AS \"to\" FROM outbox o JOIN channels c ON c.id = o.channel_id \
                     JOIN conversations v ON v.id = o.conversation_id \
                     JOIN contacts t ON t.id = v.contact_id \
                     WHERE o.conversation_id = $1 AND o.due_at <= $2 AND c.paused_reason IS NULL \
                     AND (o.leased_until IS NULL OR o.leased_until <= $2 OR o.leased_by = $3) \
                     AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = $1 \
                         AND (e.queued_at, e.message_id) < (o.queued_at, o.message_id)) \
                     AND NOT EXISTS (SELECT 1 FROM outbox l WHERE l.conversation_id = $1 \
                         AND l.leased_until > $2 AND l.leased_by <> $3)",
                    $lock
                )
            };
        }
        Ok(match self {
            Conn::Sqlite(c) => {
                let head = sqlx::query_as(head!("")).bind(conversation);
                head.bind(now).bind(node).fetch_optional(&mut *c).await?
            }
            Conn::Postgres(c) => {
                let head = sqlx::query_as(head!(" FOR UPDATE OF o SKIP LOCKED")).bind(conversation);
                head.bind(now).bind(node).fetch_optional(&mut **c).await?
            }
        })
    }

    /// Forms a new delivery: a reply with up to five messages while there is a token for it, a
    /// push with one otherwise.
    async fn form_delivery(
        &mut self,
        conversation: ConversationId,
        head: &Head,
        compose: Compose,
        now: Timestamp,
    ) -> Result<(Uuid, Stored, Vec<MessageId>), DbError> {
        let oldest = now.plus_ms(-head.reply_token_seconds.saturating_mul(1_000));
        let token = self.take_reply_token(conversation, oldest, now).await?;
        let limit = if token.is_some() { REPLY_MAX } else { 1 };
        let contents = self.queued_contents(conversation, limit).await?;
        let (method, reply_token, address) = match token {
            Some(Token { id, token }) => (Method::Reply, Some(id), Address::Reply { token }),
            None => (
                Method::Push,
                None,
                Address::Push {
                    to: head.to.clone(),
                },
            ),
        };
        let messages: Vec<_> = contents.iter().map(|content| content.message_id).collect();
        let new = NewDelivery {
            conversation,
            method,
            reply_token,
            body: compose(&address, &contents),
            messages: &messages,
        };
        let id = self.insert_delivery(&new, now).await?;
        let stored = Stored {
            method,
            body: new.body,
            attempts: 0,
            ambiguous: false,
            created_at: now,
        };
        Ok((id, stored, messages))
    }

    async fn take_reply_token(
        &mut self,
        conversation: ConversationId,
        oldest: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Token>, DbError> {
        const FIND: &str = "SELECT id, token FROM reply_tokens WHERE conversation_id = $1 \
             AND used_at IS NULL AND received_at > $2 ORDER BY received_at, id LIMIT 1";
        const USE: &str = "UPDATE reply_tokens SET used_at = $2 WHERE id = $1";
        let token: Option<Token> = on_db!(self, c => {
            sqlx::query_as(FIND).bind(conversation).bind(oldest).fetch_optional(c).await?
        });
        if let Some(token) = &token {
            later!(self, USE, [token.id, now]);
        }
        Ok(token)
    }

    async fn queued_contents(
        &mut self,
        conversation: ConversationId,
        limit: i64,
    ) -> Result<Vec<QueuedContent>, DbError> {
        macro_rules! contents {
            ($lock:literal) => {
                concat!(
                    "SELECT m.id AS message_id, m.kind, m.text, m.content, q.quote_token \
                     FROM outbox o JOIN messages m ON m.id = o.message_id \
                     LEFT JOIN messages q ON q.id = m.quote_message_id \
                     WHERE o.conversation_id = $1 AND o.delivery_id IS NULL \
                     ORDER BY o.queued_at, o.message_id LIMIT $2",
                    $lock
                )
            };
        }
        // Not those that a node is giving up at this moment.
        Ok(match self {
            Conn::Sqlite(c) => {
                let contents = sqlx::query_as(contents!("")).bind(conversation);
                contents.bind(limit).fetch_all(&mut *c).await?
            }
            Conn::Postgres(c) => {
                let locked = contents!(" FOR UPDATE OF o SKIP LOCKED");
                let contents = sqlx::query_as(locked).bind(conversation);
                contents.bind(limit).fetch_all(&mut **c).await?
            }
        })
    }

    /// What one queued message holds.
    pub(super) async fn queued_content(
        &mut self,
        message: MessageId,
    ) -> Result<Option<QueuedContent>, DbError> {
        const SQL: &str = "SELECT m.id AS message_id, m.kind, m.text, m.content, q.quote_token \
             FROM messages m LEFT JOIN messages q ON q.id = m.quote_message_id WHERE m.id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(message).fetch_optional(c).await?))
    }

    /// Stores a delivery and ties its messages to it.
    pub(super) async fn insert_delivery(
        &mut self,
        new: &NewDelivery<'_>,
        now: Timestamp,
    ) -> Result<Uuid, DbError> {
        const INSERT: &str = "INSERT INTO deliveries \
             (id, conversation_id, method, reply_token_id, body, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        const TIE: &str = "UPDATE outbox SET delivery_id = $2 WHERE message_id = $1";
        // A random key: LINE's reference asks for a UUID and shows version 4.
        let id = Uuid::new_v4();
        later!(
            self,
            INSERT,
            [
                id,
                new.conversation,
                new.method,
                new.reply_token,
                new.body.clone(),
                now
            ]
        );
        for message in new.messages {
            later!(self, TIE, [*message, id]);
        }
        Ok(id)
    }

    async fn stored_delivery(&mut self, id: Uuid) -> Result<Stored, DbError> {
        const SQL: &str = "SELECT method, body, attempts, ambiguous, created_at \
             FROM deliveries WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_one(c).await?))
    }

    /// Counts the attempt and marks its outcome as unknown. The delivery's time is that of its
    /// first attempt.
    async fn record_attempt(
        &mut self,
        id: Uuid,
        lease: &Lease,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const RECORD: &str = "UPDATE deliveries SET attempts = attempts + 1, ambiguous = TRUE, \
             created_at = CASE WHEN attempts = 0 THEN $2 ELSE created_at END WHERE id = $1";
        const LEASE: &str =
            "UPDATE outbox SET leased_until = $2, leased_by = $3 WHERE delivery_id = $1";
        later!(self, RECORD, [id, now]);
        later!(self, LEASE, [id, lease.until, lease.node.clone()]);
        Ok(())
    }

    async fn messages_of_delivery(&mut self, id: Uuid) -> Result<Vec<MessageId>, DbError> {
        const SQL: &str = "SELECT message_id FROM outbox WHERE delivery_id = $1 \
             ORDER BY queued_at, message_id";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(id).fetch_all(c).await?))
    }
}
