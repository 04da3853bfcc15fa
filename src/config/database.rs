//! `DATABASE_URL`.

use std::path::PathBuf;

use super::{ConfigError, Name, Settings};
use crate::secrets::Secret;

const SQLITE: &str = "sqlite://";
const DEFAULT: &str = "sqlite://data/sala.db";

/// Which database, and where.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    /// Embedded: the file.
    Sqlite(PathBuf),
    /// A server: the whole address, since it may hold a password.
    Postgres(Secret),
}

impl DatabaseUrl {
    pub(super) fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let text = settings.get(Name::DatabaseUrl).unwrap_or(DEFAULT);
        if let Some(path) = text.strip_prefix(SQLITE) {
            if path.is_empty() || path.ends_with('/') || path.contains(['?', '#']) {
                return Err(Name::DatabaseUrl.invalid("must name a file after sqlite://"));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        if postgres && reqwest::Url::parse(text).is_ok() {
            return Ok(Self::Postgres(Secret::new(text)));
        }
        Err(Name::DatabaseUrl.invalid("must be sqlite://<file> or postgres://<user>@<host>/<name>"))
    }

    /// As [`crate::db::Db::open`] takes it. May hold a password.
    pub fn as_str(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("{SQLITE}{}", path.display()),
            Self::Postgres(url) => url.expose().to_owned(),
        }
    }
}
