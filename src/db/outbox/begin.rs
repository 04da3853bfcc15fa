//! Recording an attempt, before the call is made.
//!
//! From then until `finish` the delivery counts as ambiguous: a crash in between leaves behind
//! exactly what is true, that nobody knows.

use uuid::Uuid;

use super::{Delivery, Lease, QueuedContent, QueuedFile, QueuedSender};
use crate::db::automatic::{FreeReply, Means, MeansRow};
use crate::db::content::ContentColumn;
use crate::db::{Conn, DbError, later, on_db};
use crate::outcome::Method;
use crate::protocol::message::MessageKind;
use crate::protocol::preferences::Language;
use crate::protocol::{
    ChannelId, Content, ConversationId, MessageId, OperatorId, SessionId, Timestamp,
};

/// The oldest row of a conversation and what sending it needs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Head {
    /// Its message.
    pub message_id: MessageId,
    /// The delivery that it belongs to, when it was tried.
    pub delivery_id: Option<Uuid>,
    /// On which LINE account.
    pub channel_id: ChannelId,
    /// For how long a reply token of the account pays for a reply.
    pub reply_token_seconds: i64,
    /// Whom a push addresses: a user, group or multi-person chat.
    pub to: String,
    /// How many people get it; one where nobody has counted.
    pub recipients: i64,
    #[sqlx(flatten)]
    means: MeansRow,
}

impl Head {
    /// What sending it may use up, where nobody wrote it.
    pub fn means(&self) -> Option<Means> {
        self.means.read()
    }
}

/// A delivery as its row has it.
#[derive(sqlx::FromRow)]
struct DeliveryRow {
    method: Method,
    body: String,
    attempts: i64,
    ambiguous: bool,
    created_at: Timestamp,
}

/// A queued message as its row has it.
#[derive(sqlx::FromRow)]
struct QueuedRow {
    message_id: MessageId,
    kind: MessageKind,
    text: Option<String>,
    content: String,
    quote_token: Option<String>,
    sender_name: Option<String>,
    sender_id: Option<String>,
    language: Option<String>,
    file_token: Option<String>,
    file_name: Option<String>,
    file_size: Option<i64>,
    file_duration_ms: Option<i64>,
    #[sqlx(flatten)]
    means: MeansRow,
    /// What it asks about, if it does.
    about: Option<SessionId>,
    said_in: Option<Language>,
}

impl QueuedRow {
    fn read(self) -> QueuedContent {
        let column = ContentColumn::from_json(&self.content).unwrap_or_default();
        let file = self.file_token.map(|token| QueuedFile {
            token,
            name: self.file_name.unwrap_or_default(),
            size: self.file_size.map_or(0, i64::unsigned_abs),
            duration_ms: self.file_duration_ms.map_or(0, i64::unsigned_abs),
        });
        let operator = self.sender_id.and_then(|id| id.parse().ok());
        let sender = self.sender_name.map(|name| QueuedSender {
            name,
            operator: operator.map(OperatorId),
            picture: None,
        });
        QueuedContent {
            message_id: self.message_id,
            content: Content::from(column.parts(self.kind, self.text, file)),
            language: self.language,
            quote_token: self.quote_token,
            sender,
            survey: self.about.zip(self.said_in),
            may_cost: self.means.read().is_none_or(|means| means.may_cost),
        }
    }
}

/// What is read of a queued message, whose row is `m`.
macro_rules! select_queued {
    ($from:literal, $end:literal) => {
        concat!(
            "SELECT m.id AS message_id, m.kind, m.text, m.content, q.quote_token, t.language, \
             CASE WHEN h.show_sender AND m.sender_type = 'operator' THEN m.sender_name END \
             AS sender_name, m.sender_id, \
             f.token AS file_token, f.name AS file_name, f.size AS file_size, \
             f.duration_ms AS file_duration_ms, \
             a.may_reply, a.reply_token_id, a.may_cost, a.language AS said_in, \
             CASE WHEN a.cause = 'survey' THEN m.session_id END AS about FROM ",
            $from,
            " JOIN conversations v ON v.id = m.conversation_id \
             JOIN channels h ON h.id = m.channel_id \
             JOIN contacts t ON t.id = v.contact_id \
             LEFT JOIN media f ON f.id = m.media_id \
             LEFT JOIN messages q ON q.id = m.quote_message_id \
             LEFT JOIN automatic_messages a ON a.message_id = m.id ",
            $end
        )
    };
}

