//! Pictures, films, sounds and files that customers sent.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;

use super::answer::refuse;
use crate::simulator::state::Media;
use crate::simulator::{Fault, Simulator, mint};

pub(super) async fn content(
    State(simulator): State<Simulator>,
    Path(message_id): Path<String>,
) -> Response {
    let fault = simulator.state().content_faults.pop_front();
    match find(&simulator, &message_id) {
        Ok(media) if fault.is_some() => spoilt(media, fault.unwrap_or_default()),
        Ok(media) if media.ready_at > mint::now() => {
            (StatusCode::ACCEPTED, Json(json!({}))).into_response()
        }
        Ok(media) => ([(CONTENT_TYPE, media.content_type)], media.bytes).into_response(),
        Err((status, words)) => refuse(status, words),
    }
}

/// Content as LINE sometimes gives it: not at all, empty, or half of it.
fn spoilt(media: Media, fault: Fault) -> Response {
    if let Some(status) = fault.status {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
        return refuse(status, "not found");
    }
    let half = media.bytes.slice(..media.bytes.len() / 2);
    let body = if fault.cut {
        let cut = Err(std::io::Error::other("cut on purpose"));
        Body::from_stream(stream::iter([Ok(half), cut]))
    } else {
        Body::empty()
    };
    ([(CONTENT_TYPE, media.content_type)], body).into_response()
}

/// The simulator has no smaller pictures: the picture is its own preview.
pub(super) async fn preview(
    State(simulator): State<Simulator>,
    Path(message_id): Path<String>,
) -> Response {
    match find(&simulator, &message_id) {
        Ok(media) if media.content_type.starts_with("image/") => {
            ([(CONTENT_TYPE, media.content_type)], media.bytes).into_response()
        }
        Ok(_) => refuse(StatusCode::BAD_REQUEST, "The message has no preview"),
        Err((status, words)) => refuse(status, words),
    }
}

pub(super) async fn transcoding(
    State(simulator): State<Simulator>,
    Path(message_id): Path<String>,
) -> Response {
    match find(&simulator, &message_id) {
        Ok(media) => {
            let ready = media.ready_at <= mint::now();
            let status = if ready { "succeeded" } else { "processing" };
            Json(json!({ "status": status })).into_response()
        }
        Err((status, words)) => refuse(status, words),
    }
}

fn find(simulator: &Simulator, message_id: &str) -> Result<Media, (StatusCode, &'static str)> {
    let state = simulator.state();
    if state.unsent.contains(message_id) {
        return Err((StatusCode::GONE, "The content is gone"));
    }
    state
        .media
        .get(message_id)
        .cloned()
        .ok_or((StatusCode::NOT_FOUND, "not found"))
}
