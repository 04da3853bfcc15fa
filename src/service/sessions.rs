//! Who has which chat: claim, transfer, close.

pub(super) mod by_rule;
mod claim;

use futures_util::future::BoxFuture;
use serde_json::json;

use super::ServiceError;
use super::change::{
    Told, add_own_line, conversation_changed, remark, stored_conversation, telling,
};
use super::team_settings::Known;
use crate::clock;
use crate::db::conversations::ConversationHead;
use crate::db::timers::TimerKind;
use crate::db::{Audit, Conn, Db};
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::{
    ConnectionId, Message, Operator, OperatorId, OperatorRef, Room, ServerEvent, Session,
    SessionId, SessionState, Timestamp,
};
use crate::realtime::{Audience, Hub, Publication};
use claim::claim;

/// Claiming, transferring and closing.
#[derive(Clone)]
pub struct Sessions {
    db: Db,
    hub: Hub,
    known: Known,
}

/// A session as it is after a change, and the event that tells it.
#[derive(Clone, Debug)]
pub struct SessionChange {
    /// As it is now.
    pub session: Session,
    /// What everyone is told.
    pub event: ServerEvent,
}

/// Where a session is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To this operator.
    Operator(OperatorId),
    /// Back to the queue.
    Queue,
}

struct Done {
    change: SessionChange,
    publications: Vec<Publication>,
}

/// What happened, before it is written down.
struct Deed {
    action: &'static str,
    line: EventLine,
    text: String,
    /// The session that it made, when it is not about the one that was there.
    session: Option<SessionId>,
}

impl Deed {
    /// Whether somebody has the chat afterwards.
    fn gives_to_somebody(&self) -> bool {
        match self.line.name {
            EventName::Claimed | EventName::TakenOver | EventName::Reopened => true,
            EventName::Transferred => self.line.to.is_some(),
            _ => false,
        }
    }
}

impl Sessions {
    /// Over this store and hub, by what is known of the team's settings.
    pub fn new(db: Db, hub: Hub, known: Known) -> Self {
        Self { db, hub, known }
    }

    /// Takes the waiting session: exactly one of any number of simultaneous claims wins. A chat
    /// that was closed less than a day ago opens again, for whoever claims it.
    ///
    /// # Errors
    /// [`ServiceError::AlreadyClaimed`] with the owner, [`ServiceError::SessionNotFound`],
    /// [`ServiceError::RoomNotFound`], [`ServiceError::Forbidden`] for an operator who was
    /// disabled a moment ago.
    pub async fn claim(
        &self,
        operator: &Operator,
        room: &Room,
        origin: Option<ConnectionId>,
    ) -> Result<SessionChange, ServiceError> {
        let operator = operator.clone();
        self.run(room, origin, move |conn, head, now| {
            Box::pin(async move { claim(conn, head, &operator, now).await })
        })
        .await
    }

    /// Ends the session. For its owner, and for supervisors.
    ///
    /// # Errors
    /// [`ServiceError::NotClaimed`], [`ServiceError::SessionNotFound`],
    /// [`ServiceError::RoomNotFound`].
    pub async fn close(
        &self,
        operator: &Operator,
        room: &Room,
        note: Option<String>,
        origin: Option<ConnectionId>,
    ) -> Result<SessionChange, ServiceError> {
        self.close_as_seen(operator, room, note, None, origin).await
    }

    /// As [`Sessions::close`], unless the customer wrote after the chat's `rev` was `seen`.
    ///
    /// # Errors
    /// As [`Sessions::close`]; [`ServiceError::WroteMeanwhile`].
    pub async fn close_as_seen(
        &self,
        operator: &Operator,
        room: &Room,
        note: Option<String>,
        seen: Option<i64>,
        origin: Option<ConnectionId>,
    ) -> Result<SessionChange, ServiceError> {
        let note = remark(note)?;
        let operator = operator.clone();
        self.run(room, origin, move |conn, head, now| {
            Box::pin(async move {
                head.state.may_move(&operator)?;
                if let Some(seen) = seen
                    && conn.came_since(head.id, seen + 1).await? > 0
                {
                    return Err(ServiceError::WroteMeanwhile);
                }
                if !conn.close_session(head.id, now).await? {
                    return Err(ServiceError::SessionNotFound);
                }
                let text = format!("{} closed this chat.", operator.name);
                let line = event_line(EventName::Closed, &operator, None, note);
                Ok(Deed {
                    action: "session.close",
                    line,
                    text,
                    session: None,
                })
            })
        })
        .await
    }

