//! One command: to its service, and its direct answer back.

use std::sync::Arc;

use crate::clock;
use crate::metrics::{self, Resume};
use crate::protocol::message::SendMessage;
use crate::protocol::{
    ClientEvent, ClientFrame, ClientId, ErrorPayload, OperatorId, Room, ServerEvent,
};
use crate::realtime::{Connection, encode};
use crate::service::ServiceError;
use crate::service::sessions::Destination;
use crate::state::AppState;

/// The idempotency key in a command.
pub(super) fn client_id_of(event: &ClientEvent) -> Option<ClientId> {
    match event {
        ClientEvent::SendMessage(message) => Some(message.client_id),
        _ => None,
    }
}

fn room_of(event: &ClientEvent) -> Option<&Room> {
    match event {
        ClientEvent::Auth { .. } | ClientEvent::SetPresence { .. } | ClientEvent::Ping {} => None,
        ClientEvent::SendMessage(message) => Some(&message.room),
        ClientEvent::JoinRoom { room, .. }
        | ClientEvent::LeaveRoom { room }
        | ClientEvent::TypingStart { room }
        | ClientEvent::TypingStop { room }
        | ClientEvent::ClaimSession { room }
        | ClientEvent::CloseSession { room, .. }
        | ClientEvent::TransferSession { room, .. }
        | ClientEvent::MarkRead { room, .. }
        | ClientEvent::RetryMessage { room, .. } => Some(room),
    }
}

/// What came of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Served {
    /// It is done.
    Done,
    /// The client was told why not.
    Refused,
}

/// Serves one command and queues its answer.
pub(super) async fn serve(
    state: &AppState,
    connection: &Arc<Connection>,
    frame: ClientFrame,
) -> Served {
    let ClientFrame { event, reference } = frame;
    let client_id = client_id_of(&event);
    let room = room_of(&event).cloned();
    let answered = answer(state, connection, event, reference.as_ref()).await;
    match answered {
        Ok(Some(event)) => connection.push(encode(event, reference)),
        Ok(None) => {}
        Err(error) => {
            error.log();
            connection.note_error(error.code());
            let payload = ErrorPayload {
                client_id,
                room,
                ..error.to_payload()
            };
            connection.push(encode(ServerEvent::Error(payload), reference));
            return Served::Refused;
        }
    }
    Served::Done
}

/// The answer to a command; `None` where there is none, or it was queued already.
async fn answer(
    state: &AppState,
    connection: &Arc<Connection>,
    event: ClientEvent,
    reference: Option<&String>,
) -> Result<Option<ServerEvent>, ServiceError> {
    let me = &connection.operator;
    let origin = Some(connection.id);
    let event = match event {
        ClientEvent::Auth { .. } => {
            return Err(ServiceError::Validation(
                "This connection is authenticated.".into(),
            ));
        }
        ClientEvent::Ping {} => {
            let revs = state.inbox.revs(state.hub.rooms_of(connection)).await?;
            let degraded = state.hub.degraded();
            ServerEvent::Pong { revs, degraded }
        }
        ClientEvent::JoinRoom { room, after_rev } => {
            join(state, connection, &room, after_rev, reference).await?;
            return Ok(None);
        }
        ClientEvent::LeaveRoom { room } => {
            if !state.hub.leave(connection, &room) {
                return Err(ServiceError::NotInRoom);
            }
            ServerEvent::OperatorLeft {
                room,
                operator: me.to_ref(),
            }
        }
        ClientEvent::SendMessage(message) => send(state, connection, message).await?,
        ClientEvent::TypingStart { room } => return typing(state, connection, &room, true),
        ClientEvent::TypingStop { room } => return typing(state, connection, &room, false),
        session @ (ClientEvent::ClaimSession { .. }
        | ClientEvent::CloseSession { .. }
        | ClientEvent::TransferSession { .. }) => move_session(state, connection, session).await?,
        ClientEvent::MarkRead { room, rev } => {
            let marked = state.inbox.mark_read(me.id, &room, rev, origin).await?;
            marked.to_event()
        }
        ClientEvent::SetPresence { status } => {
            state.team.choose(me.id, status).await?;
            state.team.told().await?
        }
        ClientEvent::RetryMessage { room, message_id } => {
            let message = state.messages.retry(me, &room, message_id, origin).await?;
            ServerEvent::MessageUpdated {
                room,
                rev: message.rev,
                message,
            }
        }
    };
    Ok(Some(event))
}

