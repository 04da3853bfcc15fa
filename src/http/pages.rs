//! The console's pages and server functions.

use axum::Router;
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context, generate_route_list};

use super::assets;
use crate::state::AppState;
use crate::ui::{App, Assets, shell};

/// Every page, every server function, and the answer to an address that leads nowhere.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    let context = {
        let state = state.clone();
        move || {
            provide_context(state.clone());
            provide_context(Assets {
                version: assets::asset_version().to_owned(),
            });
        }
    };
    let page = {
        let options = state.leptos_options.clone();
        move || shell(options.clone())
    };
    let routes = generate_route_list(App);
    let lost = file_and_error_handler_with_context::<AppState, _>(
        context.clone(),
        |options: LeptosOptions| shell(options),
    );
    Router::new()
        .leptos_routes_with_context(state, routes, context, page)
        .fallback(lost)
}
