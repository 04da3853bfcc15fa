//! `GET /metrics`: numbers in Prometheus' text form.

use std::fmt::Write;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, header};

use super::guard::refusal;
use crate::api::context::identify;
use crate::protocol::Role;
use crate::service::ServiceError;
use crate::state::AppState;

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// On an address of its own, open to whoever reaches that.
pub(crate) fn own_router(state: &AppState) -> Router {
    Router::new()
        .route("/metrics", get(for_all))
        .with_state(state.clone())
}

/// On the console's address, for administrators.
pub(super) async fn for_admins(State(state): State<AppState>, headers: HeaderMap) -> Response {
    match identify(&state.auth, &headers).await {
        Ok(Some(who)) if who.operator.role == Role::Admin => metrics(&state),
        Ok(Some(_)) => refusal(&ServiceError::Forbidden),
        Ok(None) => refusal(&ServiceError::NotAuthenticated),
        Err(error) => {
            error.log();
            refusal(&error)
        }
    }
}

async fn for_all(State(state): State<AppState>) -> Response {
    metrics(&state)
}

fn metrics(state: &AppState) -> Response {
    let (connections, rooms) = state.hub.size();
    let mut text = format!(
        "# HELP sala_build_info The running version.\n# TYPE sala_build_info gauge\n\
         sala_build_info{{version=\"{}\",database=\"{}\"}} 1\n",
        env!("CARGO_PKG_VERSION"),
        state.db.kind()
    );
    gauge(
        &mut text,
        "sala_websocket_connections",
        "Open sockets of this node.",
        connections,
    );
    gauge(
        &mut text,
        "sala_joined_rooms",
        "Conversations that sockets of this node look at.",
        rooms,
    );
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response()
}

fn gauge(text: &mut String, name: &str, help: &str, value: usize) {
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}"
    );
}
