//! What messages cost: LINE is asked for each channel's quota now and then, by one node for all of
//! them; in between what Sala pushes is counted on, and the consoles are told.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::{LineAccess, ServiceError};
use crate::clock;
use crate::db::quotas::{QuotaReading, QuotaRow, QuotaTurn};
use crate::db::{Conn, Db, DbError};
use crate::line::client::{MarkAsReadMode, Quota};
use crate::line::{LineChannel, LineError};
use crate::protocol::quota::{ChannelQuota, month_start, next_month};
use crate::protocol::{ChannelId, ServerEvent, Timestamp};
use crate::realtime::{Audience, Hub, Publication};

/// How often LINE is asked about a channel.
const ASK_EVERY_MS: i64 = 5 * 60 * 1_000;

/// How often the consoles may be told what was used.
const TELL_EVERY: Duration = Duration::from_secs(2);

/// Keeps the quotas of all channels, and tells this node's consoles.
pub struct Quotas {
    db: Db,
    hub: Hub,
    line: Arc<dyn LineAccess>,
    told: Vec<ChannelQuota>,
}

/// Why a quota is not known anew.
#[derive(Debug, thiserror::Error)]
enum Unread {
    #[error("{0}")]
    Db(#[from] DbError),
    #[error("{0}")]
    Line(#[from] LineError),
}

impl Quotas {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub, line: Arc<dyn LineAccess>) -> Self {
        Self {
            db,
            hub,
            line,
            told: Vec::new(),
        }
    }

    /// Goes on until the future is dropped.
    pub async fn run(mut self) {
        let mut ticks = tokio::time::interval(TELL_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.ask(clock::now()).await;
            if let Err(error) = self.tell().await {
                ServiceError::from(error).log();
            }
        }
    }

    /// Asks LINE about the channels whose turn it is at `now`. What cannot be had is asked for with
    /// the next turn.
    pub async fn ask(&self, now: Timestamp) {
        let turn = turn_at(now);
        let due = match self.due(turn).await {
            Ok(due) => due,
            Err(error) => return ServiceError::from(error).log(),
        };
        let asking = due.into_iter().map(|channel| async move {
            if let Err(error) = self.ask_about(channel, turn).await {
                tracing::info!(channel.id = %channel, %error, "the month's quota is not known anew");
            }
        });
        futures_util::future::join_all(asking).await;
    }

    async fn due(&self, turn: QuotaTurn) -> Result<Vec<ChannelId>, DbError> {
        self.db.reader().await?.conn().due_quotas(turn).await
    }

    async fn ask_about(&self, channel: ChannelId, turn: QuotaTurn) -> Result<(), Unread> {
        let taking = self
            .db
            .write(move |mut conn| Box::pin(async move { conn.take_quota(channel, turn).await }));
        let taken: Result<_, DbError> = taking.await;
        let Some(spent_then) = taken? else {
            return Ok(());
        };
        let line = self.line.line(channel).await;
        let line = line.ok_or(LineError::NoCredentials)?;
        let (quota, used) = (line.quota().await?, line.quota_consumption().await?);
        let said = QuotaReading {
            channel,
            quota: match quota {
                Quota::Unlimited => None,
                Quota::Limited(quota) => Some(quota.max(0)),
            },
            used: used.max(0),
            spent_then,
            at: turn.now,
        };
        let by_hand = marks_by_hand(&line).await;
        let saving = self.db.write(move |mut conn| {
            Box::pin(async move {
                conn.save_quota(said).await?;
                match by_hand {
                    Some(by_hand) => conn.set_marks_by_hand(channel, by_hand).await,
                    None => Ok(()),
                }
            })
        });
        let saved: Result<(), DbError> = saving.await;
        Ok(saved?)
    }

    /// Tells this node's consoles what has changed since they were told last.
    async fn tell(&mut self) -> Result<(), DbError> {
        let quotas = known(&mut self.db.reader().await?.conn()).await?;
        if quotas != self.told {
            self.told.clone_from(&quotas);
            self.hub.publish(Publication {
                audience: Audience::Everyone,
                room: None,
                rev: None,
                event: ServerEvent::QuotaUpdate { quotas },
                except: None,
            });
        }
        Ok(())
    }
}

/// Whether the account marks chats as read, and not LINE; `None` where LINE does not say.
async fn marks_by_hand(line: &LineChannel) -> Option<bool> {
    let info = line.bot_info().await.ok()?;
    Some(info.mark_as_read_mode == MarkAsReadMode::Manual)
}

/// When what is asked at `now`.
fn turn_at(now: Timestamp) -> QuotaTurn {
    QuotaTurn {
        now,
        // What is left is another number as soon as a month begins.
        next: now.plus_ms(ASK_EVERY_MS).min(next_month(now)),
        beyond: now.plus_ms(2 * ASK_EVERY_MS),
        month: month_start(now),
    }
}

/// The quotas of all channels of which LINE has told.
///
/// # Errors
/// When the store fails.
pub async fn known(conn: &mut Conn<'_>) -> Result<Vec<ChannelQuota>, DbError> {
    let rows = conn.quotas().await?;
    let month = month_start(clock::now());
    Ok(rows
        .into_iter()
        .filter_map(|row| shown(row, month))
        .collect())
}

/// A quota as it is shown; `None` for a channel whose name no room can hold.
fn shown(row: QuotaRow, month: Timestamp) -> Option<ChannelQuota> {
    let count = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX);
    Some(ChannelQuota {
        channel: row.channel.parse().ok()?,
        limit: row.quota.map(count),
        used: count(row.used),
        saved: if row.saved_since < month {
            0
        } else {
            count(row.saved)
        },
    })
}
