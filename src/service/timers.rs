//! Looks whose time has come, on every node; each timer's effect happens once.
//!
//! The effect and the end of the timer's row are one transaction, so that a node that ends in the
//! middle of it leaves the timer to the others, and of two that want it one gets it. They are late
//! rather than never: what was due while no node ran is due when one runs again.

mod pace;

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use self::pace::Pace;
use super::ServiceError;
use super::automatic::Automatic;
use super::change::telling;
use super::fired::Fired;
use super::push::LateAlarm;
use super::{closing, survey, targets};
use crate::db::timers::{DueTimer, TimerKind};
use crate::db::{Db, DbError};
use crate::realtime::Hub;

/// How often it is looked. Nothing that is due costs one reading of an index.
const EVERY: Duration = Duration::from_millis(500);

/// Timers that are looked up at a time.
const AT_A_TIME: u32 = 100;

/// The versions of the settings by which chats have their timers. Nobody's settings have these:
/// chats that are open at the start get theirs.
struct Armed {
    closing: i64,
    targets: [i64; 3],
}

/// Lets timers happen.
pub struct Timers {
    db: Db,
    hub: Hub,
    automatic: Automatic,
    alarm: LateAlarm,
}

impl Timers {
    /// Over this store and hub, with what is written to customers by itself; `alarm` says whom to
    /// tell of targets that have passed.
    pub fn new(db: Db, hub: Hub, automatic: Automatic, alarm: LateAlarm) -> Self {
        Self {
            db,
            hub,
            automatic,
            alarm,
        }
    }

    /// Looks again and again, until the future is dropped.
    pub async fn run(&self) {
        let mut armed = Armed {
            closing: -1,
            targets: [-1; 3],
        };
        loop {
            if let Err(error) = self.look(&mut armed).await {
                tracing::error!(%error, "timers are late");
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    async fn look(&self, armed: &mut Armed) -> Result<(), DbError> {
        let (rule, version) = self.automatic.known().auto_close();
        if version != armed.closing {
            // A node that did not know of the rule yet has set no timer for who claimed there.
            let timers = [
                (TimerKind::Close, rule.after_ms()),
                (TimerKind::Warn, rule.warns_after_ms()),
            ];
            for (kind, after_ms) in timers {
                let Some(after_ms) = after_ms else { continue };
                self.db
                    .write::<_, DbError, _>(move |mut conn| {
                        Box::pin(async move { conn.set_silence_timers(kind, after_ms).await })
                    })
                    .await?;
            }
            armed.closing = version;
        }
        let versions = self.automatic.known().target_versions();
        if versions != armed.targets {
            // Nothing was ever reckoned where nobody has saved a target.
            if versions[2] > 0 {
                targets::reckon_all(&self.db, &self.hub, self.automatic.known()).await?;
            }
            armed.targets = versions;
        }
        self.sweep().await
    }

    async fn sweep(&self) -> Result<(), DbError> {
        let mut pace = Pace::from(Instant::now());
        loop {
            let mut reader = self.db.reader().await?;
            let now = reader.conn().database_now().await?;
            let due = reader.conn().due_timers(now, AT_A_TIME).await?;
            drop(reader);
            let is_full = due.len() == AT_A_TIME as usize;
            let mut is_stuck = true;
            let mut due = due.as_slice();
            while !due.is_empty() {
                let (some, others) = due.split_at(pace.together().min(due.len()));
                let began = Instant::now();
                let firing = some.iter().map(|timer| self.try_to_fire(*timer));
                is_stuck &= !join_all(firing).await.contains(&true);
                tokio::time::sleep(pace.made(some.len(), began, Instant::now())).await;
                due = others;
            }
            if is_stuck || !is_full {
                return Ok(());
            }
        }
    }

    /// Says whether it has happened.
    async fn try_to_fire(&self, timer: DueTimer) -> bool {
        match self.fire(timer).await {
            Ok(()) => true,
            // Another node has it, or the chat moved: it is looked at again.
            Err(ServiceError::Db(DbError::Conflict)) => false,
            Err(error) => {
                tracing::error!(conversation.id = %timer.conversation, %error, "a timer stays");
                false
            }
        }
    }

    async fn fire(&self, timer: DueTimer) -> Result<(), ServiceError> {
        let (hub, alarm) = (self.hub.clone(), self.alarm.clone());
        let automatic = self.automatic.clone();
        let waking = automatic.waking();
        let fired = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        match timer.kind {
                            TimerKind::Close | TimerKind::Warn => {
                                closing::fire(&mut conn, timer, &automatic).await
                            }
                            TimerKind::Survey => survey::fire(&mut conn, timer, &automatic).await,
                            TimerKind::Target => targets::fire(&mut conn, timer, &alarm).await,
                        }
                    })
                },
                move |fired: Fired| {
                    let mut tellings = telling(hub, fired.publications);
                    tellings.extend(fired.writes.then_some(waking));
                    (fired.moves_presence, tellings)
                },
            )
            .await?;
        if timer.kind == TimerKind::Target {
            self.alarm.wake();
        }
        if fired {
            self.hub.presence_may_have_changed();
        }
        Ok(())
    }
}
