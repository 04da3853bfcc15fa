//! `GET /said/{part}`: what one of the console's scripts says, in the language that it names, and for
//! the palette the pages to go to.

use axum::extract::{Path, Query, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};

use super::log_in_page::to_login;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Lang, Said, SaidBy, said_pages};

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/said/{part}", get(said))
}

#[derive(Deserialize)]
struct Asked {
    lang: String,
}

#[derive(Serialize)]
struct Told {
    texts: Said,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pages: Vec<(&'static str, String)>,
}

async fn said(Path(part): Path<String>, Query(asked): Query<Asked>, request: Request) -> Response {
    let Some(who) = request.extensions().get::<SignedIn>() else {
        return to_login(request.uri());
    };
    let lang = Lang::from_tag(&asked.lang);
    let Some((part, lang)) = SaidBy::parse(&part).zip(lang) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let pages = match part {
        SaidBy::Palette => said_pages(who.operator.role, lang),
        SaidBy::Search
        | SaidBy::Keys
        | SaidBy::Lists
        | SaidBy::Files
        | SaidBy::Trays
        | SaidBy::Customer
        | SaidBy::Alerts => Vec::new(),
    };
    let texts = part.texts(lang);
    (
        [(header::CACHE_CONTROL, "no-store")],
        Json(Told { texts, pages }),
    )
        .into_response()
}
