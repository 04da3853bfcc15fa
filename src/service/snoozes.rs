//! Chats that their operators do not want to see yet, and the timer that brings them back.
//!
//! The timer is a column of the conversation. A customer's message and every change of the session
//! empty it in their own transaction; what is left here is to set it, to empty it by hand, and to
//! look whose time has come. Of several nodes the one whose update finds it tells.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Notify;

use super::ServiceError;
use super::change::{only_conversation_changed, stored_conversation, telling, write_and_tell};
use super::error::Fault;
use super::inbox::Marked;
use super::targets::reckon;
use crate::clock;
use crate::db::conversations::ConversationHead;
use crate::db::{Audit, Conn, Db, DbError, Telling};
use crate::protocol::fault::Reason;
use crate::protocol::time::DAY_MS;
use crate::protocol::{
    ConnectionId, Conversation, ConversationId, Operator, OperatorId, Room, SessionState, Timestamp,
};
use crate::realtime::Hub;

/// How often it is looked at least: another node may have set a timer, and clocks are set.
const EVERY: Duration = Duration::from_secs(5);

/// How long a chat may stay away: a leap year.
const LONGEST_MS: i64 = 366 * DAY_MS;

/// Chats that are looked up at a time.
const AT_A_TIME: u32 = 100;

/// Puts chats off and brings them back; cheap to clone.
#[derive(Clone)]
pub struct Snoozes {
    db: Db,
    hub: Hub,
    /// Poked when a timer is set here.
    set: Arc<Notify>,
}

impl Snoozes {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self {
            db,
            hub,
            set: Arc::default(),
        }
    }

    /// Takes a chat out of its operator's list until then or until the customer writes. For its
    /// owner, and for supervisors.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for a time that is over or more than a year ahead,
    /// [`ServiceError::NotClaimed`], [`ServiceError::SessionNotFound`],
    /// [`ServiceError::RoomNotFound`].
    pub async fn snooze(
        &self,
        by: &Operator,
        room: &Room,
        until: Timestamp,
        origin: Option<ConnectionId>,
    ) -> Result<Marked, ServiceError> {
        let now = clock::now();
        if !(1..=LONGEST_MS).contains(&until.since(now)) {
            let sentence =
                "A chat is snoozed until a moment that is still to come, at most a year ahead.";
            return Err(Fault::new("until", Reason::Malformed, sentence).into());
        }
        let (by, room, hub) = (by.clone(), room.clone(), self.hub.clone());
        let snoozed = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move { put_off(&mut conn, &by, &room, until, now).await })
                },
                move |conversation| told(hub, conversation, true, origin),
            )
            .await?;
        self.set.notify_one();
        Ok(snoozed)
    }

    /// Brings a chat back at once. For its owner, and for supervisors.
    ///
    /// # Errors
    /// As [`Snoozes::snooze`].
    pub async fn unsnooze(
        &self,
        by: &Operator,
        room: &Room,
        origin: Option<ConnectionId>,
    ) -> Result<Marked, ServiceError> {
        let (by, room, now) = (by.clone(), room.clone(), clock::now());
        let hub = self.hub.clone();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let head = conn.conversation_head(&room).await?;
                        let head = head.ok_or(ServiceError::RoomNotFound)?;
                        admit(&head, &by)?;
                        let woken = conn.wake(head.id, Timestamp::LAST, now).await?;
                        if woken {
                            reckon(&mut conn, head.id, now).await?;
                            let by = Some(by.id);
                            let audit = audit(by, "conversation.unsnooze", head.id, json!({}));
                            conn.insert_audit(now, &audit).await?;
                        }
                        Ok((stored_conversation(&mut conn, head.id).await?, woken))
                    })
                },
                move |(conversation, woken)| told(hub, conversation, woken, origin),
            )
            .await
    }

    /// Brings chats back when their time comes, until the future is dropped.
    pub async fn run(&self) {
        loop {
            if let Err(error) = self.look().await {
                tracing::error!(%error, "snoozed chats come back later");
            }
            let pause = self.pause().await.unwrap_or(EVERY);
            let _ = tokio::time::timeout(pause, self.set.notified()).await;
        }
    }

    /// Until the next one's time, and no longer than [`EVERY`].
    async fn pause(&self) -> Result<Duration, DbError> {
        let next = self.db.reader().await?.conn().next_snooze().await?;
        let left = next.map_or(i64::MAX, |next| next.since(clock::now()));
        let left = Duration::from_millis(left.max(0).unsigned_abs());
        // One that is due and stays is one that cannot be woken.
        Ok(if left.is_zero() {
            EVERY
        } else {
            left.min(EVERY)
        })
    }

    async fn look(&self) -> Result<(), DbError> {
        loop {
            let mut reader = self.db.reader().await?;
            let due = reader.conn().due_snoozes(clock::now(), AT_A_TIME).await?;
            drop(reader);
            let is_full = due.len() == AT_A_TIME as usize;
            let mut is_stuck = true;
            for conversation in due {
                match self.wake(conversation).await {
                    Ok(()) => is_stuck = false,
                    Err(error) => {
                        tracing::error!(conversation.id = %conversation, %error, "stays snoozed");
                    }
                }
            }
            if is_stuck || !is_full {
                return Ok(());
            }
        }
    }

    async fn wake(&self, conversation: ConversationId) -> Result<(), DbError> {
        write_and_tell(&self.db, &self.hub, move |mut conn| {
            Box::pin(async move {
                let now = clock::now();
                if !conn.wake(conversation, now, now).await? {
                    return Ok(Vec::new());
                }
                reckon(&mut conn, conversation, now).await?;
                let audit = audit(None, "conversation.wake", conversation, json!({}));
                conn.insert_audit(now, &audit).await?;
                let conversation = stored_conversation(&mut conn, conversation).await?;
                Ok(vec![only_conversation_changed(&conversation, None)])
            })
        })
        .await
    }
}

/// The owner and supervisors, while somebody has the chat.
fn admit(head: &ConversationHead, by: &Operator) -> Result<(), ServiceError> {
    head.state.may_move(by)?;
    match head.state {
        SessionState::Active { .. } => Ok(()),
        _ => Err(ServiceError::NotClaimed),
    }
}

async fn put_off(
    conn: &mut Conn<'_>,
    by: &Operator,
    room: &Room,
    until: Timestamp,
    now: Timestamp,
) -> Result<Conversation, ServiceError> {
    let head = conn.begin_change(room, now).await?;
    let head = head.ok_or(ServiceError::RoomNotFound)?;
    admit(&head, by)?;
    conn.snooze(head.id, until, now).await?;
    reckon(conn, head.id, now).await?;
    let details = json!({ "until": until });
    let audit = audit(Some(by.id), "conversation.snooze", head.id, details);
    conn.insert_audit(now, &audit).await?;
    Ok(stored_conversation(conn, head.id).await?)
}

fn audit(
    operator: Option<OperatorId>,
    action: &'static str,
    conversation: ConversationId,
    details: serde_json::Value,
) -> Audit {
    Audit {
        operator,
        action,
        conversation: Some(conversation),
        details,
    }
}

/// What a change came to, and how the consoles hear of it.
fn told(
    hub: Hub,
    conversation: Conversation,
    changed: bool,
    origin: Option<ConnectionId>,
) -> (Marked, Vec<Telling>) {
    let told = changed.then(|| only_conversation_changed(&conversation, origin));
    let marked = Marked {
        conversation,
        changed,
    };
    (marked, telling(hub, Vec::from_iter(told)))
}
