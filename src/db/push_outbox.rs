//! Pushes that are to be sent, and those of a moment ago.

use sqlx::FromRow;

use super::push_devices::PushDeviceId;
use super::{Conn, DbError, on_db};
use crate::protocol::preferences::Language;
use crate::protocol::{ConversationId, MessageId, OperatorId, Timestamp};

/// Two pushes of one chat to one device are so far apart, in milliseconds.
const APART_MS: i64 = 10_000;

/// What a device is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum PushKind {
    /// A chat that nobody has.
    Waiting,
    /// A message in one's own chat.
    Mine,
    /// A note that names one.
    Mention,
    /// A target that has passed.
    Late,
    /// Nothing: it was asked for.
    Test,
}

/// A push to be queued.
#[derive(Clone, Debug)]
pub struct NewPush {
    /// To which device.
    pub device: PushDeviceId,
    /// What stands for its chat at the push service.
    pub topic: String,
    /// About which chat; none for a test.
    pub conversation: Option<ConversationId>,
    /// About which message.
    pub message: Option<MessageId>,
    /// The message's; a push at the same or a later one is there already.
    pub rev: i64,
    /// Why.
    pub kind: PushKind,
}

/// A push in hand, with all that sending it takes.
#[derive(Clone, Debug, FromRow)]
pub struct DuePush {
    /// To which device.
    pub device_id: PushDeviceId,
    /// What stands for its chat.
    pub topic: String,
    /// About which chat.
    pub conversation_id: Option<ConversationId>,
    /// About which message.
    pub message_id: Option<MessageId>,
    /// The message's.
    pub rev: i64,
    /// Why.
    pub kind: PushKind,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// When it was queued first.
    pub queued_at: Timestamp,
}

/// Where a push goes.
#[derive(Clone, Debug, FromRow)]
pub struct PushAddress {
    /// Whose device.
    pub operator_id: OperatorId,
    /// Where its push service is.
    pub endpoint: String,
    /// Its key.
    pub p256dh: String,
    /// Its word.
    pub auth: String,
    /// In which language its operator reads, where they chose one.
    pub language: Option<Language>,
}

