//! Operators' pictures: `GET /media/operators/{name}` for whoever is signed in (the page on
//! which they are chosen), and
//! `GET /m/operators/{name}` for LINE's clients. Nobody guesses the name, and each picture has its
//! own, so an address never shows another picture than it did.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;

use super::answer::{Held, Reader, Shown, plain, send};
use super::{admitted, failed};
use crate::db::{Db, DbError};
use crate::state::AppState;

/// The routes.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/media/operators/{name}", get(for_colleagues))
        .route("/m/operators/{name}", get(for_customers))
}

async fn for_colleagues(
    State(state): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    match admitted(&state, &headers).await {
        Ok(()) => serve(&state.db, &name, Reader::Operator, &headers).await,
        Err(refused) => refused,
    }
}

async fn for_customers(
    State(state): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    serve(&state.db, &name, Reader::Customer, &headers).await
}

async fn serve(db: &Db, name: &str, reader: Reader, headers: &HeaderMap) -> Response {
    match find(db, name).await {
        Ok(Some(bytes)) => {
            let shown = Shown {
                etag: format!("\"{name}\""),
                content_type: "image/png".to_owned(),
                size: bytes.len() as u64,
                name: None,
                reader,
            };
            send(&shown, Held::Here(Bytes::from(bytes)), headers)
        }
        Ok(None) => plain(StatusCode::NOT_FOUND, "There is no such picture."),
        Err(error) => failed(&error),
    }
}

async fn find(db: &Db, name: &str) -> Result<Option<Vec<u8>>, DbError> {
    db.reader().await?.conn().operator_picture(name).await
}
