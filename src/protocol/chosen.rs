//! What a customer chose in a date picker: written on a postback by LINE's names, and read where it
//! is shown in the reader's form.

use super::Timestamp;

/// A day, a time of day, or both, as the customer saw them: of no zone, so kept as if in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The beginning of a day.
    Date(Timestamp),
    /// A time of day, on the first day of 1970.
    Time(Timestamp),
    /// Both.
    DateTime(Timestamp),
}

impl Chosen {
    /// Reads a postback's note: `date: 2026-12-24`, `time: 10:30`, `datetime: 2026-12-24T10:30`.
    pub fn read(note: &str) -> Option<Self> {
        let (name, value) = note.split_once(": ")?;
        Some(match name {
            "date" => Self::Date(moment(value, "T00:00")?),
            "time" => Self::Time(moment("1970-01-01T", value)?),
            "datetime" => Self::DateTime(moment(value, "")?),
            _ => return None,
        })
    }
}

/// A moment that there is, to the minute.
fn moment(begin: &str, end: &str) -> Option<Timestamp> {
    let text = [begin, end].concat();
    let at: Timestamp = [text.as_str(), ":00Z"].concat().parse().ok()?;
    (text.len() == "2026-12-24T10:30".len() && at.to_string().starts_with(&text)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_line_writes_them() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        for (note, chosen) in [
            ("date: 2026-12-24", Chosen::Date(at("2026-12-24T00:00:00Z"))),
            ("time: 10:30", Chosen::Time(at("1970-01-01T10:30:00Z"))),
            (
                "datetime: 2026-12-24T10:30",
                Chosen::DateTime(at("2026-12-24T10:30:00Z")),
            ),
        ] {
            assert_eq!(Chosen::read(note), Some(chosen), "{note}");
        }
        for note in [
            "",
            "date: ",
            "date: 2026-02-30",
            "date: 2026-12-24T10:30",
            "time: 24:00",
            "time: 10:30:00",
            "datetime: 2026-12-24",
            "datetime: 2026-12-24T10:30:15",
            "newRichMenuAliasId: a, status: SUCCESS",
        ] {
            assert_eq!(Chosen::read(note), None, "{note}");
        }
    }
}
