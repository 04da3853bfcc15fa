//! What the team has chosen, by section: read by everybody, saved by administrators.

use serde_json::json;

use super::ServiceError;
use super::auth::SignedIn;
use super::change::{settings_changed, telling};
use super::error::Fault;
use crate::clock;
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::Role;
use crate::protocol::fault::Reason;
use crate::protocol::team_settings::{SavedSettings, Sharing};
use crate::realtime::Hub;

/// A section of what the team has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamSection {
    /// Whether operators change shared canned replies.
    Canned,
    /// Whether operators make and change tags.
    Tags,
}

impl TeamSection {
    /// Its name, which is also that of what consoles hear when anything in it has changed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Canned => "canned",
            Self::Tags => "tags",
        }
    }

    /// The section of this name.
    ///
    /// # Errors
    /// [`Fault`] where there is none.
    pub fn named(name: &str) -> Result<Self, Fault> {
        let all = [Self::Canned, Self::Tags];
        let found = all.into_iter().find(|section| section.name() == name);
        let sentence = "There is no such section of the team's settings.";
        found.ok_or_else(|| Fault::new("section", Reason::Unknown, sentence))
    }
}

/// Reads and saves what the team has chosen; cheap to clone.
#[derive(Clone)]
pub struct TeamSettings {
    db: Db,
    hub: Hub,
}

impl TeamSettings {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub }
    }

    /// Who may change what a section is about, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sharing(&self, section: TeamSection) -> Result<(Sharing, i64), ServiceError> {
        let mut reader = self.db.reader().await?;
        let (version, sharing) = sharing(&mut reader.conn(), section).await?;
        Ok((sharing, version))
    }

    /// A section as it is now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read(&self, section: TeamSection) -> Result<SavedSettings, ServiceError> {
        let (sharing, version) = self.sharing(section).await?;
        Ok(SavedSettings {
            version,
            value: json!(sharing),
        })
    }

    /// Saves a section over the version that was read; for administrators.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Stale`] when another version was saved
    /// meanwhile; [`ServiceError::Fault`] for a value that is none of this section's.
    pub async fn save(
        &self,
        who: &SignedIn,
        section: TeamSection,
        version: i64,
        value: serde_json::Value,
    ) -> Result<SavedSettings, ServiceError> {
        let chosen: Sharing = serde_json::from_value(value).map_err(|_| {
            let sentence = "The value is {\"operators\": true} or {\"operators\": false}.";
            Fault::new("value", Reason::Malformed, sentence)
        })?;
        self.share(who, section, version, chosen).await
    }

    /// As [`TeamSettings::save`].
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn share(
        &self,
        who: &SignedIn,
        section: TeamSection,
        version: i64,
        chosen: Sharing,
    ) -> Result<SavedSettings, ServiceError> {
        who.at_least(Role::Admin)?;
        let (by, now) = (who.operator.id, clock::now());
        let hub = self.hub.clone();
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let value = json!(chosen).to_string();
                        let name = section.name();
                        let saved = conn.save_team_setting(name, version, &value, by, now);
                        if !saved.await? {
                            return Err(ServiceError::Stale);
                        }
                        let audit = Audit {
                            operator: Some(by),
                            action: "settings.save",
                            conversation: None,
                            details: json!({ "section": name, "value": chosen }),
                        };
                        Ok(conn.insert_audit(now, &audit).await?)
                    })
                },
                move |()| ((), telling(hub, vec![settings_changed(section.name())])),
            )
            .await?;
        Ok(SavedSettings {
            version: version + 1,
            value: json!(chosen),
        })
    }
}

async fn sharing(conn: &mut Conn<'_>, section: TeamSection) -> Result<(i64, Sharing), DbError> {
    let Some(row) = conn.team_setting(section.name()).await? else {
        return Ok((0, Sharing::default()));
    };
    let sharing = serde_json::from_str(&row.value).map_err(|error| DbError::Row {
        table: "team_settings",
        why: error.to_string(),
    })?;
    Ok((row.version, sharing))
}

/// Whether whoever asks may change what all have in common.
pub(super) async fn may_share(
    conn: &mut Conn<'_>,
    role: Role,
    section: TeamSection,
) -> Result<bool, DbError> {
    if role >= Role::Supervisor {
        return Ok(true);
    }
    Ok(sharing(conn, section).await?.1.operators)
}
