//! One socket: authenticate, then read commands and write what the hub queues, in one task.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::SinkExt;
use futures_util::future::BoxFuture;

use super::dispatch::{self, Allowance};
use crate::clock;
use crate::metrics;
use crate::protocol::close::CloseCode;
use crate::protocol::{
    ClientEvent, ClientFrame, ErrorCode, ErrorPayload, FrameError, HEARTBEAT_MS,
    MAX_CLIENT_FRAME_BYTES, ServerEvent,
};
use crate::realtime::{Connection, Drained, Frame, encode, message_id};
use crate::service::auth::TokenError;
use crate::state::AppState;

/// How long a connection may stay without `auth`.
const AUTH_DEADLINE: Duration = Duration::from_secs(10);

/// How long the last frames and the close frame may take to a client that does not read.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves a socket until it closes.
pub(super) async fn serve(state: AppState, mut socket: WebSocket) {
    let authenticated = tokio::select! {
        authenticated = authenticate(&state, &mut socket) => authenticated,
        () = tokio::time::sleep(AUTH_DEADLINE) => Err(CloseCode::NotAuthenticated),
        () = state.sockets.leaving() => Err(CloseCode::GoingAway),
    };
    match authenticated {
        Ok(Some(connection)) => run(&state, socket, &connection).await,
        Ok(None) => {}
        Err(code) => close(&mut socket, code).await,
    }
}

/// Reads until a valid `auth`. `None`: the client went away.
async fn authenticate(
    state: &AppState,
    socket: &mut WebSocket,
) -> Result<Option<Arc<Connection>>, CloseCode> {
    loop {
        let text = match read(socket.recv().await)? {
            Read::Text(text) => text,
            Read::Nothing => continue,
            Read::Gone => return Ok(None),
            Read::Binary => String::new().into(),
        };
        let answer = match ClientFrame::parse(&text) {
            Err(error) => refusal(error),
            Ok(ClientFrame {
                event: ClientEvent::Auth { token },
                reference,
            }) => {
                return admit(state, socket, token, reference).await.map(Some);
            }
            Ok(ClientFrame {
                event: ClientEvent::Ping {},
                reference,
            }) => {
                let pong = ServerEvent::Pong {
                    revs: [].into(),
                    degraded: state.hub.degraded(),
                };
                encode(pong, reference)
            }
            Ok(ClientFrame { reference, .. }) => {
                let payload = ErrorPayload::new(ErrorCode::NotAuthenticated, "Send auth first.");
                encode(ServerEvent::Error(payload), reference)
            }
        };
        if socket.send(Message::Text(answer)).await.is_err() {
            return Ok(None);
        }
    }
}

async fn admit(
    state: &AppState,
    socket: &mut WebSocket,
    token: Option<String>,
    reference: Option<String>,
) -> Result<Arc<Connection>, CloseCode> {
    let signed_in = match state
        .auth
        .verify_token(token.as_deref().unwrap_or_default())
        .await
    {
        Ok(signed_in) => signed_in,
        Err(error) => {
            let (code, message) = token_refusal(&error);
            let event = ServerEvent::AuthError {
                code,
                message: message.to_owned(),
            };
            let _ = socket.send(Message::Text(encode(event, reference))).await;
            return Err(CloseCode::NotAuthenticated);
        }
    };
    let connection = Arc::new(Connection::new(
        signed_in.operator,
        signed_in.login.0,
        clock::now(),
    ));
    state.hub.connect(&connection);
    let presence = match state.team.now().await {
        Ok(presence) => presence,
        Err(error) => {
            error.log();
            Vec::new()
        }
    };
    let event = ServerEvent::AuthSuccess {
        operator: connection.operator.clone(),
        connection_id: connection.id,
        heartbeat_ms: HEARTBEAT_MS,
        presence,
        degraded: state.hub.degraded(),
    };
    // Written before anything that the hub has queued since `connect`.
    if socket
        .send(Message::Text(encode(event, reference)))
        .await
        .is_err()
    {
        connection.close(CloseCode::GoingAway);
    }
    Ok(connection)
}

fn token_refusal(error: &TokenError) -> (ErrorCode, &'static str) {
    match error {
        TokenError::Missing => (ErrorCode::AuthMissingToken, "Send a token with auth."),
        TokenError::Expired => (ErrorCode::AuthExpiredToken, "The token has expired."),
        TokenError::Invalid => (ErrorCode::AuthInvalidToken, "The token is not valid."),
        TokenError::Unavailable(_) => (
            ErrorCode::InternalError,
            "Sala cannot check the token just now. Try again.",
        ),
    }
}

async fn run(state: &AppState, mut socket: WebSocket, connection: &Arc<Connection>) {
    let code = exchange(state, &mut socket, connection).await;
    state.connections.ended(connection, code);
    state.hub.disconnect(connection, clock::now());
    if let Some(code) = code {
        close(&mut socket, code).await;
    }
}

