//! Files: `GET /media/{id}` for logged-in operators, `GET /m/{token}` for LINE's clients; and
//! operators' pictures below both.

mod answer;
mod faces;
mod range;
mod sent;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;

use crate::api::context::identify;
use crate::db::pieces::StoredMedia;
use crate::db::{Db, DbError};
use crate::protocol::MediaId;
use crate::protocol::message::MediaState;
use crate::state::AppState;
use answer::{Held, Reader, Shown, plain, send};

/// The routes.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/media/{id}", get(show))
        .route("/media/{id}/preview", get(show_small))
        .merge(sent::routes())
        .merge(faces::routes())
}
async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match asked_for(&state, &id, &headers).await {
        Ok(id) => serve(&state.db, id, &headers).await,
        Err(refused) => refused,
    }
}

async fn show_small(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match asked_for(&state, &id, &headers).await {
        Ok(id) => serve_small(&state.db, id, Reader::Operator, &headers).await,
        Err(refused) => refused,
    }
}

/// Which file, if an operator asks.
async fn asked_for(state: &AppState, id: &str, headers: &HeaderMap) -> Result<MediaId, Response> {
    admitted(state, headers).await?;
    let id = id.parse();
    id.map_err(|_| plain(StatusCode::NOT_FOUND, "There is no such file."))
}

/// Whether somebody asks who is signed in.
async fn admitted(state: &AppState, headers: &HeaderMap) -> Result<(), Response> {
    match identify(state, headers).await {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(plain(StatusCode::UNAUTHORIZED, "Please sign in.")),
        Err(error) => {
            error.log();
            Err(plain(error.status(), "The file cannot be read now."))
        }
    }
}

/// The answer to a request with these headers. Whoever calls has checked who asks.
pub async fn serve(db: &Db, id: MediaId, headers: &HeaderMap) -> Response {
    let found = match find(db, id).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match found {
        None => plain(StatusCode::NOT_FOUND, "There is no such file."),
        Some(media) => match media.state {
            MediaState::Ready => {
                let held = Held::Stored(db.clone(), id);
                send(&shown(id, media, Reader::Operator), held, headers)
            }
            MediaState::Gone => plain(StatusCode::GONE, "LINE no longer has this file."),
            MediaState::Pending | MediaState::Failed | MediaState::External => {
                plain(StatusCode::NOT_FOUND, "This file is not here.")
            }
        },
    }
}

async fn find(db: &Db, id: MediaId) -> Result<Option<StoredMedia>, DbError> {
    db.reader().await?.conn().stored_media(id).await
}

fn failed(error: &DbError) -> Response {
    tracing::error!(%error, "a file cannot be read");
    let words = "The file cannot be read now.";
    plain(StatusCode::INTERNAL_SERVER_ERROR, words)
}

fn shown(id: MediaId, media: StoredMedia, reader: Reader) -> Shown {
    Shown {
        // A stored file never changes, so its id is its version.
        etag: format!("\"{id}\""),
        content_type: media.content_type,
        size: media.size.unsigned_abs(),
        name: media.name,
        reader,
    }
}

/// The small picture of a file.
async fn serve_small(db: &Db, id: MediaId, reader: Reader, headers: &HeaderMap) -> Response {
    let found = match find_small(db, id).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match found {
        None => plain(StatusCode::NOT_FOUND, "There is no picture of this file."),
        Some(bytes) => {
            let shown = Shown {
                etag: format!("\"{id}-preview\""),
                content_type: "image/jpeg".to_owned(),
                size: bytes.len() as u64,
                name: None,
                reader,
            };
            send(&shown, Held::Here(Bytes::from(bytes)), headers)
        }
    }
}

async fn find_small(db: &Db, id: MediaId) -> Result<Option<Vec<u8>>, DbError> {
    db.reader().await?.conn().media_preview(id).await
}
