//! Forms of settings: read, handed to the section, and answered with the way back to the page; or,
//! when refused, with the page itself, which says why and keeps what was typed.

mod reading;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use http::{StatusCode, header};

use super::flash;
use super::log_in_page::to_login;
use super::notices::{lost, say};
use super::settings;
use super::settings::taking::{Done, Refusal, Taken};
use crate::clock;
use crate::metrics::access::{self, Refusal as Counted};
use crate::protocol::fault::Reason;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Answer, FieldFault, Form, Place, Refused, Section, Why};

/// Where forms go: to the page that they are on. How much of each is read is said by its reading.
pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/settings/{section}", post(submit))
}

/// `POST /settings/{section}`. The guard has looked from which site's page it comes.
async fn submit(State(state): State<AppState>, request: Request) -> Response {
    let Some(Place::Settings(Some(section))) = Place::parse(request.uri().path()) else {
        return lost(request).await;
    };
    let Some(who) = request.extensions().get::<SignedIn>().cloned() else {
        return to_login(request.uri());
    };
    let (parts, body) = request.into_parts();
    let read = Request::from_parts(parts.clone(), body);
    let form = match reading::read(read).await {
        Ok(form) => form,
        Err(unread) => return unread,
    };
    let taken = match admit(&state, section, &who, &form) {
        Ok(()) => settings::take(&state, section, &who, &parts, &form).await,
        Err(refusal) => Err(refusal),
    };
    let (status, answer) = match taken {
        Ok(Taken::Back(done)) => return back(section, done),
        Ok(Taken::Reworked(form)) => (StatusCode::OK, Answer::Reworked(form)),
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
    let mut to = done.to.map_or_else(|| section.href(), str::to_owned);
    if let Some(query) = &done.query {
        to.push('?');
        to.push_str(query);
    }
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
