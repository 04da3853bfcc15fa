//! How an operator wants to see Sala.

use serde::{Deserialize, Serialize};

/// The languages that the console speaks, by the tags of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text"))]
pub enum Language {
    /// English.
    #[cfg_attr(feature = "ssr", sqlx(rename = "en"))]
    #[serde(rename = "en")]
    English,
    /// Thai.
    #[cfg_attr(feature = "ssr", sqlx(rename = "th"))]
    #[serde(rename = "th")]
    Thai,
    /// Japanese.
    #[cfg_attr(feature = "ssr", sqlx(rename = "ja"))]
    #[serde(rename = "ja")]
    Japanese,
    /// Chinese as Taiwan writes it.
    #[cfg_attr(feature = "ssr", sqlx(rename = "zh-TW"))]
    #[serde(rename = "zh-TW")]
    TraditionalChinese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Thai,
        Self::English,
        Self::Japanese,
        Self::TraditionalChinese,
    ];

    /// As the contract writes it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Thai => "th",
            Self::Japanese => "ja",
            Self::TraditionalChinese => "zh-TW",
        }
    }
}

/// Light, dark, or as the device has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// As the device has it.
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How the hours of a day are counted; `24` or `12` on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text"))]
#[serde(try_from = "u8", into = "u8")]
pub enum ClockHours {
    /// 14:05.
    #[default]
    #[cfg_attr(feature = "ssr", sqlx(rename = "24"))]
    TwentyFour,
    /// 2:05 pm.
    #[cfg_attr(feature = "ssr", sqlx(rename = "12"))]
    Twelve,
}

impl From<ClockHours> for u8 {
    fn from(hours: ClockHours) -> Self {
        match hours {
            ClockHours::TwentyFour => 24,
            ClockHours::Twelve => 12,
        }
    }
}

impl TryFrom<u8> for ClockHours {
    type Error = &'static str;

    fn try_from(hours: u8) -> Result<Self, Self::Error> {
        match hours {
            24 => Ok(Self::TwentyFour),
            12 => Ok(Self::Twelve),
            _ => Err("a clock has 24 or 12 hours"),
        }
    }
}

/// Which keys send what was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum SendWith {
    /// Enter; with Shift it breaks the line.
    #[default]
    Enter,
    /// Enter with Ctrl or Cmd; alone it breaks the line.
    CtrlEnter,
}

/// What an operator chose; what is absent follows the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Preferences {
    /// Of the screen; messages to customers keep theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Light or dark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appearance: Option<Appearance>,
    /// How times are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockHours>,
    /// 2569 rather than 2026, in Thai.
    #[serde(default)]
    pub buddhist_year: bool,
    /// How many seconds answers wait before they leave, at most
    /// [`DELAY_MAX_S`](super::sending::DELAY_MAX_S); 0 for none.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", sqlx(try_from = "i64"))]
    pub delay_s: u8,
    /// Which keys send.
    #[serde(default)]
    pub send_with: SendWith,
    /// Whether letters alone do anything in the console.
    #[serde(default = "yes")]
    pub single_keys: bool,
}

/// What the keyboard does in the console, where that is not the usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHabits {
    /// Enter sends only with Ctrl or Cmd.
    #[serde(default)]
    pub ctrl_enter: bool,
    /// Letters alone do nothing.
    #[serde(default)]
    pub no_single_keys: bool,
}

impl From<&Preferences> for KeyHabits {
    fn from(chosen: &Preferences) -> Self {
        Self {
            ctrl_enter: chosen.send_with == SendWith::CtrlEnter,
            no_single_keys: !chosen.single_keys,
        }
    }
}

/// What holds for whoever has never chosen otherwise.
const fn yes() -> bool {
    true
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: None,
            appearance: None,
            clock: None,
            buddhist_year: false,
            delay_s: 0,
            send_with: SendWith::Enter,
            single_keys: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_written_as_the_contract_says() {
        let all = Preferences {
            language: Some(Language::TraditionalChinese),
            appearance: Some(Appearance::Dark),
            clock: Some(ClockHours::Twelve),
            buddhist_year: true,
            delay_s: 5,
            send_with: SendWith::CtrlEnter,
            single_keys: false,
        };
        let json = serde_json::to_string(&all).expect("written");
        assert_eq!(
            json,
            concat!(
                r#"{"language":"zh-TW","appearance":"dark","clock":12,"buddhist_year":true,"#,
                r#""delay_s":5,"send_with":"ctrl_enter","single_keys":false}"#
            )
        );
        assert_eq!(serde_json::from_str::<Preferences>(&json).ok(), Some(all));
        assert!(serde_json::from_str::<Preferences>(r#"{"clock":13}"#).is_err());
    }

    #[test]
    fn letters_do_something_until_somebody_says_otherwise() {
        let none = serde_json::from_str::<Preferences>("{}").ok();
        assert_eq!(none, Some(Preferences::default()));
    }

    #[test]
    fn tags_are_those_of_the_wire() {
        for language in Language::ALL {
            let json = serde_json::to_value(language).expect("written");
            assert_eq!(json, language.tag());
        }
    }
}
