//! All routes, and which layers each group of them gets.

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use super::{
    assets, canned_csv, commands, form_login, forms, guard, health, hosts, invitation, media,
    metrics, pages, said, security, service_worker, trace, upload, webhook, websocket, which_build,
};
use crate::state::AppState;

/// Largest body of a server function or form.
const BODY_MAX: usize = 256 * 1024;

/// The whole server. `more` holds routes that know nothing of this state: the simulator's.
pub(crate) fn build(state: &AppState, more: Router) -> Router {
    let console = pages::routes()
        .merge(commands::routes())
        .merge(canned_csv::routes())
        .merge(said::routes())
        .route("/login", post(form_login::submit))
        .route(invitation::ROUTE, post(invitation::submit))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(RequestBodyLimitLayer::new(BODY_MAX))
        // These may bring a file.
        .merge(pages::own_account())
        .merge(forms::routes())
        .layer(middleware::from_fn_with_state(state.clone(), guard::guard))
        .layer(middleware::map_response(which_build::name))
        .layer(CompressionLayer::new());
    let guard = middleware::from_fn_with_state(state.clone(), guard::guard);
    let mut plain = Router::new()
        .merge(upload::routes().layer(guard))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(assets::routes())
        .merge(service_worker::routes())
        .merge(media::routes())
        .merge(webhook::routes())
        .merge(websocket::routes());
    if state.config.metrics_addr.is_none() {
        plain = plain.route("/metrics", get(metrics::for_admins));
    }
    let hosts = hosts::Hosts::new(&state.config);
    let headers = security::Headers::new(&state.config);
    console
        .merge(plain)
        .with_state(state.clone())
        .merge(more)
        .layer(middleware::from_fn_with_state(hosts, hosts::only_known))
        .layer(middleware::from_fn_with_state(
            headers,
            security::add_headers,
        ))
        .layer(middleware::from_fn(trace::trace))
}
