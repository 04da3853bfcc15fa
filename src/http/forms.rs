//! Forms of settings: read, handed to the section, and answered with the way back to the page; or,
//! when refused, with the page itself, which says why and keeps what was typed.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form as FormBody, FromRequest, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode, header};

use super::flash;
use super::guard::wrong_type;
use super::log_in_page::to_login;
use super::notices::{lost, say};
use super::settings;
use super::settings::taking::{Done, Refusal, Taken};
use super::unwanted::throw_away;
use crate::clock;
use crate::metrics::access::{self, Refusal as Counted};
use crate::protocol::fault::Reason;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Answer, FieldFault, Form, Place, Refused, Section, Why};

/// Where forms go: to the page that they are on.
pub(super) const ROUTE: &str = "/settings/{section}";

/// The most bytes of a form, its file among them.
pub(super) const FORM_MAX: usize = 4 * 1024 * 1024;
/// Of one that has more, so much is read and thrown away.
const THROWN_AWAY: u64 = 64 * 1024 * 1024;

/// `POST /settings/{section}`. The guard has looked from which site's page it comes.
pub(super) async fn submit(State(state): State<AppState>, request: Request) -> Response {
    let Some(Place::Settings(Some(section))) = Place::parse(request.uri().path()) else {
        return lost(request).await;
    };
    let Some(who) = request.extensions().get::<SignedIn>().cloned() else {
        return to_login(request.uri());
    };
    let (parts, body) = request.into_parts();
    if declared(&parts.headers) > FORM_MAX as u64 {
        throw_away(body.into_data_stream(), THROWN_AWAY).await;
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let read = Request::from_parts(parts.clone(), body);
    let form = match form_of(read).await {
        Ok(form) => form,
        Err(response) => return response,
    };
    let taken = match admit(&state, section, &who, &form) {
        Ok(()) => settings::take(&state, section, &who, &parts, &form).await,
        Err(refusal) => Err(refusal),
    };
    let (status, answer) = match taken {
        Ok(Taken::Back(done)) => return back(section, done),
        Ok(Taken::Made(flash, made)) => (StatusCode::OK, Answer::Made(flash, made)),
        Err(refusal) => {
            let (status, refused) = refused(refusal, form);
            (status, Answer::Refused(refused))
        }
    };
    match settings::show(&state, &who, Some(section), parts, answer).await {
        Ok(page) if page.status() == StatusCode::OK => settings::with_status(page, status),
        Ok(page) => page,
        Err((notice, status, parts)) => say(parts, notice, status),
    }
}

/// How many bytes a body says it has.
fn declared(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    length.unwrap_or(0)
}

/// Reads a form, with files where it says that it has some.
async fn form_of(request: Request) -> Result<Form, Response> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        return with_files(request)
            .await
            .map_err(IntoResponse::into_response);
    }
    match FormBody::<Vec<(String, String)>>::from_request(request, &()).await {
        Ok(FormBody(fields)) => Ok(Form::new(fields)),
        Err(FormRejection::InvalidFormContentType(_)) => Err(wrong_type()),
        Err(other) => Err(other.into_response()),
    }
}

async fn with_files(request: Request) -> Result<Form, MultipartError> {
    // Without a boundary there is nothing in it.
    let Ok(mut parts) = Multipart::from_request(request, &()).await else {
        return Ok(Form::default());
    };
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if part.file_name().is_some() {
            files.push((name, part.bytes().await?.to_vec()));
        } else {
            fields.push((name, part.text().await?));
        }
    }
    Ok(Form::new(fields).with_files(files))
}

/// Whether this operator may send this form now.
fn admit(state: &AppState, section: Section, who: &SignedIn, form: &Form) -> Result<(), Refusal> {
    if who.operator.role < section.role() {
        return Err(ServiceError::Forbidden.into());
    }
    if let Err(retry_after_ms) = state.limits.call(who.operator.id, clock::moment()) {
        access::refused(Counted::Rate);
        return Err(ServiceError::RateLimited { retry_after_ms }.into());
    }
    // No database that Sala knows keeps it, and calls may not hold it either.
    match form.field_with('\0') {
        Some(field) => {
            let fault = FieldFault::new(field, Why::Value(Reason::Unseen));
            Err(vec![fault].into())
        }
        None => Ok(()),
    }
}

/// To the page, which tells it; by a cookie, so that loading it anew tells nothing.
fn back(section: Section, done: Done) -> Response {
    let to = done.to.map_or_else(|| section.href(), str::to_owned);
    let mut response = Redirect::to(&to).into_response();
    let headers = response.headers_mut();
    headers.extend(done.headers);
    if done.to.is_none()
        && let Some(cookie) = flash::carried(&done.flash)
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// The refusal as the page tells it, and the status of the answer.
fn refused(refusal: Refusal, form: Form) -> (StatusCode, Refused) {
    let which = form.which().to_owned();
    let mut file = Vec::new();
    let (status, faults, code) = match refusal {
        Refusal::Fields(faults) => (StatusCode::BAD_REQUEST, faults, None),
        Refusal::File(wrong) => {
            file = wrong;
            let named = FieldFault::new("file", Why::Value(Reason::Malformed));
            (StatusCode::BAD_REQUEST, vec![named], None)
        }
        Refusal::Service(error) => {
            error.log();
            match error.fault() {
                Some(fault) => {
                    let named = FieldFault::new(fault.field, Why::Value(fault.reason));
                    (error.status(), vec![named], None)
                }
                None => (error.status(), Vec::new(), Some(error.code())),
            }
        }
    };
    let refused = Refused {
        form: which,
        faults,
        code,
        typed: form.without_secrets(),
        file,
    };
    (status, refused)
}
