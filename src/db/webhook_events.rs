//! Which webhook events were taken, and what an event finds in the store.

use uuid::Uuid;

use super::contacts::{ChatTimes, KnownContact};
use super::{Conn, DbError, each, later};
use crate::protocol::{
    ChannelId, ContactId, ConversationId, LineId, Mode, SessionState, Timestamp,
};

/// An event of a chat.
#[derive(Clone, Copy, Debug)]
pub struct EventKey<'a> {
    /// On which LINE account.
    pub channel: ChannelId,
    /// In which chat.
    pub chat: &'a LineId,
    /// LINE's id of the event.
    pub webhook_event_id: &'a str,
    /// LINE's id of the message that it is about, if any.
    pub line_message_id: Option<&'a str>,
    /// When its webhook came.
    pub received_at: Timestamp,
}

/// What an event of a chat finds in the store.
#[derive(Clone, Debug)]
pub struct Found {
    /// Whether the event was taken before.
    pub taken: bool,
    /// Whether the message that it is about is here.
    pub message_is_here: bool,
    /// Whether that message was unsent before it came.
    pub unsent_early: bool,
    /// The chat, unless this is its first event.
    pub contact: Option<KnownContact>,
}

#[derive(sqlx::FromRow)]
struct FoundRow {
    taken: bool,
    message_is_here: bool,
    unsent_early: bool,
    contact_id: Option<ContactId>,
    conversation_id: Option<ConversationId>,
    display_name: Option<String>,
    profile_fetched_at: Option<Timestamp>,
    #[sqlx(flatten)]
    state: SessionState,
    standby: Option<bool>,
    comment_until: Option<Timestamp>,
    mode: Option<Mode>,
    blocked: Option<bool>,
    own_at: Option<Timestamp>,
    heard_at: Option<Timestamp>,
    heard_place: Option<Timestamp>,
    standby_at: Option<Timestamp>,
    blocked_at: Option<Timestamp>,
}

impl FoundRow {
    fn contact(self) -> Option<KnownContact> {
        Some(KnownContact {
            id: self.contact_id?,
            conversation_id: self.conversation_id?,
            display_name: self.display_name?,
            profile_fetched_at: self.profile_fetched_at,
            state: self.state,
            standby: self.standby?,
            comment_until: self.comment_until,
            mode: self.mode?,
            blocked: self.blocked?,
            times: ChatTimes {
                own: self.own_at?,
                heard: self.heard_at?,
                heard_place: self.heard_place?,
                standby: self.standby_at?,
                blocked: self.blocked_at?,
            },
        })
    }
}

