//! What the team has chosen, by section: read by everybody, saved by administrators.

mod check;
mod known;
mod opening;
mod replies;
mod waiting;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

pub use self::known::Known;
pub(super) use self::known::calendar_of;
use super::ServiceError;
use super::auth::SignedIn;
use super::change::{settings_changed, telling};
use super::error::Fault;
use crate::clock;
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::fault::Reason;
use crate::protocol::team_settings::{
    AutoClose, HoursByChannel, SavedSettings, Sharing, TeamProfile,
};
use crate::protocol::{Role, Timestamp};
use crate::realtime::Hub;

/// A section of what the team has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamSection {
    /// How chats that nobody has come to operators.
    Assignment,
    /// Which chats are closed by themselves.
    AutoClose,
    /// What is written to customers by itself.
    AutomaticReplies,
    /// Whether operators change shared canned replies.
    Canned,
    /// How customers are asked how satisfied they were.
    Csat,
    /// By which words customers ask for a person.
    HandOver,
    /// When it is open.
    Hours,
    /// Whether operators make and change tags.
    Tags,
    /// By when customers are to be answered and cases to be done.
    Targets,
    /// Who the team is and how it counts days.
    Team,
}

impl TeamSection {
    const ALL: [Self; 10] = [
        Self::Assignment,
        Self::AutoClose,
        Self::AutomaticReplies,
        Self::Canned,
        Self::Csat,
        Self::HandOver,
        Self::Hours,
        Self::Tags,
        Self::Targets,
        Self::Team,
    ];

    /// Its name, which is also that of what consoles hear when anything in it has changed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assignment => "assignment",
            Self::AutoClose => "auto_close",
            Self::AutomaticReplies => "automatic_replies",
            Self::Canned => "canned",
            Self::Csat => "csat",
            Self::HandOver => "hand_over",
            Self::Hours => "hours",
            Self::Tags => "tags",
            Self::Targets => "targets",
            Self::Team => "team",
        }
    }

    /// The section of this name.
    ///
    /// # Errors
    /// [`Fault`] where there is none.
    pub fn named(name: &str) -> Result<Self, Fault> {
        let mut all = Self::ALL.into_iter();
        let sentence = "There is no such section of the team's settings.";
        all.find(|section| section.name() == name)
            .ok_or_else(|| Fault::new("section", Reason::Unknown, sentence))
    }
}

/// Reads and saves what the team has chosen; cheap to clone.
#[derive(Clone)]
pub struct TeamSettings {
    db: Db,
    hub: Hub,
    known: Known,
}

/// What is to be stored over which version of a section.
struct Saving {
    section: TeamSection,
    version: i64,
    value: serde_json::Value,
    /// Whether it names LINE accounts, which have to be there.
    accounts: Vec<String>,
}

