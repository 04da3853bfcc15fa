//! Commands over HTTP, for when WebSockets are blocked: `POST /api/{name}`, with the names, services
//! and rules of the socket.

use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};

use super::guard::{API, refusal};
use crate::protocol::Command;
use crate::protocol::text::{NO_NUL, has_nul};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::commands::By;
use crate::state::AppState;

/// A call for each command.
pub(super) fn routes() -> Router<AppState> {
    let names = Command::names().iter();
    names.fold(Router::new(), |router, name| {
        router.route(&format!("{API}{name}"), post(run))
    })
}

/// The guard has sent away whoever is not signed in.
async fn run(
    State(state): State<AppState>,
    who: Option<Extension<SignedIn>>,
    OriginalUri(uri): OriginalUri,
    body: Bytes,
) -> Response {
    let Some(Extension(who)) = who else {
        return refusal(&ServiceError::NotAuthenticated);
    };
    let by = By {
        operator: &who.operator,
        origin: None,
    };
    let name = uri.path().strip_prefix(API).unwrap_or_default();
    let done = match read(name, &body) {
        Ok(command) => state.commands.run(by, command).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(done) => Json(done.into_answer()).into_response(),
        Err(error) => {
            error.log();
            refusal(&error)
        }
    }
}

fn read(name: &str, body: &[u8]) -> Result<Command, ServiceError> {
    let unfit = || ServiceError::Validation("The request is not of the expected form.".into());
    let text = std::str::from_utf8(body).map_err(|_| unfit())?;
    if has_nul(text) {
        return Err(ServiceError::Validation(NO_NUL.into()));
    }
    let command = Command::of_call(name, text).ok_or_else(unfit)?;
    command.map_err(|_| unfit())
}
