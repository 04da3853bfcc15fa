//! Rows as the database gives them, and how they become what the protocol speaks of.
//!
//! Message columns are optional throughout, since conversations join them from the outside and
//! SQLite reads NULL into a plain number as 0 without an error.

use sqlx::{FromRow, Row};
use uuid::Uuid;

use super::DbError;
use super::content::ContentColumn;
use crate::clock;
use crate::protocol::message::{Direction, Media, MediaState, MessageKind, Sender, SenderType};
use crate::protocol::{
    ChannelName, ChatTargets, ClientId, Contact, ContactKind, Conversation, LineId, Message,
    MessageId, MessageStatus, Mode, OperatorId, OperatorRef, Room, Session, SessionId,
    SessionState, SessionStatus, Tag, Target, Timestamp,
};

/// The columns of a message and its media, named `m_…` and `f_…`.
macro_rules! message_columns {
    () => {
        "m.id AS m_id, m.rev AS m_rev, m.direction AS m_direction, m.kind AS m_kind, \
         m.status AS m_status, m.client_id AS m_client_id, \
         m.quote_message_id AS m_quote_message_id, m.quote_token IS NOT NULL AS m_quotable, \
         m.sender_type AS m_sender_type, \
         m.sender_id AS m_sender_id, m.sender_name AS m_sender_name, m.text AS m_text, \
         m.content AS m_content, m.error AS m_error, m.edited_at AS m_edited_at, \
         m.created_at AS m_created_at, m.placed_at AS m_placed_at, f.id AS f_id, f.state AS f_state, \
         f.content_type AS f_content_type, f.size AS f_size, f.name AS f_name, \
         f.duration_ms AS f_duration_ms, f.external_url AS f_external_url, f.kind AS f_kind, \
         f.width AS f_width, f.height AS f_height"
    };
}
pub(crate) use message_columns;

/// A message with its media, or nothing where an outer join found none.
#[derive(Debug, Default, sqlx::FromRow)]
pub(super) struct MessageRow {
    m_id: Option<MessageId>,
    m_rev: Option<i64>,
    m_direction: Option<Direction>,
    m_kind: Option<MessageKind>,
    m_status: Option<MessageStatus>,
    m_client_id: Option<ClientId>,
    m_quote_message_id: Option<MessageId>,
    m_quotable: Option<bool>,
    m_sender_type: Option<SenderType>,
    m_sender_id: Option<String>,
    m_sender_name: Option<String>,
    m_text: Option<String>,
    m_content: Option<String>,
    m_error: Option<String>,
    m_edited_at: Option<Timestamp>,
    m_created_at: Option<Timestamp>,
    m_placed_at: Option<Timestamp>,
    f_id: Option<Uuid>,
    f_state: Option<MediaState>,
    f_content_type: Option<String>,
    f_size: Option<i64>,
    f_name: Option<String>,
    f_duration_ms: Option<i64>,
    f_external_url: Option<String>,
    f_kind: Option<MessageKind>,
    f_width: Option<i64>,
    f_height: Option<i64>,
}

/// What is left of a message of which something cannot be read.
#[derive(sqlx::FromRow)]
struct MessageRest {
    #[sqlx(rename = "m_id")]
    id: Option<MessageId>,
    #[sqlx(rename = "m_rev")]
    rev: Option<i64>,
    #[sqlx(rename = "m_created_at")]
    created_at: Option<Timestamp>,
    #[sqlx(rename = "m_placed_at")]
    placed_at: Option<Timestamp>,
}

/// A row of which a part may not be readable: what is wrong with one row must not hide the others
/// of its page.
#[derive(Debug)]
pub(super) struct Lenient<T>(pub(super) Option<T>);

impl<'r, R: Row, T: FromRow<'r, R>> FromRow<'r, R> for Lenient<T> {
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let read = T::from_row(row);
        Ok(Self(read.inspect_err(|error| unreadable(error)).ok()))
    }
}

fn unreadable(error: &dyn std::fmt::Display) {
    tracing::warn!(
        %error,
        "a row of the database cannot be read; the others are shown"
    );
}

/// A message, or what is left of it.
#[derive(Debug)]
pub(super) struct AnyMessage(MessageRow);

