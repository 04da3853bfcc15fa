//! What the simulated account does and allows.

use serde::{Deserialize, Deserializer, Serialize};

/// LINE's promise for a reply token, in seconds.
const REPLY_TOKEN_SECONDS: u64 = 60;

/// The account's settings.
#[derive(Clone, Debug, Serialize)]
pub struct Settings {
    /// Messages a month; `None` for no limit.
    pub quota: Option<u64>,
    /// How long a reply token can be used.
    pub reply_token_seconds: u64,
    /// Whether webhooks that were not answered with 2xx come again.
    pub redelivery: bool,
    /// LINE's chat switch: `chat` or `bot`.
    pub chat_mode: ChatMode,
    /// Who marks as read: `auto` or `manual`.
    pub mark_as_read_mode: MarkAsReadMode,
}

/// LINE's chat switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatMode {
    /// On.
    Chat,
    /// Off.
    Bot,
}

/// Who marks messages as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkAsReadMode {
    /// LINE.
    Auto,
    /// The account, by its calls.
    Manual,
}

/// A change of some settings; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SettingsChange {
    /// In JSON a number, or `null` for no limit.
    #[serde(default, deserialize_with = "quota")]
    pub quota: Option<QuotaChange>,
    /// See [`Settings::reply_token_seconds`].
    pub reply_token_seconds: Option<u64>,
    /// See [`Settings::redelivery`].
    pub redelivery: Option<bool>,
    /// See [`Settings::chat_mode`].
    pub chat_mode: Option<ChatMode>,
    /// See [`Settings::mark_as_read_mode`].
    pub mark_as_read_mode: Option<MarkAsReadMode>,
}

/// What becomes of the monthly limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotaChange {
    /// It goes.
    Unlimited,
    /// It is so many messages.
    Limited(u64),
}

/// Tells `null` from absence, which serde's `Option` alone does not.
fn quota<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<QuotaChange>, D::Error> {
    let quota = Option::deserialize(deserializer)?;
    Ok(Some(
        quota.map_or(QuotaChange::Unlimited, QuotaChange::Limited),
    ))
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            quota: None,
            reply_token_seconds: REPLY_TOKEN_SECONDS,
            redelivery: false,
            chat_mode: ChatMode::Chat,
            mark_as_read_mode: MarkAsReadMode::Manual,
        }
    }
}

impl Settings {
    pub(super) fn apply(&mut self, change: SettingsChange) {
        match change.quota {
            Some(QuotaChange::Limited(quota)) => self.quota = Some(quota),
            Some(QuotaChange::Unlimited) => self.quota = None,
            None => {}
        }
        self.reply_token_seconds = change
            .reply_token_seconds
            .unwrap_or(self.reply_token_seconds);
        self.redelivery = change.redelivery.unwrap_or(self.redelivery);
        self.chat_mode = change.chat_mode.unwrap_or(self.chat_mode);
        self.mark_as_read_mode = change.mark_as_read_mode.unwrap_or(self.mark_as_read_mode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_removes_the_quota_and_absence_keeps_it() {
        let mut settings = Settings {
            quota: Some(5),
            ..Settings::default()
        };
        settings.apply(serde_json::from_str(r#"{"redelivery":true}"#).expect("a change"));
        assert_eq!((settings.quota, settings.redelivery), (Some(5), true));
        settings.apply(serde_json::from_str(r#"{"quota":null}"#).expect("a change"));
        assert_eq!(settings.quota, None);
    }
}
