//! What a node knows of the team's settings without asking the store: what is asked for with every
//! message and page. It is read anew after each saving here, and every few seconds for the savings
//! of other nodes.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::{TeamSection, stored, stored_since};
use crate::calendar::{Calendar, Zone};
use crate::db::{Db, DbError};
use crate::protocol::automatic::{AutomaticReply, Occasion, RepliesByChannel};
use crate::protocol::team_settings::{
    AssignmentRule, AutoClose, HandOver, HoursByChannel, Survey, TargetRule, TeamProfile,
};
use crate::protocol::{ChannelName, Timestamp};
use crate::service::clocks::Clocks;
use crate::service::hand_over::asked_by;

/// How often it is looked whether another node has saved something.
const EVERY: Duration = Duration::from_secs(5);

/// What is known; cheap to clone, and all clones know the same.
#[derive(Clone)]
pub struct Known {
    db: Db,
    /// A std lock: nothing awaits under it.
    now: Arc<RwLock<Arc<Facts>>>,
}

/// The settings of one moment.
#[derive(Clone, Debug, Default)]
struct Facts {
    /// Of `team`, `hours`, `targets`, `auto_close`, `assignment`, `automatic_replies`, `csat` and
    /// `hand_over`.
    versions: [i64; 8],
    team: TeamProfile,
    hours: HoursByChannel,
    targets: TargetRule,
    auto_close: AutoClose,
    replies: RepliesByChannel,
    /// When those were last saved.
    replies_since: Timestamp,
    survey: Survey,
    hand_over: HandOver,
    assignment: AssignmentRule,
}

impl Known {
    /// Nothing but what holds before anybody has saved anything.
    pub(super) fn new(db: Db) -> Self {
        Self {
            db,
            now: Arc::default(),
        }
    }

    fn facts(&self) -> Arc<Facts> {
        let facts = self.now.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&facts)
    }

    /// Who the team is.
    pub fn team(&self) -> TeamProfile {
        self.facts().team.clone()
    }

    /// The team's zone.
    pub fn zone(&self) -> Zone {
        zone_of(&self.facts().team)
    }

    /// When a LINE account is open: by its own hours, else by those of the first account.
    pub fn calendar(&self, channel: &str) -> Calendar {
        let facts = self.facts();
        calendar_of(&facts.team, &facts.hours, channel)
    }

    /// How the clocks of an account's chats run; nothing while there are no targets.
    pub(in crate::service) fn clocks(&self, channel: &str) -> Option<Clocks> {
        let facts = self.facts();
        if !facts.targets.is_set() {
            return None;
        }
        let hours = calendar_of(&facts.team, &facts.hours, channel);
        Clocks::new(facts.targets, hours)
    }

    /// The versions of all that targets are reckoned by.
    pub(in crate::service) fn target_versions(&self) -> [i64; 3] {
        let [team, hours, targets, ..] = self.facts().versions;
        [team, hours, targets]
    }

    /// Which chats are closed by themselves, and the version of that.
    pub fn auto_close(&self) -> (AutoClose, i64) {
        let facts = self.facts();
        (facts.auto_close.clone(), facts.versions[3])
    }

    /// What is written by itself on this occasion from a LINE account: by its own rules, else by those
    /// of the first account. Nothing where it is off, and of what happened before it was saved.
    pub fn reply(
        &self,
        channel: &str,
        occasion: Occasion,
        happened_at: Timestamp,
    ) -> Option<AutomaticReply> {
        let facts = self.facts();
        let reply = of_channel(&facts.replies, channel)?.on(occasion);
        (reply.on && happened_at >= facts.replies_since).then(|| reply.clone())
    }

    /// How customers are asked how satisfied they were.
    pub fn survey(&self) -> Survey {
        self.facts().survey.clone()
    }

    /// Whether a text asks for a person, by one of the team's keywords.
    pub(in crate::service) fn asks_for_person(&self, text: &str) -> bool {
        asked_by(&self.facts().hand_over, text)
    }

    /// How chats that nobody has come to operators.
    pub fn assignment(&self) -> AssignmentRule {
        self.facts().assignment
    }

    /// Reads what is stored now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn look(&self) -> Result<(), DbError> {
        let mut reader = self.db.reader().await?;
        let (team_version, team) = stored(&mut reader.conn(), TeamSection::Team).await?;
        let (hours_version, hours) = stored(&mut reader.conn(), TeamSection::Hours).await?;
        let (targets_version, targets) = stored(&mut reader.conn(), TeamSection::Targets).await?;
        let (closing_version, auto_close) =
            stored(&mut reader.conn(), TeamSection::AutoClose).await?;
        let (replies_version, replies, replies_since) =
            stored_since(&mut reader.conn(), TeamSection::AutomaticReplies).await?;
        let (survey_version, survey) = stored(&mut reader.conn(), TeamSection::Csat).await?;
        let (hand_over_version, hand_over) =
            stored(&mut reader.conn(), TeamSection::HandOver).await?;
        let (assignment_version, assignment) =
            stored(&mut reader.conn(), TeamSection::Assignment).await?;
        drop(reader);
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let versions = [
            team_version,
            hours_version,
            targets_version,
            closing_version,
            assignment_version,
            replies_version,
            survey_version,
            hand_over_version,
        ];
        // Two that look at once may come in the wrong order.
        let is_later = |(new, known): (&i64, &i64)| new >= known;
        if versions.iter().zip(&now.versions).all(is_later) {
            *now = Arc::new(Facts {
                versions,
                team,
                hours,
                targets,
                auto_close,
                replies,
                replies_since,
                survey,
                hand_over,
                assignment,
            });
        }
        Ok(())
    }

    /// Looks every few seconds, until the future is dropped.
    pub async fn run(&self) {
        loop {
            if let Err(error) = self.look().await {
                tracing::error!(%error, "the team's settings are those of before");
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}

/// When a LINE account is open: by its own hours, else by those of the first account.
pub(in crate::service) fn calendar_of(
    team: &TeamProfile,
    hours: &HoursByChannel,
    channel: &str,
) -> Calendar {
    Calendar::new(zone_of(team), of_channel(hours, channel).cloned())
}

/// The team's zone. What is stored was known when it was saved; the names of zones stay.
fn zone_of(team: &TeamProfile) -> Zone {
    Zone::named(&team.time_zone).unwrap_or_else(|_| Zone::utc())
}

/// An account's own, else that of the first one.
fn of_channel<'a, T>(all: &'a BTreeMap<String, T>, channel: &str) -> Option<&'a T> {
    let own = all.get(channel);
    own.or_else(|| all.get(ChannelName::default().as_str()))
}
