//! A form's fields, and the file that may come with them.

use std::sync::Arc;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form as FormBody, FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

use crate::http::guard::wrong_type;
use crate::http::places::Seat;
use crate::http::unwanted::throw_away;
use crate::protocol::account::PICTURE_MAX as FILE_MAX;
use crate::ui::{Form, FormFile};

/// The most bytes of a form without a file: sixteen texts of LINE's length, nine bytes a character.
const PLAIN_MAX: usize = 768 * 1024;
/// The most bytes of a form with a file. A file that is too large is read over up to here, and its
/// form is answered by its page.
const FORM_MAX: usize = 64 << 20;
/// Of a form that says that it has more, so much is read and thrown away.
const THROWN_AWAY: u64 = 64 << 20;

/// The most bytes of the fields beside a file, all together.
const FIELDS_MAX: usize = 64 * 1024;
/// The most fields beside a file.
const FIELDS: usize = 64;

/// The form that a request brings.
///
/// # Errors
/// The answer to what is no form.
pub(super) async fn read(mut request: Request) -> Result<Form, Response> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let in_parts = kind.starts_with("multipart/form-data");
    // A photograph takes its time on a slow line.
    if in_parts && let Some(seat) = request.extensions().get::<Arc<Seat>>() {
        seat.allow_long_body();
    }
    let most = if in_parts { FORM_MAX } else { PLAIN_MAX };
    if declared(request.headers()) > most as u64 {
        throw_away(request.into_body().into_data_stream(), THROWN_AWAY).await;
        return Err(unfit());
    }
    DefaultBodyLimit::max(most).apply(&mut request);
    if in_parts {
        // Without a boundary there is nothing in it.
        return match Multipart::from_request(request, &()).await {
            Ok(parts) => with_file(parts).await,
            Err(_) => Ok(Form::default()),
        };
    }
    match FormBody::<Vec<(String, String)>>::from_request(request, &()).await {
        Ok(FormBody(fields)) => Ok(Form::new(fields)),
        Err(FormRejection::InvalidFormContentType(_)) => Err(wrong_type()),
        Err(other) => Err(other.into_response()),
    }
}

/// How many bytes a body says it has.
fn declared(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    length.unwrap_or(0)
}

/// A form whose fields come in parts.
async fn with_file(mut parts: Multipart) -> Result<Form, Response> {
    let (mut fields, mut file) = (Vec::new(), None);
    let mut left = FIELDS_MAX;
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(chosen) = part.file_name().map(|name| !name.is_empty()) else {
            let bytes = at_most(part, left).await.map_err(broken)?;
            let value = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            let value = value.filter(|_| fields.len() < FIELDS).ok_or_else(unfit)?;
            left -= value.len();
            fields.push((name, value));
            continue;
        };
        let bytes = at_most(part, FILE_MAX).await.map_err(broken)?;
        // Browsers send a field in which nothing was chosen as a file without name and bytes.
        if chosen && file.is_none() {
            file = Some(FormFile { field: name, bytes });
        }
    }
    Ok(Form::with_file(fields, file))
}

/// All bytes of a part; nothing of one that has more, which is read over.
async fn at_most(mut part: Field<'_>, most: usize) -> Result<Option<Vec<u8>>, MultipartError> {
    let mut all = Some(Vec::new());
    while let Some(bytes) = part.chunk().await? {
        all = all.filter(|all: &Vec<u8>| all.len() + bytes.len() <= most);
        if let Some(all) = &mut all {
            all.extend_from_slice(&bytes);
        }
    }
    Ok(all)
}

fn broken(error: MultipartError) -> Response {
    tracing::debug!(%error, "a form broke off");
    error.into_response()
}

fn unfit() -> Response {
    StatusCode::PAYLOAD_TOO_LARGE.into_response()
}
