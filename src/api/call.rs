//! Calling a server function, with little code.
//!
//! The functions that `#[server]` makes for the browser bring a request, its encoding and its
//! errors anew for each of them; this brings them once.

use leptos::server_fn::ServerFn;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ApiError;

/// Calls a server function: the struct that `#[server]` makes of its arguments.
///
/// # Errors
/// What the function answers; `unreachable` when it did not.
#[cfg(feature = "hydrate")]
pub async fn call<F>(function: F) -> Result<F::Output, ApiError>
where
    F: ServerFn<Error = ApiError> + Serialize,
    F::Output: DeserializeOwned,
{
    use crate::protocol::reading::read;
    // Nothing in the arguments refuses to be written.
    let body = serde_json::to_string(&function).unwrap_or_default();
    let answer = post(F::PATH, body).await?;
    read(&answer).map_err(|_| unreachable())
}

/// On the server a component that calls is only built, never run.
///
/// # Errors
/// What the function answers.
#[cfg(not(feature = "hydrate"))]
pub async fn call<F>(function: F) -> Result<F::Output, ApiError>
where
    F: ServerFn<Error = ApiError> + Serialize,
    F::Output: DeserializeOwned,
{
    function.run_body().await
}

#[cfg(feature = "hydrate")]
pub(super) async fn post(path: &str, body: String) -> Result<String, ApiError> {
    use crate::protocol::reading::read;
    use gloo_net::http::Request;
    let request = Request::post(path)
        .header("content-type", "application/json")
        .body(body)
        .map_err(|_| unreachable())?;
    let answer = request.send().await.map_err(|_| unreachable())?;
    let text = answer.text().await.map_err(|_| unreachable())?;
    if answer.ok() {
        return Ok(text);
    }
    // A proxy's error page is no answer of Sala's.
    Err(read(&text).unwrap_or_else(|_| unreachable()))
}

#[cfg(feature = "hydrate")]
pub(super) fn unreachable() -> ApiError {
    ApiError {
        unreachable: true,
        ..ApiError::new(
            crate::protocol::ErrorCode::InternalError,
            "Sala could not be reached.",
        )
    }
}
