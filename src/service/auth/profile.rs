//! One's own name, and how one wants to see Sala.

use serde_json::json;

use super::picture::Portrait;
use super::{Auth, Revoked, SignedIn, audit_with};
use crate::clock;
use crate::db::own_account::ProfileRow;
use crate::protocol::OperatorId;
use crate::protocol::account::{Profile, ProfileChange};
use crate::protocol::fault::Reason;
use crate::protocol::sending::DELAY_MAX_S;
use crate::service::ServiceError;
use crate::service::error::Fault;
use crate::service::people::{MAX_NAME_CHARS, checked_name};

impl From<ProfileRow> for Profile {
    fn from(row: ProfileRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            picture_url: row.picture.map(|name| format!("/media/operators/{name}")),
            preferences: row.preferences,
        }
    }
}

impl Auth {
    /// One's own name, address and preferences.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn profile(&self, operator: OperatorId) -> Result<Profile, ServiceError> {
        let mut reader = self.db.reader().await?;
        let row = reader.conn().profile(operator).await?;
        row.map(Profile::from).ok_or(ServiceError::NotAuthenticated)
    }

    /// Changes what is given. Consoles of whoever has another name now come back with it.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for a name that may not be had, for a delay over [`DELAY_MAX_S`],
    /// and for a file of which no picture can be made.
    pub async fn save_profile(
        &self,
        who: &SignedIn,
        mut change: ProfileChange,
    ) -> Result<Profile, ServiceError> {
        // A name that stays may be older than the rule.
        change.name = change.name.filter(|name| *name != who.operator.name);
        if let Some(name) = change.name.take() {
            change.name = Some(checked_name(&name, MAX_NAME_CHARS)?);
        }
        if change.delay_s.is_some_and(|delay| delay > DELAY_MAX_S) {
            let sentence = "Answers wait 0 to 10 seconds.";
            return Err(Fault::new("delay_s", Reason::Unknown, sentence).into());
        }
        // Last, since it takes longest.
        let portrait = match change.picture.take() {
            Some(new) => Some(self.portrait(new).await?),
            None => None,
        };
        let renamed = change.name.is_some();
        let (operator, before, now) = (who.operator.id, who.operator.name.clone(), clock::now());
        let row = self
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    let picture = portrait.as_ref().map(Portrait::name);
                    let saved = conn.change_profile(operator, &change, picture).await?;
                    let row = saved.ok_or(ServiceError::NotAuthenticated)?;
                    if let Some(portrait) = &portrait {
                        portrait.store(&mut conn, operator).await?;
                    }
                    let details = details(&change, &before, portrait.as_ref());
                    let audit = audit_with(Some(operator), "operator.save_profile", details);
                    conn.insert_audit(now, &audit).await?;
                    Ok(row)
                })
            })
            .await?;
        if renamed {
            self.tell(Revoked::Changed(operator));
            self.tell(Revoked::Team);
        }
        Ok(row.into())
    }
}

/// What was chosen, of a name also what it was, and of a picture only whether there is one.
fn details(change: &ProfileChange, before: &str, portrait: Option<&Portrait>) -> serde_json::Value {
    let name = change.name.as_ref();
    json!({
        "name": name.map(|name| json!({ "from": before, "to": name })),
        "language": change.language,
        "appearance": change.appearance,
        "clock": change.clock,
        "buddhist_year": change.buddhist_year,
        "delay_s": change.delay_s,
        "send_with": change.send_with,
        "single_keys": change.single_keys,
        "picture": portrait.map(|portrait| matches!(portrait, Portrait::Drawn { .. })),
    })
}
