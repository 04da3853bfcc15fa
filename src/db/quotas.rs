//! What messages cost: the month's quota of each channel as LINE told it, and what Sala spent since.

use uuid::Uuid;

use super::{Conn, DbError, later, on_db};
use crate::protocol::{ChannelId, Timestamp};

/// A channel's quota and use, and what free replies saved.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct QuotaRow {
    /// The channel's name in rooms.
    pub channel: String,
    /// When LINE was asked last.
    pub read_at: Timestamp,
    /// Messages of the month; `None` for no limit.
    pub quota: Option<i64>,
    /// Messages used: what LINE said, and what Sala has pushed since.
    pub used: i64,
    /// What free replies would have cost as pushes, from `saved_since` on.
    pub saved: i64,
    /// Since when `saved` counts.
    pub saved_since: Timestamp,
}

/// What LINE said of a channel's quota.
#[derive(Clone, Copy, Debug)]
pub struct QuotaReading {
    /// Which.
    pub channel: ChannelId,
    /// Messages of the month; `None` for no limit.
    pub quota: Option<i64>,
    /// Messages used.
    pub used: i64,
    /// The channel's sum of spendings before LINE was asked: [`Conn::take_quota`].
    pub spent_then: i64,
    /// When LINE was asked.
    pub at: Timestamp,
}

/// When a quota is to be read.
#[derive(Clone, Copy, Debug)]
pub struct QuotaTurn {
    /// Now.
    pub now: Timestamp,
    /// The next time after that.
    pub next: Timestamp,
    /// What is due later was put off by a clock that was wrong.
    pub beyond: Timestamp,
    /// When the month began.
    pub month: Timestamp,
}

/// What one call to LINE cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spending {
    /// Messages that count.
    pub paid: i64,
    /// Messages that would have, had they not been free replies.
    pub saved: i64,
}

#[derive(sqlx::FromRow)]
struct Sums {
    paid: i64,
    saved: i64,
    at: Timestamp,
}

impl Conn<'_> {
    /// Channels whose quota is to be read, paused ones left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_quotas(&mut self, turn: QuotaTurn) -> Result<Vec<ChannelId>, DbError> {
        const SQL: &str = "SELECT c.id FROM channels c \
             LEFT JOIN channel_quotas q ON q.channel_id = c.id WHERE c.paused_reason IS NULL \
             AND (q.channel_id IS NULL OR q.due_at <= $1 OR q.due_at > $2)";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(turn.now).bind(turn.beyond).fetch_all(c).await?
        }))
    }

    /// Takes the reading of a channel's quota upon this node, and adds up what was spent so far.
    /// Answers that sum; `None` when another node was faster.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_quota(
        &mut self,
        channel: ChannelId,
        turn: QuotaTurn,
    ) -> Result<Option<i64>, DbError> {
        const TAKE: &str = "INSERT INTO channel_quotas (channel_id, due_at, saved_since) \
             VALUES ($1, $2, $5) \
             ON CONFLICT (channel_id) DO UPDATE SET due_at = $2, \
                 saved = CASE WHEN channel_quotas.saved_since < $5 THEN 0 \
                     ELSE channel_quotas.saved END, \
                 saved_since = CASE WHEN channel_quotas.saved_since < $5 THEN $5 \
                     ELSE channel_quotas.saved_since END \
             WHERE channel_quotas.due_at <= $3 OR channel_quotas.due_at > $4";
        const GATHER: &str =
            "DELETE FROM spendings WHERE channel_id = $1 RETURNING paid, saved, at";
        const ADD: &str = "UPDATE channel_quotas SET spent = spent + $2, saved = saved + $3 \
             WHERE channel_id = $1 RETURNING spent";
        let taken = on_db!(self, c => {
            sqlx::query(TAKE)
                .bind(channel)
                .bind(turn.next)
                .bind(turn.now)
                .bind(turn.beyond)
                .bind(turn.month)
                .execute(c)
                .await?
                .rows_affected()
        });
        if taken == 0 {
            return Ok(None);
        }
        let sums: Vec<Sums> = on_db!(self, c => {
            sqlx::query_as(GATHER).bind(channel).fetch_all(c).await?
        });
        let paid: i64 = sums.iter().map(|one| one.paid).sum();
        let this_month = sums.iter().filter(|one| one.at >= turn.month);
        let saved: i64 = this_month.map(|one| one.saved).sum();
        let spent = on_db!(self, c => {
            sqlx::query_scalar(ADD).bind(channel).bind(paid).bind(saved).fetch_one(c).await?
        });
        Ok(Some(spent))
    }

    /// Keeps what LINE said.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_quota(&mut self, said: QuotaReading) -> Result<(), DbError> {
        const SQL: &str = "UPDATE channel_quotas SET read_at = $2, quota = $3, used = $4, \
             spent_then = $5 WHERE channel_id = $1 AND spent_then <= $5";
        later!(
            self,
            SQL,
            [
                said.channel,
                said.at,
                said.quota,
                said.used,
                said.spent_then
            ]
        );
        Ok(())
    }

    /// Notes what a call cost, once LINE has taken it or may have.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn spend(
        &mut self,
        channel: ChannelId,
        spending: Spending,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO spendings (id, channel_id, at, paid, saved) \
             VALUES ($1, $2, $3, $4, $5)";
        later!(
            self,
            SQL,
            [Uuid::now_v7(), channel, now, spending.paid, spending.saved]
        );
        Ok(())
    }

    /// The quotas of all channels that LINE has told of, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn quotas(&mut self) -> Result<Vec<QuotaRow>, DbError> {
        const SQL: &str = "SELECT c.name AS channel, q.read_at, q.quota, \
             CAST(q.used + q.spent - q.spent_then + COALESCE((SELECT SUM(s.paid) \
                 FROM spendings s WHERE s.channel_id = q.channel_id), 0) AS BIGINT) AS used, \
             CAST(q.saved + COALESCE((SELECT SUM(s.saved) \
                 FROM spendings s WHERE s.channel_id = q.channel_id), 0) AS BIGINT) AS saved, \
             q.saved_since FROM channel_quotas q JOIN channels c ON c.id = q.channel_id \
             WHERE q.read_at IS NOT NULL ORDER BY c.name";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?))
    }

    /// How many messages the channel may still push; `None` where nobody knows, or without a limit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn quota_left(
        &mut self,
        channel: ChannelId,
        since: Timestamp,
    ) -> Result<Option<i64>, DbError> {
        // What was said last month says nothing of this one.
        const SQL: &str = "SELECT CAST(q.quota - q.used - q.spent + q.spent_then \
             - COALESCE((SELECT SUM(s.paid) FROM spendings s \
                 WHERE s.channel_id = q.channel_id), 0) AS BIGINT) \
             FROM channel_quotas q WHERE q.channel_id = $1 AND q.read_at >= $2 \
             AND q.quota IS NOT NULL";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(channel).bind(since).fetch_optional(c).await?
        }))
    }
}
