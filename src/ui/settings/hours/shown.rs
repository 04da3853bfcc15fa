//! What the page about business hours shows, and the names of its forms.

use super::typed::{TypedHoliday, TypedWeek};
use crate::calendar::public_holidays::{Country, PublicHoliday};
use crate::protocol::Timestamp;
use crate::protocol::hours::Weekday;
use crate::ui::settings::accounts::Account;

/// Names of the section's forms.
pub(crate) mod forms {
    /// The week.
    pub(crate) const WEEK: &str = "week";
    /// Days that are otherwise.
    pub(crate) const HOLIDAYS: &str = "holidays";
    /// Public holidays that are ticked.
    pub(crate) const IMPORT: &str = "import";
    /// No hours of one's own any more.
    pub(crate) const DROP: &str = "drop";
}

/// What is told after a form, by the name that its flash has.
pub(crate) mod told {
    /// The week was saved.
    pub(crate) const WEEK: &str = "week";
    /// The holidays were saved.
    pub(crate) const HOLIDAYS: &str = "holidays";
    /// Public holidays were added; with how many.
    pub(crate) const IMPORTED: &str = "imported";
    /// There are no hours of its own any more.
    pub(crate) const DROPPED: &str = "dropped";
}

/// Whether it is open. Times are those of clocks in the team's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenState {
    /// At any time.
    Always,
    /// Until then.
    OpenUntil(Timestamp),
    /// Until then.
    ClosedUntil(Timestamp),
    /// And it does not open in more than a year.
    Never,
}

/// A moment that was asked about.
pub(crate) struct Moment {
    /// What calendar and clock show then.
    pub local: Timestamp,
    /// Whether it is open then.
    pub state: OpenState,
    /// The holiday of that day.
    pub holiday: Option<String>,
}

/// Public holidays that one may tick.
pub(crate) struct Import {
    /// Whose.
    pub country: Country,
    /// Of which year.
    pub year: i16,
    /// Those that are no holidays yet.
    pub days: Vec<PublicHoliday>,
}

/// What the page shows.
pub(crate) struct Hours {
    /// All accounts, the first of which stands for those without hours of their own.
    pub accounts: Vec<Account>,
    /// Whose hours are shown.
    pub chosen: String,
    /// Whether these are kept under its name.
    pub own: bool,
    /// Of all hours together.
    pub version: i64,
    /// The week.
    pub week: TypedWeek,
    /// The days that are otherwise.
    pub holidays: Vec<TypedHoliday>,
    /// The day with which weeks begin.
    pub first_day: Weekday,
    /// The zone's name.
    pub zone: String,
    /// This moment.
    pub now: Moment,
    /// Another moment, and how it was written.
    pub asked: Option<(String, Option<Moment>)>,
    /// What may be ticked.
    pub import: Option<Import>,
    /// Which form is being changed and not yet saved.
    pub reworked: Option<&'static str>,
}

impl Hours {
    /// Whether these are the hours of those without their own.
    pub(super) fn is_for_all(&self) -> bool {
        let first = self.accounts.first();
        first.is_none_or(|first| first.name == self.chosen)
    }

    /// The page's address, with what it shows besides.
    pub(super) fn href(&self, more: &str) -> String {
        let account = (!self.is_for_all()).then(|| format!("channel={}", self.chosen));
        let parts: Vec<&str> = account.as_deref().into_iter().chain([more]).collect();
        let query = parts.join("&");
        let query = query.trim_matches('&');
        if query.is_empty() {
            "/settings/hours".to_owned()
        } else {
            format!("/settings/hours?{query}")
        }
    }
}
