//! Decides whom to tell of what is new: of what the hub hears at once, and of what nobody came to,
//! because a server was killed or too much happened, by looking through the store.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior};

use super::key::PushKey;
use super::roll::Roll;
use super::wanted::{Story, is_quiet, wanted};
use crate::clock;
use crate::db::push_devices::PushTarget;
use crate::db::push_outbox::NewPush;
use crate::db::{Conn, Db, DbError};
use crate::protocol::message::Direction;
use crate::protocol::{
    Conversation, ConversationId, MessageId, MessageStatus, OperatorId, Room, SessionState,
    SessionStatus, Timestamp,
};
use crate::realtime::{Hub, News};
use crate::service::ServiceError;

/// News that is looked at together.
const TOGETHER: usize = 64;

/// How often the store is looked through; by then consoles that are seen have said so.
const EVERY: Duration = Duration::from_secs(15);

/// How far back at the start, and each further time.
const BACK_AT_START_MS: i64 = 15 * 60 * 1_000;
const BACK_MS: i64 = 60 * 1_000;

/// By then LINE has told what a new customer is called.
const NAMED_MS: i64 = 700;

/// Most chats, and most notes of one operator, that are looked at each time.
const LOOKED_AT: u32 = 200;

/// Decides, until it is stopped.
pub struct Desk {
    db: Db,
    hub: Hub,
    roll: Roll,
    key: PushKey,
    /// Wakes what sends.
    wake: Arc<Notify>,
}

/// What is new in a chat.
#[derive(Default)]
struct Heard {
    /// The customer's newest message.
    inbound: Option<(MessageId, i64)>,
    /// The newest note that names somebody.
    note: Option<(MessageId, i64, Vec<OperatorId>)>,
}

impl Desk {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub, roll: Roll, key: PushKey, wake: Arc<Notify>) -> Self {
        Self {
            db,
            hub,
            roll,
            key,
            wake,
        }
    }

    /// Goes on until the future is dropped.
    pub async fn run(self) {
        let Some(mut news) = self.hub.take_news() else {
            return;
        };
        self.read_roll().await;
        let mut ticks = tokio::time::interval_at(Instant::now() + EVERY, EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut back_ms = BACK_AT_START_MS;
        loop {
            let mut batch = Vec::new();
            tokio::select! {
                // Who has chosen otherwise is not told by what they chose before.
                biased;
                () = self.hub.alerts_change() => self.read_roll().await,
                count = news.recv_many(&mut batch, TOGETHER) => if count == 0 { return },
                _ = ticks.tick() => {
                    self.read_roll().await;
                    match self.look_back(back_ms).await {
                        Ok(()) => back_ms = BACK_MS,
                        Err(error) => error.log(),
                    }
                }
            }
            if let Err(error) = self.tell(heard(batch)).await {
                // They are found when the store is looked through.
                error.log();
            }
        }
    }

    async fn read_roll(&self) {
        if let Err(error) = self.roll.read().await {
            error.log();
        }
    }

    /// Queues what is to be told of these chats.
    async fn tell(&self, heard: HashMap<Room, Heard>) -> Result<(), ServiceError> {
        let targets = self.roll.targets();
        if heard.is_empty() || targets.is_empty() {
            return Ok(());
        }
        let now = clock::now();
        let mut pushes = Vec::new();
        let mut reader = self.db.reader().await?;
        for (room, heard) in heard {
            let Some((id, chat)) = chat_of(&mut reader.conn(), &room).await? else {
                continue;
            };
            let unseen = |target: &PushTarget| !self.hub.is_seen(target.operator);
            let about = About {
                key: &self.key,
                id,
                chat: &chat,
                now,
            };
            about.add(&mut pushes, targets.iter().filter(|it| unseen(it)), &heard);
        }
        drop(reader);
        self.queue(pushes, now).await
    }

    /// Looks through what happened in the last `back_ms`. Who looked at a console after it happened has
    /// seen it, and who was told is not told again.
    async fn look_back(&self, back_ms: i64) -> Result<(), ServiceError> {
        let targets = self.roll.targets();
        if targets.is_empty() {
            return Ok(());
        }
        let now = clock::now();
        let since = now.plus_ms(-back_ms);
        let mut pushes = Vec::new();
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let unseen = |target: &PushTarget, at: Timestamp| {
            let unseen_for = self.hub.unseen_for(target.operator);
            unseen_for.is_none_or(|ms| ms > now.since(at))
        };
        for id in conn.active_since(since, LOOKED_AT).await? {
            let Some(chat) = conn.conversation(id).await? else {
                continue;
            };
            let Some(last) = chat.last_message.as_ref().filter(|last| {
                last.direction == Direction::In && last.status != MessageStatus::Unsent
            }) else {
                continue;
            };
            let heard = Heard {
                inbound: (chat.unread > 0).then_some((last.id, last.rev)),
                note: None,
            };
            let at = last.created_at;
            let about = About {
                key: &self.key,
                id,
                chat: &chat,
                now,
            };
            about.add(
                &mut pushes,
                targets.iter().filter(|it| unseen(it, at)),
                &heard,
            );
        }
        self.look_for_notes(&mut conn, since, now, &mut pushes)
            .await?;
        drop(reader);
        self.queue(pushes, now).await
    }

    async fn look_for_notes(
        &self,
        conn: &mut Conn<'_>,
        since: Timestamp,
        now: Timestamp,
        pushes: &mut Vec<NewPush>,
    ) -> Result<(), ServiceError> {
        for target in self.roll.targets().iter().filter(|it| it.settings.mentions) {
            let notes = conn.mentions_waiting(target.operator, LOOKED_AT).await?;
            for (id, message, rev) in notes {
                let at = made_at(message);
                let unseen_for = self.hub.unseen_for(target.operator);
                let is_seen = unseen_for.is_some_and(|ms| ms <= now.since(at));
                if at < since || is_seen {
                    continue;
                }
                let Some(chat) = conn.conversation(id).await? else {
                    continue;
                };
                let heard = Heard {
                    inbound: None,
                    note: Some((message, rev, vec![target.operator])),
                };
                let about = About {
                    key: &self.key,
                    id,
                    chat: &chat,
                    now,
                };
                about.add(pushes, std::iter::once(target), &heard);
            }
        }
        Ok(())
    }

    async fn queue(&self, pushes: Vec<NewPush>, now: Timestamp) -> Result<(), ServiceError> {
        if pushes.is_empty() {
            return Ok(());
        }
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    let due = now.plus_ms(NAMED_MS);
                    for push in &pushes {
                        conn.queue_push(push, due).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        self.wake.notify_one();
        Ok(())
    }
}

/// A chat of which somebody may be told.
struct About<'a> {
    key: &'a PushKey,
    id: ConversationId,
    chat: &'a Conversation,
    now: Timestamp,
}

