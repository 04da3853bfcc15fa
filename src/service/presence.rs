//! The team: who is at the desk and how many chats each has.

use std::time::{Duration, Instant};

use super::ServiceError;
use super::standing::Standing;
use super::team_settings::Known;
use crate::clock;
use crate::db::Db;
use crate::db::assignment::Taker;
use crate::protocol::{Degraded, OperatorId, OperatorPresence, Presence, ServerEvent};
use crate::realtime::{Audience, Hub, Publication};

/// How long changes are gathered before the team is told, so that a storm of reconnects is one
/// event and not thousands.
const GATHER: Duration = Duration::from_millis(50);

/// Reading the list takes so small a part of the time at most, also where somebody has a hundred
/// thousand chats to be counted.
const PART: u32 = 10;
/// And no longer than this is gathered because of that.
const LONGEST_GATHER: Duration = Duration::from_millis(500);

/// The team list.
#[derive(Clone)]
pub struct Team {
    db: Db,
    hub: Hub,
    known: Known,
}

impl Team {
    /// Over this store and hub, by what is known of the team's settings.
    pub fn new(db: Db, hub: Hub, known: Known) -> Self {
        Self { db, hub, known }
    }

    /// Everyone who is not disabled, by name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn now(&self) -> Result<Vec<OperatorPresence>, ServiceError> {
        let takers = self.db.reader().await?.conn().takers().await?;
        let (rule, now) = (self.known.assignment(), clock::now());
        let presence = |taker: Taker| {
            let seen = self.hub.presence(taker.id);
            OperatorPresence {
                id: taker.id,
                status: Standing::of(seen, rule, &taker, now).shown(),
                active_chats: u32::try_from(taker.active).unwrap_or(u32::MAX),
                name: taker.name,
            }
        };
        Ok(takers.into_iter().map(presence).collect())
    }

    /// What does not work at present.
    pub fn degraded(&self) -> Vec<Degraded> {
        self.hub.degraded()
    }

    /// The team list as consoles are told it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn told(&self) -> Result<ServerEvent, ServiceError> {
        Ok(ServerEvent::PresenceUpdate {
            operators: self.now().await?,
            degraded: self.degraded(),
        })
    }

    /// An operator chose a presence; it stays over log-ins.
    ///
    /// # Errors
    /// [`ServiceError::Validation`] for offline, which only a missing connection makes.
    pub async fn choose(
        &self,
        operator: OperatorId,
        presence: Presence,
    ) -> Result<(), ServiceError> {
        if presence == Presence::Offline {
            return Err(ServiceError::Validation(
                "Choose online, away or busy; offline comes by itself.".into(),
            ));
        }
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move { Ok(conn.set_presence(operator, presence).await?) })
            })
            .await?;
        self.hub.choose_presence(operator, presence, clock::now());
        Ok(())
    }

    /// Tells everyone the team list after each change, until the future is dropped.
    pub async fn tell_changes(&self) {
        let mut gather = GATHER;
        loop {
            self.hub.presence_change().await;
            tokio::time::sleep(gather).await;
            let began = Instant::now();
            let told = self.told().await;
            gather = (began.elapsed() * PART).clamp(GATHER, LONGEST_GATHER);
            match told {
                Ok(event) => self.hub.publish(Publication {
                    audience: Audience::Everyone,
                    room: None,
                    rev: None,
                    event,
                    except: None,
                }),
                Err(error) => tracing::warn!(%error, "the team list could not be read"),
            }
        }
    }
}
