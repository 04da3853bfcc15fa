//! Every page: the place that an address names, who may see it, what it shows first, and the
//! answer. And the server functions, which pages call.

use std::future::ready;

use any_spawner::Executor;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::{StatusCode, Uri, header};
use leptos::prelude::{provide_context, use_context, use_nonce};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{ResponseOptions, handle_server_fns_with_context, render_app_async_with_context};
use serde::Deserialize;
use tower_http::limit::RequestBodyLimitLayer;

use super::log_in_page::{same_site_path, to_login};
use super::notices::{Shown, assets, failed, lost, say};
use super::{invitation, security, settings};
use crate::protocol::ErrorCode;
use crate::protocol::account::PICTURE_MAX;
use crate::service::auth::SignedIn;
use crate::service::inbox::AskedPage;
use crate::state::AppState;
use crate::ui::{Answer, ConsolePlace, Door, Notice, Page, Place, filter_of, shell};

/// The one server function whose arguments may have a file among them.
const SAVE_PROFILE: &str = "/api/save_profile";
/// The most bytes of those: a picture in base64, and a little more.
const SAVE_PROFILE_MAX: usize = PICTURE_MAX.div_ceil(3) * 4 + 64 * 1024;

/// What operators change of themselves.
pub(super) fn own_account() -> Router<AppState> {
    Router::new()
        .route(SAVE_PROFILE, post(call))
        .layer(DefaultBodyLimit::max(SAVE_PROFILE_MAX))
        .layer(RequestBodyLimitLayer::new(SAVE_PROFILE_MAX))
}

/// Every page, every other server function, and the answer to an address that leads nowhere.
pub(super) fn routes() -> Router<AppState> {
    // Rendering waits on it. Only the first server of a process can set it, and one is enough.
    let _ = Executor::init_tokio();
    let mut router = Router::new();
    for (path, _) in server_fn_paths().filter(|(path, _)| *path != SAVE_PROFILE) {
        router = router.route(path, post(call));
    }
    for path in Place::ROUTES {
        router = router.route(path, get(page));
    }
    for (path, place) in Place::MOVED {
        router = router.route(path, get(move |uri: Uri| ready(moved(&place, &uri))));
    }
    router.fallback(lost)
}

async fn call(State(state): State<AppState>, request: Request) -> Response {
    let context = move || provide_context(state.clone());
    handle_server_fns_with_context(context, request)
        .await
        .into_response()
}

/// The one way to every place: which it is, who may see it, what it shows first, the answer.
async fn page(State(state): State<AppState>, request: Request) -> Response {
    let Some(place) = place(request.uri()) else {
        return lost(request).await;
    };
    let who = request.extensions().get::<SignedIn>().cloned();
    let shown = match (place.door(), &who) {
        (Door::Guests, None) => return login(&state, request).await,
        (Door::Guests, Some(_)) => {
            let next = next_of(request.uri());
            return Redirect::to(same_site_path(next.as_deref())).into_response();
        }
        (Door::Holder(token), _) => {
            return invitation::page(&state, &token, request.into_parts().0).await;
        }
        (Door::Operators(_), None) => return to_login(request.uri()),
        (Door::Operators(role), Some(who)) => {
            let may = who.operator.role >= role;
            match &place {
                Place::Console(place) if may => inbox(&state, who, place, request).await,
                // A section that is for others keeps the list of those that are not.
                Place::Settings(section) => {
                    let (parts, _) = request.into_parts();
                    settings::show(&state, who, *section, parts, Answer::Nothing).await
                }
                Place::Console(_) | Place::Login | Place::Invitation(_) => Err((
                    Notice::NotForYou(role),
                    StatusCode::FORBIDDEN,
                    request.into_parts().0,
                )),
            }
        }
    };
    shown.unwrap_or_else(|(notice, status, parts)| say(parts, notice, status))
}

fn place(uri: &Uri) -> Option<Place> {
    Place::parse(uri.path_and_query()?.as_str())
}

/// An old address leads on, with all that it asks for.
fn moved(place: &Place, uri: &Uri) -> Response {
    let to = match uri.query() {
        Some(query) => format!("{}?{query}", place.href()),
        None => place.href(),
    };
    Redirect::permanent(&to).into_response()
}

async fn inbox(state: &AppState, who: &SignedIn, place: &ConsolePlace, request: Request) -> Shown {
    let (filter, sort) = filter_of(request.uri().query().unwrap_or_default());
    let asked = AskedPage {
        tab: place.tab,
        filter,
        sort,
        ..AskedPage::default()
    };
    let start = state.inbox.start(who, asked, place.room.clone());
    match start.await {
        Ok(start) => {
            let page = Page::Inbox {
                room: place.room.clone(),
                start: Box::new(start),
            };
            Ok(render(state, page, request).await)
        }
        Err(error) => Err(failed(&error, request.into_parts().0)),
    }
}

#[derive(Default, Deserialize)]
struct LoginQuery {
    next: Option<String>,
    error: Option<String>,
}

async fn login(state: &AppState, request: Request) -> Response {
    let query = Query::<LoginQuery>::try_from_uri(request.uri());
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let page = Page::Login {
        next: same_site_path(query.next.as_deref()).to_owned(),
        error: query
            .error
            .map(|code| serde_json::from_value(code.into()).unwrap_or(ErrorCode::InternalError)),
    };
    render(state, page, request).await
}

fn next_of(uri: &Uri) -> Option<String> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    pairs
        .into_iter()
        .find_map(|(key, value)| (key == "next").then_some(value))
}

/// A page that the browser takes over.
async fn render(state: &AppState, page: Page, request: Request) -> Response {
    let config = state.config.clone();
    let context = move || {
        // Leptos has just made a nonce for the scripts of this answer.
        if let (Some(nonce), Some(answer)) = (use_nonce(), use_context::<ResponseOptions>()) {
            let policy = security::policy(&config, Some(nonce.as_inner()));
            answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
        provide_context(page.clone());
        provide_context(assets());
    };
    let options = state.leptos_options.clone();
    let render = render_app_async_with_context(context, move || shell(options.clone()));
    render(request).await
}
