//! `SALA_LOG` and `SALA_LOG_FORMAT`.

use tracing_subscriber::EnvFilter;

use super::{ConfigError, Name, Settings};

/// What is logged, and how.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// A filter of the `tracing` kind, such as `info` or `info,sala::outbox=debug`.
    pub filter: String,
    /// How a line looks.
    pub format: LogFormat,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl LogConfig {
    pub(super) fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let filter = settings.get(Name::Log).unwrap_or("info").to_owned();
        if EnvFilter::try_new(&filter).is_err() {
            return Err(Name::Log.invalid("must be a filter such as info or info,sala=debug"));
        }
        let format = match settings.get(Name::LogFormat) {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(_) => return Err(Name::LogFormat.invalid("must be text or json")),
        };
        Ok(Self { filter, format })
    }
}