impl<'r, R: Row> FromRow<'r, R> for AnyMessage
where
    MessageRow: FromRow<'r, R>,
    MessageRest: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let whole = MessageRow::from_row(row).inspect_err(|error| unreadable(error));
        let read = whole.or_else(|_| {
            MessageRest::from_row(row).map(|rest| MessageRow {
                m_id: rest.id,
                m_rev: rest.rev,
                m_created_at: rest.created_at,
                m_placed_at: rest.placed_at,
                ..MessageRow::default()
            })
        });
        Ok(Self(read.unwrap_or_default()))
    }
}

impl AnyMessage {
    /// The message; something that is not supported in place of what cannot be read. `None` where
    /// there is none.
    pub(super) fn read(self) -> Option<Message> {
        let row = self.0;
        let id = row.m_id?;
        let content = row.m_content.as_deref().map(ContentColumn::from_json);
        let content = content
            .transpose()
            .inspect_err(|error| unreadable(error))
            .unwrap_or_default()
            .unwrap_or_default();
        let media = row.f_id.map(|id| Media {
            url: row.f_external_url.unwrap_or_else(|| format!("/media/{id}")),
            content_type: row.f_content_type.unwrap_or_default(),
            size: row.f_size.unwrap_or(0).unsigned_abs(),
            name: row.f_name,
            duration_ms: row.f_duration_ms.map(i64::unsigned_abs),
            preview_url: row
                .f_kind
                .filter(|kind| matches!(kind, MessageKind::Image | MessageKind::Video))
                .map(|_| format!("/media/{id}/preview")),
            width: row.f_width.and_then(|side| u32::try_from(side).ok()),
            height: row.f_height.and_then(|side| u32::try_from(side).ok()),
            state: row.f_state.unwrap_or(MediaState::Failed),
        });
        let created_at = row.m_created_at.unwrap_or_default();
        Some(Message {
            id,
            client_id: row.m_client_id,
            direction: row.m_direction.unwrap_or(Direction::In),
            kind: row.m_kind.unwrap_or(MessageKind::Unsupported),
            text: row.m_text,
            sticker: content.sticker,
            media,
            location: content.location,
            event: content.event,
            quote_message_id: row.m_quote_message_id,
            quotes_unknown: content.line.quoted_message_id.is_some(),
            quotable: row.m_quotable.unwrap_or(false),
            line: content.line,
            mentions: content.mentions,
            sender: Sender {
                kind: row.m_sender_type.unwrap_or(SenderType::System),
                id: row.m_sender_id,
                name: row.m_sender_name.unwrap_or_default(),
            },
            status: row.m_status.unwrap_or(MessageStatus::Received),
            error: row.m_error,
            edited_at: row.m_edited_at,
            created_at,
            placed_at: row.m_placed_at.filter(|at| *at != created_at),
            rev: row.m_rev.unwrap_or_default(),
        })
    }
}

/// The columns of a session and its owner, named `s_…` and `o_…`.
macro_rules! session_columns {
    () => {
        "s.id AS s_id, s.status AS s_status, s.opened_at AS s_opened_at, \
         s.claimed_at AS s_claimed_at, s.first_response_at AS s_first_response_at, \
         s.closed_at AS s_closed_at, s.csat AS s_csat, o.id AS o_id, o.name AS o_name"
    };
}
pub(crate) use session_columns;

#[derive(Debug, sqlx::FromRow)]
pub(super) struct SessionRow {
    s_id: Option<SessionId>,
    s_status: Option<SessionStatus>,
    s_opened_at: Option<Timestamp>,
    s_claimed_at: Option<Timestamp>,
    s_first_response_at: Option<Timestamp>,
    s_closed_at: Option<Timestamp>,
    s_csat: Option<i64>,
    o_id: Option<OperatorId>,
    o_name: Option<String>,
}

impl SessionRow {
    pub(super) fn read(self) -> Option<Session> {
        Some(Session {
            id: self.s_id?,
            status: self.s_status?,
            operator: self.o_id.map(|id| OperatorRef {
                id,
                name: self.o_name.unwrap_or_default(),
            }),
            opened_at: self.s_opened_at?,
            claimed_at: self.s_claimed_at,
            first_response_at: self.s_first_response_at,
            closed_at: self.s_closed_at,
            csat: self.s_csat.and_then(|score| u8::try_from(score).ok()),
        })
    }
}

/// As in `conversations.state`.
#[derive(Clone, Copy, Debug, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
enum StateColumn {
    None,
    Waiting,
    Active,
    Closed,
}

