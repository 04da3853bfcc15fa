//! The sections about what is written to customers by itself: automatic replies, the survey, and the
//! words by which they ask for a person.

use serde_json::json;

use super::{Saving, TeamSection, TeamSettings, check};
use crate::protocol::automatic::RepliesByChannel;
use crate::protocol::team_settings::{HandOver, SavedSettings, Survey};
use crate::service::ServiceError;
use crate::service::auth::SignedIn;

impl TeamSettings {
    /// What is written to customers by itself, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn automatic_replies(&self) -> Result<(RepliesByChannel, i64), ServiceError> {
        self.value(TeamSection::AutomaticReplies).await
    }

    /// How customers are asked how satisfied they were, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn survey(&self) -> Result<(Survey, i64), ServiceError> {
        self.value(TeamSection::Csat).await
    }

    /// By which words customers ask for a person, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn hand_over(&self) -> Result<(HandOver, i64), ServiceError> {
        self.value(TeamSection::HandOver).await
    }

    /// Saves what is written to customers by itself, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_automatic_replies(
        &self,
        who: &SignedIn,
        version: i64,
        replies: RepliesByChannel,
    ) -> Result<SavedSettings, ServiceError> {
        let replies = check::checked_automatic_replies(replies)?;
        let accounts = replies.keys().cloned().collect();
        let saving = Saving::new(TeamSection::AutomaticReplies, version, json!(replies));
        self.store(who, Saving { accounts, ..saving }).await
    }

    /// Saves how customers are asked how satisfied they were, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_survey(
        &self,
        who: &SignedIn,
        version: i64,
        survey: Survey,
    ) -> Result<SavedSettings, ServiceError> {
        let survey = check::checked_survey(survey)?;
        self.store(who, Saving::new(TeamSection::Csat, version, json!(survey)))
            .await
    }

    /// Saves by which words customers ask for a person, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_hand_over(
        &self,
        who: &SignedIn,
        version: i64,
        rule: HandOver,
    ) -> Result<SavedSettings, ServiceError> {
        let rule = check::checked_hand_over(rule)?;
        self.store(
            who,
            Saving::new(TeamSection::HandOver, version, json!(rule)),
        )
        .await
    }
}