impl Conn<'_> {
    /// Begins to take events of chats: remembers each and looks up all that it needs to know. No
    /// two may be of the same chat, event or message. On PostgreSQL this takes the row locks of the
    /// chats.
    ///
    /// # Errors
    /// When the database fails; [`DbError::Duplicate`] when two of them were the same.
    pub async fn begin_events(&mut self, events: &[EventKey<'_>]) -> Result<Vec<Found>, DbError> {
        let remembered = match self {
            Conn::Postgres(_) => Some(self.hold_and_remember(events).await?),
            Conn::Sqlite(_) => None,
        };
        let mut found = self.find_for_events(events).await?;
        match remembered {
            Some(news) => {
                for (found, is_new) in found.iter_mut().zip(news) {
                    found.taken = !is_new;
                }
            }
            None => {
                for (event, _) in events.iter().zip(&found).filter(|(_, found)| !found.taken) {
                    self.remember(event).await?;
                }
            }
        }
        Ok(found)
    }

    /// Looks up all that events of chats need to know. One statement for each, since many come.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_for_events(
        &mut self,
        events: &[EventKey<'_>],
    ) -> Result<Vec<Found>, DbError> {
        const SQL: &str = "SELECT \
             EXISTS (SELECT 1 FROM webhook_events e WHERE e.channel_id = $1 \
                 AND e.webhook_event_id = $3) AS taken, \
             EXISTS (SELECT 1 FROM messages m WHERE m.channel_id = $1 \
                 AND m.line_message_id = $4) AS message_is_here, \
             EXISTS (SELECT 1 FROM early_unsends u WHERE u.channel_id = $1 \
                 AND u.line_message_id = $4) AS unsent_early, \
             ct.id AS contact_id, c.id AS conversation_id, ct.display_name, \
             ct.profile_fetched_at, c.state, c.session_id, c.owner_id, c.standby, \
             c.comment_until, c.mode, ct.blocked, \
             c.own_at, c.heard_at, c.heard_place, c.standby_at, ct.blocked_at FROM (SELECT 1 AS one) here \
             LEFT JOIN contacts ct ON ct.channel_id = $1 AND ct.line_user_id = $2 \
             LEFT JOIN conversations c ON c.contact_id = ct.id";
        let rows: Vec<FoundRow> = each!(self, SQL, events, |event| [
            event.channel,
            event.chat.to_string(),
            event.webhook_event_id.to_owned(),
            event.line_message_id.map(str::to_owned),
        ]);
        let found = rows.into_iter().map(|row| Found {
            taken: row.taken,
            message_is_here: row.message_is_here,
            unsent_early: row.unsent_early,
            contact: row.contact(),
        });
        Ok(found.collect())
    }

    /// Remembers events on PostgreSQL and takes the row locks of their chats with the same
    /// statement, so that what is read of the chats next is still so when a line finds its place by
    /// it. Answers which of the events are new. SQLite has one writer.
    async fn hold_and_remember(&mut self, events: &[EventKey<'_>]) -> Result<Vec<bool>, DbError> {
        // The lock comes first: there is no row to insert before `held` has been looked up. The
        // statement itself sees the store as it was before it waited for the lock; that is why all
        // else is read by another one.
        const SQL: &str = "INSERT INTO webhook_events (channel_id, webhook_event_id, received_at) \
             SELECT $1, $3, $4 FROM (SELECT 1 AS one) here LEFT JOIN \
             (SELECT c.id FROM contacts ct JOIN conversations c ON c.contact_id = ct.id \
                 WHERE ct.channel_id = $1 AND ct.line_user_id = $2 FOR UPDATE OF c) held ON TRUE \
             ON CONFLICT (channel_id, webhook_event_id) DO NOTHING";
        let Conn::Postgres(c) = self else {
            return Ok(Vec::new());
        };
        // Everybody in the same order, so that nobody waits for each other.
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_unstable_by_key(|&at| (events[at].channel, events[at].chat));
        let mut news = vec![false; events.len()];
        for at in order {
            let event = &events[at];
            let remembering = sqlx::query(SQL)
                .bind(event.channel)
                .bind(event.chat.as_str())
                .bind(event.webhook_event_id)
                .bind(event.received_at);
            news[at] = remembering.execute(&mut **c).await?.rows_affected() > 0;
        }
        Ok(news)
    }

    async fn remember(&mut self, event: &EventKey<'_>) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO webhook_events \
             (channel_id, webhook_event_id, received_at) VALUES ($1, $2, $3)";
        let id = event.webhook_event_id.to_owned();
        later!(self, SQL, [event.channel, id, event.received_at]);
        Ok(())
    }

    /// Remembers an event that is about the channel itself, with its JSON, since nothing else
    /// keeps that; once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_channel_event(
        &mut self,
        channel: ChannelId,
        webhook_event_id: &str,
        raw: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO webhook_events \
             (channel_id, webhook_event_id, received_at, raw) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (channel_id, webhook_event_id) DO NOTHING";
        later!(
            self,
            SQL,
            [channel, webhook_event_id.to_owned(), now, raw.to_owned()]
        );
        Ok(())
    }

    /// Remembers an unsend whose message has not come yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remember_early_unsend(
        &mut self,
        channel: ChannelId,
        line_message_id: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO early_unsends (channel_id, line_message_id, received_at) \
             VALUES ($1, $2, $3) ON CONFLICT (channel_id, line_message_id) DO NOTHING";
        later!(self, SQL, [channel, line_message_id.to_owned(), now]);
        Ok(())
    }

    /// Forgets an unsend whose message has come.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_early_unsend(
        &mut self,
        channel: ChannelId,
        line_message_id: &str,
    ) -> Result<(), DbError> {
        const SQL: &str =
            "DELETE FROM early_unsends WHERE channel_id = $1 AND line_message_id = $2";
        later!(self, SQL, [channel, line_message_id.to_owned()]);
        Ok(())
    }

    /// Keeps an event's reply token for a free reply; answers which it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_reply_token(
        &mut self,
        conversation: ConversationId,
        token: &str,
        received_at: Timestamp,
    ) -> Result<Uuid, DbError> {
        const SQL: &str = "INSERT INTO reply_tokens (id, conversation_id, token, received_at) \
             VALUES ($1, $2, $3, $4)";
        let id = Uuid::now_v7();
        later!(self, SQL, [id, conversation, token.to_owned(), received_at]);
        Ok(id)
    }
}
