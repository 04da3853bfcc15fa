//! What the page about the satisfaction survey shows, and the names of its form and fields.

use crate::protocol::preferences::Language;
use crate::protocol::team_settings::Survey;
use crate::ui::settings::preview::Answers;

/// Names of the section's forms; also what is told after them.
pub(crate) mod forms {
    /// The survey.
    pub(crate) const SURVEY: &str = "survey";
    /// What stands for the question in any language.
    pub(crate) const QUESTIONS: &str = "questions";
}

/// The field of the question in a language.
pub(crate) const fn question_field(language: Language) -> &'static str {
    match language {
        Language::Thai => "questions.th",
        Language::English => "questions.en",
        Language::Japanese => "questions.ja",
        Language::TraditionalChinese => "questions.zh-TW",
    }
}

/// What the page shows.
pub(crate) struct SurveyShown {
    /// As it is kept.
    pub survey: Survey,
    /// The version of that; 0 where none is kept.
    pub version: i64,
    /// What the first LINE account is called.
    pub account: String,
    /// What customers see beside the question, in a language.
    pub answers: fn(Language) -> Answers,
}
