//! What the page about automatic replies shows, and the names of its forms and fields.

use crate::protocol::automatic::{AutomaticReplies, Occasion};
use crate::protocol::preferences::Language;
use crate::protocol::team_settings::HandOver;
use crate::ui::settings::accounts::Account;

/// Names of the section's forms; also what is told after them.
pub(crate) mod forms {
    /// All texts of an account.
    pub(crate) const TEXTS: &str = "texts";
    /// No texts of one's own any more.
    pub(crate) const DROP: &str = "drop";
    /// Words by which customers ask for a person.
    pub(crate) const KEYWORDS: &str = "keywords";
}

/// The switch of an occasion.
pub(crate) const fn on_field(occasion: Occasion) -> &'static str {
    occasion.name()
}

/// The switch that says whether it may cost something.
pub(crate) const fn spend_field(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Greeting => "greeting.spend_quota",
        Occasion::Away => "away.spend_quota",
        Occasion::HandedOver => "handed_over.spend_quota",
        Occasion::Closed => "closed.spend_quota",
    }
}

/// The field of a text.
pub(crate) fn text_field(occasion: Occasion, language: Language) -> String {
    format!("{}.{}", occasion.name(), language.tag())
}

/// The field of the keywords in a language.
pub(crate) const fn keywords_field(language: Language) -> &'static str {
    match language {
        Language::Thai => "keywords.th",
        Language::English => "keywords.en",
        Language::Japanese => "keywords.ja",
        Language::TraditionalChinese => "keywords.zh-TW",
    }
}

/// What the page shows.
pub(crate) struct Replies {
    /// All accounts, the first of which stands for those without texts of their own.
    pub accounts: Vec<Account>,
    /// Whose texts are shown.
    pub chosen: String,
    /// Whether these are kept under its name.
    pub own: bool,
    /// Of all texts together.
    pub version: i64,
    /// As they are kept; nothing where none are.
    pub kept: Option<AutomaticReplies>,
    /// Words by which customers ask for a person; of all accounts.
    pub hand_over: HandOver,
    /// The version of those.
    pub hand_over_version: i64,
}

impl Replies {
    /// Whether these are the texts of those without their own.
    pub(super) fn is_for_all(&self) -> bool {
        let first = self.accounts.first();
        first.is_none_or(|first| first.name == self.chosen)
    }
}
