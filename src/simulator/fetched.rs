//! What a customer's phone fetches from the account's own server: the files in messages, when its
//! owner looks at them. As LINE's clients do it follows no redirect, and takes only files of the
//! kinds and sizes that LINE names.

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};

use super::page::MEDIA_POLICY;
use super::{Simulator, SimulatorError};

const PICTURES: &[&str] = &["image/jpeg", "image/png"];
const FILMS: &[&str] = &["video/mp4"];
const SOUNDS: &[&str] = &["audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/m4a"];

/// What LINE takes of a file.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    types: &'static [&'static str],
    bytes: u64,
}

const PREVIEW: Bounds = Bounds {
    types: PICTURES,
    bytes: 1 << 20,
};

const ICON: Bounds = Bounds {
    types: &["image/png"],
    bytes: 1 << 20,
};

impl Bounds {
    /// Of a message's file.
    fn of(kind: &str) -> Option<Self> {
        let (types, megabytes) = match kind {
            "image" => (PICTURES, 10),
            "video" => (FILMS, 200),
            "audio" => (SOUNDS, 200),
            _ => return None,
        };
        Some(Self {
            types,
            bytes: megabytes << 20,
        })
    }
}

/// The files of a message.
pub(super) fn router(simulator: &Simulator) -> Router {
    Router::new()
        .route("/_sim/fetched/{message_id}", get(whole))
        .route("/_sim/fetched/{message_id}/preview", get(small))
        .route("/_sim/fetched/{message_id}/icon", get(icon))
        .with_state(simulator.clone())
}

async fn whole(
    State(simulator): State<Simulator>,
    Path(message_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, SimulatorError> {
    let message = simulator.sent_by_account(&message_id)?;
    let bounds = message["type"].as_str().and_then(Bounds::of);
    let bounds = bounds.ok_or_else(|| nothing(&message_id))?;
    fetch(&simulator, &message["originalContentUrl"], bounds, &headers).await
}

async fn small(
    State(simulator): State<Simulator>,
    Path(message_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, SimulatorError> {
    let message = simulator.sent_by_account(&message_id)?;
    fetch(&simulator, &message["previewImageUrl"], PREVIEW, &headers).await
}

async fn icon(
    State(simulator): State<Simulator>,
    Path(message_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, SimulatorError> {
    let message = simulator.sent_by_account(&message_id)?;
    fetch(&simulator, &message["sender"]["iconUrl"], ICON, &headers).await
}

fn nothing(message_id: &str) -> SimulatorError {
    SimulatorError::NotFound(format!("file of message {message_id}"))
}

async fn fetch(
    simulator: &Simulator,
    url: &Value,
    bounds: Bounds,
    asked: &HeaderMap,
) -> Result<Response, SimulatorError> {
    let url = url.as_str().ok_or_else(|| nothing("without one"))?;
    let mut request = simulator.0.http.get(url);
    // For seeking in films.
    if let Some(range) = asked.get(RANGE) {
        request = request.header(RANGE, range);
    }
    let answer = request.send().await?;
    Ok(match refusal(&answer, bounds) {
        Some(why) => {
            let why = json!({ "message": format!("LINE's clients do not show it: {why}") });
            (StatusCode::BAD_GATEWAY, Json(why)).into_response()
        }
        None => hand_on(answer, bounds),
    })
}

/// Why LINE's clients would not show what was answered.
fn refusal(answer: &reqwest::Response, bounds: Bounds) -> Option<String> {
    let status = answer.status();
    if status.is_redirection() {
        return Some(format!("{status} leads elsewhere"));
    }
    if !matches!(status, StatusCode::OK | StatusCode::PARTIAL_CONTENT) {
        return Some(format!("the server answered {status}"));
    }
    let kind = answer.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !bounds.types.contains(&kind) {
        return Some(format!("{kind:?} is none of {:?}", bounds.types));
    }
    let length = answer.content_length();
    length
        .filter(|length| *length > bounds.bytes)
        .map(|length| format!("{length} bytes are more than {}", bounds.bytes))
}

/// Hands the bytes on as they come, and cuts off what is more than LINE takes.
fn hand_on(answer: reqwest::Response, bounds: Bounds) -> Response {
    let status = answer.status();
    let mut headers = HeaderMap::new();
    for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_RANGE, ACCEPT_RANGES] {
        if let Some(value) = answer.headers().get(&name) {
            headers.insert(name, value.clone());
        }
    }
    let mut left = bounds.bytes;
    let bytes = answer.bytes_stream().map_err(std::io::Error::other);
    let bytes = bytes.map(move |bytes| {
        let bytes = bytes?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| std::io::Error::other("more than LINE takes"))?;
        Ok::<_, std::io::Error>(bytes)
    });
    let policy = [(CONTENT_SECURITY_POLICY, MEDIA_POLICY)];
    (status, headers, policy, Body::from_stream(bytes)).into_response()
}

impl Simulator {
    /// A message of the account, as it was sent.
    fn sent_by_account(&self, message_id: &str) -> Result<Value, SimulatorError> {
        let state = self.state();
        let mut bubbles = state.chats.values().flat_map(|chat| &chat.history);
        bubbles
            .find(|bubble| bubble.id == message_id && bubble.from.is_none())
            .map(|bubble| bubble.message.clone())
            .ok_or_else(|| nothing(message_id))
    }
}
