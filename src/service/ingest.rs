//! What LINE reports becomes lines, sessions and contacts, once, whatever is delivered twice.
//!
//! All events of one webhook are one transaction, unless it brings very many. Profiles and media are only asked for here;
//! LINE itself is never called while LINE waits.

mod answered;
mod arrival;
mod batch;
mod beacon;
mod chat;
mod compose;
mod details;
mod happened;
mod message;
mod order;
mod take;
mod turn;

use std::sync::Arc;

use tokio::sync::Notify;

use super::ServiceError;
use super::automatic::Automatic;
use super::change::telling;
use crate::db::{Batches, Db, DbError, Telling};
use crate::line::webhook::ParsedEvent;
use crate::protocol::{ChannelId, ChannelName, Timestamp};
use crate::realtime::{Hub, Publication};
use arrival::{Arrived, chat_id_of};
use batch::take_batch;

/// How often a transaction is tried again when another one added the same contact or message at
/// the same moment (PostgreSQL only; SQLite has one writer).
const TRIES: usize = 4;

/// Most events of a webhook that are one transaction, so that no webhook keeps the store to itself.
/// LINE sends a webhook again of which a part could not be stored, and the others are known then.
const PART: usize = 100;

/// What a webhook's events came to.
#[derive(Default)]
struct StoredWebhook {
    publications: Vec<Publication>,
    /// Whether there may be a profile or a file to fetch.
    wants_fetch: bool,
    /// Whether something was answered by itself.
    answers: bool,
}

impl StoredWebhook {
    /// Whether to fetch, and how to tell the consoles and whoever sends.
    fn told(self, hub: Hub, automatic: &Automatic) -> (bool, Vec<Telling>) {
        let mut told = telling(hub.clone(), self.publications);
        told.extend(self.answers.then(|| automatic.waking()));
        // A rule may give to somebody what waits now.
        told.push(Box::new(move || hub.say_work()));
        (self.wants_fetch, told)
    }
}

/// The channel that a webhook is for.
#[derive(Clone, Debug)]
pub struct ChannelRef {
    /// Which.
    pub id: ChannelId,
    /// As in rooms.
    pub name: ChannelName,
    /// Whether customers are to see that they were read.
    pub keeps_read_tokens: bool,
}

/// Takes webhook events in.
#[derive(Clone)]
pub struct Ingest {
    db: Db,
    hub: Hub,
    /// Wakes the tasks that fetch profiles and media.
    fetch: Arc<Notify>,
    /// What is answered by itself.
    automatic: Automatic,
    /// Webhooks that wait for the store.
    batches: Batches<Arc<Arrived>, bool, DbError>,
}

impl Ingest {
    /// `fetch` is notified when a profile or a file is wanted.
    pub fn new(db: Db, hub: Hub, fetch: Arc<Notify>, automatic: Automatic) -> Self {
        Self {
            db,
            hub,
            fetch,
            automatic,
            batches: Batches::default(),
        }
    }

    /// Stores the events of one webhook durably, then tells the consoles.
    ///
    /// # Errors
    /// When the store fails: not all was stored, and LINE is to be told so.
    pub async fn take(
        &self,
        channel: ChannelRef,
        mut events: Vec<ParsedEvent>,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let of_channel = events.iter().filter(|parsed| chat_id_of(parsed).is_none());
        let of_channel = of_channel.count();
        while !events.is_empty() {
            let rest = events.split_off(events.len().min(PART));
            self.take_part(&channel, events, now).await?;
            events = rest;
        }
        if of_channel > 0 {
            tracing::info!(
                channel.name = %channel.name,
                webhook.events = of_channel,
                "LINE reported something about the channel"
            );
        }
        Ok(())
    }

    async fn take_part(
        &self,
        channel: &ChannelRef,
        events: Vec<ParsedEvent>,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let arrived = Arc::new(Arrived {
            channel: channel.clone(),
            clocks: self.automatic.known().clocks(channel.name.as_str()),
            events,
            now,
        });
        if self.store(&arrived).await? {
            self.fetch.notify_one();
        }
        Ok(())
    }

    /// Answers whether there is something to fetch.
    async fn store(&self, arrived: &Arc<Arrived>) -> Result<bool, DbError> {
        let mut tries = 1;
        loop {
            let hub = self.hub.clone();
            let (taking, telling) = (self.automatic.clone(), self.automatic.clone());
            let done = self
                .db
                .write_batched(
                    &self.batches,
                    Arc::clone(arrived),
                    move |mut conn, webhooks| {
                        let automatic = taking.clone();
                        Box::pin(async move { take_batch(&mut conn, &webhooks, &automatic).await })
                    },
                    move |stored: StoredWebhook| stored.told(hub.clone(), &telling),
                )
                .await;
            match done {
                Err(DbError::Duplicate | DbError::Conflict) if tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }
}
