//! Pictures, films, sounds and files that customers sent. LINE deletes them after a while.

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt as _};
use reqwest::{Response, StatusCode};
use serde::Deserialize;

use super::answer::{header, read, refusal, send};
use super::{CALL_TIMEOUT, CONTENT_TIMEOUT, LineChannel};
use crate::line::error::LineError;

/// LINE's answer to the wish for a message's bytes.
#[derive(Debug)]
pub enum ContentAnswer {
    /// Here they come.
    Ready(MediaContent),
    /// A large film or sound is being prepared: ask again later.
    Preparing,
    /// LINE does not have them, or not any more.
    NotFound,
    /// The customer took the message back.
    Gone,
}

/// Bytes on their way.
#[derive(Debug)]
pub struct MediaContent {
    /// LINE's word for the kind of bytes; not to be trusted blindly.
    pub content_type: Option<String>,
    /// How many bytes there will be, if LINE says.
    pub length: Option<u64>,
    response: Response,
}

impl MediaContent {
    /// The bytes, piece by piece. An error in it means that the rest is missing.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, LineError>> + Send {
        self.response
            .bytes_stream()
            .map_err(|error| LineError::from_transport(&error))
    }
}

/// How far LINE is with a large film or sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transcoding {
    /// Not yet.
    Processing,
    /// Ready to fetch.
    Succeeded,
    /// Never.
    Failed,
    /// A value that this version does not know.
    #[serde(other)]
    Unknown,
}

#[derive(Deserialize)]
struct TranscodingBody {
    status: Transcoding,
}

impl LineChannel {
    /// A message's bytes.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn content(&self, message_id: &str) -> Result<ContentAnswer, LineError> {
        self.content_at(&["message", message_id, "content"]).await
    }

    /// A small picture of a picture or film.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn content_preview(&self, message_id: &str) -> Result<ContentAnswer, LineError> {
        self.content_at(&["message", message_id, "content", "preview"])
            .await
    }

    /// How far LINE is with a large film or sound.
    ///
    /// # Errors
    /// See [`LineError`].
    pub async fn content_transcoding(&self, message_id: &str) -> Result<Transcoding, LineError> {
        let path = ["message", message_id, "content", "transcoding"];
        let body: TranscodingBody = read(self.data_call(&path, CALL_TIMEOUT)).await?;
        Ok(body.status)
    }

    async fn content_at(&self, path: &[&str]) -> Result<ContentAnswer, LineError> {
        let response = send(self.data_call(path, CONTENT_TIMEOUT)).await?;
        match response.status() {
            StatusCode::OK => Ok(ContentAnswer::Ready(MediaContent {
                content_type: header(response.headers(), "content-type").map(str::to_owned),
                length: response.content_length(),
                response,
            })),
            StatusCode::ACCEPTED => Ok(ContentAnswer::Preparing),
            StatusCode::NOT_FOUND => Ok(ContentAnswer::NotFound),
            StatusCode::GONE => Ok(ContentAnswer::Gone),
            _ => Err(LineError::from_answer(refusal(response).await)),
        }
    }
}
