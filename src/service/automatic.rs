//! What Sala writes to customers by itself, by the team's rules: in the transaction of what it
//! answers to, and never at the cost of a person's answer.

mod judge;

use std::sync::Arc;

use tokio::sync::Notify;
use uuid::Uuid;

use self::judge::{Judged, judge};
use super::change::{add_message, message_added};
use super::rating::labels;
use super::team_settings::Known;
use crate::db::automatic::{Cause, NewAutomatic};
use crate::db::messages::NewMessage;
use crate::db::{Conn, DbError, Telling};
use crate::protocol::automatic::{Occasion, Translations};
use crate::protocol::line_details::{LineCard, LineDetails};
use crate::protocol::message::{Direction, MessageKind, Sender};
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::Survey;
use crate::protocol::{
    ChannelId, Content, ConversationId, MessageId, MessageStatus, Room, Timestamp,
};
use crate::realtime::{Hub, Publication};

/// How long a text waits for LINE to tell the language of whoever wrote for the first time. Reply
/// tokens live longer.
const ASKED_MS: i64 = 2_000;

/// Writes what the rules want; cheap to clone.
#[derive(Clone)]
pub struct Automatic {
    known: Known,
    hub: Hub,
    outbox: Arc<Notify>,
}

/// What happened in a chat.
#[derive(Clone, Copy)]
pub(super) struct Happened<'a> {
    pub(super) chat: Chat<'a>,
    pub(super) occasion: Occasion,
    /// When, by the clock of whoever said so.
    pub(super) at: Timestamp,
    /// The reply token that came with it.
    pub(super) token: Option<Uuid>,
}

/// Where something is written.
#[derive(Clone, Copy)]
pub(super) struct Chat<'a> {
    pub(super) conversation: ConversationId,
    pub(super) channel: ChannelId,
    pub(super) room: &'a Room,
    /// Where the line stands below which it belongs.
    pub(super) place: Timestamp,
}

/// What is to be written, if nothing speaks against it.
struct Wanted<'a> {
    cause: Cause,
    texts: &'a Translations,
    /// Whether it may cost something.
    spends: bool,
    /// The reply token that came with what it answers to.
    token: Option<Uuid>,
}

impl Automatic {
    /// By what is known of the team's settings; `outbox` is notified of what is queued.
    pub fn new(known: Known, hub: Hub, outbox: Arc<Notify>) -> Self {
        Self { known, hub, outbox }
    }

