//! What the team has chosen, by section.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::hours::{Hours, Weekday};
use super::preferences::Language;

/// The part of a section's choice that says who may change what all have in common: shared canned
/// replies (`canned`), tags (`tags`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// Whether operators may, and not only supervisors.
    pub operators: bool,
}

/// Who the team is and how it counts days (`team`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamProfile {
    /// What it calls itself; may be empty.
    pub name: String,
    /// The language that it speaks among itself.
    pub language: Language,
    /// Where its clock is: an IANA name.
    pub time_zone: String,
    /// The day with which its weeks begin.
    pub first_day: Weekday,
    /// Whether its years are counted from the Buddha's passing.
    pub buddhist_year: bool,
}

impl Default for TeamProfile {
    fn default() -> Self {
        Self {
            name: String::new(),
            language: Language::English,
            time_zone: "UTC".to_owned(),
            first_day: Weekday::Mon,
            buddhist_year: false,
        }
    }
}

/// The hours (`hours`) by the names of LINE accounts. An account that is not there has those of the
/// first one, `default`; without these, too, it is always open.
pub type HoursByChannel = BTreeMap<String, Hours>;

/// Which chats are closed by themselves, since nobody writes in them any more (`auto_close`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutoClose {
    /// How long after the last message of either side; absent: none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_minutes: Option<u32>,
    /// Whether only those in which our side wrote last.
    #[serde(default = "yes")]
    pub only_if_answered: bool,
}

const fn yes() -> bool {
    true
}

impl Default for AutoClose {
    fn default() -> Self {
        Self {
            after_minutes: None,
            only_if_answered: true,
        }
    }
}

impl AutoClose {
    /// How long after the last message of either side, in milliseconds.
    pub fn after_ms(self) -> Option<i64> {
        self.after_minutes
            .map(|minutes| i64::from(minutes) * 60_000)
    }
}

/// A section as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSettings {
    /// One more than before the last saving; 0 while nobody has saved it.
    pub version: i64,
    /// As its section has it.
    pub value: serde_json::Value,
}
