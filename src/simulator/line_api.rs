//! LINE's endpoints that Sala uses, with LINE's checks, words and status codes.

mod answer;
mod check;
mod content;
mod presence;
mod read;
mod send;

use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::fault::WRONG_TOKEN;
use super::wire::Way;
use super::{Simulator, mint};
use answer::{Cut, Note, refuse};

const REQUEST_ID: &str = "x-line-request-id";
/// LINE's bound for a request; what is larger is read far enough to say so.
const BODY_MAX: usize = 2 * 1024 * 1024;

/// What LINE serves at `api.line.me`.
pub(super) fn api_router(simulator: &Simulator) -> Router {
    let routes = Router::new()
        .route("/v2/bot/message/reply", post(send::reply))
        .route("/v2/bot/message/push", post(send::push))
        .route("/v2/bot/message/validate/reply", post(send::validate))
        .route("/v2/bot/message/validate/push", post(send::validate))
        .route("/v2/bot/message/quota", get(read::quota))
        .route("/v2/bot/message/quota/consumption", get(read::consumption))
        .route("/v2/bot/chat/loading/start", post(presence::loading_start))
        .route("/v2/bot/chat/markAsRead", post(presence::mark_as_read))
        .route("/v2/bot/info", get(read::bot_info))
        .route("/v2/bot/profile/{user_id}", get(read::profile))
        .route("/v2/bot/group/{group_id}/summary", get(read::group_summary))
        .route(
            "/v2/bot/group/{group_id}/members/count",
            get(read::member_count),
        )
        .route(
            "/v2/bot/group/{group_id}/member/{user_id}",
            get(read::member),
        )
        .route(
            "/v2/bot/room/{group_id}/members/count",
            get(read::member_count),
        )
        .route(
            "/v2/bot/room/{group_id}/member/{user_id}",
            get(read::member),
        )
        .route(
            "/v2/bot/channel/webhook/endpoint",
            get(read::webhook_endpoint).put(read::set_webhook_endpoint),
        )
        .route("/v2/bot/channel/webhook/test", post(read::test_webhook));
    finish(routes, simulator)
}

/// What LINE serves at `api-data.line.me`.
pub(super) fn data_router(simulator: &Simulator) -> Router {
    let routes = Router::new()
        .route(
            "/v2/bot/message/{message_id}/content",
            get(content::content),
        )
        .route(
            "/v2/bot/message/{message_id}/content/preview",
            get(content::preview),
        )
        .route(
            "/v2/bot/message/{message_id}/content/transcoding",
            get(content::transcoding),
        );
    finish(routes, simulator)
}

fn finish(routes: Router<Simulator>, simulator: &Simulator) -> Router {
    routes
        .fallback(async || refuse(StatusCode::NOT_FOUND, "Not found"))
        .layer(DefaultBodyLimit::max(2 * BODY_MAX))
        .layer(from_fn_with_state(simulator.clone(), guard))
        .with_state(simulator.clone())
}

/// Checks the access token, gives the answer its request id and writes both down.
async fn guard(State(simulator): State<Simulator>, request: Request, next: Next) -> Response {
    let (start, path) = (Instant::now(), request.uri().path().to_owned());
    let mut response = if has_token(&simulator, &request) {
        next.run(request).await
    } else {
        refuse(StatusCode::UNAUTHORIZED, WRONG_TOKEN).into_response()
    };
    if response.extensions().get::<Cut>().is_none() && !response.headers().contains_key(REQUEST_ID)
    {
        let id = HeaderValue::try_from(mint::request_id()).expect("hex digits and dashes");
        response.headers_mut().insert(REQUEST_ID, id);
    }
    log_call(&simulator, &path, &response, start);
    response
}

fn has_token(simulator: &Simulator, request: &Request) -> bool {
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    header.and_then(|header| header.strip_prefix("Bearer "))
        == Some(simulator.config().channel_token.as_str())
}

fn log_call(simulator: &Simulator, path: &str, response: &Response, start: Instant) {
    let note = response
        .extensions()
        .get::<Note>()
        .cloned()
        .unwrap_or_default();
    let title = note.title.unwrap_or_else(|| {
        path.trim_start_matches("/v2/bot/")
            .split('/')
            .filter(|part| part.len() < 30)
            .collect::<Vec<_>>()
            .join("/")
    });
    let outcome = match response.extensions().get::<Cut>() {
        Some(_) => "cut".to_owned(),
        None => response.status().as_u16().to_string(),
    };
    let took = start.elapsed().as_millis();
    let detail = format!(
        "{outcome} in {took} ms{}{}",
        if note.detail.is_empty() { "" } else { " · " },
        note.detail
    );
    let fine = outcome != "cut" && (response.status().is_success() || outcome == "409");
    simulator.log_wire(Way::ToLine, title, detail, fine);
}
