//! For whoever watches over the process.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::state::AppState;

/// How long the store may take for a sign of life.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: the process runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: everything that serving needs is there; otherwise 503 with what is missing.
pub(super) async fn ready(State(state): State<AppState>) -> Response {
    let database = match tokio::time::timeout(PATIENCE, state.db.ping()).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some("no answer within 2 s".to_owned()),
    };
    let mut failing = Vec::new();
    if let Some(error) = database {
        tracing::warn!(%error, "the database gives no sign of life");
        failing.push("database");
    }
    if !state.hub.degraded().is_empty() {
        failing.push("broker");
    }
    failing.extend(state.vitals.lost());
    if failing.is_empty() {
        return Json(serde_json::json!({ "status": "ready" })).into_response();
    }
    let body = serde_json::json!({ "status": "unavailable", "failing": failing });
    (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
}
