//! The connection to Redis: one task that sends, hears, and comes back by itself.

use std::time::Duration;

use futures_util::StreamExt;
use redis::AsyncConnectionConfig;
use redis::aio::{MultiplexedConnection, PubSubStream};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, MissedTickBehavior, timeout};
use tokio_util::sync::CancellationToken;

use super::Broker;
use super::since::Since;
use super::wire::{self, Bulletin};
use crate::clock;
use crate::config::Rhythm;
use crate::realtime::announcement::NodeId;
use crate::realtime::attention::Attending;
use crate::realtime::hub::Hub;

/// How long opening a connection, and one answer of Redis, may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The wait before a connection is tried again; doubles up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// How long saying goodbye may take.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How long changes of the roster are gathered, so that many are one announcement.
const GATHER: Duration = Duration::from_millis(20);

/// Most bulletins that go to Redis in one call.
const BATCH: usize = 256;

/// Why the link is down, or cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Redis says so, or cannot be reached.
    #[error("{0}")]
    Redis(#[from] redis::RedisError),
    /// No answer in time.
    #[error("no answer within {} s", PATIENCE.as_secs())]
    Silent,
    /// Redis closed the connection, or sends nothing any more.
    #[error("nothing is heard any more")]
    Deaf,
}

/// Tries whether Redis answers at `url`.
///
/// # Errors
/// [`LinkError`].
pub async fn check(url: &str) -> Result<(), LinkError> {
    let mut connection = speaking(&redis::Client::open(url)?).await?;
    redis::cmd("PING").exec_async(&mut connection).await?;
    Ok(())
}

async fn speaking(client: &redis::Client) -> Result<MultiplexedConnection, LinkError> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE));
    let opening = client.get_multiplexed_async_connection_with_config(&config);
    Ok(opening.await?)
}

/// The task's half of a [`Broker`].
pub struct Link {
    client: redis::Client,
    /// All nodes of one installation speak here.
    channel: String,
    /// Here others may speak that have another key already, or still.
    others: Vec<String>,
    node: NodeId,
    rhythm: Rhythm,
    broker: Broker,
    queue: mpsc::Receiver<Bulletin>,
    /// Another node wants to know who is here.
    asked: Notify,
}

impl Link {
    /// A broker and the link that it needs to be run with [`Link::run`]. `channel` tells this
    /// installation from others that use the same Redis; it is heard in `others` too.
    ///
    /// # Errors
    /// When `url` is not one of Redis.
    pub fn new(
        url: &str,
        channel: String,
        others: Vec<String>,
        rhythm: Rhythm,
    ) -> Result<(Broker, Self), LinkError> {
        let (broker, queue) = Broker::new();
        let link = Self {
            client: redis::Client::open(url)?,
            channel,
            others,
            node: NodeId::generate(),
            rhythm,
            broker: broker.clone(),
            queue,
            asked: Notify::new(),
        };
        Ok((broker, link))
    }

