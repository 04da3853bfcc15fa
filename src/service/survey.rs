//! Asks customers how satisfied they were, after an operator has closed their chat (`csat`), and takes
//! what they say: one press of a button, and then one comment.

use super::ServiceError;
use super::automatic::{Automatic, Chat};
use super::change::{
    SystemMessage, add_system_message, conversation_changed, message_added, stored_conversation,
};
use super::fired::Fired;
use super::rating;
use super::team_settings::{TeamSection, stored};
use crate::db::surveys::Rating;
use crate::db::timers::DueTimer;
use crate::db::{Conn, DbError};
use crate::protocol::automatic::Translations;
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::Survey;
use crate::protocol::time::DAY_MS;
use crate::protocol::{Message, Room, ServerEvent, SessionState, Timestamp};
use crate::realtime::{Audience, Publication};

/// For so long a press counts.
const ANSWERS_MS: i64 = 7 * DAY_MS;

/// For so long after a press the next text is a comment on it. Short: what comes later is more likely
/// a question, and somebody is to answer that.
const COMMENT_MS: i64 = 10 * 60 * 1_000;

/// Asks the customer of a timer that is due, if they are still to be asked.
///
/// # Errors
/// [`DbError::Conflict`] when another node was faster.
pub(super) async fn fire(
    conn: &mut Conn<'_>,
    timer: DueTimer,
    automatic: &Automatic,
) -> Result<Fired, ServiceError> {
    let id = timer.conversation;
    conn.lock_conversation(id).await?;
    let (_, rule) = stored::<Survey>(conn, TeamSection::Csat).await?;
    let now = conn.database_now().await?;
    if !conn.take_timer(timer, now).await? {
        return Err(DbError::Conflict.into());
    }
    let Some(silence) = conn.silence(id).await?.filter(|_| rule.on) else {
        return Ok(Fired::default());
    };
    // A chat that is open again is not over.
    let SessionState::Closed { session } = silence.state else {
        return Ok(Fired::default());
    };
    if !conn.wants_survey(session).await? {
        return Ok(Fired::default());
    }
    let chat = Chat {
        conversation: id,
        channel: silence.channel,
        room: &silence.room,
        place: silence.activity_at,
    };
    let Some(asked) = automatic.ask(conn, chat, &rule, now).await? else {
        return Ok(Fired::default());
    };
    conn.ask_survey(session, now).await?;
    let conversation = stored_conversation(conn, id).await?;
    Ok(Fired {
        moves_presence: false,
        writes: true,
        publications: vec![asked, conversation_changed(&conversation, None)],
    })
}

/// A press of a button, as LINE told it.
pub(super) struct Press<'a> {
    /// What the button carries.
    pub(super) data: &'a str,
    /// LINE's JSON of it.
    pub(super) raw: &'a str,
    /// When.
    pub(super) at: Timestamp,
    /// The reply token that came with it.
    pub(super) token: Option<uuid::Uuid>,
}

/// What a press came to.
#[derive(Default)]
pub(super) struct Pressed {
    pub(super) told: Vec<Publication>,
    /// Whether something was written to the customer.
    pub(super) writes: bool,
}

/// Takes a press, once, of what was asked in this chat in the last seven days. Any other is
/// forgotten: it opens nothing.
///
/// # Errors
/// When the store fails.
pub(super) async fn press(
    conn: &mut Conn<'_>,
    automatic: &Automatic,
    chat: Chat<'_>,
    press: Press<'_>,
    now: Timestamp,
) -> Result<Pressed, DbError> {
    let Some((session, score)) = rating::read(press.data) else {
        return Ok(Pressed::default());
    };
    let conversation = chat.conversation;
    let rating = Rating {
        session,
        conversation,
        score,
    };
    let (since, until) = (now.plus_ms(-ANSWERS_MS), now.plus_ms(COMMENT_MS));
    if !conn.rate(rating, now, since, until).await? {
        return Ok(Pressed::default());
    }
    let rev = conn.bump_rev(conversation, now).await?;
    let line = SystemMessage {
        conversation,
        channel: chat.channel,
        session: Some(session),
        rev,
        event: EventLine {
            name: EventName::Rated,
            operator: None,
            to: None,
            note: None,
            detail: Some(score.to_string()),
        },
        text: format!("The customer rated this chat {score} of 5."),
        at: press.at,
        place: chat.place,
        details: LineDetails::default(),
        raw: Some(press.raw.to_owned()),
    };
    let line = add_system_message(conn, line).await?;
    conn.record_quiet(conversation, chat.place).await?;
    let mut told = vec![message_added(chat.room, line, None)];
    told.extend(received(conn, chat.room, rev, rating, None).await?);
    let thanks = thanks_in(&automatic.known().survey().questions);
    let thanked = automatic.thank(conn, chat, &thanks, press.token, now);
    let thanked = thanked.await?;
    let writes = thanked.is_some();
    told.extend(thanked);
    Ok(Pressed { told, writes })
}

/// The thanks in the languages that the question has.
fn thanks_in(questions: &Translations) -> Translations {
    let mut all = Translations::default();
    for language in Language::ALL {
        if questions.get(language).is_some() || questions.is_empty() {
            *all.get_mut(language) = Some(rating::thanks(language).to_owned());
        }
    }
    all
}

/// Takes a text of the customer's as a comment on what they have just rated.
///
/// # Errors
/// When the store fails.
pub(super) async fn comment(
    conn: &mut Conn<'_>,
    chat: Chat<'_>,
    message: &Message,
) -> Result<Option<Publication>, DbError> {
    let Some(rated) = conn.comment(chat.conversation, message.id).await? else {
        return Ok(None);
    };
    let text = message.text.clone();
    received(conn, chat.room, message.rev, rated, text).await
}

async fn received(
    conn: &mut Conn<'_>,
    room: &Room,
    rev: i64,
    rating: Rating,
    comment: Option<String>,
) -> Result<Option<Publication>, DbError> {
    let Some(session) = conn.session(rating.session).await? else {
        return Ok(None);
    };
    Ok(Some(Publication {
        audience: Audience::Everyone,
        room: Some(room.clone()),
        rev: Some(rev),
        event: ServerEvent::CsatReceived {
            room: room.clone(),
            rev,
            session,
            score: rating.score,
            comment,
        },
        except: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thanks_are_in_the_questions_languages() {
        let some = Translations {
            ja: Some("?".to_owned()),
            ..Translations::default()
        };
        let thanks = thanks_in(&some);
        assert!(thanks.get(Language::Thai).is_none());
        assert!(thanks.get(Language::Japanese).is_some());
    }
}
