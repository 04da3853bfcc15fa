//! Headers that tell browsers what our pages may do.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use reqwest::Url;

use crate::config::Config;

/// What everything of ours is for: our own pages, and nothing that looks into them or at them.
const SENT_EVERYWHERE: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), \
             publickey-credentials-get=(), serial=(), usb=()",
        ),
    ),
];

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// A year. Not for the hosts below this one, which may be other people's.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Where LINE keeps the pictures of profiles, groups and stickers.
const LINE_PICTURES: &str = "https://*.line-scdn.net https://obs.line-apps.com";

/// What is the same for every answer of this process.
#[derive(Clone)]
pub(super) struct Headers {
    policy: HeaderValue,
    is_https: bool,
}

impl Headers {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            policy: policy(config, None),
            is_https: config.public_url.is_https(),
        }
    }

    fn add_to(&self, answer: &mut HeaderMap, is_simulator: bool) {
        for (name, value) in SENT_EVERYWHERE {
            answer.entry(name).or_insert(value);
        }
        // A console that was opened by another name of this machine shows simulated pictures.
        let readers = if is_simulator {
            HeaderValue::from_static("cross-origin")
        } else {
            HeaderValue::from_static("same-origin")
        };
        answer.entry(RESOURCE_POLICY).or_insert(readers);
        answer
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert_with(|| self.policy.clone());
        if self.is_https {
            answer
                .entry(header::STRICT_TRANSPORT_SECURITY)
                .or_insert(HTTPS_ONLY);
        }
    }
}

/// Adds what an answer does not set itself.
pub(super) async fn add_headers(
    State(headers): State<Headers>,
    request: Request,
    next: Next,
) -> Response {
    let is_simulator = request.uri().path().starts_with("/_sim");
    let mut response = next.run(request).await;
    headers.add_to(response.headers_mut(), is_simulator);
    response
}

/// The policy of a page whose inline scripts bear `nonce`; without one none may run. Leptos hands
/// data over in such scripts.
pub(super) fn policy(config: &Config, nonce: Option<&str>) -> HeaderValue {
    let origin = config.public_url.origin();
    let socket = origin.replacen("http", "ws", 1);
    let nonce = nonce.map_or_else(String::new, |nonce| format!("'nonce-{nonce}' "));
    let pictures = pictures(config);
    // `cargo leptos watch` tells pages to reload through a port of its own.
    let reload = if std::env::var_os("LEPTOS_WATCH").is_some() {
        " ws://*:*"
    } else {
        ""
    };
    // Two of our elements have a style attribute; no style element is let in. A film that is going to
    // be sent is read by the browser (`blob:`) for its first picture.
    let policy = format!(
        "default-src 'self'; script-src 'self' {nonce}'wasm-unsafe-eval'; \
         style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' {pictures}; \
         media-src 'self' blob:; connect-src 'self' {socket}{reload}; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("made of addresses, base64url and ASCII")
}

/// Customers' pictures are on LINE's hosts, a simulated LINE's on its own.
fn pictures(config: &Config) -> String {
    let base = Some(&config.line.api_base).filter(|_| !config.line.is_lines_own());
    let simulated = base
        .and_then(|base| Url::parse(base).ok())
        .map(|url| url.origin().ascii_serialization());
    match simulated {
        Some(origin) => format!("{LINE_PICTURES} {origin}"),
        None => LINE_PICTURES.to_owned(),
    }
}
