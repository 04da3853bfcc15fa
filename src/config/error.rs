//! What is wrong with the settings.

/// A setting that Sala cannot start with. Its text names the setting and never shows a value.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A name that Sala does not know, most likely a typing mistake.
    #[error("unknown setting {name}; the settings are: {known}")]
    Unknown {
        /// As it was written.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// A value that is not of the setting's form.
    #[error("{name} {why}")]
    Invalid {
        /// The setting.
        name: &'static str,
        /// What it must be.
        why: String,
    },
    /// A setting that others make necessary.
    #[error("{name} is required {why}")]
    Missing {
        /// The setting.
        name: &'static str,
        /// Under which circumstances.
        why: &'static str,
    },
    /// The `.env` file cannot be read.
    #[error("the file .env cannot be read: {0}")]
    DotEnv(String),
}
