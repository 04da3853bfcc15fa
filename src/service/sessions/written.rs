//! A deed as it is written down and told, with what the customer is written to because of it.

use serde_json::json;

use super::{Deed, SessionChange};
use crate::db::conversations::ConversationHead;
use crate::db::timers::TimerKind;
use crate::db::{Audit, Conn};
use crate::protocol::automatic::Occasion;
use crate::protocol::message::EventName;
use crate::protocol::{
    ClaimedBy, ConnectionId, Message, OperatorRef, Room, ServerEvent, Session, SessionId, Timestamp,
};
use crate::realtime::{Audience, Publication};
use crate::service::ServiceError;
use crate::service::automatic::{Automatic, Chat};
use crate::service::change::{Told, add_own_line, conversation_changed, stored_conversation};

/// What a deed came to.
pub(super) struct Done {
    pub(super) change: SessionChange,
    pub(super) publications: Vec<Publication>,
    /// Whether something was written to the customer by itself.
    pub(super) answers: bool,
}

/// Around a deed: where and when, and who is told otherwise.
pub(super) struct Around {
    pub(super) room: Room,
    /// Who had the chat before.
    pub(super) from: Option<OperatorRef>,
    pub(super) origin: Option<ConnectionId>,
    pub(super) now: Timestamp,
}

/// Writes a deed down, and to the customer what the rules want of it.
pub(super) async fn write_down(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    deed: Deed,
    around: Around,
    automatic: Option<&Automatic>,
) -> Result<Done, ServiceError> {
    let Around {
        room,
        from,
        origin,
        now,
    } = around;
    let session = deed.session.or(head.state.session());
    conn.insert_audit(now, &audit_of(head, &deed, session))
        .await?;
    let (name, occasion) = (deed.line.name, deed.occasion());
    let told = Told {
        session,
        event: deed.line,
        text: deed.text,
    };
    let message = add_own_line(conn, head, told, now).await?;
    let answer = match (automatic, occasion) {
        (Some(automatic), Some(occasion)) => {
            let chat = below(head, &room, &message);
            automatic.answer_deed(conn, chat, occasion, now).await?
        }
        _ => None,
    };
    let answers = answer.is_some();
    let conversation = stored_conversation(conn, head.id).await?;
    let session = conversation
        .session
        .clone()
        .ok_or(ServiceError::SessionNotFound)?;
    if occasion == Some(Occasion::Closed) && session.first_response_at.is_some() {
        want_survey(conn, head, &session, automatic, now).await?;
    }
    let event = session_event(name, room.clone(), head.rev, session.clone(), from, message);
    let told = Publication {
        audience: Audience::Everyone,
        room: Some(room),
        rev: Some(head.rev),
        event: event.clone(),
        except: origin,
    };
    let update = conversation_changed(&conversation, None);
    let publications = [Some(told), answer, Some(update)];
    Ok(Done {
        change: SessionChange { session, event },
        publications: publications.into_iter().flatten().collect(),
        answers,
    })
}

fn audit_of(head: &ConversationHead, deed: &Deed, session: Option<SessionId>) -> Audit {
    Audit {
        // Who is gone did nothing.
        operator: match deed.line.name {
            EventName::LeftWaiting => None,
            _ => deed.line.operator.as_ref().map(|by| by.id),
        },
        action: deed.action,
        conversation: Some(head.id),
        details: json!({ "session_id": session, "to": deed.line.to.as_ref().map(|o| o.id) }),
    }
}

/// Where an answer to a deed is written: below its line.
pub(super) fn below<'a>(head: &ConversationHead, room: &'a Room, line: &Message) -> Chat<'a> {
    Chat {
        conversation: head.id,
        channel: head.channel_id,
        room,
        place: line.place(),
    }
}

/// An operator closed a chat that was answered: its customer is asked how satisfied they were, where
/// that is wished.
async fn want_survey(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    session: &Session,
    automatic: Option<&Automatic>,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let survey = automatic.map(|automatic| automatic.known().survey());
    let Some(survey) = survey.filter(|survey| survey.on) else {
        return Ok(());
    };
    let due = now.plus_ms(i64::from(survey.wait_minutes) * 60_000);
    conn.want_survey(session.id, due).await?;
    Ok(conn.set_timer(head.id, TimerKind::Survey, due).await?)
}

fn session_event(
    name: EventName,
    room: Room,
    rev: i64,
    session: Session,
    from: Option<OperatorRef>,
    message: Message,
) -> ServerEvent {
    let message = Some(message);
    match name {
        EventName::Claimed | EventName::Reopened | EventName::Assigned => {
            ServerEvent::SessionClaimed {
                room,
                rev,
                session,
                by: (name == EventName::Assigned).then_some(ClaimedBy::Rule),
                message,
            }
        }
        EventName::Closed => ServerEvent::SessionClosed {
            room,
            rev,
            session,
            message,
        },
        _ => ServerEvent::SessionTransferred {
            room,
            rev,
            session,
            from,
            message,
        },
    }
}
