//! Giving a command over HTTP, for when WebSockets are blocked. The server serves these calls in
//! `http::commands`.

use super::ApiError;
use super::call::{post, unreachable};
use crate::protocol::{Answer, Command};

/// Gives a command.
///
/// # Errors
/// What the service refuses; `unreachable` when no answer came.
pub async fn command(command: &Command) -> Result<Answer, ApiError> {
    // Nothing in a command refuses to be written.
    let body = command.to_call().unwrap_or_default();
    let path = format!("/api/{}", command.name());
    let answer = post(&path, body).await?;
    Answer::read(command, &answer).map_err(|_| unreachable())
}
