//! What the page about closing shows, and the name of its form.

use crate::protocol::preferences::Language;
use crate::protocol::team_settings::AutoClose;

/// Names of the section's forms.
pub(crate) mod forms {
    /// The rule; also what is told after it.
    pub(crate) const AUTO_CLOSE: &str = "auto_close";
}

/// The field of the warning in a language.
pub(crate) const fn warning_field(language: Language) -> &'static str {
    match language {
        Language::Thai => "warn.th",
        Language::English => "warn.en",
        Language::Japanese => "warn.ja",
        Language::TraditionalChinese => "warn.zh-TW",
    }
}

/// What the page shows.
pub(crate) struct Closing {
    /// As it is kept.
    pub rule: AutoClose,
    /// The version of that.
    pub version: i64,
}
