//! What the team has chosen, by section.

use serde::{Deserialize, Serialize};

/// The part of a section's choice that says who may change what all have in common: shared canned
/// replies (`canned`), tags (`tags`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// Whether operators may, and not only supervisors.
    pub operators: bool,
}

/// A section as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSettings {
    /// One more than before the last saving; 0 while nobody has saved it.
    pub version: i64,
    /// As its section has it.
    pub value: serde_json::Value,
}
