//! Who may change what all have in common, on the pages of what that is.

use super::taking::{Done, Refusal};
use crate::protocol::team_settings::Sharing;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::service::team_settings::TeamSection;
use crate::state::AppState;
use crate::ui::{Flash, Form};

/// Whether operators may, and the version of that; for those who may change it.
pub(super) async fn rule(
    state: &AppState,
    who: &SignedIn,
    section: TeamSection,
) -> Result<Option<(bool, i64)>, ServiceError> {
    if !who.operator.role.may_administer() {
        return Ok(None);
    }
    let (sharing, version) = state.team_settings.sharing(section).await?;
    Ok(Some((sharing.operators, version)))
}

/// The form that says so.
pub(super) async fn save_rule(
    state: &AppState,
    who: &SignedIn,
    form: &Form,
    section: TeamSection,
    told: &str,
) -> Result<Done, Refusal> {
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse().ok());
    let operators = reader.switch("operators");
    reader.done()?;
    let (version, sharing) = (version.unwrap_or(0), Sharing { operators });
    let saved = state.team_settings.share(who, section, version, sharing);
    saved.await?;
    Ok(Done::told(Flash::new(told)))
}
