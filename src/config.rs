//! Settings, read and checked once at start.

mod database;
mod error;
mod line;
mod log;
mod public_url;
mod push;
mod session;
mod settings;
mod storage;
mod trusted_proxies;

use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use crate::secrets::{HeldKeys, KeySource, MIN_KEY_CHARS, Secret};

pub use database::DatabaseUrl;
pub use error::ConfigError;
pub use line::{LineConfig, LineCredentials};
pub use log::{LogConfig, LogFormat};
pub use public_url::PublicUrl;
use push::PushConfig;
pub use session::SessionLimits;
pub use settings::{Name, Settings};
pub use storage::StorageConfig;
pub use trusted_proxies::TrustedProxies;

/// All settings of one process.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// What browsers and LINE see.
    pub public_url: PublicUrl,
    /// The store.
    pub database: DatabaseUrl,
    /// Fans events out between nodes.
    pub redis_url: Option<Secret>,
    /// The key for tokens and for what is encrypted at rest.
    pub key: KeySource,
    /// How to talk to LINE.
    pub line: LineConfig,
    /// Made when there are no operators at all.
    pub first_admin: Option<FirstAdmin>,
    /// Who is believed about whom they forward.
    pub trusted_proxies: TrustedProxies,
    /// When log-ins end.
    pub sessions: SessionLimits,
    /// Serves `/metrics` on its own.
    pub metrics_addr: Option<SocketAddr>,
    /// How much may be kept.
    pub storage: StorageConfig,
    /// What is logged, and how.
    pub log: LogConfig,
    /// How often nodes say that they live, and how soon one that does not is forgotten.
    pub rhythm: Rhythm,
    /// What is odd about the settings and yet no error: a sentence each.
    pub warnings: Vec<String>,
    /// How alerts reach devices.
    push: PushConfig,
    /// `sala demo`: the simulated LINE is under `/_sim` of this server.
    pub simulator: bool,
}

/// Between nodes; no setting, but tests are in a hurry.
#[derive(Clone, Copy, Debug)]
pub struct Rhythm {
    /// Between two announcements of a node.
    pub announce: Duration,
    /// After its last announcement a node is taken for dead.
    pub lease: Duration,
}

impl Default for Rhythm {
    /// A dead node is forgotten after 20 s; three announcements may get lost.
    fn default() -> Self {
        Self {
            announce: Duration::from_secs(5),
            lease: Duration::from_secs(20),
        }
    }
}

/// Who can sign in first.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: Secret,
}

impl Config {
    /// Checks every setting.
    ///
    /// # Errors
    /// [`ConfigError`], which names the setting.
    pub fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let addr = parsed(settings, Name::Addr)?.unwrap_or(([127, 0, 0, 1], 3000).into());
        let database = DatabaseUrl::load(settings)?;
        let redis_url = redis_url(settings, &database)?;
        Ok(Self {
            addr,
            public_url: PublicUrl::load(settings, addr)?,
            key: key(settings, &database)?,
            database,
            redis_url,
            line: LineConfig::load(settings)?,
            first_admin: first_admin(settings)?,
            trusted_proxies: TrustedProxies::load(settings)?,
            sessions: SessionLimits::load(settings)?,
            metrics_addr: parsed(settings, Name::MetricsAddr)?,
            storage: StorageConfig::load(settings)?,
            log: LogConfig::load(settings)?,
            rhythm: Rhythm::default(),
            warnings: settings.warnings(),
            push: PushConfig::load(settings)?,
            simulator: false,
        })
    }

    /// Whether LINE's clients can fetch what we serve: LINE takes https addresses only, one that is
    /// played takes any.
    pub fn is_reachable_by_line(&self) -> bool {
        self.public_url.is_https() || !self.line.is_lines_own()
    }

    /// Whom push services may turn to: an address of `mailto:` or `https:`. Apple takes no other, and
    /// none of a machine's own.
    pub fn push_contact(&self) -> &str {
        let given = self.push.contact.as_deref();
        given.unwrap_or_else(|| self.public_url.origin())
    }

    /// Whether push services of all kinds take what we sign.
    pub fn is_known_to_push_services(&self) -> bool {
        self.push.contact.is_some() || self.public_url.is_https()
    }

    /// Whether push services may be on this machine: in the demo, and for trials.
    pub fn pushes_to_this_machine(&self) -> bool {
        self.simulator || self.push.to_this_machine
    }

    /// What is likely to be a mistake, one sentence each.
    pub fn doubts(&self) -> Vec<&'static str> {
        let mut doubts = Vec::new();
        // Sala speaks no TLS, so with https there is a proxy; and one on this machine would
        // rather be given a loopback address.
        let proxy_elsewhere = self.public_url.is_https() && !self.addr.ip().is_loopback();
        if proxy_elsewhere && self.trusted_proxies.is_this_machine_only() {
            doubts.push(
                "SALA_PUBLIC_URL is https and SALA_ADDR is not of this machine only, but \
                 SALA_TRUSTED_PROXIES names no other machine: unless the proxy is on this one, \
                 everybody behind it counts as one address and is locked out together",
            );
        }
        doubts
    }
}

