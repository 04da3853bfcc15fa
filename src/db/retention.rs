//! Rows that have an end: each statement here takes a bounded number of them, so that no change
//! waits long for it.

use sqlx::{Decode, Encode, Postgres, Sqlite, Type};
use uuid::Uuid;

use super::outbox::first_id;
use super::{Conn, DbError, on_db};
use crate::protocol::{ChannelId, Timestamp};

/// Rows that are found by their age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aging {
    /// Who did what.
    Audit,
    /// Calls to LINE that are over.
    Deliveries,
    /// Reply tokens that no longer pay for anything.
    ReplyTokens,
    /// Tokens that mark chats as read.
    ReadTokens,
}

/// Rows that are walked through by their key: they bear no index by age, which each webhook or
/// log-in would pay for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walked {
    /// Events of a channel that were taken, by LINE's ids of them.
    WebhookEvents(ChannelId),
    /// Unsends of a channel whose message never came, by LINE's ids of the messages.
    EarlyUnsends(ChannelId),
    /// Log-ins, by their ids.
    Logins,
}

/// What rows are walked through by.
pub trait Key:
    Clone
    + Send
    + Sync
    + Unpin
    + 'static
    + for<'q> Encode<'q, Sqlite>
    + for<'q> Encode<'q, Postgres>
    + for<'r> Decode<'r, Sqlite>
    + for<'r> Decode<'r, Postgres>
    + Type<Sqlite>
    + Type<Postgres>
{
}

impl Key for String {}
impl Key for Uuid {}

/// Some rows, one after the other in the order of their key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch<K> {
    /// The key of the last.
    pub last: K,
    /// Whether any of them has come to its end.
    pub has_ended: bool,
}

impl Conn<'_> {
    /// Deletes up to `limit` rows that are older than `before`, oldest first; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_aged(
        &mut self,
        rows: Aging,
        before: Timestamp,
        limit: i64,
    ) -> Result<u64, DbError> {
        const AUDIT: &str = "DELETE FROM audit WHERE id IN \
             (SELECT a.id FROM audit a WHERE a.at < $1 ORDER BY a.at, a.id LIMIT $2)";
        const DELIVERIES: &str = "DELETE FROM deliveries WHERE id IN \
             (SELECT d.id FROM deliveries d WHERE d.created_at < $1 AND NOT EXISTS \
                 (SELECT 1 FROM outbox o WHERE o.delivery_id = d.id) \
             ORDER BY d.created_at LIMIT $2)";
        const TOKENS: &str = "DELETE FROM reply_tokens WHERE id IN \
             (SELECT t.id FROM reply_tokens t WHERE t.id < $1 AND NOT EXISTS \
                 (SELECT 1 FROM deliveries d WHERE d.reply_token_id = t.id) \
             ORDER BY t.id LIMIT $2)";
        const READS: &str = "DELETE FROM read_tokens WHERE conversation_id IN \
             (SELECT r.conversation_id FROM read_tokens r WHERE r.received_at < $1 \
             ORDER BY r.received_at LIMIT $2)";
        Ok(on_db!(self, c => {
            let query = match rows {
                Aging::ReadTokens => sqlx::query(READS).bind(before),
                Aging::Audit => sqlx::query(AUDIT).bind(before),
                Aging::Deliveries => sqlx::query(DELIVERIES).bind(before),
                Aging::ReplyTokens => sqlx::query(TOKENS).bind(first_id(before)),
            };
            query.bind(limit).execute(c).await?.rows_affected()
        }))
    }

    /// The `limit` rows that follow `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stretch<K: Key>(
        &mut self,
        rows: Walked,
        after: &K,
        before: Timestamp,
        limit: i64,
    ) -> Result<Option<Stretch<K>>, DbError> {
        const EVENTS: &str = "SELECT webhook_event_id, received_at FROM webhook_events \
             WHERE channel_id = $1 AND webhook_event_id > $2 ORDER BY webhook_event_id LIMIT $3";
        const UNSENDS: &str = "SELECT line_message_id, received_at FROM early_unsends \
             WHERE channel_id = $1 AND line_message_id > $2 ORDER BY line_message_id LIMIT $3";
        const LOGINS: &str = "SELECT id, expires_at FROM logins WHERE id > $1 ORDER BY id LIMIT $2";
        let found: Vec<(K, Timestamp)> = on_db!(self, c => {
            let query = match rows {
                Walked::WebhookEvents(channel) => sqlx::query_as(EVENTS).bind(channel),
                Walked::EarlyUnsends(channel) => sqlx::query_as(UNSENDS).bind(channel),
                Walked::Logins => sqlx::query_as(LOGINS),
            };
            query.bind(after.clone()).bind(limit).fetch_all(c).await?
        });
        Ok(stretch_of(found, before))
    }

    /// Deletes what has come to its end of the rows from `after` on up to `last`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_stretch<K: Key>(
        &mut self,
        rows: Walked,
        after: &K,
        last: &K,
        before: Timestamp,
    ) -> Result<u64, DbError> {
        const EVENTS: &str = "DELETE FROM webhook_events WHERE channel_id = $1 \
             AND webhook_event_id > $2 AND webhook_event_id <= $3 AND received_at < $4";
        const UNSENDS: &str = "DELETE FROM early_unsends WHERE channel_id = $1 \
             AND line_message_id > $2 AND line_message_id <= $3 AND received_at < $4";
        const LOGINS: &str = "DELETE FROM logins WHERE id > $1 AND id <= $2 AND expires_at < $3";
        Ok(on_db!(self, c => {
            let query = match rows {
                Walked::WebhookEvents(channel) => sqlx::query(EVENTS).bind(channel),
                Walked::EarlyUnsends(channel) => sqlx::query(UNSENDS).bind(channel),
                Walked::Logins => sqlx::query(LOGINS),
            };
            let query = query.bind(after.clone()).bind(last.clone()).bind(before);
            query.execute(c).await?.rows_affected()
        }))
    }
}

fn stretch_of<K>(found: Vec<(K, Timestamp)>, before: Timestamp) -> Option<Stretch<K>> {
    let has_ended = found.iter().any(|(_, at)| *at < before);
    let (last, _) = found.into_iter().next_back()?;
    Some(Stretch { last, has_ended })
}
