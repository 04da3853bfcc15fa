//! What each section of settings shows, and the answer with it.

mod account;
mod accounts;
mod assigning;
mod canned;
mod channels;
mod closing;
mod hours;
mod listing;
mod operators;
mod replies;
mod sharing;
mod survey;
mod tags;
pub(super) mod taking;
mod team;

use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use http::{StatusCode, Uri, header};
use leptos::nonce::Nonce;

use self::taking::{Refusal, Taken, no_such_form};
use super::notices::{Shown, assets, failed};
use super::{flash, security};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Answer, Content, Form, Frame, Refused, Section, SettingsPage, settings_page};

/// A form of a section, handed to the code that the server functions run as well.
pub(super) async fn take(
    state: &AppState,
    section: Section,
    who: &SignedIn,
    parts: &Parts,
    form: &Form,
) -> Result<Taken, Refusal> {
    match section {
        Section::Account => account::take(state, who, parts, form)
            .await
            .map(Taken::Back),
        Section::Channels => channels::take(state, who, form).await.map(Taken::Back),
        Section::Operators => operators::take(state, who, form).await,
        Section::Team => team::take(state, who, form).await.map(Taken::Back),
        Section::Canned => canned::take(state, who, form).await.map(Taken::Back),
        Section::Tags => tags::take(state, who, form).await.map(Taken::Back),
        Section::Assigning => assigning::take(state, who, form).await.map(Taken::Back),
        Section::Closing => closing::take(state, who, form).await.map(Taken::Back),
        Section::Survey => survey::take(state, who, form).await.map(Taken::Back),
        Section::Replies => replies::take(state, who, form).await.map(Taken::Back),
        Section::Hours => hours::take(state, who, form.clone()).await,
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
    let told = flash::of(&parts.headers);
    let eaten = told.is_some();
    let answer = match (answer, told) {
        (Answer::Nothing, Some(flash)) => Answer::Taken(flash),
        (answer, _) => answer,
    };
    match whole(state, who, place, &parts.uri, answer).await {
        Ok((status, page)) => {
            let policy = page
                .script
                .as_ref()
                .map(|nonce| security::policy(&state.config, Some(nonce)));
            let html = settings_page(parts, &assets(), page);
            let mut response = (status, Html(html)).into_response();
            let headers = response.headers_mut();
            if let Some(policy) = policy {
                headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            if eaten {
                headers.append(header::SET_COOKIE, flash::eaten());
            }
            Ok(response)
        }
        Err(error) => Err(failed(&error, parts)),
    }
}

/// The page, and the status that it has by itself.
async fn whole(
    state: &AppState,
    who: &SignedIn,
    place: Option<Section>,
    uri: &Uri,
    answer: Answer,
) -> Result<(StatusCode, SettingsPage), ServiceError> {
    let section = place.unwrap_or(Section::FIRST);
    let (content, instead) = if who.operator.role >= section.role() {
        content(state, section, who, uri, &answer).await?
    } else {
        (Content::Forbidden(section), None)
    };
    let (status, answer) = match (&content, answer, instead) {
        (Content::Forbidden(_), answer, _) => (StatusCode::FORBIDDEN, answer),
        // What a form was refused for says more than that what it was about is not there.
        (_, Answer::Nothing | Answer::Taken(_), Some((status, refused))) => {
            (status, Answer::Refused(refused))
        }
        (_, answer, _) => (StatusCode::OK, answer),
    };
    let page = SettingsPage {
        place,
        frame: frame(state, who).await?,
        answer,
        script: content.needs_script().then(Nonce::new),
        content,
    };
    Ok((status, page))
}

/// What a section shows; and, where something was asked for that is not there, what is said of that.
async fn content(
    state: &AppState,
    section: Section,
    who: &SignedIn,
    uri: &Uri,
    answer: &Answer,
) -> Result<(Content, Option<(StatusCode, Refused)>), ServiceError> {
    match section {
        Section::Account => Ok((Content::Account(account::shown(state, who).await?), None)),
        Section::Channels => Ok((Content::Channels(channels::shown(state, who).await?), None)),
        Section::Operators => {
            let (shown, instead) = operators::shown(state, who, uri, answer).await?;
            Ok((Content::Operators(shown), instead))
        }
        Section::Team => Ok((Content::Team(team::shown(state).await?), None)),
        Section::Canned => {
            let (shown, instead) = canned::shown(state, who, uri, answer).await?;
            Ok((Content::Canned(shown), instead))
        }
        Section::Tags => {
            let (shown, instead) = tags::shown(state, who, uri, answer).await?;
            Ok((Content::Tags(shown), instead))
        }
        Section::Assigning => Ok((Content::Assigning(assigning::shown(state).await?), None)),
        Section::Closing => Ok((Content::Closing(closing::shown(state).await?), None)),
        Section::Hours => {
            let shown = hours::shown(state, who, uri, answer).await?;
            Ok((Content::Hours(shown), None))
        }
        Section::Replies => {
            let shown = replies::shown(state, who, uri, answer).await?;
            Ok((Content::Replies(Box::new(shown)), None))
        }
        Section::Survey => Ok((Content::Survey(survey::shown(state, who).await?), None)),
        Section::Connections => Ok((Content::Connections(state.connections.now()), None)),
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