async fn send(
    state: &AppState,
    connection: &Connection,
    message: SendMessage,
) -> Result<ServerEvent, ServiceError> {
    let client_id = message.client_id;
    let room = message.room.clone();
    let sent = state
        .messages
        .send(&connection.operator, message, Some(connection.id))
        .await?;
    state
        .hub
        .set_typing(connection, &room, false, clock::moment());
    Ok(ServerEvent::MessageSent {
        client_id,
        rev: sent.rev,
        message: sent.message,
    })
}

/// Subscribes first and reads second, so that nothing falls between.
async fn join(
    state: &AppState,
    connection: &Connection,
    room: &Room,
    after_rev: Option<i64>,
    reference: Option<&String>,
) -> Result<(), ServiceError> {
    // A room that does not exist must not be left subscribed.
    state.inbox.exists(room).await?;
    state
        .hub
        .join(connection, room)
        .map_err(|e| ServiceError::Validation(format!("{e}.")))?;
    let page = match state.inbox.thread_since(room, after_rev).await {
        Ok(page) => page,
        Err(error) => {
            state.hub.leave(connection, room);
            return Err(error);
        }
    };
    if after_rev.is_some() {
        connection.note_resume();
    }
    metrics::resumed(match after_rev {
        None => Resume::New,
        Some(_) if page.complete => Resume::Complete,
        Some(_) => Resume::TooFar,
    });
    let rev = page.conversation.rev;
    let event = ServerEvent::ConversationUpdate {
        room: room.clone(),
        rev,
        conversation: Box::new(page.conversation),
        messages: Some(page.messages),
        complete: Some(page.complete),
        viewers: Some(page.viewers),
        older: page.older.is_some().then_some(true),
    };
    state
        .hub
        .open_gate(connection, room, rev, encode(event, reference.cloned()));
    Ok(())
}

fn typing(
    state: &AppState,
    connection: &Connection,
    room: &Room,
    typing: bool,
) -> Result<Option<ServerEvent>, ServiceError> {
    if !state.hub.is_in(connection, room) {
        return Err(ServiceError::NotInRoom);
    }
    let now = clock::moment();
    state.hub.set_typing(connection, room, typing, now);
    if typing {
        state.animation.wish(room, connection.operator.id, now);
    }
    Ok(None)
}

fn destination(operator: Option<OperatorId>, to_queue: bool) -> Result<Destination, ServiceError> {
    match (operator, to_queue) {
        (Some(operator), false) => Ok(Destination::Operator(operator)),
        (None, true) => Ok(Destination::Queue),
        _ => Err(ServiceError::Validation(
            "Transfer to an operator_id or with to_queue, and not both.".into(),
        )),
    }
}

/// Claim, close and transfer; their answer is what everyone else is told too.
async fn move_session(
    state: &AppState,
    connection: &Connection,
    event: ClientEvent,
) -> Result<ServerEvent, ServiceError> {
    let me = &connection.operator;
    let origin = Some(connection.id);
    let sessions = &state.sessions;
    let change = match event {
        ClientEvent::CloseSession { room, note } => sessions.close(me, &room, note, origin).await?,
        ClientEvent::TransferSession {
            room,
            operator_id,
            to_queue,
            note,
        } => {
            let destination = destination(operator_id, to_queue)?;
            sessions
                .transfer(me, &room, destination, note, origin)
                .await?
        }
        ClientEvent::ClaimSession { room } => sessions.claim(me, &room, origin).await?,
        _ => {
            return Err(ServiceError::Validation(
                "This is not about a session.".into(),
            ));
        }
    };
    Ok(change.event)
}