    /// Keeps the nodes in touch until `stop`, then says goodbye.
    pub async fn run(mut self, hub: Hub, stop: CancellationToken) {
        let mut since = Since::now();
        let mut wait = FIRST_WAIT;
        let mut warned = false;
        while !stop.is_cancelled() {
            let connecting = self.connect();
            let Some(connected) = stop.run_until_cancelled(connecting).await else {
                return;
            };
            let error = match connected {
                Ok((speaking, hearing)) => {
                    tracing::info!(node.id = %self.node, "in touch with the other nodes");
                    (wait, warned) = (FIRST_WAIT, false);
                    self.begin(&hub, since);
                    let ended = self.serve(&hub, speaking, hearing, &stop).await;
                    since = self.broker.went_down();
                    hub.notify_presence();
                    match ended {
                        Ok(()) => return,
                        Err(error) => error,
                    }
                }
                Err(error) => error,
            };
            if !warned {
                tracing::warn!(%error, "Redis is away; other nodes hear of this one later");
                warned = true;
            }
            // Many nodes come back; not all at the same moment.
            let jittered = wait.mul_f64(rand::random_range(0.5..1.0));
            stop.run_until_cancelled(tokio::time::sleep(jittered)).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    async fn connect(&self) -> Result<(MultiplexedConnection, PubSubStream), LinkError> {
        let speaking = speaking(&self.client).await?;
        let hearing = async {
            let mut hearing = self.client.get_async_pubsub().await?;
            hearing.subscribe(&self.channel).await?;
            for other in &self.others {
                hearing.subscribe(other).await?;
            }
            Ok::<_, LinkError>(hearing.into_on_message())
        };
        let hearing = timeout(PATIENCE, hearing)
            .await
            .map_err(|_| LinkError::Silent)??;
        Ok((speaking, hearing))
    }

    /// The channel is subscribed: from here on nothing is missed.
    fn begin(&mut self, hub: &Hub, since: Since) {
        // What was queued when the link broke counts as missed already.
        while self.queue.try_recv().is_ok() {}
        // Whoever connects from now on reads what is there; only who is connected can lack
        // anything.
        let somebody = hub.size().0 > 0;
        self.broker.came_up(somebody.then_some(since));
        hub.notify_presence();
    }

    /// Speaks and hears until `stop` (answers `Ok`) or until either fails.
    async fn serve(
        &mut self,
        hub: &Hub,
        speaking: MultiplexedConnection,
        hearing: PubSubStream,
        stop: &CancellationToken,
    ) -> Result<(), LinkError> {
        let Self {
            channel,
            node,
            rhythm,
            broker,
            queue,
            asked,
            ..
        } = self;
        let mouth = Mouth {
            channel,
            node: *node,
            broker,
            asked,
            hub,
            speaking,
        };
        let ear = Ear {
            node: *node,
            rhythm: *rhythm,
            broker,
            asked,
            hub,
        };
        tokio::select! {
            said = mouth.say_all(queue, rhythm.announce, stop) => said,
            heard = ear.hear_all(hearing) => heard,
            // Redis may hang; the end does not wait for it.
            () = async {
                stop.cancelled().await;
                tokio::time::sleep(LAST_WORDS).await;
            } => Ok(()),
        }
    }
}

/// When what is announced soon is announced: a moment after the first wish.
fn gathered(soon: Option<(Instant, bool)>) -> Instant {
    soon.map_or_else(|| Instant::now() + GATHER, |(at, _)| at)
}

/// What sends.
struct Mouth<'a> {
    channel: &'a str,
    node: NodeId,
    broker: &'a Broker,
    asked: &'a Notify,
    hub: &'a Hub,
    speaking: MultiplexedConnection,
}

impl Mouth<'_> {
    async fn say_all(
        mut self,
        queue: &mut mpsc::Receiver<Bulletin>,
        every: Duration,
        stop: &CancellationToken,
    ) -> Result<(), LinkError> {
        let mut whole = tokio::time::interval(every);
        whole.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut bulletins = vec![Bulletin::Hello];
        // When to announce what changed, or all of it. Events do not wait for that.
        let mut soon: Option<(Instant, bool)> = None;
        loop {
            let (at, all) = soon.unwrap_or((Instant::now(), false));
            tokio::select! {
                _ = whole.tick() => {
                    soon = None;
                    bulletins.extend(self.announcement(true));
                }
                () = self.asked.notified() => soon = Some((gathered(soon), true)),
                () = self.broker.inner.announce.notified() => soon = Some((gathered(soon), all)),
                () = tokio::time::sleep_until(at), if soon.is_some() => {
                    soon = None;
                    bulletins.extend(self.announcement(all));
                }
                count = queue.recv_many(&mut bulletins, BATCH) => if count == 0 {
                    return Ok(());
                },
                () = stop.cancelled() => {
                    while let Ok(bulletin) = queue.try_recv() {
                        bulletins.push(bulletin);
                    }
                    bulletins.push(Bulletin::Goodbye);
                    return self.say(&mut bulletins).await;
                }
            }
            let unsaid = self.broker.take_unsaid();
            bulletins.extend(unsaid.map(|since| Bulletin::Missed {
                since: since.told(),
            }));
            if let Err(error) = self.say(&mut bulletins).await {
                unsaid.inspect(|since| self.broker.record_unsaid(*since));
                return Err(error);
            }
        }
    }

    fn announcement(&self, whole: bool) -> Option<Bulletin> {
        self.hub.announcement(whole).map(Bulletin::Announcement)
    }

    async fn say(&mut self, bulletins: &mut Vec<Bulletin>) -> Result<(), LinkError> {
        if bulletins.is_empty() {
            return Ok(());
        }
        let mut calls = redis::pipe();
        for bulletin in bulletins.drain(..) {
            match wire::write(self.node, bulletin) {
                Ok(bytes) => {
                    calls.cmd("PUBLISH").arg(self.channel).arg(bytes).ignore();
                }
                Err(error) => tracing::error!(%error, "a bulletin could not be written"),
            }
        }
        calls.exec_async(&mut self.speaking).await?;
        Ok(())
    }
}

/// What hears.
struct Ear<'a> {
    node: NodeId,
    rhythm: Rhythm,
    broker: &'a Broker,
    asked: &'a Notify,
    hub: &'a Hub,
}

impl Ear<'_> {
    /// A node hears its own announcements too, which is how it knows that it hears at all.
    async fn hear_all(&self, mut hearing: PubSubStream) -> Result<(), LinkError> {
        let patience = self.rhythm.announce + PATIENCE;
        loop {
            let heard = timeout(patience, hearing.next()).await;
            let message = heard.ok().flatten().ok_or(LinkError::Deaf)?;
            match wire::read(message.get_payload_bytes()) {
                Ok((node, _)) if node == self.node => {}
                Ok((node, bulletin)) => self.hear(node, bulletin),
                // A node of another version, while it is being replaced.
                Err(error) => tracing::debug!(%error, "a bulletin was not understood"),
            }
        }
    }

    fn hear(&self, node: NodeId, bulletin: Bulletin) {
        let now = clock::moment();
        match bulletin {
            Bulletin::Event(routing, frame) => self.hub.deliver(&routing, &frame),
            Bulletin::Announcement(news) => {
                let lease = i64::try_from(self.rhythm.lease.as_millis()).unwrap_or(i64::MAX);
                self.hub.hear_announcement(node, news, now.plus_ms(lease));
            }
            Bulletin::Typing {
                room,
                operator,
                typing,
            } => self.hub.hear_typing(&room, operator, typing, now),
            Bulletin::TeamChanged => self.hub.notify_presence(),
            Bulletin::Attending {
                operator,
                console,
                visible,
                active,
            } => {
                let said = Attending {
                    console,
                    visible,
                    active,
                };
                self.hub.hear_attending(operator, said, now);
            }
            Bulletin::AlertsChanged => self.hub.hear_alerts_changed(),
            Bulletin::Hello => self.asked.notify_one(),
            Bulletin::Missed { since } => self.broker.record_gap(since),
            Bulletin::Goodbye => self.hub.hear_goodbye(node, now),
        }
    }
}
