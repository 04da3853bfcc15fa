//! What the page's address asks for, or the form that is on its way back.

use axum::extract::Query;
use http::Uri;

use crate::calendar::Calendar;
use crate::calendar::public_holidays::{Country, YEARS};
use crate::protocol::Timestamp;
use crate::protocol::hours::{Date, Hours, TimeOfDay};
use crate::ui::{Answer, Form, HoursMoment, OpenState, hours_forms as forms};

/// What is asked for.
pub(super) struct Asked<'a> {
    pairs: Vec<(String, String)>,
    answer: &'a Answer,
}

impl<'a> Asked<'a> {
    /// By this address, and by the form that was refused or is being changed.
    pub(super) fn new(uri: &Uri, answer: &'a Answer) -> Self {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
        Self {
            pairs: pairs.map(|Query(pairs)| pairs).unwrap_or_default(),
            answer,
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The form on its way back.
    pub(super) fn typed(&self) -> Option<&'a Form> {
        match self.answer {
            Answer::Refused(refused) => Some(&refused.typed),
            Answer::Reworked(form) => Some(form),
            Answer::Nothing | Answer::Taken(_) | Answer::Made(..) => None,
        }
    }

    /// Which form is being changed and not yet saved.
    pub(super) fn reworked(&self) -> Option<&'static str> {
        let Answer::Reworked(form) = self.answer else {
            return None;
        };
        let mut all = [forms::WEEK, forms::HOLIDAYS].into_iter();
        all.find(|known| *known == form.which())
    }

    /// Whose hours.
    pub(super) fn channel(&self) -> Option<&str> {
        let typed = self.typed().and_then(|form| form.value("channel"));
        typed.or_else(|| self.value("channel"))
    }

    /// Whose public holidays.
    pub(super) fn import(&self) -> Option<(Country, i16)> {
        let typed = self.typed().and_then(|form| form.value("which"));
        which_holidays(typed.or_else(|| self.value("import"))?)
    }

    /// The moment that is asked about, as it was written.
    pub(super) fn at(
        &self,
        calendar: &Calendar,
        hours: Option<&Hours>,
    ) -> Option<(String, Option<HoursMoment>)> {
        let written = self.value("at")?;
        let local = written.split_once('T').and_then(|(date, time)| {
            let date: Date = date.parse().ok()?;
            let time: TimeOfDay = time.get(..5)?.parse().ok()?;
            Some((date, time))
        });
        let at = local.map(|(date, time)| calendar.zone().instant(date, time));
        let written = written.chars().take(20).collect();
        Some((written, at.map(|at| moment(calendar, hours, at))))
    }
}

/// The country and year of `th-2027`.
pub(super) fn which_holidays(text: &str) -> Option<(Country, i16)> {
    let (country, year) = text.split_once('-')?;
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Some((Country::named(country)?, year))
}

/// Whether it is open at this moment.
pub(super) fn moment(calendar: &Calendar, hours: Option<&Hours>, at: Timestamp) -> HoursMoment {
    let local = |at: Timestamp| calendar.zone().local(at);
    let state = if calendar.open_at(at) {
        let closing = calendar.next_closing(at);
        closing.map_or(OpenState::Always, |at| OpenState::OpenUntil(local(at)))
    } else {
        let opening = calendar.next_opening(at);
        opening.map_or(OpenState::Never, |at| OpenState::ClosedUntil(local(at)))
    };
    let holiday = hours.and_then(|hours| hours.holiday(calendar.zone().date(at)));
    HoursMoment {
        local: local(at),
        state,
        holiday: holiday.map(|holiday| holiday.name.clone()),
    }
}
