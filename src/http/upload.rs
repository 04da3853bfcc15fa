//! `POST /api/upload`: a file that an operator sends, as a browser's form sends one. Nothing is held
//! as a whole: what comes goes on into the store. `GET` asks whether a file would be taken.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Query, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use futures_util::Stream;
use http::request::Parts;
use http::{StatusCode, header};
use serde::Deserialize;

use super::guard::{UPLOAD, refusal};
use super::places::Seat;
use super::unwanted::throw_away;
use crate::protocol::message::MEDIA_LARGEST;
use crate::protocol::upload::Uploaded;
use crate::protocol::{Operator, Room};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::uploads::Underway;
use crate::state::AppState;

/// The most bytes of a film's picture as it comes.
const PREVIEW_MAX: usize = 5 << 20;
/// The most bytes of a request: the largest file, a picture, and what a form needs.
const REQUEST_MAX: u64 = MEDIA_LARGEST + (6 << 20);
/// The most bytes of a room's name.
const ROOM_MAX: usize = 1_024;

/// Of a file that is refused so much more is read and thrown away.
const THROWN_AWAY: u64 = 256 << 20;
/// However steadily it comes.
const LONGEST: Duration = Duration::from_hours(1);

/// The route; without a bound of its own, since what is too large is noticed on the way.
pub(super) fn routes() -> Router<AppState> {
    let sending = post(upload).layer(DefaultBodyLimit::disable());
    Router::new().route(UPLOAD, sending.get(asked))
}

/// What a client asks about before it sends once more a file that broke off.
#[derive(Deserialize)]
struct Announced {
    room: String,
    /// Bytes of the file.
    size: u64,
}

/// 204 when a file of this size would be taken now, else what sending it would answer.
async fn asked(
    State(state): State<AppState>,
    who: Option<Extension<SignedIn>>,
    announced: Result<Query<Announced>, QueryRejection>,
) -> Response {
    let Some(Extension(who)) = who else {
        return refusal(&ServiceError::NotAuthenticated);
    };
    let Ok(Query(announced)) = announced else {
        return refusal(&ServiceError::Validation("Send room and size.".into()));
    };
    let Ok(room) = announced.room.parse() else {
        return refusal(&ServiceError::RoomNotFound);
    };
    let would = state
        .uploads
        .would_take(&who.operator, &room, announced.size);
    match would.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            error.log();
            refusal(&error)
        }
    }
}

/// The guard has sent away whoever is not signed in.
async fn upload(
    State(state): State<AppState>,
    who: Option<Extension<SignedIn>>,
    request: Request,
) -> Response {
    let Some(Extension(who)) = who else {
        return refusal(&ServiceError::NotAuthenticated);
    };
    let (parts, body) = request.into_parts();
    if let Some(seat) = parts.extensions.get::<Arc<Seat>>() {
        seat.allow_long_body();
    }
    let body = Shared::new(body);
    let taking = take(&state, &who.operator, parts, body.clone());
    let taken = tokio::time::timeout(LONGEST, taking).await;
    let error = match taken {
        Ok(Ok(uploaded)) => return Json(uploaded).into_response(),
        Ok(Err(error)) => error,
        Err(_) => ServiceError::Validation("The upload took too long.".into()),
    };
    error.log();
    throw_away(body, THROWN_AWAY).await;
    refusal(&error)
}

async fn take(
    state: &AppState,
    operator: &Operator,
    parts: Parts,
    body: Shared,
) -> Result<Uploaded, ServiceError> {
    let _turn = state.uploads.turn(operator)?;
    let announced = parts.headers.get(header::CONTENT_LENGTH);
    let announced: Option<u64> = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|announced| announced > REQUEST_MAX) {
        return Err(ServiceError::MediaTooLarge(
            "The file is too large: at most 200 MB are taken.",
        ));
    }
    let request = Request::from_parts(parts, Body::from_stream(body));
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| unreadable())?;
    let mut seen = Seen::default();
    let taken = fields(state, operator, announced, &mut form, &mut seen).await;
    // What has come of a file that is refused goes before anybody hears of it.
    match (taken, seen.file) {
        (Ok(()), Some((file, name))) => file.finish(name.as_deref(), seen.preview).await,
        (Ok(()), None) => Err(ServiceError::Validation(
            "Send a form with the fields room and file.".into(),
        )),
        (Err(error), Some((file, _))) => Err(file.give_up(error).await),
        (Err(error), None) => Err(error),
    }
}

/// What has come of a form.
#[derive(Default)]
struct Seen {
    room: Option<Room>,
    /// With its name.
    file: Option<(Underway, Option<String>)>,
    preview: Option<Vec<u8>>,
}

async fn fields(
    state: &AppState,
    operator: &Operator,
    announced: Option<u64>,
    form: &mut Multipart,
    seen: &mut Seen,
) -> Result<(), ServiceError> {
    while let Some(mut field) = form.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("room") => {
                let name = small(&mut field, ROOM_MAX).await?.ok_or_else(unreadable)?;
                let room = String::from_utf8(name)
                    .ok()
                    .and_then(|name| name.parse().ok());
                seen.room = Some(room.ok_or(ServiceError::RoomNotFound)?);
            }
            Some("preview") => {
                let picture = small(&mut field, PREVIEW_MAX).await?;
                let picture = picture.ok_or(ServiceError::MediaTooLarge(
                    "The preview is too large: at most 5 MB are taken.",
                ))?;
                seen.preview = Some(picture).filter(|picture| !picture.is_empty());
            }
            Some("file") => {
                let (Some(room), None) = (&seen.room, &seen.file) else {
                    return Err(ServiceError::Validation(
                        "Send the field room first, and one field file.".into(),
                    ));
                };
                let name = field.file_name().map(unescaped);
                let begun = state.uploads.begin(operator, room, announced).await?;
                let (file, _) = seen.file.insert((begun, name));
                while let Some(bytes) = field.chunk().await.map_err(|error| broken(&error))? {
                    file.take(&bytes).await?;
                }
            }
            // Read over.
            _ => {}
        }
    }
    Ok(())
}

/// A field as a whole; `None` when it has more bytes.
async fn small(field: &mut Field<'_>, most: usize) -> Result<Option<Vec<u8>>, ServiceError> {
    let mut all = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(|error| broken(&error))? {
        if all.len() + bytes.len() > most {
            return Ok(None);
        }
        all.extend_from_slice(&bytes);
    }
    Ok(Some(all))
}

/// A file's name as it was before a browser wrote it between quotes (HTML, "multipart form data").
fn unescaped(name: &str) -> String {
    let name = name.replace("%22", "\"");
    name.replace("%0D", "\r").replace("%0A", "\n")
}

fn unreadable() -> ServiceError {
    ServiceError::Validation("The form cannot be read.".into())
}

/// Mostly the sender is gone, and nobody hears this.
fn broken(error: &MultipartError) -> ServiceError {
    tracing::debug!(%error, "an upload broke off");
    unreadable()
}

/// A body that is read as a form, and whose rest can be thrown away when the form is not wanted.
#[derive(Clone)]
struct Shared(Arc<Mutex<BodyDataStream>>);

impl Shared {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(body.into_data_stream())))
    }
}

impl Stream for Shared {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_next(context)
    }
}