fn parsed<T: FromStr>(settings: &Settings, name: Name) -> Result<Option<T>, ConfigError> {
    let Some(text) = settings.get(name) else {
        return Ok(None);
    };
    let value = text
        .parse()
        .map_err(|_| name.invalid("must be an address such as 127.0.0.1:3000"))?;
    Ok(Some(value))
}

fn key(settings: &Settings, database: &DatabaseUrl) -> Result<KeySource, ConfigError> {
    let current = given_key(settings, Name::SecretKey)?;
    let other = given_key(settings, Name::SecretKeyOther)?;
    match (current, database) {
        (Some(current), _) => Ok(KeySource::Given(HeldKeys { current, other })),
        (None, _) if other.is_some() => {
            Err(Name::SecretKey.missing("when SALA_SECRET_KEY_OTHER is set"))
        }
        (None, DatabaseUrl::Sqlite(path)) => Ok(KeySource::File(path.with_file_name("secret.key"))),
        (None, DatabaseUrl::Postgres(_)) => Err(Name::SecretKey
            .missing("with PostgreSQL; make one with `openssl rand -base64 32` and keep it")),
    }
}

fn given_key(settings: &Settings, name: Name) -> Result<Option<Secret>, ConfigError> {
    match settings.get(name) {
        Some(text) if text.chars().count() < MIN_KEY_CHARS => {
            Err(name.invalid(format!("must have at least {MIN_KEY_CHARS} characters")))
        }
        text => Ok(text.map(Secret::new)),
    }
}

fn redis_url(settings: &Settings, database: &DatabaseUrl) -> Result<Option<Secret>, ConfigError> {
    let Some(text) = settings.get(Name::RedisUrl) else {
        return Ok(None);
    };
    // The library's words may quote the address, which may hold a password.
    let is_redis = text.starts_with("redis://") || text.starts_with("rediss://");
    if !is_redis || redis::Client::open(text).is_err() {
        return Err(Name::RedisUrl.invalid("must be redis://<host> or rediss://<host>"));
    }
    match database {
        DatabaseUrl::Postgres(_) => Ok(Some(Secret::new(text))),
        DatabaseUrl::Sqlite(_) => Err(Name::RedisUrl.invalid(
            "is for several nodes, which share a PostgreSQL database: set DATABASE_URL to one, or remove REDIS_URL",
        )),
    }
}

