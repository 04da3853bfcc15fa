//! What Sala writes by itself: when it last did, what it finds of the chat, and what sending it may
//! use up.

use serde_json::json;
use uuid::Uuid;

use super::outbox::ChangedMessage;
use super::search::Corpus;
use super::{Conn, DbError, later, on_db};
use crate::protocol::automatic::{Occasion, Translations};
use crate::protocol::preferences::Language;
use crate::protocol::{ContactKind, ConversationId, MessageId, Mode, SessionId, Timestamp};

/// Because of what Sala writes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Something happened for which the team has a text.
    Occasion(Occasion),
    /// The chat is about to be closed by itself.
    Warning,
    /// The chat was closed: how satisfied was the customer?
    Survey,
    /// The customer has said so.
    Thanks,
}

impl Cause {
    /// As it is stored.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Occasion(occasion) => occasion.name(),
            Self::Warning => "warning",
            Self::Survey => "survey",
            Self::Thanks => "thanks",
        }
    }
}

/// A message that nobody wrote.
#[derive(Clone, Debug)]
pub struct NewAutomatic {
    /// Which.
    pub message: MessageId,
    /// Where.
    pub conversation: ConversationId,
    /// Because of what.
    pub cause: Cause,
    /// In which language.
    pub language: Language,
    /// The same in all languages, where the customer's is not known yet.
    pub texts: Option<Translations>,
    /// What sending it may use up.
    pub means: Means,
}

/// What sending a message that nobody wrote may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Means {
    /// Which free reply.
    pub reply: FreeReply,
    /// Whether it is paid for where that cannot be had. It is left out otherwise.
    pub may_cost: bool,
}

/// Which reply token a message may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreeReply {
    /// The oldest of the chat that is good.
    Any,
    /// This one alone.
    Only(Uuid),
    /// None: they are left to people.
    Nobody,
}

/// The columns of [`Means`]; all NULL for what a person wrote.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct MeansRow {
    may_reply: Option<bool>,
    reply_token_id: Option<Uuid>,
    may_cost: Option<bool>,
}

impl MeansRow {
    pub(super) fn read(&self) -> Option<Means> {
        let reply = match (self.may_reply?, self.reply_token_id) {
            (false, _) => FreeReply::Nobody,
            (true, Some(token)) => FreeReply::Only(token),
            (true, None) => FreeReply::Any,
        };
        Some(Means {
            reply,
            may_cost: self.may_cost.unwrap_or(false),
        })
    }
}

/// What a message of Sala's own finds in its chat.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row, in which each is a fact by itself"
)]
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Scene {
    /// The customer's, as LINE knows it.
    pub language: Option<String>,
    /// Whether LINE was asked about them and has not answered yet.
    pub is_unknown: bool,
    /// A person or a group.
    pub kind: ContactKind,
    /// Whether messages do not arrive.
    pub blocked: bool,
    /// Whether a LINE module holds the chat.
    pub standby: bool,
    /// The newest session.
    pub session_id: Option<SessionId>,
    /// Whether a bot or a person answers.
    pub mode: Mode,
    /// The time of the newest line that lists show.
    pub activity_at: Timestamp,
    /// Whether there is a reply token that is good.
    pub has_token: bool,
    /// When Sala last wrote because of the same.
    pub said_at: Option<Timestamp>,
    /// When an operator last answered in the session that is open, if that was after the moment
    /// that was asked about.
    pub answered_at: Option<Timestamp>,
}

