//! The raw settings: environment, then `.env`, with flags above both. Unknown names of ours are
//! refused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ConfigError;

/// One setting of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// `SALA_ADDR`
    Addr,
    /// `SALA_PUBLIC_URL`
    PublicUrl,
    /// `DATABASE_URL`
    DatabaseUrl,
    /// `REDIS_URL`
    RedisUrl,
    /// `SALA_SECRET_KEY`
    SecretKey,
    /// `SALA_SECRET_KEY_OTHER`
    SecretKeyOther,
    /// `LINE_CHANNEL_SECRET`
    LineChannelSecret,
    /// `LINE_CHANNEL_ACCESS_TOKEN`
    LineChannelAccessToken,
    /// `LINE_API_BASE`
    LineApiBase,
    /// `LINE_DATA_API_BASE`
    LineDataApiBase,
    /// `SALA_ADMIN_EMAIL`
    AdminEmail,
    /// `SALA_ADMIN_PASSWORD`
    AdminPassword,
    /// `SALA_TRUSTED_PROXIES`
    TrustedProxies,
    /// `SALA_SESSION_MAX_DAYS`
    SessionMaxDays,
    /// `SALA_SESSION_IDLE_DAYS`
    SessionIdleDays,
    /// `SALA_METRICS_ADDR`
    MetricsAddr,
    /// `SALA_MEDIA_MAX_BYTES`
    MediaMaxBytes,
    /// `SALA_DISK_RESERVE_BYTES`
    DiskReserveBytes,
    /// `SALA_PUSH_CONTACT`
    PushContact,
    /// `SALA_PUSH_TO_THIS_MACHINE`
    PushToThisMachine,
    /// `SALA_LOG`
    Log,
    /// `SALA_LOG_FORMAT`
    LogFormat,
}

impl Name {
    const ALL: [Self; 22] = [
        Self::Addr,
        Self::PublicUrl,
        Self::DatabaseUrl,
        Self::RedisUrl,
        Self::SecretKey,
        Self::SecretKeyOther,
        Self::LineChannelSecret,
        Self::LineChannelAccessToken,
        Self::LineApiBase,
        Self::LineDataApiBase,
        Self::AdminEmail,
        Self::AdminPassword,
        Self::TrustedProxies,
        Self::SessionMaxDays,
        Self::SessionIdleDays,
        Self::MetricsAddr,
        Self::MediaMaxBytes,
        Self::DiskReserveBytes,
        Self::PushContact,
        Self::PushToThisMachine,
        Self::Log,
        Self::LogFormat,
    ];

    /// As it is written in the environment.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Addr => "SALA_ADDR",
            Self::PublicUrl => "SALA_PUBLIC_URL",
            Self::DatabaseUrl => "DATABASE_URL",
            Self::RedisUrl => "REDIS_URL",
            Self::SecretKey => "SALA_SECRET_KEY",
            Self::SecretKeyOther => "SALA_SECRET_KEY_OTHER",
            Self::LineChannelSecret => "LINE_CHANNEL_SECRET",
            Self::LineChannelAccessToken => "LINE_CHANNEL_ACCESS_TOKEN",
            Self::LineApiBase => "LINE_API_BASE",
            Self::LineDataApiBase => "LINE_DATA_API_BASE",
            Self::AdminEmail => "SALA_ADMIN_EMAIL",
            Self::AdminPassword => "SALA_ADMIN_PASSWORD",
            Self::TrustedProxies => "SALA_TRUSTED_PROXIES",
            Self::SessionMaxDays => "SALA_SESSION_MAX_DAYS",
            Self::SessionIdleDays => "SALA_SESSION_IDLE_DAYS",
            Self::MetricsAddr => "SALA_METRICS_ADDR",
            Self::MediaMaxBytes => "SALA_MEDIA_MAX_BYTES",
            Self::DiskReserveBytes => "SALA_DISK_RESERVE_BYTES",
            Self::PushContact => "SALA_PUSH_CONTACT",
            Self::PushToThisMachine => "SALA_PUSH_TO_THIS_MACHINE",
            Self::Log => "SALA_LOG",
            Self::LogFormat => "SALA_LOG_FORMAT",
        }
    }

    pub(super) fn invalid(self, why: impl Into<String>) -> ConfigError {
        ConfigError::Invalid {
            name: self.as_str(),
            why: why.into(),
        }
    }

    pub(super) fn missing(self, why: &'static str) -> ConfigError {
        ConfigError::Missing {
            name: self.as_str(),
            why,
        }
    }

    fn find(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == text)
    }
}