/// Reads and writes until either side ends; answers the code to close with, if we end.
///
/// A command runs beside the writing, so that events flow while the store works; the next
/// command waits for it, so that commands of one client keep their order.
async fn exchange(
    state: &AppState,
    socket: &mut WebSocket,
    connection: &Arc<Connection>,
) -> Option<CloseCode> {
    let mut allowance = Allowance::new(clock::now());
    let mut command: Option<BoxFuture<'_, ()>> = None;
    loop {
        tokio::select! {
            biased;
            drained = connection.drain() => match drained {
                Drained::Close(code) => return Some(code),
                Drained::Frames(frames) => {
                    metrics::events_out(frames.len());
                    log_messages(connection, &frames);
                    if write(socket, connection, frames).await == Written::Gone {
                        return None;
                    }
                }
            },
            () = async { match command.as_mut() {
                Some(running) => running.await,
                None => std::future::pending().await,
            } } => command = None,
            received = socket.recv(), if command.is_none() => match read(received) {
                Err(code) => return Some(code),
                Ok(Read::Gone) => return None,
                Ok(Read::Nothing) => connection.heard(clock::now()),
                Ok(Read::Binary) => {
                    connection.heard(clock::now());
                    refuse(connection, not_text());
                }
                Ok(Read::Text(text)) => {
                    connection.heard(clock::now());
                    match ClientFrame::parse(&text) {
                        Err(error) => refuse(connection, error),
                        Ok(frame) => match allowance.take(state, connection, &frame) {
                            Ok(()) => {
                                let state = state.clone();
                                let connection = connection.clone();
                                command = Some(Box::pin(async move {
                                    dispatch::serve(&state, &connection, frame).await;
                                }));
                            }
                            Err(answer) => connection.push(answer),
                        },
                    }
                }
            },
        }
    }
}

/// The last station of a message: by its id, never by what it says.
fn log_messages(connection: &Connection, frames: &VecDeque<Frame>) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    for message in frames.iter().filter_map(message_id) {
        tracing::debug!(message.id = message, connection.id = %connection.id, "to the socket");
    }
}

#[derive(PartialEq, Eq)]
enum Written {
    All,
    /// The client went away, or does not read its last frames.
    Gone,
}

/// Writes all frames with as few write calls as their size allows.
async fn write(
    socket: &mut WebSocket,
    connection: &Connection,
    frames: VecDeque<Frame>,
) -> Written {
    let writing = async {
        for frame in frames {
            socket.feed(Message::Text(frame)).await?;
        }
        socket.flush().await
    };
    tokio::pin!(writing);
    tokio::select! {
        written = &mut writing => return if written.is_ok() { Written::All } else { Written::Gone },
        () = connection.closing() => {}
    }
    match tokio::time::timeout(FAREWELL, writing).await {
        Ok(Ok(())) => Written::All,
        Ok(Err(_)) | Err(_) => Written::Gone,
    }
}

enum Read {
    Text(axum::extract::ws::Utf8Bytes),
    Binary,
    /// A ping or pong of the WebSocket itself.
    Nothing,
    Gone,
}

fn read(received: Option<Result<Message, axum::Error>>) -> Result<Read, CloseCode> {
    match received {
        Some(Ok(Message::Text(text))) if text.len() > MAX_CLIENT_FRAME_BYTES => {
            Err(CloseCode::TooLarge)
        }
        Some(Ok(Message::Binary(bytes))) if bytes.len() > MAX_CLIENT_FRAME_BYTES => {
            Err(CloseCode::TooLarge)
        }
        Some(Ok(Message::Text(text))) => Ok(Read::Text(text)),
        Some(Ok(Message::Binary(_))) => Ok(Read::Binary),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Read::Nothing),
        Some(Err(error)) if is_too_large(&error) => Err(CloseCode::TooLarge),
        Some(Ok(Message::Close(_)) | Err(_)) | None => Ok(Read::Gone),
    }
}

/// axum hides tungstenite's error type; its text is all there is to tell by.
fn is_too_large(error: &axum::Error) -> bool {
    error.to_string().contains("too long") || error.to_string().contains("too big")
}

fn not_text() -> FrameError {
    FrameError {
        code: ErrorCode::ValidationError,
        message: "Frames are text.".to_owned(),
        reference: None,
    }
}

fn refuse(connection: &Connection, error: FrameError) {
    connection.note_error(error.code);
    connection.push(refusal(error));
}

fn refusal(error: FrameError) -> Frame {
    let payload = ErrorPayload::new(error.code, error.message);
    encode(ServerEvent::Error(payload), error.reference)
}

async fn close(socket: &mut WebSocket, code: CloseCode) {
    let frame = CloseFrame {
        code: code.code(),
        reason: code.reason().into(),
    };
    let farewell = async {
        if socket.send(Message::Close(Some(frame))).await.is_ok() {
            // The client's own close frame ends the connection in order; its frames until
            // then are read and dropped, or the close frame could be lost to a reset.
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    let _ = tokio::time::timeout(FAREWELL, farewell).await;
}
