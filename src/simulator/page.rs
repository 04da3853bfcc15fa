//! The phone page: a person plays any customer, sees answers live and the wire beside them.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive};
use axum::response::{IntoResponse, Response, Sse};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::{Stream, StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::picture::{self, STICKERS};
use super::{Simulator, SimulatorError};

const PAGE: &str = include_str!("page/phone.html");
const STYLE: &str = include_str!("page/phone.css");
const SCRIPT: &str = include_str!("page/phone.js");
/// The page's own script and style only; pictures may come from the console, too.
const PAGE_POLICY: &str = "default-src 'self'; img-src * data: blob:; media-src *; \
    object-src 'none'; base-uri 'none'; frame-ancestors 'self'";
/// What customers uploaded is shown, never run.
pub(super) const MEDIA_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// Tells a page that it missed something.
const RESYNC: &str = r#"{"type":"resync"}"#;

/// The page, its data and its pictures.
pub(super) fn router(simulator: &Simulator) -> Router {
    let style = async || asset("text/css; charset=utf-8", STYLE);
    let script = async || asset("text/javascript; charset=utf-8", SCRIPT);
    Router::new()
        .route("/_sim", get(page))
        .route("/_sim/", get(page))
        .route("/_sim/phone.css", get(style))
        .route("/_sim/phone.js", get(script))
        .route("/_sim/state", get(state))
        .route("/_sim/stream", get(live))
        .route("/_sim/customers/{chat_id}/history", get(history))
        .route("/_sim/media/{message_id}", get(media))
        .route("/_sim/pictures/{file}", get(face))
        .route("/_sim/stickers/{package_id}/{file}", get(sticker))
        .with_state(simulator.clone())
}

/// Refuses changes that another site's page asks for. Programs send neither header.
pub(super) async fn own_pages_only(request: Request, next: Next) -> Response {
    if request.method() == Method::GET || is_own(request.headers()) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        Json(json!({"message": "another site's page"})),
    )
        .into_response()
}

fn is_own(headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let own_origin = header("origin")
        .is_none_or(|origin| origin.split_once("://").map(|(_, host)| host) == header("host"));
    let own_site =
        header("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    own_origin && own_site
}

async fn page() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, PAGE_POLICY),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, PAGE).into_response()
}

fn asset(content_type: &'static str, text: &'static str) -> Response {
    (
        [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-cache")],
        text,
    )
        .into_response()
}

/// All that the page needs to start.
async fn state(State(simulator): State<Simulator>) -> Json<Value> {
    let config = simulator.config();
    let stickers: Vec<_> = STICKERS
        .iter()
        .map(|(package, sticker, name)| json!({"packageId": package, "stickerId": sticker, "name": name}))
        .collect();
    let state = simulator.state();
    Json(json!({
        "account": {"name": config.display_name, "basic_id": config.basic_id},
        "console_url": config.console_url,
        "settings": state.settings,
        "chats": state.listed(),
        "wire": state.wire.entries,
        "stickers": stickers,
    }))
}

async fn history(
    State(simulator): State<Simulator>,
    Path(chat_id): Path<String>,
) -> Result<Json<Value>, SimulatorError> {
    let state = simulator.state();
    let chat = state.chats.get(&chat_id);
    let chat = chat.ok_or_else(|| SimulatorError::NotFound(format!("customer {chat_id}")))?;
    Ok(Json(json!({ "bubbles": chat.history })))
}

/// News as they come, until shutdown.
async fn live(
    State(simulator): State<Simulator>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let updates = stream::unfold(simulator.0.updates.subscribe(), next_update);
    let shutdown = simulator.0.shutdown.clone().cancelled_owned();
    Sse::new(updates.take_until(shutdown)).keep_alive(KeepAlive::default())
}

async fn next_update(
    mut updates: Receiver<Arc<str>>,
) -> Option<(Result<Event, Infallible>, Receiver<Arc<str>>)> {
    let event = match updates.recv().await {
        Ok(update) => Event::default().data(update),
        Err(RecvError::Lagged(_)) => Event::default().data(RESYNC),
        Err(RecvError::Closed) => return None,
    };
    Some((Ok(event), updates))
}

/// A message's bytes, for the page; LINE's own endpoint wants the channel's token.
async fn media(State(simulator): State<Simulator>, Path(message_id): Path<String>) -> Response {
    let Some(media) = simulator.state().media.get(&message_id).cloned() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE.as_str(), media.content_type.as_str()),
        (CONTENT_SECURITY_POLICY.as_str(), MEDIA_POLICY),
        ("x-content-type-options", "nosniff"),
    ];
    (headers, media.bytes).into_response()
}

async fn face(Path(file): Path<String>) -> Response {
    match file.strip_suffix(".svg").map(|name| (name, name.parse())) {
        Some(("group", _)) => svg(picture::group()),
        Some((_, Ok(number))) => svg(picture::customer(number)),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn sticker(Path((package_id, file)): Path<(String, String)>) -> Response {
    match file.strip_suffix(".svg") {
        Some(sticker_id) => svg(picture::sticker(&package_id, sticker_id)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn svg(drawing: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "image/svg+xml"),
        (CONTENT_SECURITY_POLICY, MEDIA_POLICY),
        (CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, drawing).into_response()
}
