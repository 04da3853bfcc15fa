//! How a file is answered: whole or in part, to be shown or to be kept, and never to be run.
//!
//! Nothing is loaded as a whole: pieces are read while they are sent. Only pictures, sounds and
//! films are shown in place; all else is a download, and no browser runs any of it.

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, stream};

use super::range::{self, Asked, Span};
use crate::db::pieces::PIECE_BYTES;
use crate::db::{Db, DbError};
use crate::protocol::MediaId;
use crate::protocol::text::is_directional;

/// Types that browsers show without running anything.
const IN_PLACE: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

pub(super) fn plain(status: StatusCode, words: &'static str) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], words).into_response()
}

/// What is shown of a file, and to whom.
pub(super) struct Shown {
    /// Its version.
    pub(super) etag: String,
    pub(super) content_type: String,
    /// Bytes.
    pub(super) size: u64,
    /// For whoever keeps it.
    pub(super) name: Option<String>,
    pub(super) reader: Reader,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// Somebody who is signed in.
    Operator,
    /// LINE's clients, for a picture, film or sound that they show.
    Customer,
    /// The same for a file that they keep.
    Keeper,
}

/// Where its bytes are.
pub(super) enum Held {
    /// In the store.
    Stored(Db, MediaId),
    /// At hand.
    Here(Bytes),
}

/// The answer to a request with these headers.
pub(super) fn send(shown: &Shown, held: Held, headers: &HeaderMap) -> Response {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let etag = &shown.etag;
    if text(IF_NONE_MATCH).is_some_and(|known| known == "*" || known.contains(etag)) {
        return (StatusCode::NOT_MODIFIED, common(shown)).into_response();
    }
    let size = shown.size;
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
            (common(shown), length, body(held, span)).into_response()
        }
        Asked::Part(span) => {
            let last = span.first + span.length - 1;
            let part = [
                (CONTENT_RANGE, format!("bytes {}-{last}/{size}", span.first)),
                (CONTENT_LENGTH, span.length.to_string()),
            ];
            let status = StatusCode::PARTIAL_CONTENT;
            (status, common(shown), part, body(held, span)).into_response()
        }
    }
}

fn common(shown: &Shown) -> [(HeaderName, String); 8] {
    let (cache, readers) = match shown.reader {
        // Asked about each time, so that nothing is shown after the log-out; 304 costs no bytes.
        Reader::Operator => ("private, no-cache", "same-origin"),
        // Whoever stands between may make no other file of it: LINE shows only what it knows.
        Reader::Customer | Reader::Keeper => ("public, max-age=3600, no-transform", "cross-origin"),
    };
    [
        (CONTENT_TYPE, shown.content_type.clone()),
        (ETAG, shown.etag.clone()),
        (CONTENT_DISPOSITION, disposition(shown)),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (CACHE_CONTROL, cache.to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
        (RESOURCE_POLICY, readers.to_owned()),
    ]
}

/// In place for pictures, sounds and films; a download under its name for the rest.
fn disposition(shown: &Shown) -> String {
    let kind = shown.content_type.as_str();
    let is_shown =
        IN_PLACE.contains(&kind) || kind.starts_with("audio/") || kind.starts_with("video/");
    let in_place = is_shown && shown.reader != Reader::Keeper;
    let way = if in_place { "inline" } else { "attachment" };
    match &shown.name {
        Some(name) => {
            let mut name = name.clone();
            // Names of earlier versions may still have them.
            name.retain(|c| !is_directional(c));
            let (plain, all) = (ascii(&name), percent_encoded(&name));
            format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{all}")
        }
        None => way.to_owned(),
    }
}

/// For those who do not read the whole name.
fn ascii(name: &str) -> String {
    let plain = |c: char| {
        let is_plain = c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '/' | '%' | ';');
        if is_plain || c == ' ' { c } else { '_' }
    };
    name.chars().map(plain).collect()
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

fn body(held: Held, span: Span) -> Body {
    match held {
        Held::Stored(db, id) => Body::from_stream(pieces(db, id, span)),
        Held::Here(bytes) => {
            let at = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
            let (first, end) = (at(span.first), at(span.first + span.length));
            Body::from(bytes.slice(first..end))
        }
    }
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

    fn media(content_type: &str, name: Option<&str>) -> Shown {
        Shown {
            etag: String::new(),
            content_type: content_type.to_owned(),
            size: 1,
            name: name.map(str::to_owned),
            reader: Reader::Operator,
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
    fn what_is_to_be_kept_is_never_shown_in_place() {
        let mut film = media("video/quicktime", None);
        film.reader = Reader::Keeper;
        assert_eq!(disposition(&film), "attachment");
    }

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        let name = "a\"\r\nX: y;ครับ.pdf";
        let shown = disposition(&media("application/pdf", Some(name)));
        let expected = "attachment; filename=\"a___X: y_____.pdf\"; filename*=UTF-8''a%22%0D%0AX%3A%20y%3B\
                        %E0%B8%84%E0%B8%A3%E0%B8%B1%E0%B8%9A.pdf";
        assert_eq!(shown, expected);
        let turned = media("application/pdf", Some("bill\u{202e}fdp.exe\u{2069}"));
        let expected = "attachment; filename=\"billfdp.exe\"; filename*=UTF-8''billfdp.exe";
        assert_eq!(disposition(&turned), expected);
    }
}