fn first_admin(settings: &Settings) -> Result<Option<FirstAdmin>, ConfigError> {
    match (
        settings.get(Name::AdminEmail),
        settings.get(Name::AdminPassword),
    ) {
        (None, None) => Ok(None),
        (Some(email), Some(password)) => Ok(Some(FirstAdmin {
            email: email.to_owned(),
            password: Secret::new(password),
        })),
        (Some(_), None) => Err(Name::AdminPassword.missing("when SALA_ADMIN_EMAIL is set")),
        (None, Some(_)) => Err(Name::AdminEmail.missing("when SALA_ADMIN_PASSWORD is set")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let pairs = pairs
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Config::load(&Settings::from_pairs(pairs)?)
    }

    #[test]
    fn nothing_is_needed() {
        let config = load(&[]).expect("defaults");
        assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(config.public_url.origin(), "http://127.0.0.1:3000");
        assert_eq!(config.database.as_str(), "sqlite://data/sala.db");
        assert!(matches!(config.key, KeySource::File(path) if path.ends_with("data/secret.key")));
        assert_eq!(config.line.api_base, "https://api.line.me");
        assert_eq!(config.log.filter, "info");
        assert_eq!(config.storage.media_max_bytes, 20 * 1024 * 1024 * 1024);
        assert_eq!(config.storage.media_of_a_day(), 1024 * 1024 * 1024);
        assert_eq!(config.storage.disk_reserve_bytes, 1024 * 1024 * 1024);
    }

    #[test]
    fn each_bad_setting_is_named() {
        let secret = "0123456789abcdef0123456789abcdef";
        for (pairs, name) in [
            (&[("SALA_ADDR", "here")][..], "SALA_ADDR"),
            (&[("SALA_ADDR", "")], "SALA_ADDR"),
            (&[("SALA_PORT", "3000")], "SALA_PORT"),
            (
                &[("SALA_PUBLIC_URL", "chat.example.com")],
                "SALA_PUBLIC_URL",
            ),
            (
                &[("SALA_PUBLIC_URL", "https://example.com/chat")],
                "SALA_PUBLIC_URL",
            ),
            (&[("DATABASE_URL", "mysql://localhost")], "DATABASE_URL"),
            (&[("DATABASE_URL", "sqlite://")], "DATABASE_URL"),
            (
                &[("DATABASE_URL", "postgres://localhost/sala")],
                "SALA_SECRET_KEY",
            ),
            (&[("SALA_SECRET_KEY", "short")], "SALA_SECRET_KEY"),
            (
                &[("SALA_PUSH_TO_THIS_MACHINE", "1")],
                "SALA_PUSH_TO_THIS_MACHINE",
            ),
            (&[("SALA_SECRET_KEY_OTHER", secret)], "SALA_SECRET_KEY "),
            (
                &[
                    ("SALA_SECRET_KEY", secret),
                    ("SALA_SECRET_KEY_OTHER", "short"),
                ],
                "SALA_SECRET_KEY_OTHER",
            ),
            (&[("REDIS_URL", "localhost")], "REDIS_URL"),
            (&[("REDIS_URL", "redis://localhost")], "REDIS_URL"),
            (
                &[
                    ("REDIS_URL", "redis://localhost:hush"),
                    ("DATABASE_URL", "postgres://localhost/sala"),
                    ("SALA_SECRET_KEY", secret),
                ],
                "REDIS_URL",
            ),
            (&[("LINE_CHANNEL_SECRET", "x")], "LINE_CHANNEL_ACCESS_TOKEN"),
            (&[("LINE_CHANNEL_ACCESS_TOKEN", "x")], "LINE_CHANNEL_SECRET"),
            (&[("LINE_API_BASE", "api.line.me")], "LINE_API_BASE"),
            (
                &[("SALA_ADMIN_EMAIL", "a@example.com")],
                "SALA_ADMIN_PASSWORD",
            ),
            (&[("SALA_ADMIN_PASSWORD", secret)], "SALA_ADMIN_EMAIL"),
            (
                &[("SALA_TRUSTED_PROXIES", "10.0.0.0/99")],
                "SALA_TRUSTED_PROXIES",
            ),
            (&[("SALA_SESSION_MAX_DAYS", "0")], "SALA_SESSION_MAX_DAYS"),
            (&[("SALA_SESSION_IDLE_DAYS", "8")], "SALA_SESSION_IDLE_DAYS"),
            (&[("SALA_METRICS_ADDR", "9000")], "SALA_METRICS_ADDR"),
            (
                &[("SALA_MEDIA_MAX_BYTES", "20 GiB")],
                "SALA_MEDIA_MAX_BYTES",
            ),
            (
                &[("SALA_DISK_RESERVE_BYTES", "-1")],
                "SALA_DISK_RESERVE_BYTES",
            ),
            (
                &[("SALA_PUSH_CONTACT", "admin@example.com")],
                "SALA_PUSH_CONTACT",
            ),
            (&[("SALA_LOG", "sala=loud")], "SALA_LOG"),
            (&[("SALA_LOG_FORMAT", "xml")], "SALA_LOG_FORMAT"),
        ] {
            let error = load(pairs).expect_err(name).to_string();
            assert!(error.contains(name), "{pairs:?} gave {error:?}");
        }
    }

    #[test]
    fn a_proxy_elsewhere_that_is_not_named_is_doubted() {
        let public = ("SALA_PUBLIC_URL", "https://chat.example.com");
        let everywhere = ("SALA_ADDR", "0.0.0.0:3000");
        let doubts = |pairs: &[(&str, &str)]| load(pairs).expect("valid").doubts().len();
        assert_eq!(doubts(&[public, everywhere]), 1);
        assert_eq!(doubts(&[public]), 0);
        assert_eq!(doubts(&[everywhere]), 0);
        let named = ("SALA_TRUSTED_PROXIES", "10.0.0.0/8");
        assert_eq!(doubts(&[public, everywhere, named]), 0);
    }

    #[test]
    fn errors_and_debug_output_keep_secrets() {
        let error = load(&[("SALA_SECRET_KEY", "hush")])
            .expect_err("too short")
            .to_string();
        assert!(!error.contains("hush"), "{error}");
        let secret = "hush-hush-hush-hush-hush-hush-hush";
        let config = load(&[
            ("SALA_SECRET_KEY", secret),
            ("SALA_SECRET_KEY_OTHER", secret),
            ("DATABASE_URL", "postgres://sala:hush@localhost/sala"),
            ("REDIS_URL", "redis://:hush@localhost"),
            ("LINE_CHANNEL_SECRET", "hush"),
            ("LINE_CHANNEL_ACCESS_TOKEN", "hush"),
            ("SALA_ADMIN_EMAIL", "a@example.com"),
            ("SALA_ADMIN_PASSWORD", "hush-hush"),
        ]);
        let shown = format!("{:?}", config.expect("valid"));
        assert!(!shown.contains("hush"), "{shown}");
    }

    #[test]
    fn a_foreign_name_of_lines_is_a_warning_and_one_of_ours_is_an_error() {
        let pairs = [("LINE_CHANNEL_ID", "1234"), ("LINE_CHANNEL_SECERT", "hush")];
        let pairs = pairs.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let settings = Settings::from_pairs(pairs).expect("no error");
        let warnings = settings.warnings();
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].starts_with("LINE_CHANNEL_ID "), "{warnings:?}");
        assert!(
            warnings[1].starts_with("LINE_CHANNEL_SECERT "),
            "{warnings:?}"
        );
        assert!(!warnings[1].contains("hush"), "{warnings:?}");
        load(&[("SALA_CHANNEL_ID", "1234")]).expect_err("ours");
    }

    #[test]
    fn names_of_others_are_left_alone() {
        load(&[
            ("LEPTOS_SITE_ROOT", "target/site"),
            ("PATH", "/bin"),
            ("LINES", "40"),
        ])
        .expect("not ours");
    }
}
