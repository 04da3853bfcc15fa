//! Headers that tell browsers what our pages may do.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use reqwest::Url;

use crate::config::Config;

const SENT_EVERYWHERE: [(HeaderName, HeaderValue); 2] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
];

/// What is the same for every answer of this process.
#[derive(Clone)]
pub(super) struct Headers {
    policy: HeaderValue,
}

impl Headers {
    pub(super) fn new(config: &Config) -> Self {
        let policy = HeaderValue::from_str(&policy(config)).expect("made of addresses and ASCII");
        Self { policy }
    }

    fn add_to(&self, answer: &mut HeaderMap) {
        for (name, value) in SENT_EVERYWHERE {
            answer.entry(name).or_insert(value);
        }
        answer
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert_with(|| self.policy.clone());
    }
}

/// Adds what an answer does not set itself.
pub(super) async fn add_headers(
    State(headers): State<Headers>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    headers.add_to(response.headers_mut());
    response
}

/// Leptos hands data over in inline scripts; customers' pictures are on LINE's https hosts, a
/// simulated LINE's on its own.
fn policy(config: &Config) -> String {
    let origin = config.public_url.origin();
    let socket = origin.replacen("http", "ws", 1);
    let line = Url::parse(&config.line.api_base)
        .map_or_else(|_| String::new(), |url| url.origin().ascii_serialization());
    // `cargo leptos watch` tells pages to reload through a port of its own.
    let reload = if std::env::var_os("LEPTOS_WATCH").is_some() {
        " ws://*:*"
    } else {
        ""
    };
    format!(
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; \
         style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https: {line}; \
         media-src 'self' blob: https: {line}; connect-src 'self' {socket}{reload}; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}
