//! Gives waiting chats to operators by the team's rule (`assignment`), and takes unanswered ones back
//! from those who have gone.
//!
//! Whatever makes room pokes this; besides, it looks every second, on every node. Which chat goes to
//! whom is decided from what is read; what is so is judged once more in the transaction that gives
//! the chat, so that of several nodes one gives it and nobody gets more than they have room for.

mod choose;

use std::collections::HashMap;
use std::time::Duration;

use self::choose::choose;
use super::ServiceError;
use super::change::telling;
use super::sessions::by_rule;
use super::sight::Sight;
use super::standing::Standing;
use super::targets::reckon;
use super::team_settings::Known;
use crate::db::assignment::{Queued, Taker};
use crate::db::timers::TimerKind;
use crate::db::{Conn, Db, DbError};
use crate::protocol::team_settings::{AssignmentMode, AssignmentRule};
use crate::protocol::time::DAY_MS;
use crate::protocol::{Operator, OperatorId, OperatorRef, Presence, Room, SessionState, Timestamp};
use crate::realtime::{Hub, Publication};

/// How often it is looked at least.
const EVERY: Duration = Duration::from_secs(1);

/// Waiting chats that are read together.
const TOGETHER: u32 = 100;

/// What the team list shows of each operator.
type Shown = HashMap<OperatorId, Presence>;

/// Gives and takes back, until it is stopped.
pub struct Assigner {
    db: Db,
    hub: Hub,
    known: Known,
}

impl Assigner {
    /// Over this store and hub, by what is known of the team's settings.
    pub fn new(db: Db, hub: Hub, known: Known) -> Self {
        Self { db, hub, known }
    }

    /// Looks whenever there may be room, until the future is dropped.
    pub async fn run(&self) {
        let mut shown = HashMap::new();
        loop {
            if let Err(error) = self.look(&mut shown).await {
                error.log();
            }
            let _ = tokio::time::timeout(EVERY, self.hub.work_change()).await;
        }
    }

    async fn look(&self, shown: &mut Shown) -> Result<(), ServiceError> {
        let rule = self.known.assignment();
        if rule.mode == AssignmentMode::Manual && rule.reassign_after_minutes.is_none() {
            return Ok(());
        }
        let now = self.db.reader().await?.conn().database_now().await?;
        if rule.reassign_after_minutes.is_some() {
            self.take_back(rule, now, shown).await?;
        }
        if rule.mode != AssignmentMode::Manual {
            self.give(rule, now).await?;
        }
        Ok(())
    }

    fn standing(&self, rule: AssignmentRule, taker: &Taker, now: Timestamp) -> Standing {
        Standing::of(self.hub.presence(taker.id), rule, taker, now)
    }

