//! What the page about the team shows, and the name of its form.

use crate::protocol::team_settings::TeamProfile;

/// Names of the section's forms.
pub(crate) mod forms {
    /// All of it; also what is told after it.
    pub(crate) const TEAM: &str = "team";
}

/// What the page shows.
pub(crate) struct TeamShown {
    /// As it is kept.
    pub team: TeamProfile,
    /// The version of that.
    pub version: i64,
    /// Names of all zones.
    pub zones: Vec<String>,
}
