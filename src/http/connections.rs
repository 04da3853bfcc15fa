//! `GET /connections`: the administrators' page about this node's connections.
//!
//! Rendered on the server only and loaded anew every few seconds by the browser itself, so that
//! it costs the console's own script nothing.

use axum::extract::{Request, State};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;

use super::assets;
use crate::protocol::Role;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Assets, connections_page};

/// 403 with a page that says so for all but administrators.
pub(super) async fn page(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let may = parts
        .extensions
        .get::<SignedIn>()
        .is_some_and(|who| who.operator.role == Role::Admin);
    let shown = may.then(|| state.connections.now());
    let assets = Assets {
        version: assets::asset_version().to_owned(),
    };
    let status = if may {
        StatusCode::OK
    } else {
        StatusCode::FORBIDDEN
    };
    let page = connections_page(parts, &assets, shown.as_ref());
    (status, Html(page)).into_response()
}
