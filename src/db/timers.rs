//! Timers: what is to happen to a conversation at a moment, once.
//!
//! Whoever takes the row away has it happen, in the same transaction. When one is due is judged by
//! the database's clock, which all nodes share.

use super::automatic::Cause;
use super::{Conn, DbError, later, on_db};
use crate::clock;
use crate::protocol::{
    ChannelId, ChannelName, ConversationId, LineId, Room, SessionState, Timestamp,
};

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// It may be that the chat is to be closed, since nobody writes any more.
    Close,
    /// It may be that the customer is to be told that the chat will be closed.
    Warn,
    /// It may be that the customer is to be asked how satisfied they were.
    Survey,
    /// It may be that a customer was to be answered by now, or a case to be closed.
    Target,
}

impl TimerKind {
    const ALL: [Self; 4] = [Self::Close, Self::Warn, Self::Survey, Self::Target];

    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Warn => "warn",
            Self::Survey => "csat",
            Self::Target => "target",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A timer whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueTimer {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// What is to happen.
    pub kind: TimerKind,
}

/// Since when nothing is written in a conversation, and what else speaks for closing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// Its address.
    pub room: Room,
    /// The LINE account.
    pub channel: ChannelId,
    /// Where the work on it stands.
    pub state: SessionState,
    /// When its last line came, of either side.
    pub activity_at: Timestamp,
    /// Since when its customer waits for an answer.
    pub waiting_since: Option<Timestamp>,
    /// Until when its operator does not want to see it.
    pub snoozed_until: Option<Timestamp>,
    /// When the customer was last told that it will be closed.
    pub warned_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct SilenceRow {
    channel: ChannelName,
    channel_id: ChannelId,
    line_user_id: LineId,
    #[sqlx(flatten)]
    state: SessionState,
    activity_at: Timestamp,
    waiting_since: Option<Timestamp>,
    snoozed_until: Option<Timestamp>,
    warned_at: Option<Timestamp>,
}

impl Conn<'_> {
    /// What the database's clock says. SQLite has none but this machine's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn database_now(&mut self) -> Result<Timestamp, DbError> {
        const SQL: &str =
            "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now";
        match self {
            Self::Sqlite(_) => Ok(clock::now()),
            Self::Postgres(c) => {
                let now: Timestamp = sqlx::query_scalar(SQL).fetch_one(&mut **c).await?;
                Ok(now.plus_ms(clock::world_shift_ms()))
            }
        }
    }

    /// Sets a timer, in place of one of its kind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_timer(
        &mut self,
        conversation: ConversationId,
        kind: TimerKind,
        due_at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO timers (conversation_id, kind, due_at) VALUES ($1, $2, $3) \
             ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = excluded.due_at";
        later!(self, SQL, [conversation, kind.name().to_owned(), due_at]);
        Ok(())
    }

    /// Sets a timer, unless one of its kind comes earlier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_timer_by(
        &mut self,
        conversation: ConversationId,
        kind: TimerKind,
        due_at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO timers (conversation_id, kind, due_at) VALUES ($1, $2, $3) \
             ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = CASE \
             WHEN excluded.due_at < timers.due_at THEN excluded.due_at ELSE timers.due_at END";
        later!(self, SQL, [conversation, kind.name().to_owned(), due_at]);
        Ok(())
    }

    /// Sets the timers of this kind of all chats that somebody has: so long after their last line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_silence_timers(
        &mut self,
        kind: TimerKind,
        after_ms: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO timers (conversation_id, kind, due_at) \
             SELECT c.id, $2, c.activity_at + $1 FROM sessions s \
             JOIN conversations c ON c.id = s.conversation_id \
             WHERE s.status = 'active' AND s.operator_id IS NOT NULL \
             ON CONFLICT (conversation_id, kind) DO UPDATE SET due_at = excluded.due_at";
        on_db!(self, c => {
            sqlx::query(SQL).bind(after_ms).bind(kind.name()).execute(c).await?;
        });
        Ok(())
    }

    /// Takes a timer away that is due; false when it is not there, or not due any more. Of any
    /// number of nodes one hears true.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_timer(&mut self, timer: DueTimer, now: Timestamp) -> Result<bool, DbError> {
        const SQL: &str =
            "DELETE FROM timers WHERE conversation_id = $1 AND kind = $2 AND due_at <= $3";
        let DueTimer { conversation, kind } = timer;
        Ok(on_db!(self, c => {
            let taken = sqlx::query(SQL).bind(conversation).bind(kind.name()).bind(now);
            taken.execute(c).await?.rows_affected() == 1
        }))
    }

    /// The timers whose time has come, the earliest first. One of a later version's kind stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_timers(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueTimer>, DbError> {
        const SQL: &str = "SELECT conversation_id, kind FROM timers WHERE due_at <= $1 \
             ORDER BY due_at LIMIT $2";
        let rows: Vec<(ConversationId, String)> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(now).bind(i64::from(limit)).fetch_all(c).await?
        });
        let timers = rows.into_iter().filter_map(|(conversation, kind)| {
            let kind = TimerKind::named(&kind)?;
            Some(DueTimer { conversation, kind })
        });
        Ok(timers.collect())
    }

    /// Since when nothing is written in a conversation.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    pub async fn silence(&mut self, id: ConversationId) -> Result<Option<Silence>, DbError> {
        const SQL: &str = "SELECT ch.name AS channel, c.channel_id, ct.line_user_id, c.state, \
             c.session_id, c.owner_id, c.activity_at, c.waiting_since, c.snoozed_until, \
             (SELECT max(a.said_at) FROM automatic_messages a WHERE a.conversation_id = c.id \
                 AND a.cause = $2) AS warned_at FROM conversations c \
             JOIN channels ch ON ch.id = c.channel_id JOIN contacts ct ON ct.id = c.contact_id \
             WHERE c.id = $1";
        let row: Option<SilenceRow> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(id).bind(Cause::Warning.name()).fetch_optional(c).await?
        });
        Ok(row.map(|row| Silence {
            channel: row.channel_id,
            room: Room::new(row.channel, row.line_user_id),
            state: row.state,
            activity_at: row.activity_at,
            waiting_since: row.waiting_since,
            snoozed_until: row.snoozed_until,
            warned_at: row.warned_at,
        }))
    }
}
