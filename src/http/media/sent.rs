//! `GET /m/{token}` and `GET /m/{token}/preview`: what operators sent, for LINE's clients, which do
//! not sign in. Nobody guesses the token, and it has no end: a phone fetches a picture when its
//! owner looks at it, perhaps weeks later.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;

use super::answer::{Held, Reader, plain, send};
use super::{failed, serve_small, shown};
use crate::db::pieces::StoredMedia;
use crate::db::{Db, DbError};
use crate::protocol::MediaId;
use crate::protocol::message::MessageKind;
use crate::state::AppState;

/// The routes; no log-in is asked for, and no cookie is read.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/m/{token}", get(whole))
        .route("/m/{token}/preview", get(small))
}

async fn whole(
    State(state): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    match find(&state.db, &token).await {
        Ok(Some((id, kind, media))) => {
            let reader = if kind == MessageKind::File {
                Reader::Keeper
            } else {
                Reader::Customer
            };
            let held = Held::Stored(state.db.clone(), id);
            send(&shown(id, media, reader), held, &headers)
        }
        Ok(None) => nothing(),
        Err(error) => failed(&error),
    }
}

async fn small(
    State(state): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    match find(&state.db, &token).await {
        Ok(Some((id, ..))) => serve_small(&state.db, id, Reader::Customer, &headers).await,
        Ok(None) => nothing(),
        Err(error) => failed(&error),
    }
}

fn nothing() -> Response {
    plain(StatusCode::NOT_FOUND, "There is no such file.")
}

async fn find(
    db: &Db,
    token: &str,
) -> Result<Option<(MediaId, MessageKind, StoredMedia)>, DbError> {
    // No database that Sala knows keeps it in a text.
    if token.contains('\0') {
        return Ok(None);
    }
    let mut reader = db.reader().await?;
    let mut conn = reader.conn();
    let Some(sent) = conn.sent_media(token).await? else {
        return Ok(None);
    };
    let media = conn.stored_media(sent.id).await?;
    Ok(media.map(|media| (sent.id, sent.kind, media)))
}