impl Conn<'_> {
    /// What a message of Sala's own finds at this moment; answers of operators after `since` are
    /// looked for.
    ///
    /// # Errors
    /// When the database fails or there is no such conversation.
    pub async fn scene(
        &mut self,
        conversation: ConversationId,
        cause: Cause,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<Scene, DbError> {
        const SQL: &str = "SELECT ct.language, ct.kind, ct.blocked, \
             ct.profile_fetched_at IS NULL AS is_unknown, c.standby, c.session_id, c.mode, \
             c.activity_at, \
             EXISTS (SELECT 1 FROM reply_tokens t WHERE t.conversation_id = c.id \
                 AND t.used_at IS NULL \
                 AND t.received_at > $3 - ch.reply_token_seconds * 1000) AS has_token, \
             (SELECT max(a.said_at) FROM automatic_messages a \
                 WHERE a.conversation_id = c.id AND a.cause = $2) AS said_at, \
             (SELECT max(m.created_at) FROM messages m WHERE m.conversation_id = c.id \
                 AND m.placed_at > $4 AND m.direction = 'out' AND m.sender_type = 'operator' \
                 AND m.status NOT IN ('cancelled', 'failed') AND m.session_id = c.session_id \
                 AND c.state = 'active') AS answered_at \
             FROM conversations c JOIN contacts ct ON ct.id = c.contact_id \
             JOIN channels ch ON ch.id = c.channel_id WHERE c.id = $1";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(conversation)
                .bind(cause.name())
                .bind(now)
                .bind(since)
                .fetch_one(c)
                .await?
        }))
    }

    /// Notes that a message is Sala's own, and what sending it may use up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_automatic(
        &mut self,
        new: NewAutomatic,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO automatic_messages (message_id, conversation_id, cause, \
             language, texts, may_reply, reply_token_id, may_cost, said_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let means = new.means;
        let only = match means.reply {
            FreeReply::Only(token) => Some(token),
            FreeReply::Any | FreeReply::Nobody => None,
        };
        later!(
            self,
            SQL,
            [
                new.message,
                new.conversation,
                new.cause.name().to_owned(),
                new.language,
                new.texts.as_ref().map(|texts| json!(texts).to_string()),
                means.reply != FreeReply::Nobody,
                only,
                means.may_cost,
                now
            ]
        );
        Ok(())
    }

    /// The customer's language is known now: what waits for that is written in it. Answers the
    /// messages that are other ones, each with a `rev` of its own. In a change that has the
    /// conversation's lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn translate_automatic(
        &mut self,
        conversation: ConversationId,
        language: &str,
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        macro_rules! waiting {
            ($lock:literal) => {
                concat!(
                    "SELECT a.message_id, a.language, a.texts FROM automatic_messages a \
                     JOIN outbox o ON o.message_id = a.message_id \
                     WHERE a.conversation_id = $1 AND a.texts IS NOT NULL \
                     AND o.delivery_id IS NULL",
                    $lock
                )
            };
        }
        const WORDS: &str = "UPDATE messages SET text = $2, rev = $3 WHERE id = $1";
        const NOTE: &str = "UPDATE automatic_messages SET language = $2 WHERE message_id = $1";
        // Not those that a node is taking at this moment.
        let waiting: Vec<(MessageId, Language, String)> = match self {
            Conn::Sqlite(c) => {
                let waiting = sqlx::query_as(waiting!("")).bind(conversation);
                waiting.fetch_all(&mut *c).await?
            }
            Conn::Postgres(c) => {
                let waiting = sqlx::query_as(waiting!(" FOR UPDATE OF o SKIP LOCKED"));
                waiting.bind(conversation).fetch_all(&mut **c).await?
            }
        };
        let mut translated = Vec::new();
        for (message, said_in, texts) in waiting {
            let texts: Translations = serde_json::from_str(&texts).unwrap_or_default();
            let words = texts.for_customer(Some(language));
            let Some((own, text)) = words.filter(|(own, _)| *own != said_in) else {
                continue;
            };
            let rev = self.bump_rev(conversation, now).await?;
            let standing = self.standing(Corpus::Messages, message.0).await?;
            later!(self, WORDS, [message, text.to_owned(), rev]);
            later!(self, NOTE, [message, own]);
            self.reword(standing).await?;
            translated.push(ChangedMessage {
                conversation,
                message,
                rev,
            });
        }
        Ok(translated)
    }

    /// A message of Sala's own is not sent: it does not count as said. After it was cancelled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_automatic(&mut self, message: MessageId) -> Result<(), DbError> {
        const ASKED: &str = "UPDATE sessions SET csat_asked_at = NULL WHERE id = \
             (SELECT m.session_id FROM automatic_messages a JOIN messages m ON m.id = a.message_id \
              WHERE a.message_id = $1 AND a.cause = 'survey')";
        const SQL: &str = "DELETE FROM automatic_messages WHERE message_id = $1";
        later!(self, ASKED, [message]);
        later!(self, SQL, [message]);
        Ok(())
    }
}