    /// Gives chats, the longest-waiting first, as long as somebody has room for one.
    async fn give(&self, rule: AssignmentRule, now: Timestamp) -> Result<(), ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut queued = reader.conn().queued_after(None, TOGETHER).await?;
        if queued.is_empty() {
            return Ok(());
        }
        let mut takers = reader.conn().takers().await?;
        drop(reader);
        takers.retain(|taker| self.standing(rule, taker, now).may_be_assigned());
        loop {
            let last = queued.last().map(|chat| (chat.queue_at, chat.id));
            let is_full = queued.len() == TOGETHER as usize;
            for chat in queued {
                if !takers.iter().any(|taker| taker.has_room(rule.capacity)) {
                    return Ok(());
                }
                self.offer(rule, chat, &mut takers, now).await?;
            }
            if !is_full {
                return Ok(());
            }
            let mut reader = self.db.reader().await?;
            queued = reader.conn().queued_after(last, TOGETHER).await?;
        }
    }

    /// Gives one chat to whoever is next for it, while its account is open.
    async fn offer(
        &self,
        rule: AssignmentRule,
        chat: Queued,
        takers: &mut [Taker],
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let calendar = self.known.calendar(chat.room.channel().as_str());
        if !calendar.open_at(now) {
            return Ok(());
        }
        let known = match rule.sticky_days {
            None => None,
            Some(days) => {
                let since = now.plus_ms(-i64::from(days) * DAY_MS);
                let mut reader = self.db.reader().await?;
                reader.conn().last_owner(chat.id, since).await?
            }
        };
        let sees = |taker: &&Taker| Sight::of(&as_operator(taker)).includes(chat.channel);
        let Some(id) = choose(rule, takers.iter().filter(sees), known) else {
            return Ok(());
        };
        let Some(taker) = takers.iter_mut().find(|taker| taker.id == id) else {
            return Ok(());
        };
        match self.assign(rule, chat.room, taker.to_ref(), now).await {
            Ok(()) => {
                taker.active += 1;
                taker.assigned_at = now;
                self.hub.presence_may_have_changed();
                Ok(())
            }
            // Somebody was faster, or has more chats than was read: it is looked at again.
            Err(ServiceError::Db(DbError::Conflict)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn assign(
        &self,
        rule: AssignmentRule,
        room: Room,
        to: OperatorRef,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let hub = self.hub.clone();
        let closes_after = self.known.auto_close().0.after_ms();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(
                        async move { assign(&mut conn, rule, room, to, closes_after, now).await },
                    )
                },
                move |told| ((), telling(hub, told)),
            )
            .await
    }

    /// Notes who is gone and who is here, and takes back what the former leave unanswered.
    async fn take_back(
        &self,
        rule: AssignmentRule,
        now: Timestamp,
        shown: &mut Shown,
    ) -> Result<(), ServiceError> {
        let takers = self.db.reader().await?.conn().takers().await?;
        let standings = takers.iter();
        let standings = standings.map(|taker| (taker.id, self.standing(rule, taker, now).shown()));
        let standings: Shown = standings.collect();
        if standings != *shown {
            *shown = standings;
            self.hub.say_presence();
        }
        for taker in takers {
            let is_gone = self.hub.presence(taker.id) == Presence::Offline;
            if is_gone != taker.gone_since.is_some() {
                self.note_gone(taker.id, is_gone.then_some(now)).await?;
            }
            let standing = self.standing(rule, &taker, now);
            if !is_gone || taker.active == 0 || !standing.gives_back() {
                continue;
            }
            let gone_since = now.plus_ms(-standing.keeps().unwrap_or_default());
            let rooms = self
                .db
                .reader()
                .await?
                .conn()
                .unanswered_of(taker.id)
                .await?;
            for room in rooms {
                self.take_one_back(room, taker.to_ref(), gone_since, now)
                    .await?;
            }
        }
        Ok(())
    }

    async fn note_gone(
        &self,
        operator: OperatorId,
        since: Option<Timestamp>,
    ) -> Result<(), DbError> {
        self.db
            .write(move |mut conn| Box::pin(async move { conn.note_gone(operator, since).await }))
            .await
    }

    async fn take_one_back(
        &self,
        room: Room,
        owner: OperatorRef,
        gone_since: Timestamp,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let hub = self.hub.clone();
        let done = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(
                        async move { give_back(&mut conn, room, owner, gone_since, now).await },
                    )
                },
                move |told| ((), telling(hub, told)),
            )
            .await;
        match done {
            Err(ServiceError::Db(DbError::Conflict)) => Ok(()),
            Ok(()) => {
                self.hub.presence_may_have_changed();
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

fn as_operator(taker: &Taker) -> Operator {
    Operator {
        id: taker.id,
        name: taker.name.clone(),
        role: taker.role,
        status: Presence::Online,
    }
}

/// Gives a waiting chat to somebody who has room.
///
/// # Errors
/// [`DbError::Conflict`] when it waits no more or they have no room: nothing was changed.
async fn assign(
    conn: &mut Conn<'_>,
    rule: AssignmentRule,
    room: Room,
    to: OperatorRef,
    closes_after: Option<i64>,
    now: Timestamp,
) -> Result<Vec<Publication>, ServiceError> {
    let head = conn.begin_change(&room, now).await?;
    let head = head.ok_or(ServiceError::RoomNotFound)?;
    if !matches!(head.state, SessionState::Waiting { .. }) {
        return Err(DbError::Conflict.into());
    }
    if !conn.has_room(to.id, rule.capacity).await?
        || !conn.claim_session(head.id, to.id, now).await?
    {
        return Err(DbError::Conflict.into());
    }
    conn.note_assigned(to.id, now).await?;
    if let Some(after_ms) = closes_after {
        conn.set_timer(head.id, TimerKind::Close, now.plus_ms(after_ms))
            .await?;
    }
    reckon(conn, head.id, now).await?;
    by_rule::assigned(conn, &head, room, to, now).await
}

/// Puts a chat back whose owner is gone and whose customer waits.
///
/// # Errors
/// [`DbError::Conflict`] when one of that is not so any more: nothing was changed.
async fn give_back(
    conn: &mut Conn<'_>,
    room: Room,
    owner: OperatorRef,
    gone_since: Timestamp,
    now: Timestamp,
) -> Result<Vec<Publication>, ServiceError> {
    let head = conn.begin_change(&room, now).await?;
    let head = head.ok_or(ServiceError::RoomNotFound)?;
    let is_so = head.state.owner() == Some(owner.id)
        && conn.is_unanswered(head.id).await?
        && conn.is_gone(owner.id, gone_since).await?;
    if !is_so || !conn.requeue_session(head.id, now).await? {
        return Err(DbError::Conflict.into());
    }
    reckon(conn, head.id, now).await?;
    by_rule::given_back(conn, &head, room, owner, now).await
}
