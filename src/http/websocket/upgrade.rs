//! The upgrade: who may open a socket at all, and the handshake.
//!
//! axum's own would hide the TCP stream, to which frames are written directly.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use tokio::net::TcpStream;
use tungstenite::handshake::derive_accept_key;

use super::connection;
use super::socket::Socket;
use crate::config::PublicUrl;
use crate::state::AppState;

/// The socket's route.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/ws/live-chat", any(upgrade))
}

async fn upgrade(State(state): State<AppState>, mut request: Request) -> Response {
    if !is_same_origin(request.headers(), &state.config.public_url) {
        return (StatusCode::FORBIDDEN, "Cross-origin sockets are refused.").into_response();
    }
    let Some(accept) = accept_key(&request) else {
        return (StatusCode::BAD_REQUEST, "This is for WebSockets.").into_response();
    };
    let Some(upgrade) = request.extensions_mut().remove::<OnUpgrade>() else {
        let refusal = "This connection cannot become a WebSocket.";
        return (StatusCode::UPGRADE_REQUIRED, refusal).into_response();
    };
    let sockets = state.sockets.clone();
    sockets.open(async move {
        if let Some(socket) = take_over(upgrade).await {
            connection::serve(state, socket).await;
        }
    });
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    response
}

/// The answer to a client's key (RFC 6455, section 4.2), if it asks for a WebSocket.
fn accept_key(request: &Request) -> Option<HeaderValue> {
    let headers = request.headers();
    let says = |name, word: &str| {
        let values = headers.get_all(name).into_iter();
        values
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|part| part.trim().eq_ignore_ascii_case(word))
    };
    let asks = request.method() == Method::GET
        && says(header::CONNECTION, "upgrade")
        && says(header::UPGRADE, "websocket")
        && says(header::SEC_WEBSOCKET_VERSION, "13");
    let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|_| asks)?;
    HeaderValue::try_from(derive_accept_key(key.as_bytes())).ok()
}

/// The TCP stream below HTTP, once the answer has been written.
async fn take_over(upgrade: OnUpgrade) -> Option<Socket> {
    let upgraded = match upgrade.await {
        Ok(upgraded) => upgraded,
        Err(error) => {
            tracing::debug!(%error, "a client went away during the handshake");
            return None;
        }
    };
    let Ok(parts) = downcast::<TokioIo<TcpStream>>(upgraded) else {
        tracing::error!("a WebSocket is not over TCP");
        return None;
    };
    let stream = parts.io.into_inner();
    // Frames are whole when they are written; none is to wait for the next.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a client went away after the handshake");
        return None;
    }
    Some(Socket::new(stream, parts.read_buf))
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
