//! `GET /canned.csv`: the canned replies that one sees, as a table for spreadsheets.

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header;
use serde::Deserialize;

use super::guard::refusal;
use super::log_in_page::to_login;
use crate::service::auth::SignedIn;
use crate::service::canned::{contains, to_csv};
use crate::state::AppState;
use crate::ui::CANNED_CSV;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(CANNED_CSV, get(file))
}

#[derive(Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

async fn file(State(state): State<AppState>, request: Request) -> Response {
    let Some(who) = request.extensions().get::<SignedIn>() else {
        return to_login(request.uri());
    };
    let asked = Query::<Asked>::try_from_uri(request.uri());
    let Asked { q } = asked.map(|Query(asked)| asked).unwrap_or_default();
    let mut replies = match state.canned.list(who.operator.id).await {
        Ok(replies) => replies,
        Err(error) => {
            error.log();
            return refusal(&error);
        }
    };
    replies.retain(|reply| contains(reply, &q));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"canned-replies.csv\"",
        ),
    ];
    (headers, to_csv(&replies)).into_response()
}
