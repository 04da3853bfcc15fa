//! What is said in place of a page: that there is nothing, that it is for others, that we failed.

use axum::Json;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use http::{Method, StatusCode};
use serde_json::json;

use super::assets;
use super::guard::API;
use crate::service::ServiceError;
use crate::ui::{Assets, Notice, notice_page};

/// A page, or what is said in its place: with which status, to which request.
pub(super) type Shown = Result<Response, (Notice, StatusCode, Parts)>;

/// What is said in place of a page that could not be made.
pub(super) fn failed(error: &ServiceError, parts: Parts) -> (Notice, StatusCode, Parts) {
    error.log();
    (Notice::Failed, error.status(), parts)
}

/// A page that says one thing.
pub(super) fn say(parts: Parts, notice: Notice, status: StatusCode) -> Response {
    (status, Html(notice_page(parts, &assets(), notice))).into_response()
}

/// Which build's style sheet and script pages ask for.
pub(super) fn assets() -> Assets {
    Assets {
        version: assets::asset_version().to_owned(),
    }
}

/// An address that leads nowhere: people see a page, programs read why.
pub(super) async fn lost(request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    if parts.uri.path().starts_with(API) {
        let said = json!({ "code": "not_found", "message": "There is no such call." });
        return (StatusCode::NOT_FOUND, Json(said)).into_response();
    }
    if reads {
        say(parts, Notice::NotFound, StatusCode::NOT_FOUND)
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
