//! A span for each request, and its id in the answer.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, StatusCode};
use tracing::Instrument;
use uuid::Uuid;

use super::guard;
use crate::metrics::{self, Broken};
use crate::service::ServiceError;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names the route, not the path: paths hold media tokens.
pub(super) async fn trace(request: Request, next: Next) -> Response {
    let id = Uuid::new_v4();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str);
    let is_call = request.uri().path().starts_with(guard::API);
    let span = tracing::info_span!(
        "request",
        request.id = %id,
        http.method = %request.method(),
        http.route = route,
    );
    async move {
        let began = Instant::now();
        let answering = AssertUnwindSafe(next.run(request)).catch_unwind();
        let mut response = answering.await.unwrap_or_else(|_| broken(is_call));
        let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(
            http.status = response.status().as_u16(),
            duration_ms,
            "answered"
        );
        if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
    .instrument(span)
    .await
}

/// The answer to a request that a panic has broken off; the connection and all others go on.
fn broken(is_call: bool) -> Response {
    metrics::broke(Broken::Request);
    let error = ServiceError::Internal("a panic".to_owned());
    if is_call {
        guard::refusal(&error)
    } else {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response()
    }
}
