//! The console's pages and server functions.

use any_spawner::Executor;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::{StatusCode, Uri, header};
use leptos::prelude::{provide_context, use_context, use_nonce};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{ResponseOptions, handle_server_fns_with_context, render_app_async_with_context};
use serde::Deserialize;
use serde_json::json;

use super::assets;
use super::guard::API;
use super::log_in_page::same_site_path;
use super::security;
use crate::protocol::ErrorCode;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Assets, Page, Place, shell};

/// Every page, every server function, and the answer to an address that leads nowhere.
pub(super) fn routes() -> Router<AppState> {
    // Rendering waits on it. Only the first server of a process can set it, and one is enough.
    let _ = Executor::init_tokio();
    let calls = server_fn_paths().map(|(path, _)| path);
    calls
        .fold(Router::new(), |router, path| router.route(path, post(call)))
        .route("/", get(inbox))
        .route("/c/{room}", get(inbox))
        .route("/login", get(login))
        .fallback(lost)
}

async fn call(State(state): State<AppState>, request: Request) -> Response {
    let context = move || provide_context(state.clone());
    handle_server_fns_with_context(context, request)
        .await
        .into_response()
}

/// The guard has sent away whoever is not signed in.
async fn inbox(State(state): State<AppState>, request: Request) -> Response {
    let place = place(request.uri());
    let Some(who) = request.extensions().get::<SignedIn>() else {
        return render(&state, Page::Failed, StatusCode::UNAUTHORIZED, request).await;
    };
    let start = state
        .inbox
        .start(&who.operator, place.tab, place.room.clone());
    match start.await {
        Ok(start) => {
            let page = Page::Inbox {
                room: place.room,
                start: Box::new(start),
            };
            render(&state, page, StatusCode::OK, request).await
        }
        Err(error) => {
            error.log();
            render(&state, Page::Failed, error.status(), request).await
        }
    }
}

fn place(uri: &Uri) -> Place {
    uri.path_and_query()
        .and_then(|address| Place::parse(address.as_str()))
        .unwrap_or_default()
}

#[derive(Deserialize)]
struct LoginQuery {
    next: Option<String>,
    error: Option<String>,
}

async fn login(
    State(state): State<AppState>,
    Query(query): Query<LoginQuery>,
    request: Request,
) -> Response {
    let page = Page::Login {
        next: same_site_path(query.next.as_deref()).to_owned(),
        error: query
            .error
            .map(|code| serde_json::from_value(code.into()).unwrap_or(ErrorCode::InternalError)),
    };
    render(&state, page, StatusCode::OK, request).await
}

/// An address that leads nowhere: people see a page, programs read why.
async fn lost(State(state): State<AppState>, request: Request) -> Response {
    if request.uri().path().starts_with(API) {
        let said = json!({ "code": "not_found", "message": "There is no such call." });
        return (StatusCode::NOT_FOUND, Json(said)).into_response();
    }
    render(&state, Page::NotFound, StatusCode::NOT_FOUND, request).await
}

async fn render(state: &AppState, page: Page, status: StatusCode, request: Request) -> Response {
    let config = state.config.clone();
    let context = move || {
        // Leptos has just made a nonce for the scripts of this answer.
        if let (Some(nonce), Some(answer)) = (use_nonce(), use_context::<ResponseOptions>()) {
            let policy = security::policy(&config, Some(nonce.as_inner()));
            answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
        provide_context(page.clone());
        provide_context(Assets {
            version: assets::asset_version().to_owned(),
        });
    };
    let options = state.leptos_options.clone();
    let render = render_app_async_with_context(context, move || shell(options.clone()));
    let mut response = render(request).await;
    *response.status_mut() = status;
    response
}
