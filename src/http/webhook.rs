//! LINE's webhook: limit, verify over the raw bytes, parse, store, answer 200.

use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::routing::post;
use axum::{Router, response::IntoResponse};
use http::{HeaderMap, StatusCode};

use crate::clock;
use crate::line::signature::{self, SIGNATURE_HEADER};
use crate::line::webhook::parse_body;
use crate::metrics;
use crate::protocol::ChannelName;
use crate::service::channels::{Channel, Signer};
use crate::service::ingest::ChannelRef;
use crate::state::AppState;

/// Largest body that is read.
const BODY_MAX: usize = 1024 * 1024;

/// The routes of the default channel and of the others.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/line/webhook", post(default_channel))
        .route("/line/webhook/{channel}", post(named_channel))
        .layer(DefaultBodyLimit::max(BODY_MAX))
}

async fn default_channel(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    take(&state, &ChannelName::default(), &headers, &body).await
}

async fn named_channel(
    State(state): State<AppState>,
    Path(channel): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    match channel.parse() {
        Ok(channel) => take(&state, &channel, &headers, &body).await,
        Err(_) => StatusCode::NOT_FOUND,
    }
}

/// Stores what LINE reports, and counts.
async fn take(
    state: &AppState,
    channel: &ChannelName,
    headers: &HeaderMap,
    body: &[u8],
) -> StatusCode {
    let began = Instant::now();
    let status = store(state, channel, headers, body).await;
    metrics::webhook(status.as_u16(), began.elapsed());
    status
}

/// 401 for a missing or wrong signature, 404 for a channel that does not exist, 400 for what is
/// not a webhook's JSON or has too many events, 500 when nothing could be stored (LINE then sends it again).
async fn store(
    state: &AppState,
    channel: &ChannelName,
    headers: &HeaderMap,
    body: &[u8],
) -> StatusCode {
    let now = clock::now();
    let signature = headers
        .get(SIGNATURE_HEADER)
        .and_then(|value| value.to_str().ok());
    let signed = |channel: &Channel| {
        signature.is_some_and(|header| signature::verify(channel.secret.expose(), body, header))
    };
    let channel = match state.channels.signer(channel, signed).await {
        Ok(Signer::Is(channel)) => channel,
        Ok(Signer::IsNot) => {
            tracing::warn!(channel.name = %channel, "a webhook had no valid signature");
            return StatusCode::UNAUTHORIZED;
        }
        Ok(Signer::NoChannel) => return StatusCode::NOT_FOUND,
        Err(error) => {
            error.log();
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
    };
    let Ok(mut parsed) = parse_body(body) else {
        return StatusCode::BAD_REQUEST;
    };
    parsed.events.retain(|parsed| !parsed.event.is_trial());
    if parsed.events.is_empty() {
        return StatusCode::OK;
    }
    for parsed in &parsed.events {
        tracing::debug!(
            webhook_event.id = parsed.event.webhook_event_id,
            "a webhook event came in"
        );
    }
    let reference = ChannelRef {
        id: channel.id,
        name: channel.name.clone(),
        keeps_read_tokens: channel.mark_as_read,
    };
    match state.ingest.take(reference, parsed.events, now).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            error.log();
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
