//! Assignment and targets: what the page shows, and its forms.

use super::taking::{Done, Refusal, no_such_form};
use crate::protocol::team_settings::{AssignmentMode, AssignmentRule, TargetRule};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Assigning, Flash, Form, FormReader, assigning_forms as forms};

/// All that the page shows.
pub(super) async fn shown(state: &AppState) -> Result<Assigning, ServiceError> {
    let (assignment, assignment_version) = state.team_settings.assignment().await?;
    let (targets, targets_version) = state.team_settings.targets().await?;
    Ok(Assigning {
        assignment,
        assignment_version,
        targets,
        targets_version,
    })
}

/// One of the page's forms.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    match form.which() {
        forms::ASSIGNMENT => take_assignment(state, who, form).await,
        forms::TARGETS => take_targets(state, who, form).await,
        _ => Err(no_such_form()),
    }
}

/// A number, or nothing where the field is empty.
fn number(reader: &mut FormReader<'_>, name: &str) -> Option<u32> {
    let number = reader.choice(name, |typed| match typed.trim() {
        "" => Some(None),
        typed => typed.parse::<u32>().ok().map(Some),
    });
    number.flatten()
}

async fn take_assignment(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse().ok());
    let mode = reader.choice("mode", AssignmentMode::named);
    let capacity = reader.choice("capacity", |typed| typed.trim().parse().ok());
    let sticky_days = number(&mut reader, "sticky_days");
    let reassign_after_minutes = number(&mut reader, "reassign_after_minutes");
    reader.done()?;
    let rule = AssignmentRule {
        mode: mode.unwrap_or_default(),
        capacity: capacity.unwrap_or_default(),
        sticky_days,
        reassign_after_minutes,
    };
    let saved = state
        .team_settings
        .save_assignment(who, version.unwrap_or(0), rule);
    saved.await?;
    Ok(Done::told(Flash::new(forms::ASSIGNMENT)))
}

async fn take_targets(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse().ok());
    let mut seconds = |name| {
        let minutes = number(&mut reader, name);
        minutes.map(|minutes| minutes.saturating_mul(60))
    };
    let (first_response_s, next_response_s, resolution_s) = (
        seconds("first_response_s"),
        seconds("next_response_s"),
        seconds("resolution_s"),
    );
    let within_hours = reader.switch("within_hours");
    reader.done()?;
    let rule = TargetRule {
        first_response_s,
        next_response_s,
        resolution_s,
        within_hours,
    };
    let saved = state
        .team_settings
        .save_targets(who, version.unwrap_or(0), rule);
    saved.await?;
    Ok(Done::told(Flash::new(forms::TARGETS)))
}