    /// Passes the session to a colleague or back to the queue. For its owner, and for
    /// supervisors, who take a chat over by transferring it to themselves.
    ///
    /// # Errors
    /// [`ServiceError::NotClaimed`], [`ServiceError::SessionNotFound`],
    /// [`ServiceError::Validation`] when the colleague cannot take chats,
    /// [`ServiceError::RoomNotFound`].
    pub async fn transfer(
        &self,
        operator: &Operator,
        room: &Room,
        destination: Destination,
        note: Option<String>,
        origin: Option<ConnectionId>,
    ) -> Result<SessionChange, ServiceError> {
        let note = remark(note)?;
        let operator = operator.clone();
        self.run(room, origin, move |conn, head, now| {
            Box::pin(async move {
                head.state.may_move(&operator)?;
                match destination {
                    Destination::Queue => {
                        conn.requeue_session(head.id, now).await?;
                        let text = format!("{} put this chat back into the queue.", operator.name);
                        let line = event_line(EventName::Transferred, &operator, None, note);
                        Ok(Deed {
                            action: "session.requeue",
                            line,
                            text,
                            session: None,
                        })
                    }
                    Destination::Operator(to) => assign(conn, head, &operator, to, note, now).await,
                }
            })
        })
        .await
    }

    async fn run<F>(
        &self,
        room: &Room,
        origin: Option<ConnectionId>,
        deed: F,
    ) -> Result<SessionChange, ServiceError>
    where
        F: for<'a, 'c> FnOnce(
                &'a mut Conn<'c>,
                &'a ConversationHead,
                Timestamp,
            ) -> BoxFuture<'a, Result<Deed, ServiceError>>
            + Send
            + 'static,
    {
        let room = room.clone();
        let hub = self.hub.clone();
        let now = clock::now();
        let closes_after = self.known.auto_close().0.after_ms();
        let change = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let head = conn
                            .begin_change(&room, now)
                            .await?
                            .ok_or(ServiceError::RoomNotFound)?;
                        let from = owner_of(&mut conn, &head).await?;
                        let deed = deed(&mut conn, &head, now).await?;
                        if let Some(after_ms) = closes_after.filter(|_| deed.gives_to_somebody()) {
                            let due = now.plus_ms(after_ms);
                            conn.set_timer(head.id, TimerKind::Close, due).await?;
                        }
                        write_down(&mut conn, room, &head, deed, from, origin, now).await
                    })
                },
                move |done| (done.change, telling(hub, done.publications)),
            )
            .await?;
        self.hub.presence_may_have_changed();
        Ok(change)
    }
}

async fn owner_of(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
) -> Result<Option<OperatorRef>, ServiceError> {
    let SessionState::Active { session, .. } = head.state else {
        return Ok(None);
    };
    Ok(conn
        .session(session)
        .await?
        .and_then(|session| session.operator))
}

async fn assign(
    conn: &mut Conn<'_>,
    head: &ConversationHead,
    by: &Operator,
    to: OperatorId,
    note: Option<String>,
    now: Timestamp,
) -> Result<Deed, ServiceError> {
    let colleague = conn.taker(to).await?.ok_or_else(|| {
        ServiceError::Validation("There is no such colleague, or they are disabled.".into())
    })?;
    let former = owner_of(conn, head).await?;
    conn.assign_session(head.id, to, now).await?;
    if to == by.id {
        let text = format!("{} took this chat over.", by.name);
        let line = event_line(EventName::TakenOver, by, former, note);
        return Ok(Deed {
            action: "session.take_over",
            line,
            text,
            session: None,
        });
    }
    let text = format!("{} passed this chat to {}.", by.name, colleague.name);
    let line = event_line(EventName::Transferred, by, Some(colleague), note);
    Ok(Deed {
        action: "session.transfer",
        line,
        text,
        session: None,
    })
}

fn event_line(
    name: EventName,
    by: &Operator,
    to: Option<OperatorRef>,
    note: Option<String>,
) -> EventLine {
    EventLine {
        name,
        operator: Some(by.to_ref()),
        to,
        note,
        detail: None,
    }
}

async fn write_down(
    conn: &mut Conn<'_>,
    room: Room,
    head: &ConversationHead,
    deed: Deed,
    from: Option<OperatorRef>,
    origin: Option<ConnectionId>,
    now: Timestamp,
) -> Result<Done, ServiceError> {
    let session = deed.session.or(head.state.session());
    let audit = Audit {
        operator: deed.line.operator.as_ref().map(|by| by.id),
        action: deed.action,
        conversation: Some(head.id),
        details: json!({ "session_id": session, "to": deed.line.to.as_ref().map(|o| o.id) }),
    };
    conn.insert_audit(now, &audit).await?;
    let name = deed.line.name;
    let told = Told {
        session,
        event: deed.line,
        text: deed.text,
    };
    let message = add_own_line(conn, head, told, now).await?;
    let conversation = stored_conversation(conn, head.id).await?;
    let session = conversation
        .session
        .clone()
        .ok_or(ServiceError::SessionNotFound)?;
    let event = session_event(name, room.clone(), head.rev, session.clone(), from, message);
    let told = Publication {
        audience: Audience::Everyone,
        room: Some(room),
        rev: Some(head.rev),
        event: event.clone(),
        except: origin,
    };
    let publications = vec![told, conversation_changed(&conversation, None)];
    Ok(Done {
        change: SessionChange { session, event },
        publications,
    })
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
        EventName::Claimed | EventName::Reopened => ServerEvent::SessionClaimed {
            room,
            rev,
            session,
            message,
        },
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
