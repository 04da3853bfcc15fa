//! Who gets the chats that wait, and by when they are to be answered.

use serde_json::json;

use super::{Saving, TeamSection, TeamSettings, check};
use crate::protocol::team_settings::{AssignmentRule, SavedSettings, TargetRule};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;

impl TeamSettings {
    /// How chats that nobody has come to operators, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn assignment(&self) -> Result<(AssignmentRule, i64), ServiceError> {
        self.value(TeamSection::Assignment).await
    }

    /// By when customers are to be answered and cases to be done, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn targets(&self) -> Result<(TargetRule, i64), ServiceError> {
        self.value(TeamSection::Targets).await
    }

    /// Saves the targets, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_targets(
        &self,
        who: &SignedIn,
        version: i64,
        rule: TargetRule,
    ) -> Result<SavedSettings, ServiceError> {
        let rule = check::checked_targets(rule)?;
        self.store(who, Saving::new(TeamSection::Targets, version, json!(rule)))
            .await
    }

    /// Saves the rule of assignment, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_assignment(
        &self,
        who: &SignedIn,
        version: i64,
        rule: AssignmentRule,
    ) -> Result<SavedSettings, ServiceError> {
        let rule = check::checked_assignment(rule)?;
        let saving = Saving::new(TeamSection::Assignment, version, json!(rule));
        let saved = self.store(who, saving).await?;
        // There may be more room than before.
        self.hub.say_work();
        Ok(saved)
    }
}
