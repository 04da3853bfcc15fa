//! What there is to find of a message or contact, as the store has it now. This is the one place
//! that says by which words they are found.

use uuid::Uuid;

use super::Corpus;
use crate::db::content::ContentColumn;
use crate::db::rows::{AnyMessage, Lenient, message_columns};
use crate::db::{Conn, DbError};
use crate::protocol::customer::Attribute;
use crate::protocol::message::{MessageKind, SenderType};
use crate::protocol::{ChannelId, ConversationId, Message, OperatorId, Timestamp};
use crate::search::Words;
use crate::search::segment::Entry;
use crate::search::terms::{Owner, terms_of};

/// Something that can be found.
#[derive(Clone, Debug)]
pub struct Findable {
    /// A message's id or a contact's.
    pub id: Uuid,
    /// Its conversation.
    pub conversation: ConversationId,
    /// On which LINE account.
    pub channel: ChannelId,
    /// The operator who wrote it.
    pub operator: Option<OperatorId>,
    /// When it was written, or when the contact was first seen.
    pub at: Timestamp,
    /// What it is found by; none of what was taken back.
    pub words: Words,
}

/// A message that was found.
#[derive(Debug)]
pub struct FoundLine {
    /// Where.
    pub conversation: ConversationId,
    /// As it is shown.
    pub message: Message,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: Uuid,
    conversation_id: ConversationId,
    channel_id: ChannelId,
    sender_type: SenderType,
    sender_id: Option<String>,
    kind: MessageKind,
    text: Option<String>,
    content: String,
    created_at: Timestamp,
    name: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ContactRow {
    id: Uuid,
    conversation_id: ConversationId,
    channel_id: ChannelId,
    display_name: String,
    own_name: Option<String>,
    memo: Option<String>,
    attributes: String,
    created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct FoundRow {
    conversation_id: ConversationId,
    #[sqlx(flatten)]
    message: AnyMessage,
}

macro_rules! select_lines {
    ($end:literal) => {
        concat!(
            "SELECT m.id, m.conversation_id, m.channel_id, m.sender_type, m.sender_id, m.kind, \
             m.text, m.content, m.created_at, f.name FROM messages m \
             LEFT JOIN media f ON f.id = m.media_id ",
            $end
        )
    };
}

macro_rules! select_contacts {
    ($end:literal) => {
        concat!(
            "SELECT t.id, v.id AS conversation_id, t.channel_id, t.display_name, \
             t.own_name, t.memo, t.attributes, t.created_at FROM contacts t JOIN conversations v ON v.contact_id = t.id ",
            $end
        )
    };
}

macro_rules! select_found {
    ($end:literal) => {
        concat!(
            "SELECT m.conversation_id, ",
            message_columns!(),
            " FROM messages m LEFT JOIN media f ON f.id = m.media_id ",
            $end
        )
    };
}

/// By what a contact is found: first its name as lists show it, then whatever else it is known by:
/// LINE's name, what the team keeps of it, and its memo.
fn words_of_contact(row: ContactRow) -> Words {
    let attributes: Vec<Attribute> = serde_json::from_str(&row.attributes).unwrap_or_default();
    let mut words: Vec<String> = row.own_name.into_iter().collect();
    words.push(row.display_name);
    words.extend(attributes.into_iter().map(|attribute| attribute.value));
    words.extend(row.memo);
    Words(words)
}

/// By what a message is found: its text, the name of its file, the name and address of its place.
/// The sentences of events are for programs, and nobody sees them.
fn words_of_line(row: &mut LineRow) -> Words {
    if row.kind == MessageKind::Event {
        return Words::default();
    }
    let mut words: Vec<String> = row.text.take().into_iter().chain(row.name.take()).collect();
    if row.kind == MessageKind::Location {
        let place = ContentColumn::from_json(&row.content).unwrap_or_default();
        if let Some(place) = place.location {
            words.extend(place.title.into_iter().chain(place.address));
        }
    }
    Words(words)
}

impl From<LineRow> for Findable {
    fn from(mut row: LineRow) -> Self {
        let by_operator = row.sender_type == SenderType::Operator;
        let operator = row.sender_id.as_ref().filter(|_| by_operator);
        Self {
            id: row.id,
            conversation: row.conversation_id,
            channel: row.channel_id,
            operator: operator.and_then(|id| id.parse().ok()),
            at: row.created_at,
            words: words_of_line(&mut row),
        }
    }
}

impl From<ContactRow> for Findable {
    fn from(row: ContactRow) -> Self {
        Self {
            id: row.id,
            conversation: row.conversation_id,
            channel: row.channel_id,
            operator: None,
            at: row.created_at,
            words: words_of_contact(row),
        }
    }
}

impl Findable {
    /// As the index takes it; without terms where there is nothing to find.
    pub fn entry(&self) -> Entry {
        let mut owners = vec![
            Owner::Conversation(self.conversation.0),
            Owner::Channel(self.channel.0),
        ];
        owners.extend(self.operator.map(|operator| Owner::Operator(operator.0)));
        Entry {
            id: self.id,
            at: self.at.0,
            terms: terms_of(&self.words, &owners),
        }
    }
}

/// Ids as SQLite takes a list of them.
pub(in crate::db) fn hex_list(ids: &[Uuid]) -> String {
    let quoted: Vec<String> = ids
        .iter()
        .map(|id| format!("\"{}\"", id.simple()))
        .collect();
    format!("[{}]", quoted.join(","))
}

fn findables<R: Into<Findable>>(rows: Vec<Lenient<R>>) -> Vec<Findable> {
    let readable = rows.into_iter().filter_map(|row| row.0);
    readable.map(Into::into).collect()
}

impl Conn<'_> {
    /// What there is to find of these, in any order; nothing of those that are not there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn findables(
        &mut self,
        corpus: Corpus,
        ids: &[Uuid],
    ) -> Result<Vec<Findable>, DbError> {
        const LINES: &str =
            select_lines!("WHERE m.id IN (SELECT unhex(w.value) FROM json_each($1) w)");
        const LINES_THERE: &str = select_lines!("WHERE m.id = ANY($1)");
        const CONTACTS: &str =
            select_contacts!("WHERE t.id IN (SELECT unhex(w.value) FROM json_each($1) w)");
        const CONTACTS_THERE: &str = select_contacts!("WHERE t.id = ANY($1)");
        Ok(match (self, corpus) {
            (Self::Sqlite(c), Corpus::Messages) => {
                let rows = sqlx::query_as(LINES)
                    .bind(hex_list(ids))
                    .fetch_all(c)
                    .await?;
                findables::<LineRow>(rows)
            }
            (Self::Postgres(c), Corpus::Messages) => {
                let rows = sqlx::query_as(LINES_THERE)
                    .bind(ids)
                    .fetch_all(&mut **c)
                    .await?;
                findables::<LineRow>(rows)
            }
            (Self::Sqlite(c), Corpus::Contacts) => {
                let rows = sqlx::query_as(CONTACTS)
                    .bind(hex_list(ids))
                    .fetch_all(c)
                    .await?;
                findables::<ContactRow>(rows)
            }
            (Self::Postgres(c), Corpus::Contacts) => {
                let rows = sqlx::query_as(CONTACTS_THERE)
                    .bind(ids)
                    .fetch_all(&mut **c)
                    .await?;
                findables::<ContactRow>(rows)
            }
        })
    }

    /// Messages as they are shown, in any order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn found_lines(&mut self, ids: &[Uuid]) -> Result<Vec<FoundLine>, DbError> {
        const LINES: &str =
            select_found!("WHERE m.id IN (SELECT unhex(w.value) FROM json_each($1) w)");
        const LINES_THERE: &str = select_found!("WHERE m.id = ANY($1)");
        let rows: Vec<FoundRow> = match self {
            Self::Sqlite(c) => {
                sqlx::query_as(LINES)
                    .bind(hex_list(ids))
                    .fetch_all(c)
                    .await?
            }
            Self::Postgres(c) => {
                sqlx::query_as(LINES_THERE)
                    .bind(ids)
                    .fetch_all(&mut **c)
                    .await?
            }
        };
        let read = |row: FoundRow| {
            Some(FoundLine {
                conversation: row.conversation_id,
                message: row.message.read()?,
            })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}