/// The texts of all settings that were made.
#[derive(Clone, Default)]
pub struct Settings {
    texts: BTreeMap<Name, String>,
    /// Names that begin like LINE's settings and are not Sala's. Other programs have such.
    foreign: BTreeSet<String>,
}

impl Settings {
    /// From the environment and the file `.env` of the current folder; the environment wins.
    ///
    /// # Errors
    /// For an unknown or empty setting, and for a broken `.env`.
    pub fn from_process() -> Result<Self, ConfigError> {
        let mut settings = Self::from_pairs(dot_env()?)?;
        let environment = Self::from_pairs(environment()?)?;
        settings.texts.extend(environment.texts);
        settings.foreign.extend(environment.foreign);
        Ok(settings)
    }

    /// From names and values; names that are not in Sala's part of the space are left alone, which
    /// [`Settings::warnings`] says of those that begin with `LINE_`.
    ///
    /// # Errors
    /// For an unknown or empty setting.
    pub fn from_pairs(
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut settings = Self::default();
        for (name, text) in pairs {
            match Name::find(&name) {
                Some(known) if text.trim().is_empty() => {
                    return Err(known.invalid("is set but empty"));
                }
                Some(known) => settings.set(known, text),
                None if name.starts_with("SALA_") => {
                    let known = Name::ALL.map(Name::as_str).join(", ");
                    return Err(ConfigError::Unknown { name, known });
                }
                None if name.starts_with("LINE_") => {
                    settings.foreign.insert(name);
                }
                None => {}
            }
        }
        Ok(settings)
    }

    /// Sets or replaces one, as a flag does.
    pub fn set(&mut self, name: Name, text: impl Into<String>) {
        self.texts.insert(name, text.into());
    }

    /// A sentence for each name that begins with `LINE_` and is not Sala's: another program's, or a
    /// typing mistake.
    pub fn warnings(&self) -> Vec<String> {
        let foreign = self.foreign.iter();
        foreign
            .map(|name| {
                format!("{name} is no setting of Sala's and changes nothing; look for a typing mistake if it was meant for Sala")
            })
            .collect()
    }

    /// Forgets all others.
    pub fn keep_only(&mut self, names: &[Name]) {
        self.texts.retain(|name, _| names.contains(name));
    }

    /// The text of one, without surrounding white space.
    pub fn get(&self, name: Name) -> Option<&str> {
        self.texts.get(&name).map(|text| text.trim())
    }
}

fn environment() -> Result<Vec<(String, String)>, ConfigError> {
    let mut pairs = Vec::new();
    for (name, text) in std::env::vars_os() {
        let Ok(name) = name.into_string() else {
            continue;
        };
        match text.into_string() {
            Ok(text) => pairs.push((name, text)),
            Err(_) => {
                if let Some(known) = Name::find(&name) {
                    return Err(known.invalid("is not valid UTF-8"));
                }
            }
        }
    }
    Ok(pairs)
}

fn dot_env() -> Result<Vec<(String, String)>, ConfigError> {
    let path = Path::new(".env");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    // The library's messages quote the line, which may be a secret's.
    let lines = dotenvy::from_path_iter(path)
        .map_err(|_| ConfigError::DotEnv("it cannot be opened".to_owned()))?;
    lines
        .enumerate()
        .map(|(at, pair)| {
            pair.map_err(|_| ConfigError::DotEnv(format!("setting {} is malformed", at + 1)))
        })
        .collect()
}