/// A reply token that nothing has used.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReplyToken {
    /// Which.
    pub id: Uuid,
    /// LINE's.
    pub token: String,
}

impl Conn<'_> {
    /// Takes the oldest row of the conversation, if it is due and nobody else's.
    ///
    /// On PostgreSQL other nodes pass over a row that is being taken. Whoever comes right after
    /// looks at the row's own lease again, under the lock; the conditions on other rows are those
    /// of the statement's beginning, and hold because rows only join behind
    /// ([`Conn::enqueue`]).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_head(
        &mut self,
        conversation: ConversationId,
        node: &str,
        now: Timestamp,
    ) -> Result<Option<Head>, DbError> {
        macro_rules! head {
            ($lock:literal) => {
                concat!(
                    "SELECT o.message_id, o.delivery_id, o.channel_id, c.reply_token_seconds, \
                     a.may_reply, a.reply_token_id, a.may_cost, t.line_user_id AS \"to\", \
                     CASE WHEN t.kind <> 'user' AND t.members > 1 THEN t.members ELSE 1 END \
                     AS recipients FROM outbox o JOIN channels c ON c.id = o.channel_id \
                     JOIN conversations v ON v.id = o.conversation_id \
                     JOIN contacts t ON t.id = v.contact_id \
                     LEFT JOIN automatic_messages a ON a.message_id = o.message_id \
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

    /// The oldest unused reply token of the conversation that was received after `since`, of those
    /// that may be used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reply_token(
        &mut self,
        conversation: ConversationId,
        since: Timestamp,
        which: FreeReply,
    ) -> Result<Option<ReplyToken>, DbError> {
        const ANY: &str = "SELECT id, token FROM reply_tokens WHERE conversation_id = $1 \
             AND used_at IS NULL AND received_at > $2 ORDER BY received_at, id LIMIT 1";
        const ONLY: &str = "SELECT id, token FROM reply_tokens WHERE conversation_id = $1 \
             AND used_at IS NULL AND received_at > $2 AND id = $3";
        Ok(match which {
            FreeReply::Nobody => None,
            FreeReply::Any => on_db!(self, c => {
                sqlx::query_as(ANY).bind(conversation).bind(since).fetch_optional(c).await?
            }),
            FreeReply::Only(id) => on_db!(self, c => {
                let only = sqlx::query_as(ONLY).bind(conversation).bind(since).bind(id);
                only.fetch_optional(c).await?
            }),
        })
    }

    /// The oldest messages of the conversation that belong to no delivery and may leave now, at
    /// most `limit`: none behind one that is still held back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queued_contents(
        &mut self,
        conversation: ConversationId,
        limit: i64,
        now: Timestamp,
    ) -> Result<Vec<QueuedContent>, DbError> {
        const CONTENTS: &str = select_queued!(
            "outbox o JOIN messages m ON m.id = o.message_id",
            "WHERE o.conversation_id = $1 AND o.delivery_id IS NULL \
             AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = $1 \
                 AND e.due_at > $3 \
                 AND (e.queued_at, e.message_id) <= (o.queued_at, o.message_id)) \
             ORDER BY o.queued_at, o.message_id LIMIT $2"
        );
        const LOCKED: &str = select_queued!(
            "outbox o JOIN messages m ON m.id = o.message_id",
            "WHERE o.conversation_id = $1 AND o.delivery_id IS NULL \
             AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = $1 \
                 AND e.due_at > $3 \
                 AND (e.queued_at, e.message_id) <= (o.queued_at, o.message_id)) \
             ORDER BY o.queued_at, o.message_id LIMIT $2 FOR UPDATE OF o SKIP LOCKED"
        );
        // Not those that a node is giving up at this moment.
        let rows: Vec<QueuedRow> = match self {
            Conn::Sqlite(c) => {
                let contents = sqlx::query_as(CONTENTS).bind(conversation);
                contents.bind(limit).bind(now).fetch_all(&mut *c).await?
            }
            Conn::Postgres(c) => {
                let contents = sqlx::query_as(LOCKED).bind(conversation);
                contents.bind(limit).bind(now).fetch_all(&mut **c).await?
            }
        };
        Ok(rows.into_iter().map(QueuedRow::read).collect())
    }

    /// What one queued message holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queued_content(
        &mut self,
        message: MessageId,
    ) -> Result<Option<QueuedContent>, DbError> {
        const SQL: &str = select_queued!("messages m", "WHERE m.id = $1");
        let row: Option<QueuedRow> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(message).fetch_optional(c).await?
        });
        Ok(row.map(QueuedRow::read))
    }

    /// Stores a delivery, ties its messages to it, and uses its reply token up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_delivery(
        &mut self,
        new: &Delivery,
        reply_token: Option<Uuid>,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const USE: &str = "UPDATE reply_tokens SET used_at = $2 WHERE id = $1";
        const INSERT: &str = "INSERT INTO deliveries \
             (id, conversation_id, method, reply_token_id, body, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        const TIE: &str = "UPDATE outbox SET delivery_id = $2 WHERE message_id = $1";
        if let Some(token) = reply_token {
            later!(self, USE, [token, now]);
        }
        later!(
            self,
            INSERT,
            [
                new.id,
                new.conversation,
                new.method,
                reply_token,
                new.body.clone(),
                now
            ]
        );
        for message in &new.messages {
            later!(self, TIE, [*message, new.id]);
        }
        Ok(())
    }

    /// The delivery `id`, which the head of the conversation belongs to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stored_delivery(
        &mut self,
        id: Uuid,
        conversation: ConversationId,
        head: &Head,
    ) -> Result<Delivery, DbError> {
        const SQL: &str = "SELECT method, body, attempts, ambiguous, created_at \
             FROM deliveries WHERE id = $1";
        const MESSAGES: &str = "SELECT message_id FROM outbox WHERE delivery_id = $1 \
             ORDER BY queued_at, message_id";
        let row: DeliveryRow = on_db!(self, c => {
            sqlx::query_as(SQL).bind(id).fetch_one(c).await?
        });
        let messages: Vec<MessageId> = on_db!(self, c => {
            sqlx::query_scalar(MESSAGES).bind(id).fetch_all(c).await?
        });
        Ok(Delivery {
            id,
            method: row.method,
            conversation,
            channel: head.channel_id,
            to: head.to.clone(),
            recipients: head.recipients,
            body: row.body,
            attempts: row.attempts,
            ambiguous_before: row.ambiguous,
            first_at: row.created_at,
            messages,
        })
    }

    /// Counts an attempt and marks its outcome as unknown. The delivery's time is that of its
    /// first attempt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_attempt(
        &mut self,
        delivery: &mut Delivery,
        lease: &Lease,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const RECORD: &str = "UPDATE deliveries SET attempts = attempts + 1, ambiguous = TRUE, \
             created_at = CASE WHEN attempts = 0 THEN $2 ELSE created_at END WHERE id = $1";
        const LEASE: &str =
            "UPDATE outbox SET leased_until = $2, leased_by = $3 WHERE delivery_id = $1";
        let id = delivery.id;
        later!(self, RECORD, [id, now]);
        later!(self, LEASE, [id, lease.until, lease.node.clone()]);
        // A delivery that was held back for its channel starts its day of trying afresh.
        if delivery.attempts == 0 {
            delivery.first_at = now;
        }
        delivery.attempts += 1;
        Ok(())
    }
}
