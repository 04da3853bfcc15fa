//! One socket: authenticate, then read commands, in one task. Events are written by those who
//! have them, and by this task when the client does not take them at once.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use futures_util::future::BoxFuture;

use super::allowance::{Allowance, MALFORMED, Outrun};
use super::dispatch::Served;
use super::parting::{FAREWELL, Parting};
use super::reader::Incoming;
use super::signing_in;
use super::socket::Socket;
use super::{dispatch, refusal};
use crate::clock;
use crate::http::places::Phase;
use crate::protocol::close::CloseCode;
use crate::protocol::{ClientFrame, ErrorCode, FrameError};
use crate::realtime::{Connection, Frame, Newcomer};
use crate::state::AppState;

/// Serves a socket until it closes.
pub(super) async fn serve(state: AppState, mut socket: Socket, newcomer: Newcomer) {
    let mut newcomer = Some(newcomer);
    // Boxed, as the farewell is: an idle connection has no room to keep for them.
    let signing_in = signing_in::authenticate(&state, &mut socket, &mut newcomer);
    let parting = match Box::pin(signing_in).await {
        Ok(seat) => run(&state, &mut socket, &seat).await,
        Err(parting) => parting,
    };
    let seat = socket.place().seat().clone();
    seat.enter(Phase::Newcomer);
    let farewell = tokio::time::timeout(FAREWELL, farewell(&mut socket, parting));
    tokio::select! {
        _ = Box::pin(farewell) => {}
        () = seat.cut() => {}
    }
}

async fn farewell(socket: &mut Socket, parting: Parting) {
    match parting {
        Parting::Ours(code) => socket.close(code).await,
        Parting::Theirs(code) => socket.answer_close(code).await,
        Parting::Gone => {}
    }
}

/// Answers how it ends, once the client has taken all that waited.
async fn run(state: &AppState, socket: &mut Socket, connection: &Arc<Connection>) -> Parting {
    let parting = exchange(state, socket, connection).await;
    connection.seal();
    let code = match parting {
        Parting::Ours(code) => Some(code),
        Parting::Theirs(_) | Parting::Gone => None,
    };
    state.connections.ended(connection, code);
    state.hub.disconnect(connection, clock::moment());
    if parting == Parting::Gone {
        return parting;
    }
    let drained = tokio::time::timeout(FAREWELL, Box::pin(connection.drain())).await;
    match drained {
        Ok(Ok(())) => parting,
        Ok(Err(_)) | Err(_) => Parting::Gone,
    }
}

/// Reads and serves until either side ends; answers how.
///
/// A command runs beside the writing, so that events flow while the store works; the next
/// command waits for it, so that commands of one client keep their order.
async fn exchange(state: &AppState, socket: &mut Socket, connection: &Arc<Connection>) -> Parting {
    let mut allowance = Allowance::new(clock::moment());
    let mut command: Option<BoxFuture<'_, Served>> = None;
    loop {
        let step = tokio::select! {
            biased;
            ending = connection.run() => return ending.into(),
            outcome = async { match command.as_mut() {
                Some(running) => running.await,
                None => std::future::pending().await,
            } } => {
                command = None;
                match outcome {
                    Served::Done => Ok(None),
                    Served::Refused => allowance.refused(1).map(|()| None),
                }
            }
            received = socket.recv(), if command.is_none() => match received {
                Ok(Incoming::Close(code)) => return Parting::Theirs(code),
                Ok(incoming) => take(state, connection, &mut allowance, incoming),
                Err(why) => return why.into(),
            },
        };
        match step {
            Ok(None) => {}
            Ok(Some(frame)) => command = Some(Box::pin(serve_one(state, connection, frame))),
            Err(Outrun) => return CloseCode::Refused.into(),
        }
    }
}

/// Serves a command once the client has taken most of what it was sent before.
async fn serve_one(state: &AppState, connection: &Arc<Connection>, frame: ClientFrame) -> Served {
    // Needs no waker: what is congested is written on by this very task.
    let taken = poll_fn(|_| {
        if connection.is_congested() {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    });
    taken.await;
    dispatch::serve(state, connection, frame).await
}

/// Takes a frame off the allowances; answers the command in it, if it may be served.
fn take(
    state: &AppState,
    connection: &Connection,
    allowance: &mut Allowance,
    incoming: Incoming,
) -> Result<Option<ClientFrame>, Outrun> {
    let parsed = match incoming {
        // What goes on forever is not heard.
        Incoming::Part { .. } => return allowance.frame().map(|()| None),
        Incoming::Ping(payload) => {
            connection.heard(clock::moment());
            allowance.frame()?;
            connection.push(Frame::pong(&payload));
            return Ok(None);
        }
        Incoming::Pong | Incoming::Close(_) => {
            connection.heard(clock::moment());
            return allowance.frame().map(|()| None);
        }
        Incoming::Binary => Err(not_text()),
        Incoming::Text(text) => ClientFrame::parse(&text),
    };
    connection.heard(clock::moment());
    match parsed {
        Ok(frame) => match allowance.command(state, connection, &frame) {
            Ok(()) => return Ok(Some(frame)),
            Err(answer) => {
                allowance.refused(1)?;
                connection.push(answer);
            }
        },
        Err(error) => {
            allowance.refused(MALFORMED)?;
            connection.note_error(error.code);
            connection.push(refusal(error));
        }
    }
    Ok(None)
}

fn not_text() -> FrameError {
    FrameError {
        code: ErrorCode::ValidationError,
        message: "Frames are text.".to_owned(),
        reference: None,
    }
}
