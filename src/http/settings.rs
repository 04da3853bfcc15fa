//! What each section of settings shows, and the answer with it.

mod account;
pub(super) mod taking;

use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use http::{StatusCode, header};

use self::taking::{Done, Refusal, no_such_form};
use super::flash;
use super::notices::{Shown, assets, failed};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Answer, Content, Form, Frame, Section, SettingsPage, settings_page};

/// A form of a section, handed to the code that the server functions run as well.
pub(super) async fn take(
    state: &AppState,
    section: Section,
    who: &SignedIn,
    parts: &Parts,
    form: &Form,
) -> Result<Done, Refusal> {
    match section {
        Section::Account => account::take(state, who, parts, form).await,
        Section::Connections => Err(no_such_form()),
    }
}

/// The section as it is now; without one, the list and the section that everybody sees.
pub(super) async fn show(
    state: &AppState,
    who: &SignedIn,
    place: Option<Section>,
    parts: Parts,
    answer: Answer,
) -> Shown {
    let section = place.unwrap_or(Section::FIRST);
    let may = who.operator.role >= section.role();
    let told = flash::of(&parts.headers);
    let eaten = told.is_some();
    let answer = match (answer, told) {
        (Answer::Nothing, Some(flash)) => Answer::Taken(flash),
        (answer, _) => answer,
    };
    match whole(state, who, place, answer).await {
        Ok(page) => {
            let status = if may {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            };
            let html = settings_page(parts, &assets(), page);
            let mut response = (status, Html(html)).into_response();
            if eaten {
                let headers = response.headers_mut();
                headers.append(header::SET_COOKIE, flash::eaten());
            }
            Ok(response)
        }
        Err(error) => Err(failed(&error, parts)),
    }
}

async fn whole(
    state: &AppState,
    who: &SignedIn,
    place: Option<Section>,
    answer: Answer,
) -> Result<SettingsPage, ServiceError> {
    let section = place.unwrap_or(Section::FIRST);
    let content = if who.operator.role >= section.role() {
        content(state, section, who).await?
    } else {
        Content::Forbidden(section)
    };
    Ok(SettingsPage {
        place,
        frame: frame(state, who).await?,
        answer,
        content,
    })
}

/// What a section shows.
async fn content(
    state: &AppState,
    section: Section,
    who: &SignedIn,
) -> Result<Content, ServiceError> {
    match section {
        Section::Account => Ok(Content::Account(account::shown(state, who).await?)),
        Section::Connections => Ok(Content::Connections(state.connections.now())),
    }
}

/// What stands around every section.
async fn frame(state: &AppState, who: &SignedIn) -> Result<Frame, ServiceError> {
    Ok(Frame {
        me: who.operator.clone(),
        unread: state.inbox.unread(who.operator.id).await?,
        team: state.team.now().await?,
        simulator: state.config.simulator,
    })
}

/// The same page under another status.
pub(super) fn with_status(mut response: Response, status: StatusCode) -> Response {
    *response.status_mut() = status;
    response
}