/// The columns of a conversation that mirror its session; all NULL where there is none.
#[derive(sqlx::FromRow)]
struct StateRow {
    state: Option<StateColumn>,
    session_id: Option<SessionId>,
    owner_id: Option<OperatorId>,
}

impl<'r, R: Row> FromRow<'r, R> for SessionState
where
    StateRow: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let row = StateRow::from_row(row)?;
        let status = row.state.and_then(|state| match state {
            StateColumn::None => None,
            StateColumn::Waiting => Some(SessionStatus::Waiting),
            StateColumn::Active => Some(SessionStatus::Active),
            StateColumn::Closed => Some(SessionStatus::Closed),
        });
        Ok(Self::new(status, row.session_id, row.owner_id))
    }
}

#[derive(Debug, sqlx::FromRow)]
pub(super) struct ConversationRow {
    channel: String,
    line_user_id: String,
    contact_kind: ContactKind,
    display_name: String,
    own_name: Option<String>,
    picture_url: Option<String>,
    status_message: Option<String>,
    language: Option<String>,
    members: Option<i64>,
    blocked: bool,
    mode: Mode,
    unread: i64,
    waiting_since: Option<Timestamp>,
    standby: bool,
    free_reply_until: Option<Timestamp>,
    snoozed_until: Option<Timestamp>,
    response_due: Option<Timestamp>,
    response_amber: Option<Timestamp>,
    resolution_due: Option<Timestamp>,
    resolution_amber: Option<Timestamp>,
    /// A JSON list without its brackets.
    tags: Option<String>,
    pub(super) updated_at: Timestamp,
    rev: i64,
    pub(super) sort_at: Option<Timestamp>,
    #[sqlx(flatten)]
    session: Lenient<SessionRow>,
    #[sqlx(flatten)]
    last: AnyMessage,
}

fn read_tags(list: Option<String>) -> Vec<Tag> {
    let Some(list) = list else { return Vec::new() };
    serde_json::from_str(&format!("[{list}]"))
        .inspect_err(|error| unreadable(error))
        .unwrap_or_default()
}

impl ConversationRow {
    /// The clocks that run.
    fn targets(&self) -> Option<ChatTargets> {
        let (response, resolution) = (self.response_due, self.resolution_due);
        response.or(resolution)?;
        let session = self.session.0.as_ref();
        let is_first = session.is_none_or(|session| session.s_first_response_at.is_none());
        let (first_response_due, next_response_due, answer) = if is_first {
            (response, None, Target::FirstResponse)
        } else {
            (None, response, Target::NextResponse)
        };
        let now = clock::now();
        let clocks = [(response, answer), (resolution, Target::Resolution)];
        let has_passed = |(due, _): &(Option<Timestamp>, Target)| due.is_some_and(|due| due <= now);
        let breached = clocks.into_iter().filter(has_passed);
        Some(ChatTargets {
            first_response_due,
            next_response_due,
            response_amber_at: self.response_amber,
            resolution_due: resolution,
            resolution_amber_at: self.resolution_amber,
            breached: breached.map(|(_, target)| target).collect(),
        })
    }

    pub(super) fn read(self) -> Result<Conversation, DbError> {
        let bad = |what: &str| DbError::Row {
            table: "conversations",
            why: what.to_owned(),
        };
        let channel: ChannelName = self.channel.parse().map_err(|_| bad("channel name"))?;
        let line_user_id: LineId = self.line_user_id.parse().map_err(|_| bad("LINE id"))?;
        let targets = self.targets();
        Ok(Conversation {
            room: Room::new(channel.clone(), line_user_id.clone()),
            channel,
            contact: Contact {
                line_user_id,
                kind: self.contact_kind,
                display_name: self.display_name,
                name: self.own_name,
                picture_url: self.picture_url,
                status_message: self.status_message,
                language: self.language,
                members: self.members.and_then(|count| u32::try_from(count).ok()),
                blocked: self.blocked,
            },
            mode: self.mode,
            session: self.session.0.and_then(SessionRow::read),
            unread: u32::try_from(self.unread).unwrap_or(0),
            waiting_since: self.waiting_since,
            last_message: self.last.read(),
            standby: self.standby,
            free_reply_until: self.free_reply_until,
            snoozed_until: self.snoozed_until,
            targets,
            tags: read_tags(self.tags),
            updated_at: self.updated_at,
            rev: self.rev,
        })
    }
}
