//! Sending: reply and push, and what one-to-one chats show of us.

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, Response, StatusCode};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::LineChannel;
use super::answer::{header, refusal, send, succeed};
use crate::line::error::LineError;
use crate::line::message::{PushRequest, ReplyRequest};

/// LINE's bound for a loading animation, in seconds.
const LOADING_SECONDS_MIN: u8 = 5;
const LOADING_SECONDS_MAX: u8 = 60;

/// LINE took the messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// LINE's ids in the order of the messages; empty if LINE did not tell them.
    pub ids: Vec<String>,
    /// Quote tokens in the same order; `None` for kinds that cannot be quoted.
    pub quote_tokens: Vec<Option<String>>,
    /// `x-line-request-id` of this call.
    pub request_id: Option<String>,
    /// `x-line-accepted-request-id`: the earlier call that LINE took, when this was a repetition.
    pub accepted_request_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct SentBody {
    sent_messages: Vec<SentMessage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SentMessage {
    #[serde(deserialize_with = "text_or_number")]
    id: String,
    #[serde(default)]
    quote_token: Option<String>,
}

/// LINE's file says string, its reference says number. A number is kept digit by digit.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned()))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Loading<'a> {
    chat_id: &'a str,
    loading_seconds: u8,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MarkAsRead<'a> {
    mark_as_read_token: &'a str,
}

impl LineChannel {
    /// Answers with a reply token: free, and possible once only.
    ///
    /// # Errors
    /// See [`LineError`]; after an ambiguous one only the same token may be tried again.
    pub async fn reply(&self, request: &ReplyRequest) -> Result<Sent, LineError> {
        self.reply_body(request.to_body()).await
    }

    /// [`reply`](Self::reply) with a body that was serialised before.
    ///
    /// # Errors
    /// As [`reply`](Self::reply).
    pub async fn reply_body(&self, body: Bytes) -> Result<Sent, LineError> {
        let request = self.call(Method::POST, &["message", "reply"]);
        let response = succeed(request.header(CONTENT_TYPE, "application/json").body(body)).await?;
        Ok(sent(response).await)
    }

    /// Sends at the cost of quota. The same key with the same request is taken once only: that
    /// LINE had taken it before (409) is a success.
    ///
    /// # Errors
    /// See [`LineError`]; after an ambiguous one the same key and body may be tried for 24 h.
    pub async fn push(&self, request: &PushRequest, retry_key: Uuid) -> Result<Sent, LineError> {
        self.push_body(request.to_body(), retry_key).await
    }

    /// [`push`](Self::push) with a body that was serialised before.
    ///
    /// # Errors
    /// As [`push`](Self::push).
    pub async fn push_body(&self, body: Bytes, retry_key: Uuid) -> Result<Sent, LineError> {
        let request = self
            .call(Method::POST, &["message", "push"])
            .header(CONTENT_TYPE, "application/json")
            .header("X-Line-Retry-Key", retry_key.to_string())
            .body(body);
        let response = send(request).await?;
        let status = response.status();
        if status.is_success() || status == StatusCode::CONFLICT {
            return Ok(sent(response).await);
        }
        Err(LineError::from_answer(refusal(response).await))
    }

    /// Shows the loading animation in a one-to-one chat. LINE takes multiples of 5 seconds from
    /// 5 to 60; other values are moved to the next one.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn loading_start(&self, user_id: &str, seconds: u8) -> Result<(), LineError> {
        let loading_seconds = seconds
            .clamp(LOADING_SECONDS_MIN, LOADING_SECONDS_MAX)
            .next_multiple_of(5);
        let body = Loading {
            chat_id: user_id,
            loading_seconds,
        };
        let request = self
            .call(Method::POST, &["chat", "loading", "start"])
            .json(&body);
        succeed(request).await.map(drop)
    }

    /// Marks the token's message and all before it as read.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn mark_as_read(&self, token: &str) -> Result<(), LineError> {
        let request = self
            .call(Method::POST, &["chat", "markAsRead"])
            .json(&MarkAsRead {
                mark_as_read_token: token,
            });
        succeed(request).await.map(drop)
    }
}

/// What LINE says of accepted messages. The status has said that they are: a body that cannot
/// be read changes nothing about it.
async fn sent(response: Response) -> Sent {
    let text = |name| header(response.headers(), name).map(str::to_owned);
    let request_id = text("x-line-request-id");
    let accepted_request_id = text("x-line-accepted-request-id");
    let body = response.bytes().await.unwrap_or_default();
    let body: SentBody = serde_json::from_slice(&body).unwrap_or_default();
    let (ids, quote_tokens) = body
        .sent_messages
        .into_iter()
        .map(|message| (message.id, message.quote_token))
        .unzip();
    Sent {
        ids,
        quote_tokens,
        request_id,
        accepted_request_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_digit_by_digit() {
        let body: SentBody = serde_json::from_str(
            r#"{"sentMessages":[{"id":461230966842064897},{"id":"1","quoteToken":"q"}]}"#,
        )
        .expect("body");
        let ids: Vec<_> = body
            .sent_messages
            .iter()
            .map(|message| message.id.as_str())
            .collect();
        assert_eq!(ids, ["461230966842064897", "1"]);
    }
}
