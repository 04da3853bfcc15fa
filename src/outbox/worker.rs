//! Works the outbox: picks what is due, makes the calls, records what came of them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::attempt::Begun;
use super::breaker::Allowance;
use super::compose::Links;
use super::deliver::{begin, deliver, leave_out, refuse};
use super::maintain;
use super::shared::Shared;
use super::time::Time;
use crate::clock::Moment;
use crate::db::{Db, DbError};
use crate::metrics::{self, Broken};
use crate::protocol::{ChannelId, ConversationId, Timestamp};
use crate::realtime::Hub;
use crate::service::LineAccess;

/// Most conversations of one channel that are worked at a time.
const IN_FLIGHT: usize = 16;

/// The longest sleep: another node may have queued something, or died.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// The sleep while something is due that may not be sent yet.
const SHORT_SLEEP: Duration = Duration::from_millis(250);

/// The outbox of one node.
pub struct Outbox {
    shared: Arc<Shared>,
    /// One task for each conversation in hand; dropping the outbox aborts them.
    tasks: JoinSet<()>,
    /// Which conversation each task works on. Lives with the tasks, so that one that panicked
    /// sets its conversation free too.
    in_hand: HashMap<Id, (ChannelId, ConversationId)>,
}

impl Outbox {
    /// An outbox that is woken by `wake`; `links` lead to the files in messages.
    pub fn new(
        db: Db,
        line: Arc<dyn LineAccess>,
        hub: Hub,
        wake: Arc<Notify>,
        links: Links,
    ) -> Self {
        let shared = Arc::new(Shared::new(db, line, hub, wake, links));
        Self {
            shared,
            tasks: JoinSet::new(),
            in_hand: HashMap::new(),
        }
    }

    /// Takes over what a run before left behind; only for a node that is alone. With several
    /// nodes, leases of a dead one end by themselves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_over(&self) -> Result<(), DbError> {
        self.shared
            .db
            .write(|mut conn| Box::pin(async move { conn.end_leases().await }))
            .await
    }

    /// Sends until `stop`, then finishes the calls in hand.
    pub async fn run(mut self, stop: CancellationToken) {
        let maintaining = maintain::run(Arc::clone(&self.shared), stop.clone());
        tokio::join!(self.send(&stop), maintaining);
    }

    /// Sends what is due at `now`, and what that makes due, and waits for it. For tests.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn step(&mut self, now: Timestamp) -> Result<(), DbError> {
        // Their clocks go together.
        self.dispatch(Time::at(now, Moment(now.0)), &CancellationToken::new())
            .await?;
        while let Some(ended) = self.tasks.join_next_with_id().await {
            self.put_down(ended);
        }
        Ok(())
    }

    /// One round of maintenance. For tests; [`Outbox::run`] does it each minute.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn maintain(&self, now: Timestamp) -> Result<(), DbError> {
        maintain::round(&self.shared, Time::at(now, Moment(now.0))).await
    }

    async fn send(&mut self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let time = Time::present();
            let sleep = match self.dispatch(time, stop).await {
                Ok(next) => sleep_until(next, time.now()),
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot be read");
                    LONGEST_SLEEP
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.shared.wake.notified() => {}
                Some(ended) = self.tasks.join_next_with_id() => self.put_down(ended),
                () = tokio::time::sleep(sleep) => {}
            }
        }
        while let Some(ended) = self.tasks.join_next_with_id().await {
            self.put_down(ended);
        }
    }

    /// Starts a task for each due conversation that may be worked now; answers when the next
    /// one is due.
    async fn dispatch(
        &mut self,
        time: Time,
        stop: &CancellationToken,
    ) -> Result<Option<Timestamp>, DbError> {
        let now = time.now();
        let mut reader = self.shared.db.reader().await?;
        let mut conn = reader.conn();
        for channel in conn.channels_with_due(now).await? {
            let busy: Vec<_> = self.busy(channel).collect();
            let allowed = match self.shared.breakers().allowance(channel, time.moment()) {
                Allowance::All => IN_FLIGHT,
                Allowance::Probe => 1,
                Allowance::NotBefore(_) => 0,
            };
            // A breaker that has just opened allows fewer than are still under way.
            let free = allowed.saturating_sub(busy.len());
            if free == 0 {
                continue;
            }
            let mut due = conn
                // Those in hand are among the due ones, and are not to crowd the others out.
                .due_conversations(channel, &self.shared.node, now, free + busy.len())
                .await?;
            due.retain(|conversation| !busy.contains(conversation));
            due.truncate(free);
            for conversation in due {
                self.take_up(channel, conversation, time, stop);
            }
        }
        conn.next_due(now).await
    }

    fn busy(&self, channel: ChannelId) -> impl Iterator<Item = ConversationId> {
        self.in_hand
            .values()
            .filter(move |(of, _)| *of == channel)
            .map(|(_, it)| *it)
    }

    fn take_up(
        &mut self,
        channel: ChannelId,
        conversation: ConversationId,
        time: Time,
        stop: &CancellationToken,
    ) {
        let work = work(Arc::clone(&self.shared), conversation, time, stop.clone());
        let task = self.tasks.spawn(work);
        self.in_hand.insert(task.id(), (channel, conversation));
    }

    fn put_down(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                // Its message would say what panicked, in words that may be a customer's.
                if error.is_panic() {
                    metrics::broke(Broken::Delivery);
                }
                tracing::error!("a delivery broke off; it is tried again");
                error.id()
            }
        };
        self.in_hand.remove(&id);
    }
}

fn sleep_until(next: Option<Timestamp>, now: Timestamp) -> Duration {
    match next.map(|next| next.since(now)) {
        None => LONGEST_SLEEP,
        Some(..=0) => SHORT_SLEEP,
        Some(ms) => Duration::from_millis(ms.unsigned_abs()).min(LONGEST_SLEEP),
    }
}

/// Delivers what is due in one conversation, one call after the other.
async fn work(
    shared: Arc<Shared>,
    conversation: ConversationId,
    time: Time,
    stop: CancellationToken,
) {
    while !stop.is_cancelled() {
        let delivery = match begin(&shared, conversation, time.now()).await {
            Ok(Begun::Call(delivery)) => delivery,
            Ok(Begun::Beyond(delivery)) => {
                refuse(&shared, &delivery, time.now()).await;
                continue;
            }
            Ok(Begun::LeftOut(message)) => {
                if let Err(error) = leave_out(&shared, conversation, message, time.now()).await {
                    tracing::error!(conversation.id = %conversation, %error, "a message stays");
                    return;
                }
                continue;
            }
            Ok(Begun::Nothing) => return,
            Err(error) => {
                tracing::error!(conversation.id = %conversation, %error, "an attempt cannot be recorded");
                return;
            }
        };
        // After an outage the next would most likely fail as well; the breaker says when to go on.
        let went_out = deliver(&shared, &delivery, time).await;
        if !went_out {
            return;
        }
    }
}