impl About<'_> {
    fn add<'t>(
        &self,
        pushes: &mut Vec<NewPush>,
        targets: impl Iterator<Item = &'t PushTarget>,
        heard: &Heard,
    ) {
        let mentions = heard.note.as_ref().map(|(_, _, named)| named.as_slice());
        let story = Story {
            state: state_of(self.chat),
            mode: self.chat.mode,
            inbound: heard.inbound.is_some(),
            mentions: mentions.unwrap_or_default(),
        };
        let note = heard.note.as_ref().map(|(id, rev, _)| (*id, *rev));
        let topic = self.key.topic(&self.chat.room.to_string());
        for target in targets {
            if is_quiet(&target.settings, &target.zone, self.now) {
                continue;
            }
            let Some(kind) = wanted(target.operator, &target.settings, &story) else {
                continue;
            };
            let named = story.mentions.contains(&target.operator);
            let news = if named { note } else { heard.inbound };
            if let Some((message, rev)) = news {
                pushes.push(NewPush {
                    device: target.device,
                    topic: topic.clone(),
                    conversation: Some(self.id),
                    message: Some(message),
                    rev,
                    kind,
                });
            }
        }
    }
}

/// Of each chat the newest.
fn heard(batch: Vec<News>) -> HashMap<Room, Heard> {
    let mut chats: HashMap<Room, Heard> = HashMap::new();
    for news in batch {
        let chat = chats.entry(news.room).or_default();
        if news.mentions.is_empty() {
            chat.inbound = Some((news.message, news.rev));
        } else {
            let named = chat.note.take().map(|(_, _, named)| named);
            let named = named.into_iter().flatten().chain(news.mentions).collect();
            chat.note = Some((news.message, news.rev, named));
        }
    }
    chats
}

async fn chat_of(
    conn: &mut Conn<'_>,
    room: &Room,
) -> Result<Option<(ConversationId, Conversation)>, DbError> {
    let Some(head) = conn.conversation_head(room).await? else {
        return Ok(None);
    };
    let chat = conn.conversation(head.id).await?;
    Ok(chat.map(|chat| (head.id, chat)))
}

/// Where the work on a chat stands.
pub(super) fn state_of(chat: &Conversation) -> SessionState {
    let Some(session) = &chat.session else {
        return SessionState::None;
    };
    let owner = session.operator.as_ref().map(|owner| owner.id);
    let owner = owner.filter(|_| session.status == SessionStatus::Active);
    SessionState::new(Some(session.status), Some(session.id), owner)
}

/// When a message was stored, as its id says.
fn made_at(message: MessageId) -> Timestamp {
    let made = message.0.get_timestamp().map(|at| at.to_unix());
    let ms = made.map(|(seconds, nanos)| seconds * 1_000 + u64::from(nanos) / 1_000_000);
    Timestamp(ms.and_then(|ms| i64::try_from(ms).ok()).unwrap_or_default())
}
