//! The upgrade: who may open a socket at all.

use axum::Router;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, StatusCode, header};

use super::connection;
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
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(READ_MAX)
        .max_frame_size(READ_MAX)
        .on_upgrade(move |socket| connection::serve(state, socket))
}

/// No `Origin` (a program), the public URL's origin, or the very host that was asked.
fn is_same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    if origin.eq_ignore_ascii_case(public_url.trim_end_matches('/')) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    authority.is_some() && authority == host
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "127.0.0.1:3000".parse().expect("a value"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a value"));
        }
        headers
    }

    #[test]
    fn only_our_own_pages_and_programs_may_open_a_socket() {
        let public = "https://chat.example.com";
        assert!(is_same_origin(&headers(None), public));
        assert!(is_same_origin(&headers(Some("https://chat.example.com")), public));
        assert!(is_same_origin(&headers(Some("http://127.0.0.1:3000")), public));
        for origin in ["https://evil.example", "null", "https://chat.example.com.evil.example"] {
            assert!(!is_same_origin(&headers(Some(origin)), public), "{origin}");
        }
    }
}