impl Conn<'_> {
    /// Queues a push; nothing where one at this `rev` is there. It replaces one that waits of the
    /// same chat, and keeps apart from one that was sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queue_push(&mut self, new: &NewPush, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO push_outbox (device_id, topic, conversation_id, message_id, \
             rev, kind, due_at, queued_at) SELECT $1, $2, $3, $4, $5, $6, $7, $7 \
             FROM push_devices WHERE id = $1 \
             ON CONFLICT (device_id, topic) DO UPDATE SET rev = excluded.rev, \
             kind = excluded.kind, message_id = excluded.message_id, attempts = 0, \
             due_at = COALESCE(push_outbox.due_at, \
                 CASE WHEN push_outbox.sent_at > $8 THEN push_outbox.sent_at + $9 ELSE $7 END), \
             queued_at = excluded.queued_at \
             WHERE push_outbox.rev < excluded.rev \
             AND (excluded.kind = 'late' \
                 OR push_outbox.message_id IS DISTINCT FROM excluded.message_id)";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(new.device)
                .bind(&new.topic)
                .bind(new.conversation)
                .bind(new.message)
                .bind(new.rev)
                .bind(new.kind)
                .bind(now)
                .bind(now.plus_ms(-APART_MS))
                .bind(APART_MS)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// Takes pushes that are due in hand: until `lease` nobody else does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_pushes(
        &mut self,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<DuePush>, DbError> {
        // Of two nodes that find the same rows the second one looks at `due_at` again.
        const SQL: &str = "UPDATE push_outbox SET due_at = $2, attempts = attempts + 1 \
             WHERE due_at <= $1 AND (device_id, topic) IN (SELECT device_id, topic \
             FROM push_outbox WHERE due_at <= $1 ORDER BY due_at LIMIT $3) \
             RETURNING device_id, topic, conversation_id, message_id, rev, kind, attempts, queued_at";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(now)
                .bind(lease)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        }))
    }

    /// When the next push is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_push(&mut self) -> Result<Option<Timestamp>, DbError> {
        const SQL: &str = "SELECT due_at FROM push_outbox WHERE due_at > 0 ORDER BY due_at LIMIT 1";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).fetch_optional(c).await?))
    }

    /// Where a device's pushes go.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_address(
        &mut self,
        device: PushDeviceId,
    ) -> Result<Option<PushAddress>, DbError> {
        const SQL: &str = "SELECT d.operator_id, d.endpoint, d.p256dh, d.auth, o.language \
             FROM push_devices d JOIN operators o ON o.id = d.operator_id WHERE d.id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(device).fetch_optional(c).await?))
    }

    /// A push is done with; one of the same chat that came meanwhile follows in its time. `sent` says
    /// whether the service has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_push(
        &mut self,
        push: &DuePush,
        sent: bool,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE push_outbox SET attempts = 0, \
             sent_at = CASE WHEN $6 THEN $4 ELSE sent_at END, due_at = CASE WHEN rev = $3 THEN NULL ELSE $4 + $5 END \
             WHERE device_id = $1 AND topic = $2";
        let pause_ms = if sent { APART_MS } else { 0 };
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(push.device_id)
                .bind(&push.topic)
                .bind(push.rev)
                .bind(now)
                .bind(pause_ms)
                .bind(sent)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// A push is tried again then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_off_push(&mut self, push: &DuePush, until: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE push_outbox SET due_at = $3 \
             WHERE device_id = $1 AND topic = $2 AND due_at IS NOT NULL";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(push.device_id)
                .bind(&push.topic)
                .bind(until)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// A device's push service took something.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_succeeded(
        &mut self,
        device: PushDeviceId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str =
            "UPDATE push_devices SET failures = 0, last_success_at = $2 WHERE id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(device).bind(now).execute(c).await?; });
        Ok(())
    }

    /// A device's push service did not take something; answers how often in a row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_failed(
        &mut self,
        device: PushDeviceId,
        why: &str,
        counts: bool,
        now: Timestamp,
    ) -> Result<i64, DbError> {
        const SQL: &str = "UPDATE push_devices SET failures = failures + $4, last_error_at = $3, \
             last_error = $2 WHERE id = $1 RETURNING failures";
        let failures: Option<i64> = on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(device)
                .bind(why)
                .bind(now)
                .bind(i64::from(counts))
                .fetch_optional(c)
                .await?
        });
        Ok(failures.unwrap_or_default())
    }

    /// Forgets a device and all that waits for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_push_device(&mut self, device: PushDeviceId) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM push_devices WHERE id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(device).execute(c).await?; });
        Ok(())
    }

    /// Forgets what was queued before then and is done with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_pushes_before(&mut self, before: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM push_outbox WHERE due_at IS NULL AND queued_at < $1";
        on_db!(self, c => { sqlx::query(SQL).bind(before).execute(c).await?; });
        Ok(())
    }

    /// Notes that name an operator who has not looked at them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mentions_waiting(
        &mut self,
        operator: OperatorId,
        limit: u32,
    ) -> Result<Vec<(ConversationId, MessageId, i64)>, DbError> {
        const SQL: &str = "SELECT conversation_id, message_id, rev FROM mentions \
             WHERE operator_id = $1 ORDER BY conversation_id, message_id LIMIT $2";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(operator).bind(i64::from(limit)).fetch_all(c).await?
        }))
    }

    /// Open chats in which something happened since then, for telling of what a server that was
    /// killed had not come to. A message may have LINE's own time, which is a little earlier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn active_since(
        &mut self,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConversationId>, DbError> {
        const SQL: &str = "SELECT id FROM conversations WHERE state <> 'closed' \
             AND activity_at >= $1 ORDER BY activity_at DESC LIMIT $2";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(since).bind(i64::from(limit)).fetch_all(c).await?
        }))
    }
}
