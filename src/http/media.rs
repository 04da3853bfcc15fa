//! `GET /media/{id}`: customers' files, for logged-in operators.
//!
//! Nothing is loaded as a whole: pieces are read while they are sent. Only pictures, sounds and
//! films are shown in place; all else is a download, and no browser runs any of it.

mod range;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::{Stream, stream};

use crate::api::context::identify;
use crate::db::pieces::{PIECE_BYTES, StoredMedia};
use crate::db::{Db, DbError};
use crate::protocol::MediaId;
use crate::protocol::message::MediaState;
use crate::protocol::text::is_directional;
use crate::state::AppState;
use range::{Asked, Span};

/// Types that browsers show without running anything.
const IN_PLACE: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// The route.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/media/{id}", get(show))
}

async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match identify(&state, &headers).await {
        Ok(Some(_)) => {}
        Ok(None) => return plain(StatusCode::UNAUTHORIZED, "Please sign in."),
        Err(error) => {
            error.log();
            return plain(error.status(), "The file cannot be read now.");
        }
    }
    match id.parse() {
        Ok(id) => serve(&state.db, id, &headers).await,
        Err(_) => plain(StatusCode::NOT_FOUND, "There is no such file."),
    }
}

/// The answer to a request with these headers. Whoever calls has checked who asks.
pub async fn serve(db: &Db, id: MediaId, headers: &HeaderMap) -> Response {
    let found = match find(db, id).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(media.id = %id, %error, "a file cannot be read");
            return plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The file cannot be read now.",
            );
        }
    };
    match found {
        None => plain(StatusCode::NOT_FOUND, "There is no such file."),
        Some(media) => match media.state {
            MediaState::Ready => send(db, id, &media, headers),
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

fn plain(status: StatusCode, words: &'static str) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], words).into_response()
}

fn send(db: &Db, id: MediaId, media: &StoredMedia, headers: &HeaderMap) -> Response {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // A stored file never changes, so its id is its version.
    let etag = format!("\"{id}\"");
    if text(IF_NONE_MATCH).is_some_and(|known| known == "*" || known.contains(&etag)) {
        return (StatusCode::NOT_MODIFIED, common(media, etag)).into_response();
    }
    let size = media.size.unsigned_abs();
    let same = text(IF_RANGE).is_none_or(|known| known == etag);
    match range::read(text(RANGE).filter(|_| same), size) {
        Asked::Unsatisfiable => {
            let size = [(CONTENT_RANGE, format!("bytes */{size}"))];
            (StatusCode::RANGE_NOT_SATISFIABLE, size).into_response()
        }
        Asked::All => {
            let span = Span {
                first: 0,
                length: size,
            };
            let length = [(CONTENT_LENGTH, size.to_string())];
            (common(media, etag), length, body(db, id, span)).into_response()
        }
        Asked::Part(span) => {
            let last = span.first + span.length - 1;
            let part = [
                (CONTENT_RANGE, format!("bytes {}-{last}/{size}", span.first)),
                (CONTENT_LENGTH, span.length.to_string()),
            ];
            let status = StatusCode::PARTIAL_CONTENT;
            (status, common(media, etag), part, body(db, id, span)).into_response()
        }
    }
}

fn common(media: &StoredMedia, etag: String) -> [(HeaderName, String); 7] {
    [
        (CONTENT_TYPE, media.content_type.clone()),
        (ETAG, etag),
        (CONTENT_DISPOSITION, disposition(media)),
        (ACCEPT_RANGES, "bytes".to_owned()),
        // Asked about each time, so that nothing is shown after the log-out; 304 costs no bytes.
        (CACHE_CONTROL, "private, no-cache".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
    ]
}

/// In place for pictures, sounds and films; a download under the customer's name for the rest.
fn disposition(media: &StoredMedia) -> String {
    let kind = media.content_type.as_str();
    let in_place =
        IN_PLACE.contains(&kind) || kind.starts_with("audio/") || kind.starts_with("video/");
    let way = if in_place { "inline" } else { "attachment" };
    match &media.name {
        Some(name) => {
            let mut name = name.clone();
            // Names of earlier versions may still have them.
            name.retain(|c| !is_directional(c));
            format!("{way}; filename*=UTF-8''{}", percent_encoded(&name))
        }
        None => way.to_owned(),
    }
}

/// All but letters, digits and a few signs as `%XX` (RFC 8187).
fn percent_encoded(name: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn body(db: &Db, id: MediaId, span: Span) -> Body {
    Body::from_stream(pieces(db.clone(), id, span))
}

/// The bytes of the span; each piece is read when the one before has been taken.
fn pieces(
    db: Db,
    id: MediaId,
    span: Span,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send {
    stream::try_unfold((db, span), move |(db, span)| async move {
        if span.length == 0 {
            return Ok(None);
        }
        let piece_bytes = PIECE_BYTES as u64;
        let number = i64::try_from(span.first / piece_bytes).unwrap_or(i64::MAX);
        let piece = read_piece(&db, id, number)
            .await
            .map_err(std::io::Error::other)?;
        let skip = usize::try_from(span.first % piece_bytes).unwrap_or(0);
        let mut bytes = Bytes::from(piece.unwrap_or_default());
        if bytes.len() <= skip {
            return Err(std::io::Error::other(
                "the file was removed while it was read",
            ));
        }
        bytes = bytes.split_off(skip);
        bytes.truncate(usize::try_from(span.length).unwrap_or(usize::MAX));
        let taken = bytes.len() as u64;
        let rest = Span {
            first: span.first + taken,
            length: span.length - taken,
        };
        Ok(Some((bytes, (db, rest))))
    })
}

async fn read_piece(db: &Db, id: MediaId, number: i64) -> Result<Option<Vec<u8>>, DbError> {
    db.reader().await?.conn().media_piece(id, number).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(content_type: &str, name: Option<&str>) -> StoredMedia {
        StoredMedia {
            state: MediaState::Ready,
            content_type: content_type.to_owned(),
            size: 1,
            name: name.map(str::to_owned),
        }
    }

    #[test]
    fn only_pictures_sounds_and_films_are_shown_in_place() {
        for kind in ["image/png", "audio/mpeg", "video/mp4"] {
            assert_eq!(disposition(&media(kind, None)), "inline", "{kind}");
        }
        for kind in [
            "text/html",
            "image/svg+xml",
            "application/pdf",
            "text/plain",
            "",
        ] {
            assert_eq!(disposition(&media(kind, None)), "attachment", "{kind}");
        }
    }

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        let name = "a\"\r\nX: y;ครับ.pdf";
        let shown = disposition(&media("application/pdf", Some(name)));
        let expected = "attachment; filename*=UTF-8''a%22%0D%0AX%3A%20y%3B\
                        %E0%B8%84%E0%B8%A3%E0%B8%B1%E0%B8%9A.pdf";
        assert_eq!(shown, expected);
        let turned = media("application/pdf", Some("bill\u{202e}fdp.exe\u{2069}"));
        let expected = "attachment; filename*=UTF-8''billfdp.exe";
        assert_eq!(disposition(&turned), expected);
    }
}
