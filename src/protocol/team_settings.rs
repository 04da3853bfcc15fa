//! What the team has chosen, by section.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::automatic::Translations;
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutoClose {
    /// How long after the last message of either side; absent: none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_minutes: Option<u32>,
    /// Whether only those in which our side wrote last.
    #[serde(default = "yes")]
    pub only_if_answered: bool,
    /// What the customer is told before; absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn: Option<Warning>,
}

/// What a customer is told before their chat is closed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// How long before.
    pub minutes_before: u32,
    /// The words.
    #[serde(default)]
    pub texts: Translations,
}

const fn yes() -> bool {
    true
}

impl Default for AutoClose {
    fn default() -> Self {
        Self {
            after_minutes: None,
            only_if_answered: true,
            warn: None,
        }
    }
}

impl AutoClose {
    /// How long after the last message of either side, in milliseconds.
    pub fn after_ms(&self) -> Option<i64> {
        self.after_minutes
            .map(|minutes| i64::from(minutes) * 60_000)
    }

    /// How long after the last message of either side the warning comes, in milliseconds.
    pub fn warns_after_ms(&self) -> Option<i64> {
        let before = i64::from(self.warn.as_ref()?.minutes_before) * 60_000;
        Some(self.after_ms()? - before).filter(|ms| *ms > 0)
    }
}

/// How customers are asked how satisfied they were (`csat`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Whether they are.
    pub on: bool,
    /// The question.
    #[serde(default)]
    pub questions: Translations,
    /// How long after the close.
    #[serde(default = "two")]
    pub wait_minutes: u32,
    /// Whether it is paid for where no free reply is left. It is left out otherwise.
    #[serde(default)]
    pub spend_quota: bool,
}

const fn two() -> u32 {
    2
}

impl Default for Survey {
    fn default() -> Self {
        Self {
            on: false,
            questions: Translations::default(),
            wait_minutes: two(),
            spend_quota: false,
        }
    }
}

/// Words by which a customer asks for a person while a bot answers (`hand_over`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// By language.
    #[serde(default)]
    pub keywords: Keywords,
}

/// Words in the languages of customers. Of a script with spaces they are found as whole words, of
/// another one as the whole message or at its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keywords {
    /// Thai.
    pub th: Vec<String>,
    /// English.
    pub en: Vec<String>,
    /// Japanese.
    pub ja: Vec<String>,
    /// Chinese as Taiwan writes it.
    #[serde(rename = "zh-TW")]
    pub zh_tw: Vec<String>,
}

impl Keywords {
    /// Those of each language, in the order of [`Language::ALL`].
    pub fn all(&self) -> impl Iterator<Item = &Vec<String>> {
        [&self.th, &self.en, &self.ja, &self.zh_tw].into_iter()
    }

    /// Those of a language, to change them.
    pub fn of_mut(&mut self, language: Language) -> &mut Vec<String> {
        match language {
            Language::Thai => &mut self.th,
            Language::English => &mut self.en,
            Language::Japanese => &mut self.ja,
            Language::TraditionalChinese => &mut self.zh_tw,
        }
    }
}

/// By when customers are to be answered and cases to be done (`targets`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetRule {
    /// Seconds from the opening of a case to an operator's first answer; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_s: Option<u32>,
    /// Seconds from the customer's first unanswered message to the next answer; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_response_s: Option<u32>,
    /// Seconds from the opening of a case to its end; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution_s: Option<u32>,
    /// Whether only the open hours of the chat's account count.
    #[serde(default = "yes")]
    pub within_hours: bool,
}

impl Default for TargetRule {
    fn default() -> Self {
        Self {
            first_response_s: None,
            next_response_s: None,
            resolution_s: None,
            within_hours: true,
        }
    }
}

impl TargetRule {
    /// Whether there is anything to reckon.
    pub fn is_set(self) -> bool {
        let all = [
            self.first_response_s,
            self.next_response_s,
            self.resolution_s,
        ];
        all.into_iter().any(|seconds| seconds.is_some())
    }
}

/// Who gets a chat that nobody has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentMode {
    /// Whoever claims it.
    #[default]
    Manual,
    /// Each operator who is there in turn.
    RoundRobin,
    /// Of those who are there whoever has fewest.
    LeastBusy,
}

impl AssignmentMode {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Manual, Self::RoundRobin, Self::LeastBusy];

    /// As on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::RoundRobin => "round_robin",
            Self::LeastBusy => "least_busy",
        }
    }

    /// The mode of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// How chats that nobody has come to operators (`assignment`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentRule {
    /// To whom.
    pub mode: AssignmentMode,
    /// How many chats an operator has at most before a rule gives them no more.
    pub capacity: u32,
    /// For how long whoever closed a customer's last case is asked first; absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sticky_days: Option<u32>,
    /// How long an operator who is gone keeps chats in which the customer waits; absent: for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reassign_after_minutes: Option<u32>,
}

impl Default for AssignmentRule {
    fn default() -> Self {
        Self {
            mode: AssignmentMode::Manual,
            capacity: 6,
            sticky_days: None,
            reassign_after_minutes: None,
        }
    }
}

impl AssignmentRule {
    /// How long an operator who is gone keeps chats, in milliseconds.
    pub fn keeps_ms(self) -> Option<i64> {
        let minutes = self.reassign_after_minutes;
        minutes.map(|minutes| i64::from(minutes) * 60_000)
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
