//! From the upgrade to `auth_success`, or to an end without it.

use std::sync::Arc;
use std::time::Duration;

use super::parting::{FAREWELL, Parting};
use super::reader::Incoming;
use super::refusal;
use super::seat::Seat;
use super::socket::{Socket, Unreadable};
use crate::clock;
use crate::protocol::close::CloseCode;
use crate::protocol::{
    ClientEvent, ClientFrame, ErrorCode, ErrorPayload, HEARTBEAT_MS, ServerEvent,
};
use crate::realtime::{Connection, Frame, Newcomer, encode};
use crate::service::auth::TokenError;
use crate::state::AppState;

/// How long a connection may stay without `auth`.
const AUTH_DEADLINE: Duration = Duration::from_secs(10);

/// The most frames that a client may need for it.
const FRAMES: usize = 10;

/// What an `auth` says.
struct Credentials {
    token: Option<String>,
    /// Its `ref`.
    reference: Option<String>,
}

/// Waits for a valid `auth`, with which the socket is a newcomer no more.
pub(super) async fn authenticate(
    state: &AppState,
    socket: &mut Socket,
    newcomer: &mut Option<Newcomer>,
) -> Result<Seat, Parting> {
    let place = socket.place().seat().clone();
    let credentials = tokio::select! {
        credentials = await_auth(state, socket) => credentials?,
        () = tokio::time::sleep(AUTH_DEADLINE) => return Err(CloseCode::NotAuthenticated.into()),
        () = place.cut() => return Err(Parting::Gone),
        () = state.sockets.leaving() => return Err(CloseCode::GoingAway.into()),
    };
    let (seat, welcome) = admit(state, socket, credentials).await?;
    *newcomer = None;
    socket.place().keep();
    seat.begin(welcome);
    Ok(seat)
}

/// Reads until an `auth`. A client hears the answer to each frame before its next is read.
async fn await_auth(state: &AppState, socket: &mut Socket) -> Result<Credentials, Parting> {
    let mut frames = 0;
    loop {
        let incoming = socket.recv().await?;
        match incoming {
            Incoming::Close(code) => return Err(Parting::Theirs(code)),
            // Parts are one message, which has its own bound, if they bring it further.
            Incoming::Part { is_empty: false } => continue,
            _ => frames += 1,
        }
        if frames > FRAMES {
            return Err(CloseCode::Refused.into());
        }
        let text = match incoming {
            Incoming::Text(text) => text,
            Incoming::Binary => String::new(),
            Incoming::Ping(payload) => {
                send(socket, Frame::pong(&payload)).await?;
                continue;
            }
            Incoming::Pong | Incoming::Part { .. } | Incoming::Close(_) => continue,
        };
        let answer = match ClientFrame::parse(&text) {
            Err(error) => refusal(error),
            Ok(ClientFrame {
                event: ClientEvent::Auth { token },
                reference,
            }) => return Ok(Credentials { token, reference }),
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
        send(socket, answer).await?;
    }
}

async fn send(socket: &Socket, frame: Frame) -> Result<(), Parting> {
    let sent = socket.send(frame).await;
    sent.map_err(|error| Unreadable::from(error).into())
}

/// Tells a client that its `auth` is refused.
async fn refuse(socket: &Socket, code: ErrorCode, message: &str, reference: Option<String>) {
    let event = ServerEvent::AuthError {
        code,
        message: message.to_owned(),
    };
    let _ = tokio::time::timeout(FAREWELL, socket.send(encode(event, reference))).await;
}

/// Checks the token; answers the connection, and what it is to hear first.
async fn admit(
    state: &AppState,
    socket: &Socket,
    credentials: Credentials,
) -> Result<(Seat, Frame), Parting> {
    let Credentials { token, reference } = credentials;
    let token = token.as_deref().unwrap_or_default();
    let signed_in = match state.auth.verify_token(token).await {
        Ok(signed_in) => signed_in,
        Err(error) => {
            let (code, message) = token_refusal(&error);
            refuse(socket, code, message, reference).await;
            return Err(CloseCode::NotAuthenticated.into());
        }
    };
    // What the hub has for it from now on waits until it has heard that it is in.
    let connection = Arc::new(Connection::held(
        signed_in.operator,
        signed_in.login.0,
        socket.outlet().clone(),
        clock::now(),
    ));
    if let Err(too_many) = state.hub.connect(&connection) {
        let message = format!("{too_many}. Close one first.");
        refuse(socket, ErrorCode::RateLimitExceeded, &message, reference).await;
        return Err(CloseCode::Refused.into());
    }
    let seat = Seat::new(state, connection);
    let presence = match state.team.now().await {
        Ok(presence) => presence,
        Err(error) => {
            error.log();
            Vec::new()
        }
    };
    let event = ServerEvent::AuthSuccess {
        operator: seat.operator.clone(),
        connection_id: seat.id,
        heartbeat_ms: HEARTBEAT_MS,
        presence,
        degraded: state.hub.degraded(),
    };
    Ok((seat, encode(event, reference)))
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
