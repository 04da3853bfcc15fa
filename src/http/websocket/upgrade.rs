//! The upgrade: who may open a socket at all, and the handshake.
//!
//! axum's own would hide the TCP stream, to which frames are written directly.

use std::net::IpAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;

use super::connection;
use super::handshake::accept;
use super::socket::Socket;
use crate::api::context::client_address;
use crate::config::PublicUrl;
use crate::http::wire::Wire;
use crate::state::AppState;

/// The socket's route.
pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/ws/live-chat", any(upgrade))
}

async fn upgrade(State(state): State<AppState>, mut request: Request) -> Response {
    if !is_same_origin(request.headers(), &state.config.public_url) {
        return (StatusCode::FORBIDDEN, "Cross-origin sockets are refused.").into_response();
    }
    let accept = match accept(request.method(), request.version(), request.headers()) {
        Ok(accept) => accept,
        Err(refusal) => return refusal.into_response(),
    };
    let Some(newcomer) = state.sockets.newcomer(counted_by(&state, &request)) else {
        let refusal = "Too many sockets from this address wait for auth. Wait a moment.";
        let status = StatusCode::TOO_MANY_REQUESTS;
        return (status, [(header::RETRY_AFTER, "1")], refusal).into_response();
    };
    let Some(upgrade) = request.extensions_mut().remove::<OnUpgrade>() else {
        let refusal = "This connection cannot become a WebSocket.";
        return (StatusCode::BAD_REQUEST, refusal).into_response();
    };
    let sockets = state.sockets.clone();
    sockets.open(async move {
        if let Some(socket) = take_over(upgrade).await {
            connection::serve(state, socket, newcomer).await;
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

/// The address that newcomers are counted by. A proxy that does not say for whom it speaks may
/// speak for everybody.
fn counted_by(state: &AppState, request: &Request) -> Option<IpAddr> {
    let proxies = &state.config.trusted_proxies;
    let address = client_address(proxies, request.extensions(), request.headers());
    (!proxies.contains(address)).then_some(address)
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
    let Ok(parts) = upgraded.downcast::<TokioIo<Wire>>() else {
        tracing::error!("a WebSocket is not over TCP");
        return None;
    };
    let (stream, place) = parts.io.into_inner().into_parts();
    // Frames are whole when they are written; none is to wait for the next.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a client went away after the handshake");
        return None;
    }
    Some(Socket::new(stream, &parts.read_buf, place))
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
