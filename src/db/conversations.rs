//! Conversations: finding, listing, counting, and the counter `rev`.

use super::rows::{ConversationRow, Lenient, message_columns, session_columns};
use super::{Conn, DbError, each, later, on_db};
use crate::protocol::{
    ChannelId, ContactId, Conversation, ConversationId, Counts, Mode, OperatorId, Room,
    SessionState, Tab, Timestamp,
};

/// What a change to a conversation needs to know of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ConversationHead {
    /// Which.
    pub id: ConversationId,
    /// The LINE account.
    pub channel_id: ChannelId,
    /// The customer or group.
    pub contact_id: ContactId,
    /// Of the conversation.
    pub rev: i64,
    /// Where the work on it stands.
    #[sqlx(flatten)]
    pub state: SessionState,
    /// Who answers.
    pub mode: Mode,
    /// A LINE module holds the chat.
    pub standby: bool,
    /// The time of the newest line.
    pub activity_at: Timestamp,
}

impl ConversationHead {
    /// When something of ours stands that comes now: behind all that is there. Our clock may have been
    /// set back, and of one millisecond's lines of two nodes their ids do not tell which came first.
    pub fn behind(&self, now: Timestamp) -> Timestamp {
        now.max(self.activity_at.plus_ms(1))
    }
}

/// Where a page of a list begins.
#[derive(Clone, Copy, Debug)]
pub struct ListStart {
    /// The sort time of the row before.
    pub at: Timestamp,
    /// The row before.
    pub id: ConversationId,
}

/// Rows of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// In the list's order, each with its sort time.
    pub rows: Vec<(Timestamp, Conversation)>,
    /// Whether there are more behind them.
    pub more: bool,
}

const HEAD: &str = "SELECT c.id, c.channel_id, c.contact_id, c.rev, c.session_id, c.state, \
     c.owner_id, c.mode, c.standby, c.activity_at FROM channels ch \
     JOIN contacts ct ON ct.channel_id = ch.id JOIN conversations c ON c.contact_id = ct.id \
     WHERE ch.name = $1 AND ct.line_user_id = $2";

/// A whole conversation, followed by the given end of the statement.
macro_rules! select_conversation {
    ($sort:expr, $end:expr) => {
        concat!(
            "SELECT c.id, ch.name AS channel, ct.line_user_id, ct.kind AS contact_kind, \
             ct.display_name, ct.own_name, ct.picture_url, ct.status_message, ct.language, ct.members, \
             ct.blocked, \
             c.mode, c.unread, c.waiting_since, c.standby, c.snoozed_until, \
             c.response_due, c.response_amber, c.resolution_due, c.resolution_amber, c.updated_at, c.rev, \
             (SELECT string_agg(g.shown, ',' ORDER BY x.place) FROM conversation_tags x \
              JOIN tags g ON g.id = x.tag_id WHERE x.conversation_id = c.id) AS tags, \
             (SELECT CAST(t.received_at + ch.reply_token_seconds * 1000 AS BIGINT) \
              FROM reply_tokens t WHERE t.conversation_id = c.id AND t.used_at IS NULL \
              ORDER BY t.received_at DESC LIMIT 1) AS free_reply_until, ",
            $sort,
            " AS sort_at, ",
            session_columns!(),
            ", ",
            message_columns!(),
            " FROM conversations c \
             JOIN channels ch ON ch.id = c.channel_id \
             JOIN contacts ct ON ct.id = c.contact_id \
             LEFT JOIN sessions s ON s.id = c.session_id \
             LEFT JOIN operators o ON o.id = s.operator_id \
             LEFT JOIN messages m ON m.id = c.last_message_id \
             LEFT JOIN media f ON f.id = m.media_id ",
            $end
        )
    };
}
pub(super) use select_conversation;

const WAITING: &str = select_conversation!(
    "c.queue_at",
    "WHERE c.state = 'waiting' AND (c.queue_at, c.id) > ($1, $2) AND $4 = $4 \
     ORDER BY c.queue_at, c.id LIMIT $3"
);
const MINE: &str = select_conversation!(
    "c.activity_at",
    "WHERE c.state = 'active' AND c.owner_id = $4 AND c.snoozed_until IS NULL \
     AND (c.activity_at, c.id) < ($1, $2) \
     ORDER BY c.activity_at DESC, c.id DESC LIMIT $3"
);
const ALL: &str = select_conversation!(
    "c.activity_at",
    "WHERE c.state <> 'closed' AND (c.activity_at, c.id) < ($1, $2) AND $4 = $4 \
     ORDER BY c.activity_at DESC, c.id DESC LIMIT $3"
);
const CLOSED: &str = select_conversation!(
    "c.activity_at",
    "WHERE c.state = 'closed' AND (c.activity_at, c.id) < ($1, $2) AND $4 = $4 \
     ORDER BY c.activity_at DESC, c.id DESC LIMIT $3"
);

const BEGIN: &str = "UPDATE conversations SET rev = rev + 1, updated_at = $3 \
     WHERE id = (SELECT c.id FROM channels ch \
         JOIN contacts ct ON ct.channel_id = ch.id \
         JOIN conversations c ON c.contact_id = ct.id \
         WHERE ch.name = $1 AND ct.line_user_id = $2) \
     RETURNING id, channel_id, contact_id, rev, session_id, state, owner_id, mode, standby, \
         activity_at";

const ONE: &str = select_conversation!("c.activity_at", "WHERE c.id = $1");

