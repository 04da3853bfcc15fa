//! For whoever watches over the process.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::protocol::event::Degraded;
use crate::state::AppState;

/// `GET /healthz`: the process runs.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: everything that serving needs is there; otherwise 503 with what is missing.
pub(super) async fn ready(State(state): State<AppState>) -> Response {
    let mut failing = Vec::new();
    if state.readiness.wrong().await.is_some() {
        failing.push("database");
    }
    if state.hub.degraded().contains(&Degraded::Broker) {
        failing.push("broker");
    }
    failing.extend(state.vitals.lost());
    if failing.is_empty() {
        return Json(serde_json::json!({ "status": "ready" })).into_response();
    }
    let body = serde_json::json!({ "status": "unavailable", "failing": failing });
    (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
}
