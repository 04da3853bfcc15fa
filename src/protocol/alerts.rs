//! How an operator wants to be told of what happens.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the sounds that Sala makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// High and long.
    Bell,
    /// Dry and short.
    #[default]
    Bamboo,
    /// Falls.
    Drop,
}

impl Tone {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bell, Self::Bamboo, Self::Drop];

    /// As the contract writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bell => "bell",
            Self::Bamboo => "bamboo",
            Self::Drop => "drop",
        }
    }
}

/// Which chats that nobody has are told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingAlerts {
    /// Those of all accounts that the operator sees.
    #[default]
    All,
    /// None.
    None,
}

/// A minute of the day, as clocks show it; `22:00` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(u16);

impl ClockTime {
    /// How many minutes a day has.
    pub const DAY: u16 = 24 * 60;

    /// So many minutes after midnight, of the day that this is in.
    pub const fn after_midnight(minutes: u16) -> Self {
        Self(minutes % Self::DAY)
    }
}

impl FromStr for ClockTime {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str, end: u16| -> Option<u16> {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse::<u16>().ok().filter(|_| digits);
            number.filter(|number| *number < end)
        };
        let parts = text.split_once(':');
        let time =
            parts.and_then(|(hours, minutes)| Some(number(hours, 24)? * 60 + number(minutes, 60)?));
        time.map(Self).ok_or("a time of day is such as 07:30")
    }
}

impl TryFrom<String> for ClockTime {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// From when until when nothing is heard, on the clock of the device; over midnight where the end
/// is the earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// The first quiet minute.
    pub from: ClockTime,
    /// The first minute that is not.
    pub to: ClockTime,
}

impl QuietHours {
    /// Whether this minute is a quiet one.
    pub fn hold(self, at: ClockTime) -> bool {
        if self.from <= self.to {
            self.from <= at && at < self.to
        } else {
            self.from <= at || at < self.to
        }
    }
}

/// How an operator wants to be told of what happens.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, on the wire and on the page"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSettings {
    /// What is heard.
    pub sound: Tone,
    /// How loud, in percent.
    pub volume: u8,
    /// Chats that nobody has.
    pub waiting: WaitingAlerts,
    /// Messages in one's own chats.
    pub mine: bool,
    /// Notes in which one is named.
    pub mentions: bool,
    /// Whether a chat that nobody has is heard again until somebody has it.
    pub repeat_waiting: bool,
    /// When nothing is heard and nothing is pushed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHours>,
    /// Whether notifications show what customers write.
    #[serde(default)]
    pub push_preview: bool,
}

/// The loudest.
pub const VOLUME_MAX: u8 = 100;

impl Default for AlertSettings {
    fn default() -> Self {
        Self {
            sound: Tone::default(),
            volume: 70,
            waiting: WaitingAlerts::default(),
            mine: true,
            mentions: true,
            repeat_waiting: false,
            quiet: None,
            push_preview: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> ClockTime {
        text.parse().expect("a time of day")
    }

    #[test]
    fn a_time_of_day_is_what_clocks_show() {
        for text in ["00:00", "07:30", "23:59"] {
            assert_eq!(at(text).to_string(), text);
        }
        for text in [
            "",
            "24:00",
            "7:30",
            "07:60",
            "0730",
            "07:3",
            "+7:30",
            "07:30:00",
            "๐๗:๓๐",
        ] {
            assert!(text.parse::<ClockTime>().is_err(), "{text}");
        }
    }

    #[test]
    fn quiet_hours_go_over_midnight() {
        let quiet = |from, to| QuietHours {
            from: at(from),
            to: at(to),
        };
        let night = quiet("22:00", "07:30");
        for (time, is_quiet) in [
            ("21:59", false),
            ("22:00", true),
            ("00:00", true),
            ("07:29", true),
            ("07:30", false),
        ] {
            assert_eq!(night.hold(at(time)), is_quiet, "{time}");
        }
        let noon = quiet("12:00", "13:00");
        assert!(noon.hold(at("12:00")) && !noon.hold(at("13:00")) && !noon.hold(at("00:00")));
    }

    #[test]
    fn what_was_never_chosen_is_as_the_contract_has_it() {
        let text = serde_json::to_string(&AlertSettings::default()).expect("JSON");
        let expected = "{\"sound\":\"bamboo\",\"volume\":70,\"waiting\":\"all\",\"mine\":true,\
             \"mentions\":true,\"repeat_waiting\":false,\"push_preview\":false}";
        assert_eq!(text, expected);
    }
}
