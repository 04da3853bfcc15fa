//! Picks what is wanted and fetches it, a few things at a time.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::shared::Shared;
use super::{media, profiles, room};
use crate::clock::{self, Moment};
use crate::config::StorageConfig;
use crate::db::{Db, DbError};
use crate::metrics::{self, Broken};
use crate::protocol::time::DAY_MS;
use crate::protocol::{ContactId, LineId, MediaId, Timestamp};
use crate::realtime::Hub;
use crate::service::LineAccess;

/// Most files that are fetched at a time: each may be 200 MB.
const FILES: usize = 4;

/// Most profiles that are fetched at a time.
const PROFILES: usize = 8;

/// The longest sleep: another node may have died.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);

/// The sleep while something is due that may not be fetched yet.
const SHORT_SLEEP: Duration = Duration::from_millis(500);

/// How often it is looked whether a clock that was set back has put anything off.
const PULL_EVERY_MS: i64 = 60_000;

/// What a task fetches.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    File(MediaId),
    Profile(ContactId),
    Member(ContactId, LineId),
}

/// Fetches files and profiles for one node.
pub struct Fetcher {
    shared: Arc<Shared>,
    /// Poked when something is wanted.
    wake: Arc<Notify>,
    /// Dropping the fetcher aborts them.
    tasks: JoinSet<()>,
    /// What each task fetches. Kept here, so that one that panicked sets it free too.
    in_hand: HashMap<Id, Wanted>,
}

impl Fetcher {
    /// A fetcher that is woken by `wake` and keeps files within `storage`.
    pub fn new(
        db: Db,
        line: Arc<dyn LineAccess>,
        hub: Hub,
        wake: Arc<Notify>,
        storage: StorageConfig,
    ) -> Self {
        let shared = Arc::new(Shared {
            db,
            line,
            hub,
            storage,
        });
        Self {
            shared,
            wake,
            tasks: JoinSet::new(),
            in_hand: HashMap::new(),
        }
    }

    /// Takes over what a run before left half done; only for a node that is alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_over(&self, now: Timestamp) -> Result<(), DbError> {
        self.shared
            .db
            .write(move |mut conn| Box::pin(async move { conn.take_over_media(now).await }))
            .await
    }

    /// Brings back what is due later than anything is ever put off to: the time of day was set
    /// back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pull(&self, now: Timestamp) -> Result<(), DbError> {
        let pulled = self.shared.db.write(move |mut conn| {
            Box::pin(async move {
                conn.pull_media(now.plus_ms(2 * media::LONGEST_WAIT_MS), now)
                    .await?;
                conn.pull_profiles(now.plus_ms(2 * DAY_MS), now).await
            })
        });
        pulled.await
    }

    /// Fetches until `stop`. What is then half done is done again at the next start.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut pulled: Option<Moment> = None;
        while !stop.is_cancelled() {
            let (now, moment) = (clock::now(), clock::moment());
            if pulled.is_none_or(|at| moment.since(at) >= PULL_EVERY_MS) {
                pulled = Some(moment);
                if let Err(error) = self.pull(now).await {
                    tracing::warn!(%error, "what a clock set back has put off stays put off");
                }
            }
            let sleep = match self.dispatch(now).await {
                Ok(None) => LONGEST_SLEEP,
                Ok(Some(next)) => match u64::try_from(next.since(now)) {
                    Ok(ms) if ms > 0 => Duration::from_millis(ms).min(LONGEST_SLEEP),
                    _ => SHORT_SLEEP,
                },
                Err(error) => {
                    tracing::error!(%error, "what is to be fetched cannot be read");
                    LONGEST_SLEEP
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.wake.notified() => {}
                Some(ended) = self.tasks.join_next_with_id() => self.put_down(ended),
                () = tokio::time::sleep(sleep) => {}
            }
        }
        self.tasks.shutdown().await;
    }

    /// Fetches what is wanted at `now` and waits for it. For tests.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn step(&mut self, now: Timestamp) -> Result<(), DbError> {
        self.dispatch(now).await?;
        while let Some(ended) = self.tasks.join_next_with_id().await {
            self.put_down(ended);
        }
        Ok(())
    }

    /// Starts a task for each wanted thing, within the bounds; answers when the next is due.
    async fn dispatch(&mut self, now: Timestamp) -> Result<Option<Timestamp>, DbError> {
        let mut reader = self.shared.db.reader().await?;
        let mut conn = reader.conn();
        let free = self.shared.db.free_space();
        let has_room = room::has_room(&mut conn, &self.shared.storage, free).await?;
        self.shared.hub.say_files_wait(!has_room);
        // Without room they are looked at again after the longest sleep.
        let files = if has_room {
            conn.due_media(now, FILES * 2).await?
        } else {
            Vec::new()
        };
        let profiles = conn.due_profiles(now, PROFILES * 2).await?;
        let members = conn.due_members(now, PROFILES * 2).await?;
        let next = if has_room {
            conn.next_media_due().await?
        } else {
            None
        };
        let next = [next, conn.next_profile_due().await?]
            .into_iter()
            .flatten()
            .min();
        drop(reader);
        for file in files {
            let shared = Arc::clone(&self.shared);
            self.take_up(Wanted::File(file.id), || media::fetch(shared, file, now));
        }
        for profile in profiles {
            let shared = Arc::clone(&self.shared);
            self.take_up(Wanted::Profile(profile.contact_id), || {
                profiles::fetch_contact(shared, profile, now)
            });
        }
        for member in members {
            let shared = Arc::clone(&self.shared);
            let wanted = Wanted::Member(member.contact_id, member.line_user_id.clone());
            self.take_up(wanted, || profiles::fetch_member(shared, member, now));
        }
        Ok(next)
    }

    /// Starts the task unless it runs already or enough others do.
    fn take_up<F>(&mut self, wanted: Wanted, task: impl FnOnce() -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let is_file = |it: &Wanted| matches!(it, Wanted::File(_));
        let running = self
            .in_hand
            .values()
            .filter(|it| is_file(it) == is_file(&wanted))
            .count();
        let most = if is_file(&wanted) { FILES } else { PROFILES };
        if running >= most || self.in_hand.values().any(|it| *it == wanted) {
            return;
        }
        let task = self.tasks.spawn(task());
        self.in_hand.insert(task.id(), wanted);
    }

    fn put_down(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                // Its message would say what panicked, in words that may be a customer's.
                if error.is_panic() {
                    metrics::broke(Broken::Fetch);
                }
                tracing::error!("a fetch broke off; it is tried again");
                error.id()
            }
        };
        self.in_hand.remove(&id);
    }
}