    /// What is known of the team's settings.
    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// Writes what the rules want of what happened, within its transaction, at a `rev` of its own;
    /// answers what those in the room are told. Costs nothing but a look in memory where the rule is
    /// off.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn answer(
        &self,
        conn: &mut Conn<'_>,
        happened: Happened<'_>,
        now: Timestamp,
    ) -> Result<Option<Publication>, DbError> {
        let Happened {
            chat,
            occasion,
            at,
            token,
        } = happened;
        let channel = chat.room.channel().as_str();
        let Some(rule) = self.known.reply(channel, occasion, at) else {
            return Ok(None);
        };
        let wanted = Wanted {
            cause: Cause::Occasion(occasion),
            texts: &rule.texts,
            spends: rule.spend_quota,
            token,
        };
        self.write(conn, chat, wanted, now).await
    }

    /// As [`Automatic::answer`], to what one of the team has just done.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn answer_deed(
        &self,
        conn: &mut Conn<'_>,
        chat: Chat<'_>,
        occasion: Occasion,
        now: Timestamp,
    ) -> Result<Option<Publication>, DbError> {
        let happened = Happened {
            chat,
            occasion,
            at: now,
            token: None,
        };
        self.answer(conn, happened, now).await
    }

    /// Tells the customer in these words that their chat is about to be closed, as
    /// [`Automatic::answer`] does, and never at a cost.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn warn(
        &self,
        conn: &mut Conn<'_>,
        chat: Chat<'_>,
        texts: &Translations,
        now: Timestamp,
    ) -> Result<Option<Publication>, DbError> {
        let wanted = Wanted {
            cause: Cause::Warning,
            texts,
            spends: false,
            token: None,
        };
        self.write(conn, chat, wanted, now).await
    }

    /// Asks the customer how satisfied they were, as [`Automatic::answer`] does.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn ask(
        &self,
        conn: &mut Conn<'_>,
        chat: Chat<'_>,
        survey: &Survey,
        now: Timestamp,
    ) -> Result<Option<Publication>, DbError> {
        let wanted = Wanted {
            cause: Cause::Survey,
            texts: &survey.questions,
            spends: survey.spend_quota,
            token: None,
        };
        self.write(conn, chat, wanted, now).await
    }

    /// Thanks the customer for having said so, with the reply token that came with it and no other.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn thank(
        &self,
        conn: &mut Conn<'_>,
        chat: Chat<'_>,
        texts: &Translations,
        token: Option<Uuid>,
        now: Timestamp,
    ) -> Result<Option<Publication>, DbError> {
        let wanted = Wanted {
            cause: Cause::Thanks,
            texts,
            spends: false,
            token,
        };
        self.write(conn, chat, wanted, now).await
    }

    async fn write(
        &self,
        conn: &mut Conn<'_>,
        chat: Chat<'_>,
        wanted: Wanted<'_>,
        now: Timestamp,
    ) -> Result<Option<Publication>, DbError> {
        let (conversation, cause) = (chat.conversation, wanted.cause);
        let since = now.plus_ms(-judge::ANSWERED_MS);
        let scene = conn.scene(conversation, cause, now, since).await?;
        let channel = chat.room.channel().as_str();
        let around = judge::Around {
            is_open: self.known.calendar(channel).open_at(now),
            is_anybody_there: self.hub.is_anybody_online(),
            token: wanted.token,
        };
        let Judged::Say(means) = judge(cause, wanted.spends, &scene, around, now) else {
            return Ok(None);
        };
        let words = wanted.texts.for_customer(scene.language.as_deref());
        let Some((language, text)) = words else {
            return Ok(None);
        };
        // Whoever writes for the first time is asked about at this moment.
        let waits =
            scene.is_unknown && matches!(cause, Cause::Occasion(_)) && wanted.texts.are_several();
        let rev = conn.bump_rev(conversation, now).await?;
        let at = now.max(chat.place).max(scene.activity_at);
        let new = NewMessage {
            session: scene.session_id,
            ..message(chat, rev, at)
        };
        let stored = add_message(conn, filled(new, cause, text, language)).await?;
        let new = NewAutomatic {
            message: stored.id,
            conversation,
            cause,
            language,
            texts: waits.then(|| wanted.texts.clone()),
            means,
        };
        conn.insert_automatic(new, now).await?;
        // Nobody was answered by it, and lists go on showing what they showed.
        conn.record_quiet(conversation, at).await?;
        let due_at = if waits { now.plus_ms(ASKED_MS) } else { now };
        conn.enqueue(stored.id, conversation, chat.channel, now, due_at)
            .await?;
        Ok(Some(message_added(chat.room, stored, None)))
    }

    /// Wakes whoever sends, once what was written is durable.
    pub(super) fn waking(&self) -> Telling {
        let outbox = Arc::clone(&self.outbox);
        Box::new(move || outbox.notify_one())
    }
}

/// A message with its words; a question with its buttons beside them.
fn filled(new: NewMessage, cause: Cause, text: &str, language: Language) -> NewMessage {
    match cause {
        Cause::Survey => NewMessage {
            content: Content::Flex(Some(text.to_owned())),
            line: LineDetails {
                card: Some(LineCard {
                    lines: Vec::new(),
                    buttons: labels(language).map(str::to_owned).to_vec(),
                }),
                ..LineDetails::default()
            },
            ..new
        },
        Cause::Occasion(_) | Cause::Warning | Cause::Thanks => NewMessage {
            content: Content::Text(text.to_owned()),
            ..new
        },
    }
}

fn message(chat: Chat<'_>, rev: i64, at: Timestamp) -> NewMessage {
    NewMessage {
        id: MessageId::generate(),
        conversation: chat.conversation,
        channel: chat.channel,
        session: None,
        rev,
        direction: Direction::Out,
        status: MessageStatus::Queued,
        client_id: None,
        line_message_id: None,
        quote_message_id: None,
        quote_token: None,
        sender: Sender::bot(),
        content: Content::Rest {
            kind: MessageKind::Text,
            text: None,
        },
        line: LineDetails::default(),
        mentions: Vec::new(),
        raw: None,
        at,
        place: at,
    }
}