impl TeamSettings {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self {
            known: Known::new(db.clone()),
            db,
            hub,
        }
    }

    /// What this node knows of it without asking the store.
    pub fn known(&self) -> &Known {
        &self.known
    }

    async fn value<T>(&self, section: TeamSection) -> Result<(T, i64), ServiceError>
    where
        T: DeserializeOwned + Default,
    {
        let mut reader = self.db.reader().await?;
        let (version, value) = stored(&mut reader.conn(), section).await?;
        Ok((value, version))
    }

    /// Who may change what a section is about, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sharing(&self, section: TeamSection) -> Result<(Sharing, i64), ServiceError> {
        self.value(section).await
    }

    /// Who the team is, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn team(&self) -> Result<(TeamProfile, i64), ServiceError> {
        self.value(TeamSection::Team).await
    }

    /// When it is open, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn hours(&self) -> Result<(HoursByChannel, i64), ServiceError> {
        self.value(TeamSection::Hours).await
    }

    /// Which chats are closed by themselves, and the version of that.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn auto_close(&self) -> Result<(AutoClose, i64), ServiceError> {
        self.value(TeamSection::AutoClose).await
    }

    /// A section as it is now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read(&self, section: TeamSection) -> Result<SavedSettings, ServiceError> {
        let (value, version) = match section {
            TeamSection::Canned | TeamSection::Tags => as_json(self.sharing(section).await?),
            TeamSection::Assignment => as_json(self.assignment().await?),
            TeamSection::AutoClose => as_json(self.auto_close().await?),
            TeamSection::AutomaticReplies => as_json(self.automatic_replies().await?),
            TeamSection::Csat => as_json(self.survey().await?),
            TeamSection::HandOver => as_json(self.hand_over().await?),
            TeamSection::Hours => as_json(self.hours().await?),
            TeamSection::Targets => as_json(self.targets().await?),
            TeamSection::Team => as_json(self.team().await?),
        };
        Ok(SavedSettings { version, value })
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
        match section {
            TeamSection::Canned | TeamSection::Tags => {
                self.share(who, section, version, check::sharing(value)?)
                    .await
            }
            TeamSection::Assignment => {
                let rule = check::assignment(value)?;
                self.save_assignment(who, version, rule).await
            }
            TeamSection::AutoClose => {
                let rule = check::auto_close(value)?;
                self.save_auto_close(who, version, rule).await
            }
            TeamSection::AutomaticReplies => {
                let replies = check::automatic_replies(value)?;
                self.save_automatic_replies(who, version, replies).await
            }
            TeamSection::Csat => self.save_survey(who, version, check::survey(value)?).await,
            TeamSection::HandOver => {
                let rule = check::hand_over(value)?;
                self.save_hand_over(who, version, rule).await
            }
            TeamSection::Hours => self.save_hours(who, version, check::hours(value)?).await,
            TeamSection::Targets => {
                let rule = check::targets(value)?;
                self.save_targets(who, version, rule).await
            }
            TeamSection::Team => self.save_team(who, version, check::team(value)?).await,
        }
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
        self.store(who, Saving::new(section, version, json!(chosen)))
            .await
    }

    /// Saves who the team is, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_team(
        &self,
        who: &SignedIn,
        version: i64,
        team: TeamProfile,
    ) -> Result<SavedSettings, ServiceError> {
        let team = check::checked_team(team)?;
        self.store(who, Saving::new(TeamSection::Team, version, json!(team)))
            .await
    }

    /// Saves the hours, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_hours(
        &self,
        who: &SignedIn,
        version: i64,
        hours: HoursByChannel,
    ) -> Result<SavedSettings, ServiceError> {
        let hours = check::checked_hours(hours)?;
        let accounts = hours.keys().cloned().collect();
        let saving = Saving::new(TeamSection::Hours, version, json!(hours));
        self.store(who, Saving { accounts, ..saving }).await
    }

    /// Saves which chats are closed by themselves, as [`TeamSettings::save`] does.
    ///
    /// # Errors
    /// As [`TeamSettings::save`].
    pub async fn save_auto_close(
        &self,
        who: &SignedIn,
        version: i64,
        rule: AutoClose,
    ) -> Result<SavedSettings, ServiceError> {
        let rule = check::checked_auto_close(rule)?;
        self.store(
            who,
            Saving::new(TeamSection::AutoClose, version, json!(rule)),
        )
        .await
    }

    async fn store(&self, who: &SignedIn, saving: Saving) -> Result<SavedSettings, ServiceError> {
        who.at_least(Role::Admin)?;
        let (by, now) = (who.operator.id, clock::now());
        let (section, version, value) = (saving.section, saving.version, saving.value);
        let (hub, accounts, kept) = (self.hub.clone(), saving.accounts, value.clone());
        self.db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        check::known_accounts(&mut conn, &accounts).await?;
                        let (name, text) = (section.name(), value.to_string());
                        let saved = conn.save_team_setting(name, version, &text, by, now);
                        if !saved.await? {
                            return Err(ServiceError::Stale);
                        }
                        let audit = Audit {
                            operator: Some(by),
                            action: "settings.save",
                            conversation: None,
                            details: json!({ "section": name, "value": value }),
                        };
                        Ok(conn.insert_audit(now, &audit).await?)
                    })
                },
                move |()| ((), telling(hub, vec![settings_changed(section.name())])),
            )
            .await?;
        self.known.look().await?;
        Ok(SavedSettings {
            version: version + 1,
            value: kept,
        })
    }
}

impl Saving {
    fn new(section: TeamSection, version: i64, value: serde_json::Value) -> Self {
        Self {
            section,
            version,
            value,
            accounts: Vec::new(),
        }
    }
}

fn as_json<T: Serialize>((value, version): (T, i64)) -> (serde_json::Value, i64) {
    (json!(value), version)
}

/// A section's version and value as they are stored.
pub(super) async fn stored<T>(
    conn: &mut Conn<'_>,
    section: TeamSection,
) -> Result<(i64, T), DbError>
where
    T: DeserializeOwned + Default,
{
    let (version, value, _) = stored_since(conn, section).await?;
    Ok((version, value))
}

/// As [`stored`], with the moment of its last saving.
async fn stored_since<T>(
    conn: &mut Conn<'_>,
    section: TeamSection,
) -> Result<(i64, T, Timestamp), DbError>
where
    T: DeserializeOwned + Default,
{
    let Some(row) = conn.team_setting(section.name()).await? else {
        return Ok((0, T::default(), Timestamp::default()));
    };
    let value = serde_json::from_str(&row.value).map_err(|error| DbError::Row {
        table: "team_settings",
        why: error.to_string(),
    })?;
    Ok((row.version, value, row.saved_at))
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
    let (_, sharing) = stored::<Sharing>(conn, section).await?;
    Ok(sharing.operators)
}
