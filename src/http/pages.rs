//! The console's pages and server functions.

use axum::Router;
use leptos_axum::LeptosRoutes;

use crate::state::AppState;

/// Every page, every server function, and the answer to an address that leads nowhere.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    Router::new().leptos_routes_with_context(state, Vec::new(), || {}, || ())
}
