//! What assignment by a rule reads and keeps: who waits in which order, who could take a chat, and
//! who is gone.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{
    ChannelId, ChannelName, ConversationId, LineId, OperatorId, OperatorRef, Role, Room, Timestamp,
};

/// A chat that nobody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Which.
    pub id: ConversationId,
    /// Since when it waits, as the queue has it.
    pub queue_at: Timestamp,
    /// Its LINE account.
    pub channel: ChannelId,
    /// Its address.
    pub room: Room,
}

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Taker {
    /// Who.
    pub id: OperatorId,
    /// What colleagues call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// When a rule last gave them a chat.
    pub assigned_at: Timestamp,
    /// How many chats they have.
    pub active: i64,
    /// How many they have at most, where it is not the team's number.
    pub capacity: Option<i64>,
    /// Since when they are gone, as far as that was noticed.
    pub gone_since: Option<Timestamp>,
    /// Whether one of their devices is told of what happens.
    pub has_device: bool,
}

impl Taker {
    /// Whether they can have one more, by the team's number where they have none of their own.
    pub fn has_room(&self, team: u32) -> bool {
        self.active < self.capacity.unwrap_or(i64::from(team))
    }

    /// The least that names them.
    pub fn to_ref(&self) -> OperatorRef {
        OperatorRef {
            id: self.id,
            name: self.name.clone(),
        }
    }
}

fn room_of((channel, contact): (ChannelName, LineId)) -> Room {
    Room::new(channel, contact)
}

impl Conn<'_> {
    /// Chats that nobody has, the longest-waiting first, after that one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queued_after(
        &mut self,
        after: Option<(Timestamp, ConversationId)>,
        limit: u32,
    ) -> Result<Vec<Queued>, DbError> {
        const SQL: &str = "SELECT c.id, c.queue_at, c.channel_id, ch.name, ct.line_user_id \
             FROM conversations c JOIN channels ch ON ch.id = c.channel_id \
             JOIN contacts ct ON ct.id = c.contact_id \
             WHERE c.state = 'waiting' AND (c.queue_at, c.id) > ($1, $2) \
             ORDER BY c.queue_at, c.id LIMIT $3";
        let first = (Timestamp(i64::MIN), ConversationId(uuid::Uuid::nil()));
        let (at, id) = after.unwrap_or(first);
        let rows: Vec<(ConversationId, Timestamp, ChannelId, ChannelName, LineId)> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(at).bind(id).bind(i64::from(limit)).fetch_all(c).await?
        });
        let queued = |(id, queue_at, channel, name, contact)| Queued {
            id,
            queue_at,
            channel,
            room: room_of((name, contact)),
        };
        Ok(rows.into_iter().map(queued).collect())
    }

    /// All who may sign in, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn takers(&mut self) -> Result<Vec<Taker>, DbError> {
        const SQL: &str = "SELECT o.id, o.name, o.role, o.assigned_at, o.capacity, o.gone_since, \
             (SELECT count(*) FROM sessions s WHERE s.operator_id = o.id AND s.status = 'active') \
             AS active, \
             EXISTS (SELECT 1 FROM push_devices d WHERE d.operator_id = o.id) AS has_device \
             FROM operators o WHERE o.disabled_at IS NULL ORDER BY o.name, o.id";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?))
    }

    /// Who last closed a case of this chat, if that was after `since`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_owner(
        &mut self,
        conversation: ConversationId,
        since: Timestamp,
    ) -> Result<Option<OperatorId>, DbError> {
        const SQL: &str = "SELECT s.operator_id FROM sessions s WHERE s.conversation_id = $1 \
             AND s.status = 'closed' AND s.operator_id IS NOT NULL AND s.closed_at >= $2 \
             ORDER BY s.id DESC LIMIT 1";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(conversation).bind(since).fetch_optional(c).await?
        }))
    }

    /// Whether somebody can have one more, by the team's number where they have none of their own; of
    /// several transactions that ask, each waits for the one before it. Nobody who may not sign in can.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_room(&mut self, operator: OperatorId, team: u32) -> Result<bool, DbError> {
        const LOCK: &str =
            "SELECT id FROM operators WHERE id = $1 AND disabled_at IS NULL FOR UPDATE";
        const COUNT: &str = "SELECT count(*) FROM operators o WHERE o.id = $1 AND COALESCE(o.capacity, $2) > \
             (SELECT count(*) FROM sessions s WHERE s.operator_id = o.id AND s.status = 'active')";
        let is_there = match self {
            Self::Sqlite(_) => self.active_operator(operator).await?.is_some(),
            Self::Postgres(c) => {
                let locked: Option<OperatorId> = sqlx::query_scalar(LOCK)
                    .bind(operator)
                    .fetch_optional(&mut **c)
                    .await?;
                locked.is_some()
            }
        };
        if !is_there {
            return Ok(false);
        }
        let with_room: i64 = on_db!(self, c => {
            sqlx::query_scalar(COUNT).bind(operator).bind(i64::from(team)).fetch_one(c).await?
        });
        Ok(with_room == 1)
    }

    /// A rule gave somebody a chat.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_assigned(
        &mut self,
        operator: OperatorId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE operators SET assigned_at = $2 WHERE id = $1";
        later!(self, SQL, [operator, now]);
        Ok(())
    }

    /// Notes since when somebody is gone, or that they are here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_gone(
        &mut self,
        operator: OperatorId,
        since: Option<Timestamp>,
    ) -> Result<(), DbError> {
        const GONE: &str =
            "UPDATE operators SET gone_since = $2 WHERE id = $1 AND gone_since IS NULL";
        const HERE: &str = "UPDATE operators SET gone_since = NULL WHERE id = $1";
        match since {
            Some(since) => later!(self, GONE, [operator, since]),
            None => later!(self, HERE, [operator]),
        }
        Ok(())
    }

    /// Whether somebody is gone since then or longer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_gone(
        &mut self,
        operator: OperatorId,
        since: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "SELECT count(*) FROM operators WHERE id = $1 AND gone_since <= $2";
        let gone: i64 = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(operator).bind(since).fetch_one(c).await?
        });
        Ok(gone == 1)
    }

    /// The chats of somebody in which the customer waits for an answer, the longest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unanswered_of(&mut self, owner: OperatorId) -> Result<Vec<Room>, DbError> {
        const SQL: &str = "SELECT ch.name, ct.line_user_id FROM conversations c \
             JOIN channels ch ON ch.id = c.channel_id JOIN contacts ct ON ct.id = c.contact_id \
             WHERE c.owner_id = $1 AND c.state = 'active' AND c.waiting_since IS NOT NULL \
             ORDER BY c.waiting_since, c.id";
        let rows: Vec<(ChannelName, LineId)> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(owner).fetch_all(c).await?
        });
        Ok(rows.into_iter().map(room_of).collect())
    }

    /// Whether the customer of a chat waits for an answer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_unanswered(&mut self, conversation: ConversationId) -> Result<bool, DbError> {
        const SQL: &str =
            "SELECT count(*) FROM conversations WHERE id = $1 AND waiting_since IS NOT NULL";
        let waits: i64 = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(conversation).fetch_one(c).await?
        });
        Ok(waits == 1)
    }
}