/// Rows of a list, each with its sort time, without the one that says whether there are more.
pub(super) fn page_of(mut rows: Vec<Lenient<ConversationRow>>, limit: u32) -> Listed {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let read = |row: ConversationRow| {
        let at = row.sort_at.unwrap_or(row.updated_at);
        let conversation = row.read().inspect_err(|error| {
            tracing::warn!(%error, "a conversation cannot be shown; the others are");
        });
        Some((at, conversation.ok()?))
    };
    let rows = rows.into_iter().filter_map(|row| read(row.0?)).collect();
    Listed { rows, more }
}

impl Conn<'_> {
    /// What a change to the conversation of `room` needs to know.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conversation_head(
        &mut self,
        room: &Room,
    ) -> Result<Option<ConversationHead>, DbError> {
        Ok(on_db!(self, c => {
            sqlx::query_as(HEAD)
                .bind(room.channel().as_str())
                .bind(room.contact().as_str())
                .fetch_optional(c)
                .await?
        }))
    }

    /// Counts one more durable change and answers what the change needs to know, at the new
    /// `rev`. On PostgreSQL this takes the conversation's row lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_change(
        &mut self,
        room: &Room,
        now: Timestamp,
    ) -> Result<Option<ConversationHead>, DbError> {
        let heads = self.begin_changes(&[(room, now)]).await?;
        Ok(heads.and_then(|mut heads| heads.pop()))
    }

    /// As [`Conn::begin_change`], for several rooms; in their order. `None` when one of them has no
    /// conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_changes(
        &mut self,
        rooms: &[(&Room, Timestamp)],
    ) -> Result<Option<Vec<ConversationHead>>, DbError> {
        match self.begin_all(rooms).await {
            Ok(heads) => Ok(Some(heads)),
            Err(DbError::Sql(sqlx::Error::RowNotFound)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn begin_all(
        &mut self,
        rooms: &[(&Room, Timestamp)],
    ) -> Result<Vec<ConversationHead>, DbError> {
        Ok(each!(self, BEGIN, rooms, |(room, now)| [
            room.channel().to_string(),
            room.contact().to_string(),
            *now
        ]))
    }

    /// A whole conversation.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn conversation(
        &mut self,
        id: ConversationId,
    ) -> Result<Option<Conversation>, DbError> {
        let row: Option<ConversationRow> = on_db!(self, c => {
            sqlx::query_as(ONE).bind(id).fetch_optional(c).await?
        });
        row.map(ConversationRow::read).transpose()
    }

    /// Several conversations, in their order. All must be there.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn conversations(
        &mut self,
        ids: &[ConversationId],
    ) -> Result<Vec<Conversation>, DbError> {
        let rows: Vec<ConversationRow> = each!(self, ONE, ids, |id| [*id]);
        rows.into_iter().map(ConversationRow::read).collect()
    }

    /// Conversations that changed since then, the latest first. Reads the whole table: after an
    /// outage, once, that costs less than keeping an index on what every change touches.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conversations_changed_since(
        &mut self,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConversationId>, DbError> {
        const SQL: &str = "SELECT id FROM conversations WHERE updated_at >= $1 \
             ORDER BY updated_at DESC, id LIMIT $2";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(since).bind(i64::from(limit)).fetch_all(c).await?
        }))
    }

    /// A page of a list, at most `limit` rows, after `start`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn conversation_page(
        &mut self,
        tab: Tab,
        me: OperatorId,
        start: Option<ListStart>,
        limit: u32,
    ) -> Result<Listed, DbError> {
        let (sql, first) = match tab {
            Tab::Waiting => (WAITING, (i64::MIN, uuid::Uuid::nil())),
            Tab::Mine => (MINE, (i64::MAX, uuid::Uuid::max())),
            Tab::All => (ALL, (i64::MAX, uuid::Uuid::max())),
            Tab::Closed => (CLOSED, (i64::MAX, uuid::Uuid::max())),
        };
        let (at, id) = start.map_or(first, |start| (start.at.0, start.id.0));
        let rows: Vec<Lenient<ConversationRow>> = on_db!(self, c => {
            sqlx::query_as(sql)
                .bind(at)
                .bind(id)
                .bind(i64::from(limit) + 1)
                .bind(me)
                .fetch_all(c)
                .await?
        });
        Ok(page_of(rows, limit))
    }

    /// How many conversations each list has for `me`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conversation_counts(&mut self, me: OperatorId) -> Result<Counts, DbError> {
        const SQL: &str = "SELECT \
             (SELECT count(*) FROM conversations WHERE state = 'waiting'), \
             (SELECT count(*) FROM conversations \
              WHERE state = 'active' AND owner_id = $1 AND snoozed_until IS NULL), \
             (SELECT CAST(sum(open) AS BIGINT) FROM conversation_totals), \
             (SELECT CAST(sum(closed) AS BIGINT) FROM conversation_totals), \
             (SELECT count(*) FROM conversations WHERE state = 'waiting' AND unread > 0) + \
             (SELECT count(*) FROM conversations \
              WHERE state = 'active' AND owner_id = $1 AND unread > 0 \
                AND snoozed_until IS NULL)";
        let (waiting, mine, all, closed, unread): (i64, i64, i64, i64, i64) = on_db!(self, c => {
            sqlx::query_as(SQL).bind(me).fetch_one(c).await?
        });
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Counts {
            waiting: count(waiting),
            mine: count(mine),
            all: count(all),
            closed: count(closed),
            unread: count(unread),
        })
    }

    /// Adds the conversation of a contact.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when it has one.
    pub async fn insert_conversation(
        &mut self,
        channel: ChannelId,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<ConversationId, DbError> {
        const SQL: &str = "INSERT INTO conversations \
             (id, channel_id, contact_id, activity_at, updated_at, created_at) \
             VALUES ($1, $2, $3, $4, $4, $4)";
        let id = ConversationId::generate();
        later!(self, SQL, [id, channel, contact, now]);
        Ok(id)
    }
}
