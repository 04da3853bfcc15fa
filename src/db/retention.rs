//! Rows that have an end: each statement here takes a bounded number of them, so that no change
//! waits long for it.

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
}

/// Rows that are found by a key of LINE's, channel by channel: they bear no index by age, which
/// each webhook would pay for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// Events that were taken.
    WebhookEvents,
    /// Unsends whose message never came.
    EarlyUnsends,
}

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
        Ok(on_db!(self, c => {
            let query = match rows {
                Aging::Audit => sqlx::query(AUDIT).bind(before),
                Aging::Deliveries => sqlx::query(DELIVERIES).bind(before),
                Aging::ReplyTokens => sqlx::query(TOKENS).bind(first_id(before)),
            };
            query.bind(limit).execute(c).await?.rows_affected()
        }))
    }

    /// The `limit` rows of a channel that follow `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keyed_stretch(
        &mut self,
        rows: Keyed,
        channel: ChannelId,
        after: &str,
        before: Timestamp,
        limit: i64,
    ) -> Result<Option<Stretch<String>>, DbError> {
        const EVENTS: &str = "SELECT webhook_event_id, received_at FROM webhook_events \
             WHERE channel_id = $1 AND webhook_event_id > $2 ORDER BY webhook_event_id LIMIT $3";
        const UNSENDS: &str = "SELECT line_message_id, received_at FROM early_unsends \
             WHERE channel_id = $1 AND line_message_id > $2 ORDER BY line_message_id LIMIT $3";
        let sql = match rows {
            Keyed::WebhookEvents => EVENTS,
            Keyed::EarlyUnsends => UNSENDS,
        };
        let found: Vec<(String, Timestamp)> = on_db!(self, c => {
            sqlx::query_as(sql).bind(channel).bind(after).bind(limit).fetch_all(c).await?
        });
        Ok(stretch(found, before))
    }

    /// Deletes what has come to its end of the rows from `after` on up to `last`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_keyed(
        &mut self,
        rows: Keyed,
        channel: ChannelId,
        after: &str,
        last: &str,
        before: Timestamp,
    ) -> Result<u64, DbError> {
        const EVENTS: &str = "DELETE FROM webhook_events WHERE channel_id = $1 \
             AND webhook_event_id > $2 AND webhook_event_id <= $3 AND received_at < $4";
        const UNSENDS: &str = "DELETE FROM early_unsends WHERE channel_id = $1 \
             AND line_message_id > $2 AND line_message_id <= $3 AND received_at < $4";
        let sql = match rows {
            Keyed::WebhookEvents => EVENTS,
            Keyed::EarlyUnsends => UNSENDS,
        };
        Ok(on_db!(self, c => {
            sqlx::query(sql)
                .bind(channel)
                .bind(after)
                .bind(last)
                .bind(before)
                .execute(c)
                .await?
                .rows_affected()
        }))
    }

    /// The `limit` log-ins that follow `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login_stretch(
        &mut self,
        after: Uuid,
        before: Timestamp,
        limit: i64,
    ) -> Result<Option<Stretch<Uuid>>, DbError> {
        const SQL: &str = "SELECT id, expires_at FROM logins WHERE id > $1 ORDER BY id LIMIT $2";
        let found: Vec<(Uuid, Timestamp)> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(after).bind(limit).fetch_all(c).await?
        });
        Ok(stretch(found, before))
    }

    /// Deletes the log-ins from `after` on up to `last` that ended before `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_logins(
        &mut self,
        after: Uuid,
        last: Uuid,
        before: Timestamp,
    ) -> Result<u64, DbError> {
        const SQL: &str = "DELETE FROM logins WHERE id > $1 AND id <= $2 AND expires_at < $3";
        Ok(on_db!(self, c => {
            sqlx::query(SQL)
                .bind(after)
                .bind(last)
                .bind(before)
                .execute(c)
                .await?
                .rows_affected()
        }))
    }
}

fn stretch<K>(found: Vec<(K, Timestamp)>, before: Timestamp) -> Option<Stretch<K>> {
    let has_ended = found.iter().any(|(_, at)| *at < before);
    let (last, _) = found.into_iter().next_back()?;
    Some(Stretch { last, has_ended })
}
