//! From LINE's HTTP answers to values and errors.

use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::line::error::{ErrorDetail, LineError, Refusal};

/// LINE's error bodies are far smaller; more of a stranger's page is not read.
const ERROR_BODY_MAX: usize = 64 * 1024;
/// Longest error text kept when the body is not LINE's JSON.
const FOREIGN_TEXT_MAX: usize = 200;

#[derive(Default, Deserialize)]
struct ErrorBody {
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Vec<ErrorDetail>,
}

/// The answer, whatever its status.
pub(super) async fn send(request: RequestBuilder) -> Result<Response, LineError> {
    let response = request
        .send()
        .await
        .map_err(|error| LineError::from_transport(&error))?;
    tracing::debug!(
        http.status = response.status().as_u16(),
        line.request_id = header(response.headers(), "x-line-request-id"),
        line.path = response.url().path(),
        "LINE answered"
    );
    Ok(response)
}

/// The answer if it is a success, else the error that it stands for.
pub(super) async fn succeed(request: RequestBuilder) -> Result<Response, LineError> {
    let response = send(request).await?;
    if response.status().is_success() {
        return Ok(response);
    }
    Err(LineError::from_answer(refusal(response).await))
}

/// The JSON of a successful answer.
pub(super) async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, LineError> {
    let response = succeed(request).await?;
    let body = response
        .bytes()
        .await
        .map_err(|error| LineError::from_transport(&error))?;
    serde_json::from_slice(&body).map_err(|error| LineError::BadAnswer(error.to_string()))
}

/// The JSON of a successful answer, or `None` for 404.
pub(super) async fn find<T: DeserializeOwned>(
    request: RequestBuilder,
) -> Result<Option<T>, LineError> {
    match read(request).await {
        Ok(found) => Ok(Some(found)),
        Err(LineError::Refused(refusal)) if refusal.status == StatusCode::NOT_FOUND.as_u16() => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What LINE says in an answer that is not a success.
pub(super) async fn refusal(response: Response) -> Refusal {
    let status = response.status();
    let request_id = header(response.headers(), "x-line-request-id").map(str::to_owned);
    let text = beginning(response).await;
    let body = serde_json::from_slice(&text).unwrap_or_else(|_| ErrorBody {
        message: foreign_text(&text, status),
        details: Vec::new(),
    });
    Refusal {
        status: status.as_u16(),
        message: body.message,
        details: body.details,
        request_id,
    }
}

/// A header's text.
pub(super) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

async fn beginning(mut response: Response) -> Vec<u8> {
    let mut text = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        text.extend_from_slice(&chunk);
        if text.len() > ERROR_BODY_MAX {
            break;
        }
    }
    text
}

/// What a proxy on the way says, or the status's name where it says nothing.
fn foreign_text(text: &[u8], status: StatusCode) -> String {
    let text = String::from_utf8_lossy(text);
    let text: String = text.trim().chars().take(FOREIGN_TEXT_MAX).collect();
    if text.is_empty() {
        status.canonical_reason().unwrap_or_default().to_owned()
    } else {
        text
    }
}
