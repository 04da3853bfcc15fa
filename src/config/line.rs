//! How to reach LINE, and the default channel's credentials.

use super::{ConfigError, Name, Settings};
use crate::secrets::Secret;

/// How to talk to LINE.
#[derive(Clone, Debug)]
pub struct LineConfig {
    /// Where messages go; without a final slash.
    pub api_base: String,
    /// Where media come from; without a final slash.
    pub data_api_base: String,
    /// The default channel.
    pub channel: Option<LineCredentials>,
}

/// What a channel of LINE's console gives.
#[derive(Clone, Debug)]
pub struct LineCredentials {
    /// Signs webhooks.
    pub secret: Secret,
    /// Lets us send.
    pub access_token: Secret,
}

impl LineConfig {
    /// Whether messages go to LINE itself, not to one that is played, or to a proxy.
    pub fn is_lines_own(&self) -> bool {
        reqwest::Url::parse(&self.api_base).is_ok_and(|url| url.host_str() == Some("api.line.me"))
    }

    pub(super) fn load(settings: &Settings) -> Result<Self, ConfigError> {
        Ok(Self {
            api_base: base(settings, Name::LineApiBase, "https://api.line.me")?,
            data_api_base: base(settings, Name::LineDataApiBase, "https://api-data.line.me")?,
            channel: credentials(settings)?,
        })
    }
}

fn base(settings: &Settings, name: Name, default: &str) -> Result<String, ConfigError> {
    let text = settings.get(name).unwrap_or(default);
    let url = reqwest::Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.query().is_none()
    });
    if url.is_none() {
        return Err(name.invalid("must be an address such as https://api.line.me"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn credentials(settings: &Settings) -> Result<Option<LineCredentials>, ConfigError> {
    let secret = settings.get(Name::LineChannelSecret);
    let access_token = settings.get(Name::LineChannelAccessToken);
    match (secret, access_token) {
        (None, None) => Ok(None),
        (Some(secret), Some(access_token)) => Ok(Some(LineCredentials {
            secret: Secret::new(secret),
            access_token: Secret::new(access_token),
        })),
        (None, Some(_)) => {
            Err(Name::LineChannelSecret.missing("when LINE_CHANNEL_ACCESS_TOKEN is set"))
        }
        (Some(_), None) => {
            Err(Name::LineChannelAccessToken.missing("when LINE_CHANNEL_SECRET is set"))
        }
    }
}
