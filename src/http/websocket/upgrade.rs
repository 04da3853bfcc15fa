//! The upgrade: who may open a socket at all.

use axum::Router;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, StatusCode, header};

use super::connection;
use crate::config::PublicUrl;
use crate::protocol::MAX_CLIENT_FRAME_BYTES;
use crate::state::AppState;

/// tungstenite's default read buffer is 128 KiB a socket; frames here are small.
const READ_BUFFER: usize = 4 * 1024;

/// Frames that wait are gathered up to this size before one write call.
const WRITE_BUFFER: usize = 8 * 1024;

/// Frames up to this size are read, so that one over the limit can still be answered with 1009.
const READ_MAX: usize = 4 * MAX_CLIENT_FRAME_BYTES;

/// The socket's route.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/ws/live-chat", any(upgrade))
}

async fn upgrade(
    State(state): State<AppState>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !is_same_origin(&headers, &state.config.public_url) {
        return (StatusCode::FORBIDDEN, "Cross-origin sockets are refused.").into_response();
    }
    let place = state.sockets.place();
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(READ_MAX)
        .max_frame_size(READ_MAX)
        .on_upgrade(move |socket| place.hold(connection::serve(state, socket)))
}

/// No `Origin` (a program), or one of our own pages.
fn is_same_origin(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    origin
        .to_str()
        .is_ok_and(|origin| public_url.allows_origin(origin, host))
}
