//! Who has which chat: claim, transfer, close.

pub(super) mod by_rule;
mod claim;
mod mode;
mod written;

use futures_util::future::BoxFuture;

use super::ServiceError;
use super::automatic::Automatic;
use super::change::{remark, telling};
use super::targets::reckon;
use crate::clock;
use crate::db::conversations::ConversationHead;
use crate::db::timers::TimerKind;
use crate::db::{Conn, Db};
use crate::protocol::automatic::Occasion;
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::{
    ConnectionId, Operator, OperatorId, OperatorRef, Room, ServerEvent, Session, SessionId,
    SessionState, Timestamp,
};
use crate::realtime::Hub;
use claim::claim;
use written::{Around, write_down};

/// Claiming, transferring and closing.
#[derive(Clone)]
pub struct Sessions {
    db: Db,
    hub: Hub,
    automatic: Automatic,
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
            EventName::Claimed
            | EventName::TakenOver
            | EventName::Reopened
            | EventName::Assigned => true,
            EventName::Transferred => self.line.to.is_some(),
            _ => false,
        }
    }

    /// On which occasion the customer may be written to by itself. Not where a rule did it.
    fn occasion(&self) -> Option<Occasion> {
        let by_hand = self.line.operator.is_some();
        match self.line.name {
            EventName::Closed => by_hand.then_some(Occasion::Closed),
            EventName::Transferred => by_hand.then_some(Occasion::HandedOver),
            _ => None,
        }
    }
}

impl Sessions {
    /// Over this store and hub, with what is written to customers by itself.
    pub fn new(db: Db, hub: Hub, automatic: Automatic) -> Self {
        Self { db, hub, automatic }
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
        let automatic = self.automatic.clone();
        let waking = automatic.waking();
        let timers = timers_of_silence(&automatic);
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
                        reckon(&mut conn, head.id, now).await?;
                        let timers = timers.into_iter().filter(|_| deed.gives_to_somebody());
                        for (kind, after_ms) in timers {
                            let Some(after_ms) = after_ms else { continue };
                            conn.set_timer(head.id, kind, now.plus_ms(after_ms)).await?;
                        }
                        let around = Around {
                            room,
                            from,
                            origin,
                            now,
                        };
                        write_down(&mut conn, &head, deed, around, Some(&automatic)).await
                    })
                },
                move |done| {
                    let mut tellings = telling(hub, done.publications);
                    tellings.extend(done.answers.then_some(waking));
                    (done.change, tellings)
                },
            )
            .await?;
        self.hub.presence_may_have_changed();
        Ok(change)
    }
}

/// Which timers a chat gets that somebody takes, and after how long they are due.
fn timers_of_silence(automatic: &Automatic) -> [(TimerKind, Option<i64>); 2] {
    let (rule, _) = automatic.known().auto_close();
    [
        (TimerKind::Close, rule.after_ms()),
        (TimerKind::Warn, rule.warns_after_ms()),
    ]
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
