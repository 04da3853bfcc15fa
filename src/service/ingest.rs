//! What LINE reports becomes lines, sessions and contacts, once, whatever is delivered twice.
//!
//! All events of one webhook are one transaction, unless it brings very many. Profiles and media are only asked for here;
//! LINE itself is never called while LINE waits.

mod beacon;
mod chat;
mod compose;
mod details;
mod message;
mod order;
mod take;
mod wave;

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::Notify;

use super::ServiceError;
use super::change::{conversation_changed, stored_conversation, telling};
use crate::db::{Conn, Db, DbError, Telling, Together};
use crate::line::webhook::ParsedEvent;
use crate::protocol::{ChannelId, ChannelName, ConversationId, Room, Timestamp};
use crate::realtime::{Hub, Publication};
use take::{Taken, wants_fetch};
use wave::{Arrived, take_together};

/// How often a transaction is tried again when another one added the same contact or message at
/// the same moment (PostgreSQL only; SQLite has one writer).
const TRIES: usize = 4;

/// Most events of a webhook that are one transaction, so that no webhook keeps the store to itself.
/// LINE sends a webhook again of which a part could not be stored, and the others are known then.
const PART: usize = 100;

/// What a webhook's events came to.
#[derive(Default)]
struct Stored {
    publications: Vec<Publication>,
    /// Whether there may be a profile or a file to fetch.
    wants_fetch: bool,
}

impl Stored {
    /// Whether to fetch, and how to tell the consoles.
    fn told(self, hub: Hub) -> (bool, Vec<Telling>) {
        (self.wants_fetch, telling(hub, self.publications))
    }
}

/// The channel that a webhook is for.
#[derive(Clone, Debug)]
pub struct ChannelRef {
    /// Which.
    pub id: ChannelId,
    /// As in rooms.
    pub name: ChannelName,
}

/// Takes webhook events in.
#[derive(Clone)]
pub struct Ingest {
    db: Db,
    hub: Hub,
    /// Wakes the tasks that fetch profiles and media.
    fetch: Arc<Notify>,
    /// Webhooks that wait for the store.
    together: Together<Arrived, bool>,
}

impl Ingest {
    /// `fetch` is notified when a profile or a file is wanted.
    pub fn new(db: Db, hub: Hub, fetch: Arc<Notify>) -> Self {
        Self {
            db,
            hub,
            fetch,
            together: Together::default(),
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
        let of_channel = events
            .iter()
            .filter(|parsed| take::chat_id_of(&parsed.event).is_none());
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
        let events = Arc::new(events);
        let wants_fetch = match self.take_along(channel, &events, now).await? {
            Some(wants_fetch) => wants_fetch,
            None => self.take_alone(channel, &events, now).await?,
        };
        if wants_fetch {
            self.fetch.notify_one();
        }
        Ok(())
    }

    /// With all that wait for the store at this moment; `None` when that is not to be.
    async fn take_along(
        &self,
        channel: &ChannelRef,
        events: &Arc<Vec<ParsedEvent>>,
        now: Timestamp,
    ) -> Result<Option<bool>, DbError> {
        let arrived = Arrived {
            channel: channel.clone(),
            events: Arc::clone(events),
            now,
        };
        let hub = self.hub.clone();
        self.db
            .write_together(
                &self.together,
                arrived,
                |mut conn, arrived| {
                    Box::pin(async move { take_together(&mut conn, &arrived).await })
                },
                move |stored: Stored| stored.told(hub.clone()),
            )
            .await
    }

    /// In a transaction of its own. Answers whether there is something to fetch.
    async fn take_alone(
        &self,
        channel: &ChannelRef,
        events: &Arc<Vec<ParsedEvent>>,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let mut tries = 1;
        loop {
            let (channel, events) = (channel.clone(), events.clone());
            let hub = self.hub.clone();
            let done: Result<_, DbError> = self
                .db
                .write_and(
                    move |mut conn| {
                        Box::pin(async move { take_all(&mut conn, &channel, &events, now).await })
                    },
                    move |stored: Stored| stored.told(hub),
                )
                .await;
            match done {
                Err(DbError::Duplicate | DbError::Conflict) if tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }
}

async fn take_all(
    conn: &mut Conn<'_>,
    channel: &ChannelRef,
    events: &[ParsedEvent],
    now: Timestamp,
) -> Result<Stored, DbError> {
    let mut told = Vec::new();
    let mut fetch = false;
    let mut touched: BTreeSet<(Room, ConversationId)> = BTreeSet::new();
    for event in events {
        if let Some(taken) = take::take_one(conn, channel, event, now).await? {
            let Taken {
                room,
                conversation,
                publications,
                wants_fetch,
            } = taken;
            fetch |= wants_fetch;
            told.extend(publications);
            touched.insert((room, conversation));
        }
    }
    for (_, conversation) in touched {
        let conversation = stored_conversation(conn, conversation).await?;
        told.push(conversation_changed(&conversation, None));
    }
    Ok(Stored {
        publications: told,
        wants_fetch: fetch,
    })
}
