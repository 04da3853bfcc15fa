//! Hours as they stand in the fields of a form, right or wrong: what is kept, or what was typed.

use crate::protocol::fault::Reason;
use crate::protocol::hours::{Holiday, OpenSpan, Week, Weekday};
use crate::ui::settings::form::{FieldFault, Form, Why};

/// Most rows that are read of a form.
const ROWS_MAX: usize = 400;

/// What the fields of the row that is not there yet are called, instead of by a number.
const NEW: &str = "new";

/// The button that takes a row out of a form.
pub(super) const REMOVE: &str = "remove";

/// Two times as they stand in their fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypedSpan {
    /// The beginning.
    pub from: String,
    /// The end.
    pub to: String,
}

/// One day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypedDay {
    /// Which.
    pub day: Weekday,
    /// Whether it is ticked.
    pub open: bool,
    /// Its times.
    pub spans: Vec<TypedSpan>,
}

/// The whole week, Monday first.
#[derive(Clone, Debug)]
pub(crate) struct TypedWeek(pub Vec<TypedDay>);

/// One holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypedHoliday {
    /// The day.
    pub date: String,
    /// What it is called.
    pub name: String,
    /// When it is open all the same.
    pub spans: Vec<TypedSpan>,
}

impl TypedSpan {
    fn kept(span: OpenSpan) -> Self {
        Self {
            from: span.from.to_string(),
            to: span.to.to_string(),
        }
    }

    /// Those with these names, if there are such fields.
    fn of(form: &Form, from: &str, to: &str) -> Option<Self> {
        let (from, to) = (form.value(from), form.value(to));
        (from.is_some() || to.is_some()).then(|| Self {
            from: from.unwrap_or_default().trim().to_owned(),
            to: to.unwrap_or_default().trim().to_owned(),
        })
    }

    fn is_empty(&self) -> bool {
        self.from.is_empty() && self.to.is_empty()
    }

    /// The span, if both are times.
    pub(super) fn read(&self) -> Result<OpenSpan, Reason> {
        if self.from.is_empty() || self.to.is_empty() {
            return Err(Reason::Missing);
        }
        let time = |text: &str| text.parse().map_err(|_| Reason::Malformed);
        Ok(OpenSpan {
            from: time(&self.from)?,
            to: time(&self.to)?,
        })
    }
}

/// All that is filled in, or why one is refused.
fn read_all(spans: &[TypedSpan]) -> Result<Vec<OpenSpan>, Reason> {
    let filled = spans.iter().filter(|span| !span.is_empty());
    filled.map(TypedSpan::read).collect()
}

/// The field of a day, as its faults name it.
pub(super) fn field_of(day: Weekday) -> String {
    format!("week.{}", day.name())
}

impl TypedWeek {
    /// As it is kept.
    pub(crate) fn kept(week: &Week) -> Self {
        let day = |day: Weekday| TypedDay {
            day,
            open: !week.day(day).is_empty(),
            spans: week.day(day).iter().copied().map(TypedSpan::kept).collect(),
        };
        Self(Weekday::ALL.map(day).into())
    }

    /// As it was typed, without the row whose cross was pressed.
    pub(crate) fn of(form: &Form) -> Self {
        Self(Weekday::ALL.map(|day| TypedDay::of(form, day)).into())
    }

    /// The week, or the days that are refused.
    pub(crate) fn read(&self) -> Result<Week, Vec<FieldFault>> {
        let (mut week, mut faults) = (Week::default(), Vec::new());
        for typed in self.0.iter().filter(|typed| typed.open) {
            let read = read_all(&typed.spans).and_then(|spans| {
                // Open, and nobody knows when.
                if spans.is_empty() {
                    Err(Reason::Missing)
                } else {
                    Ok(spans)
                }
            });
            match read {
                Ok(spans) => *week.day_mut(typed.day) = spans,
                Err(why) => {
                    faults.push(FieldFault::new(&field_of(typed.day), Why::Value(why)));
                }
            }
        }
        if faults.is_empty() {
            Ok(week)
        } else {
            Err(faults)
        }
    }
}

impl TypedDay {
    fn of(form: &Form, day: Weekday) -> Self {
        let name = day.name();
        let removed = form.value(REMOVE);
        let span = |at: &str| {
            TypedSpan::of(
                form,
                &format!("{name}_from_{at}"),
                &format!("{name}_to_{at}"),
            )
        };
        let numbers = (0..ROWS_MAX).map(|at| at.to_string());
        let rows = numbers.map_while(|at| span(&at).map(|span| (at, span)));
        let left = rows.filter(|(at, _)| removed != Some(&format!("{name}.{at}")));
        let mut spans: Vec<TypedSpan> = left.map(|(_, span)| span).collect();
        let ticked = form.value(&format!("{name}_open")).is_some();
        let new = span(NEW).filter(|span| !span.is_empty());
        // Whoever fills in hours of a day that was closed wants it open.
        if !ticked && new.is_some() {
            spans.clear();
        }
        let open = ticked || new.is_some();
        spans.extend(new);
        Self { day, open, spans }
    }
}

