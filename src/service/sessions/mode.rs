//! Who answers a chat, a bot or people. While a bot does, no session is open.

use serde_json::json;

use super::written::below;
use super::{Sessions, event_line};
use crate::clock;
use crate::db::conversations::ConversationHead;
use crate::db::{Audit, Conn};
use crate::protocol::automatic::Occasion;
use crate::protocol::message::EventName;
use crate::protocol::{Conversation, Mode, Operator, Room, ServerEvent, Session, Timestamp};
use crate::realtime::{Audience, Publication};
use crate::service::ServiceError;
use crate::service::automatic::Automatic;
use crate::service::change::{
    Told, add_own_line, conversation_changed, message_added, stored_conversation, telling,
};
use crate::service::targets::reckon;

/// What a change came to.
struct Changed {
    conversation: Conversation,
    publications: Vec<Publication>,
    /// Whether something was written to the customer by itself.
    writes: bool,
}

impl Sessions {
    /// Lets a bot answer a chat, which ends its session, or people, for whom it waits from then on.
    /// For supervisors.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::RoomNotFound`].
    pub async fn set_mode(
        &self,
        operator: &Operator,
        room: &Room,
        mode: Mode,
    ) -> Result<Conversation, ServiceError> {
        if !operator.role.may_take_over() {
            return Err(ServiceError::Forbidden);
        }
        let (operator, room, now) = (operator.clone(), room.clone(), clock::now());
        let (hub, automatic) = (self.hub.clone(), self.automatic.clone());
        let waking = automatic.waking();
        let conversation = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let conn = &mut conn;
                        let head = conn.conversation_head(&room).await?;
                        let head = head.ok_or(ServiceError::RoomNotFound)?;
                        if head.mode == mode {
                            return Ok(Changed {
                                conversation: stored_conversation(conn, head.id).await?,
                                publications: Vec::new(),
                                writes: false,
                            });
                        }
                        let head = conn.begin_change(&room, now).await?;
                        let head = head.ok_or(ServiceError::RoomNotFound)?;
                        change(conn, &head, &operator, &room, mode, &automatic, now).await
                    })
                },
                move |changed: Changed| {
                    let mut tellings = telling(hub, changed.publications);
                    tellings.extend(changed.writes.then_some(waking));
                    (changed.conversation, tellings)
                },
            )
            .await?;
        self.hub.presence_may_have_changed();
        Ok(conversation)
    }
}

/// Lets the other one answer, and tells it.
async fn change(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    by: &Operator,
    room: &Room,
    mode: Mode,
    automatic: &Automatic,
    now: Timestamp,
) -> Result<Changed, ServiceError> {
    let told = turn(conn, head, by, mode, now).await?;
    reckon(conn, head.id, now).await?;
    let audit = Audit {
        operator: Some(by.id),
        action: "conversation.mode",
        conversation: Some(head.id),
        details: json!({ "mode": mode, "session_id": told.session }),
    };
    conn.insert_audit(now, &audit).await?;
    let line = add_own_line(conn, head, told, now).await?;
    let answer = match mode {
        Mode::Bot => None,
        Mode::Human => {
            let chat = below(head, room, &line);
            let occasion = Occasion::HandedOver;
            automatic.answer_deed(conn, chat, occasion, now).await?
        }
    };
    let writes = answer.is_some();
    let conversation = stored_conversation(conn, head.id).await?;
    let mut publications = vec![message_added(room, line, None)];
    if mode == Mode::Bot && head.state.open_session().is_some() {
        let ended = conversation.session.clone();
        publications.extend(ended.map(|session| session_ended(room, head.rev, session)));
    }
    publications.extend(answer);
    publications.push(conversation_changed(&conversation, None));
    Ok(Changed {
        conversation,
        publications,
        writes,
    })
}

/// Ends or opens a session with the change of mode; answers the line that tells it.
async fn turn(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    by: &Operator,
    mode: Mode,
    now: Timestamp,
) -> Result<Told, ServiceError> {
    conn.set_mode(head.id, mode).await?;
    let (name, text, session) = match mode {
        Mode::Bot => {
            conn.close_session(head.id, now).await?;
            let text = format!("{} let the bot answer.", by.name);
            (EventName::GivenToBot, text, head.state.session())
        }
        Mode::Human => {
            let session = match head.state.open_session() {
                Some(session) => session,
                None => conn.open_session(head.id, now).await?,
            };
            let text = format!("{} let the team answer instead of the bot.", by.name);
            (EventName::HandedOver, text, Some(session))
        }
    };
    Ok(Told {
        session,
        event: event_line(name, by, None, None),
        text,
    })
}

/// That a session ended, for everybody; its line comes by itself.
fn session_ended(room: &Room, rev: i64, session: Session) -> Publication {
    Publication {
        audience: Audience::Everyone,
        room: Some(room.clone()),
        rev: Some(rev),
        event: ServerEvent::SessionClosed {
            room: room.clone(),
            rev,
            session,
            message: None,
        },
        except: None,
    }
}
