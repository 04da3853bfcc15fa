//! Team and time zone: what the page shows, and its form.

use super::taking::{Done, Refusal, no_such_form};
use crate::calendar::Zone;
use crate::protocol::hours::Weekday;
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::TeamProfile;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;
use crate::ui::{Flash, Form, TeamShown, team_forms as forms};

/// All that the page shows.
pub(super) async fn shown(state: &AppState) -> Result<TeamShown, ServiceError> {
    let (team, version) = state.team_settings.team().await?;
    Ok(TeamShown {
        team,
        version,
        zones: Zone::names(),
    })
}

/// The page's form.
pub(super) async fn take(state: &AppState, who: &SignedIn, form: &Form) -> Result<Done, Refusal> {
    if form.which() != forms::TEAM {
        return Err(no_such_form());
    }
    let mut reader = form.reader();
    let version = reader.choice("version", |version| version.parse().ok());
    let name = reader.text("name");
    let language = reader.choice("language", |tag| {
        let mut all = Language::ALL.into_iter();
        all.find(|language| language.tag() == tag)
    });
    let time_zone = reader.text("time_zone");
    let first_day = reader.choice("first_day", Weekday::named);
    let buddhist_year = reader.switch("buddhist_year");
    reader.done()?;
    let kept = TeamProfile::default();
    let team = TeamProfile {
        name: name.to_owned(),
        language: language.unwrap_or(kept.language),
        time_zone: time_zone.to_owned(),
        first_day: first_day.unwrap_or(kept.first_day),
        buddhist_year,
    };
    let saved = state
        .team_settings
        .save_team(who, version.unwrap_or(0), team);
    saved.await?;
    Ok(Done::told(Flash::new(forms::TEAM)))
}
