//! One frame: to its service, and its direct answer back.

use std::sync::Arc;

use crate::clock;
use crate::metrics::{self, Resume};
use crate::protocol::{ClientEvent, ClientFrame, Command, ErrorPayload, Room, ServerEvent};
use crate::realtime::{Connection, encode};
use crate::service::ServiceError;
use crate::service::commands::By;
use crate::state::AppState;

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
    let client_id = event.client_id();
    let room = event.room().cloned();
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
                operator: connection.operator.to_ref(),
            }
        }
        ClientEvent::TypingStart { room } => return typing(state, connection, &room, true),
        ClientEvent::TypingStop { room } => return typing(state, connection, &room, false),
        ClientEvent::Command(command) => run(state, connection, command).await?,
    };
    Ok(Some(event))
}

async fn run(
    state: &AppState,
    connection: &Connection,
    command: Command,
) -> Result<ServerEvent, ServiceError> {
    let sent_to = match &command {
        Command::SendMessage(message) => Some(message.room.clone()),
        _ => None,
    };
    let by = By {
        operator: &connection.operator,
        origin: Some(connection.id),
    };
    let done = state.commands.run(by, command).await?;
    if let Some(room) = sent_to {
        let now = clock::moment();
        state.hub.set_typing(connection, &room, false, now);
    }
    Ok(done.into_event())
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
