//! What the page about assignment and targets shows, and the names of its forms.

use crate::protocol::team_settings::{AssignmentRule, TargetRule};

/// Names of the section's forms.
pub(crate) mod forms {
    /// Who gets which chat; also what is told after it.
    pub(crate) const ASSIGNMENT: &str = "assignment";
    /// The targets; also what is told after it.
    pub(crate) const TARGETS: &str = "targets";
}

/// What the page shows.
pub(crate) struct Assigning {
    /// The rule of assignment as it is kept.
    pub assignment: AssignmentRule,
    /// The version of that.
    pub assignment_version: i64,
    /// The targets as they are kept.
    pub targets: TargetRule,
    /// The version of these.
    pub targets_version: i64,
}
