//! One socket: authenticate, then read commands, in one task. Events are written by those who
//! have them, and by this task when the client does not take them at once.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tungstenite::{Error, Message, Utf8Bytes};

use super::dispatch::{self, Allowance};
use super::socket::{Socket, is_too_large};
use crate::clock;
use crate::protocol::close::CloseCode;
use crate::protocol::{
    ClientEvent, ClientFrame, ErrorCode, ErrorPayload, FrameError, HEARTBEAT_MS,
    MAX_CLIENT_FRAME_BYTES, ServerEvent,
};
use crate::realtime::{Connection, Ending, Frame, encode};
use crate::service::auth::TokenError;
use crate::state::AppState;

/// How long a connection may stay without `auth`.
const AUTH_DEADLINE: Duration = Duration::from_secs(10);

/// How long the last frames and the close frame may take to a client that does not read.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves a socket until it closes.
pub(super) async fn serve(state: AppState, mut socket: Socket) {
    // Boxed, as the farewell is: an idle connection has no room to keep for them.
    let admitted = Box::pin(authenticate(&state, &mut socket)).await;
    let code = match admitted {
        Ok(Some(connection)) => run(&state, &mut socket, &connection).await,
        Ok(None) => None,
        Err(code) => Some(code),
    };
    if let Some(code) = code {
        let _ = tokio::time::timeout(FAREWELL, Box::pin(socket.close(code))).await;
    }
}

/// What an `auth` says: its token and its `ref`.
type Credentials = (Option<String>, Option<String>);

/// Waits for a valid `auth`. `None`: the client went away.
async fn authenticate(
    state: &AppState,
    socket: &mut Socket,
) -> Result<Option<Arc<Connection>>, CloseCode> {
    let credentials = tokio::select! {
        credentials = await_auth(state, socket) => credentials?,
        () = tokio::time::sleep(AUTH_DEADLINE) => return Err(CloseCode::NotAuthenticated),
        () = state.sockets.leaving() => return Err(CloseCode::GoingAway),
    };
    match credentials {
        Some(credentials) => admit(state, socket, credentials).await.map(Some),
        None => Ok(None),
    }
}

/// Reads until an `auth`. `None`: the client went away.
async fn await_auth(
    state: &AppState,
    socket: &mut Socket,
) -> Result<Option<Credentials>, CloseCode> {
    loop {
        let text = match read(socket.recv().await)? {
            Read::Text(text) => text,
            Read::Nothing => continue,
            Read::Gone => return Ok(None),
            Read::Binary => Utf8Bytes::default(),
        };
        let answer = match ClientFrame::parse(&text) {
            Err(error) => refusal(error),
            Ok(ClientFrame {
                event: ClientEvent::Auth { token },
                reference,
            }) => return Ok(Some((token, reference))),
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
        if socket.send(answer).await.is_err() {
            return Ok(None);
        }
    }
}

async fn admit(
    state: &AppState,
    socket: &Socket,
    (token, reference): Credentials,
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
            let _ = tokio::time::timeout(FAREWELL, socket.send(encode(event, reference))).await;
            return Err(CloseCode::NotAuthenticated);
        }
    };
    // What the hub has for it from now on waits until it has heard that it is in.
    let connection = Arc::new(Connection::held(
        signed_in.operator,
        signed_in.login.0,
        socket.outlet().clone(),
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
    connection.begin(encode(event, reference));
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

/// Answers the code to close with, if we end it and the client has taken all before.
async fn run(
    state: &AppState,
    socket: &mut Socket,
    connection: &Arc<Connection>,
) -> Option<CloseCode> {
    let code = exchange(state, socket, connection).await;
    state.connections.ended(connection, code);
    let said = match code {
        Some(_) => {
            let drained = tokio::time::timeout(FAREWELL, Box::pin(connection.drain())).await;
            matches!(drained, Ok(Ok(())))
        }
        None => false,
    };
    state.hub.disconnect(connection, clock::now());
    code.filter(|_| said)
}

/// Reads and serves until either side ends; answers the code to close with, if we end.
///
/// A command runs beside the writing, so that events flow while the store works; the next
/// command waits for it, so that commands of one client keep their order.
async fn exchange(
    state: &AppState,
    socket: &mut Socket,
    connection: &Arc<Connection>,
) -> Option<CloseCode> {
    let mut allowance = Allowance::new(clock::now());
    let mut command: Option<BoxFuture<'_, ()>> = None;
    loop {
        tokio::select! {
            biased;
            ending = connection.run() => return match ending {
                Ending::Close(code) => Some(code),
                Ending::Gone => None,
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
                                let serving = dispatch::serve(state, connection, frame);
                                command = Some(Box::pin(serving));
                            }
                            Err(answer) => connection.push(answer),
                        },
                    }
                }
            },
        }
    }
}

enum Read {
    Text(Utf8Bytes),
    Binary,
    /// A ping or pong of the WebSocket itself.
    Nothing,
    Gone,
}

fn read(received: Result<Message, Error>) -> Result<Read, CloseCode> {
    match received {
        Ok(Message::Text(text)) if text.len() > MAX_CLIENT_FRAME_BYTES => Err(CloseCode::TooLarge),
        Ok(Message::Binary(bytes)) if bytes.len() > MAX_CLIENT_FRAME_BYTES => {
            Err(CloseCode::TooLarge)
        }
        Ok(Message::Text(text)) => Ok(Read::Text(text)),
        Ok(Message::Binary(_)) => Ok(Read::Binary),
        Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => Ok(Read::Nothing),
        Err(error) if is_too_large(&error) => Err(CloseCode::TooLarge),
        Ok(Message::Close(_)) | Err(_) => Ok(Read::Gone),
    }
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