impl TypedHoliday {
    /// As they are kept.
    pub(crate) fn kept(holidays: &[Holiday]) -> Vec<Self> {
        let typed = holidays.iter().map(|holiday| Self {
            date: holiday.date.to_string(),
            name: holiday.name.clone(),
            spans: holiday.hours.iter().copied().map(TypedSpan::kept).collect(),
        });
        typed.collect()
    }

    /// As they were typed, without the one whose cross was pressed.
    pub(crate) fn all_of(form: &Form) -> Vec<Self> {
        let removed = form.value(REMOVE);
        let numbers = (0..ROWS_MAX).map(|at| at.to_string());
        let rows = numbers.map_while(|at| Self::of(form, &at).map(|row| (at, row)));
        let left = rows.filter(|(at, _)| removed != Some(at));
        let mut all: Vec<Self> = left.map(|(_, row)| row).collect();
        all.extend(Self::of(form, NEW).filter(|row| !row.is_empty()));
        all
    }

    fn of(form: &Form, at: &str) -> Option<Self> {
        let date = form.value(&format!("date_{at}"))?;
        let name = form.value(&format!("name_{at}")).unwrap_or_default();
        let span =
            |n: usize| TypedSpan::of(form, &format!("from_{at}_{n}"), &format!("to_{at}_{n}"));
        Some(Self {
            date: date.trim().to_owned(),
            name: name.trim().to_owned(),
            spans: (0..ROWS_MAX).map_while(span).collect(),
        })
    }

    fn is_empty(&self) -> bool {
        self.date.is_empty() && self.name.is_empty()
    }

    /// All of them, or why they are refused. What has neither day nor name is gone.
    pub(crate) fn read(all: &[Self]) -> Result<Vec<Holiday>, Vec<FieldFault>> {
        let filled = all.iter().filter(|typed| !typed.is_empty());
        let read = filled.map(|typed| {
            if typed.date.is_empty() || typed.name.is_empty() {
                return Err(Reason::Missing);
            }
            Ok(Holiday {
                date: typed.date.parse().map_err(|_| Reason::Malformed)?,
                name: typed.name.clone(),
                hours: read_all(&typed.spans)?,
            })
        });
        let read: Result<Vec<Holiday>, Reason> = read.collect();
        read.map_err(|why| vec![FieldFault::new("holidays", Why::Value(why))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Form::new(pairs.iter().map(owned).collect())
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let week = Week::always();
        assert_eq!(TypedWeek::kept(&week).read(), Ok(week));
    }

    #[test]
    fn rows_are_read_added_and_taken_out() {
        let fields = [
            ("mon_open", "on"),
            ("mon_from_0", "09:00"),
            ("mon_to_0", "12:00"),
            ("mon_from_1", "13:00"),
            ("mon_to_1", "18:00"),
            ("mon_from_new", ""),
            ("mon_to_new", ""),
            ("sun_from_new", "10:00"),
            ("sun_to_new", "11:00"),
            // Kept, and no longer ticked.
            ("fri_from_0", "09:00"),
            ("fri_to_0", "12:00"),
        ];
        let week = TypedWeek::of(&form(&fields)).read().expect("a week");
        assert_eq!((week.mon.len(), week.sun.len(), week.fri.len()), (2, 1, 0));
        let mut removing = fields.to_vec();
        removing.push((REMOVE, "mon.0"));
        let week = TypedWeek::of(&form(&removing)).read().expect("a week");
        assert_eq!(week.mon.len(), 1);
        assert_eq!(week.mon[0].from.to_string(), "13:00");
    }

    #[test]
    fn days_are_refused_by_name() {
        let typed = TypedWeek::of(&form(&[
            ("mon_open", "on"),
            ("tue_open", "on"),
            ("tue_from_0", "09:00"),
            ("tue_to_0", ""),
            ("wed_open", "on"),
            ("wed_from_0", "nine"),
            ("wed_to_0", "18:00"),
        ]));
        let faults = typed.read().expect_err("refused");
        let fault = |field: &str, why| FieldFault::new(field, Why::Value(why));
        let expected = [
            fault("week.mon", Reason::Missing),
            fault("week.tue", Reason::Missing),
            fault("week.wed", Reason::Malformed),
        ];
        assert_eq!(faults, expected);
        assert_eq!(typed.0[2].spans[0].from, "nine");
    }

    #[test]
    fn a_holiday_without_day_and_name_is_gone() {
        let typed = TypedHoliday::all_of(&form(&[
            ("date_0", ""),
            ("name_0", ""),
            ("date_1", "2026-12-31"),
            ("name_1", "วันสิ้นปี"),
            ("from_1_0", "09:00"),
            ("to_1_0", "12:00"),
            ("date_new", "2026-12-10"),
            ("name_new", "x"),
            ("from_new_0", ""),
            ("to_new_0", ""),
        ]));
        let read = TypedHoliday::read(&typed).expect("holidays");
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].hours.len(), read[1].hours.len()), (1, 0));
        let nameless = [TypedHoliday {
            date: "2026-12-10".to_owned(),
            ..TypedHoliday::default()
        }];
        assert!(TypedHoliday::read(&nameless).is_err());
    }
}
