//! The console's files: `/pkg/*` (script, wasm, styles) and what `public/` holds.
//!
//! They lie in `target/site` on disk or, with the feature `embed`, in the program itself. They are
//! compressed when they are built, so these routes belong outside any layer that compresses.

use std::fmt::Write as _;
use std::future::ready;
use std::sync::OnceLock;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use sha2::{Digest, Sha256};

#[cfg(not(feature = "embed"))]
mod disk;
#[cfg(feature = "embed")]
mod embedded;
mod negotiation;

#[cfg(not(feature = "embed"))]
use disk::Site;
#[cfg(feature = "embed")]
use embedded::Site;
use negotiation::accepts;

/// What decides whether a browser has to load anew, in the order in which it is hashed.
const VERSIONED: [&str; 3] = ["pkg/sala.js", "pkg/sala.wasm", "pkg/sala.css"];

/// Compressed forms, the smaller one first: name on the wire, end of the file's name.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Routes for all files of the site; `/pkg/{*path}` and one for each file of `public/`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    router(shared())
}

/// Names the build whose files are served: a short hash over script, wasm and styles.
///
/// Goes into the query of their addresses. Empty when the front end has not been built.
pub fn asset_version() -> &'static str {
    &shared().version
}

/// A file's content, and what tells it from another.
struct File {
    bytes: Bytes,
    /// Hexadecimal, of the content.
    hash: String,
}

struct Assets {
    site: Site,
    version: String,
    /// Under `cargo leptos watch` files change while the server runs.
    live: bool,
}

fn shared() -> &'static Assets {
    static ASSETS: OnceLock<Assets> = OnceLock::new();
    ASSETS.get_or_init(|| Assets::new(Site::find(), std::env::var_os("LEPTOS_WATCH").is_some()))
}

fn router<S: Clone + Send + Sync + 'static>(assets: &'static Assets) -> Router<S> {
    let answer = move |uri: Uri, headers: HeaderMap| ready(assets.answer(&uri, &headers));
    let public = assets
        .site
        .list()
        .into_iter()
        .filter(|path| is_plain(path) && !path.starts_with("pkg/") && !is_compressed(path));
    public.fold(
        Router::new().route("/pkg/{*path}", get(answer)),
        |router, path| router.route(&format!("/{path}"), get(answer)),
    )
}

impl Assets {
    fn new(site: Site, live: bool) -> Self {
        let mut all = Sha256::new();
        let mut found = false;
        for file in VERSIONED.iter().filter_map(|path| site.read(path)) {
            all.update(file.hash.as_bytes());
            found = true;
        }
        let version = if found {
            short_hex(&all.finalize())
        } else {
            String::new()
        };
        Self {
            site,
            version,
            live,
        }
    }

    fn answer(&self, uri: &Uri, headers: &HeaderMap) -> Response {
        let path = uri.path().trim_start_matches('/');
        if !is_plain(path) || is_compressed(path) {
            return StatusCode::NOT_FOUND.into_response();
        }
        let Some((file, encoding)) = self.choose(path, headers) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let mut answer = HeaderMap::new();
        answer.insert(CACHE_CONTROL, self.cache_control(uri));
        answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let etag = format!("\"{}\"", file.hash);
        let known = headers
            .get(IF_NONE_MATCH)
            .is_some_and(|value| negotiation::names(value, &etag));
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            answer.insert(ETAG, etag);
        }
        if known {
            return (StatusCode::NOT_MODIFIED, answer).into_response();
        }
        answer.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
        if let Some(encoding) = encoding {
            answer.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (answer, file.bytes).into_response()
    }

    /// The smallest form that the client takes. While files change, their compressed forms are old.
    fn choose(&self, path: &str, headers: &HeaderMap) -> Option<(File, Option<&'static str>)> {
        let offered = headers.get(ACCEPT_ENCODING).filter(|_| !self.live);
        ENCODINGS
            .into_iter()
            .filter(|(name, _)| offered.is_some_and(|header| accepts(header, name)))
            .find_map(|(name, end)| {
                let file = self.site.read(&format!("{path}{end}"))?;
                Some((file, Some(name)))
            })
            .or_else(|| self.site.read(path).map(|file| (file, None)))
    }

    /// Only the content that the address names may be kept for ever: while a new build is rolled
    /// out, an old node can be asked for the new one's files.
    fn cache_control(&self, uri: &Uri) -> HeaderValue {
        let asked = uri
            .query()
            .and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("v=")));
        if !self.live && !self.version.is_empty() && asked == Some(self.version.as_str()) {
            FOREVER
        } else {
            ASK_AGAIN
        }
    }
}

/// Whether a path can only lead to a file below the site: plain names, none hidden.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|name| {
        !name.is_empty()
            && !name.starts_with('.')
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
    })
}

/// Compressed forms are no files of their own.
fn is_compressed(path: &str) -> bool {
    ENCODINGS.iter().any(|(_, end)| path.ends_with(end))
}

fn content_type(path: &str) -> &'static str {
    let end = path.rsplit('.').next().unwrap_or_default();
    match end {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// 64 bits of a digest are enough to tell builds of one file apart.
fn short_hex(digest: &[u8]) -> String {
    digest.iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(all(test, not(feature = "embed")))]
mod tests;
