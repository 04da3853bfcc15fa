//! Whether a value may be one of a section's. What is wrong is named by its field.

mod keywords;
mod replies;

use serde::de::DeserializeOwned;

pub(super) use self::keywords::{checked_hand_over, hand_over};
pub(super) use self::replies::{
    automatic_replies, checked_automatic_replies, checked_survey, survey,
};

use crate::calendar::Zone;
use crate::db::Conn;
use crate::protocol::capacity::Capacity;
use crate::protocol::fault::Reason;
use crate::protocol::hours::{DAY_MINUTES, Hours, OpenSpan, Week, Weekday};
use crate::protocol::team_settings::{
    AssignmentRule, AutoClose, HoursByChannel, Sharing, TargetRule, TeamProfile,
};
use crate::protocol::text::{is_blank, is_directional};
use crate::service::ServiceError;
use crate::service::error::Fault;
use crate::service::people::checked_capacity;

/// Longest name of a team or a holiday, in UTF-16 units.
const NAME_MAX: usize = 100;

/// Most spans of a day.
const SPANS_MAX: usize = 6;

/// Most holidays of an account.
const HOLIDAYS_MAX: usize = 366;

/// The longest silence that a rule may wait for: a leap year.
const AFTER_MAX_MINUTES: u32 = 366 * DAY_MINUTES as u32;

/// Minutes of a week on which no clock is changed.
const WEEK_MINUTES: u32 = 7 * DAY_MINUTES as u32;

fn of_form<T: DeserializeOwned>(value: serde_json::Value, form: &str) -> Result<T, Fault> {
    let read = serde_json::from_value(value);
    read.map_err(|error| Fault::new("value", Reason::Malformed, format!("{form} ({error})")))
}

/// Who may change what all have in common.
pub(super) fn sharing(value: serde_json::Value) -> Result<Sharing, Fault> {
    let form = "The value is {\"operators\": true} or {\"operators\": false}.";
    of_form(value, form)
}

/// Who the team is.
pub(super) fn team(value: serde_json::Value) -> Result<TeamProfile, Fault> {
    let form = "The value has name, language, time_zone, first_day and buddhist_year.";
    of_form(value, form)
}

/// The hours of LINE accounts.
pub(super) fn hours(value: serde_json::Value) -> Result<HoursByChannel, Fault> {
    let form = "The value has a week and holidays for each account's name; times are 09:00.";
    of_form(value, form)
}

/// Which chats are closed by themselves.
pub(super) fn auto_close(value: serde_json::Value) -> Result<AutoClose, Fault> {
    let form = "The value is {\"after_minutes\": 1440, \"only_if_answered\": true}.";
    of_form(value, form)
}

/// The rule as it is stored.
pub(super) fn checked_auto_close(mut rule: AutoClose) -> Result<AutoClose, Fault> {
    let after = rule.after_minutes;
    if after.is_some_and(|minutes| !(1..=AFTER_MAX_MINUTES).contains(&minutes)) {
        let sentence = "Chats are closed after one minute at least and a year at most.";
        return Err(Fault::new("after_minutes", Reason::Malformed, sentence));
    }
    if let Some(warning) = &mut rule.warn {
        replies::check_warning(warning, after.unwrap_or(AFTER_MAX_MINUTES))?;
    }
    Ok(rule)
}

/// How chats that nobody has come to operators.
pub(super) fn assignment(value: serde_json::Value) -> Result<AssignmentRule, Fault> {
    let form = "The value is such as {\"mode\": \"round_robin\", \"capacity\": 6}.";
    of_form(value, form)
}

/// The rule as it is stored.
pub(super) fn checked_assignment(rule: AssignmentRule) -> Result<AssignmentRule, Fault> {
    let refuse = |field, sentence: &str| Err(Fault::new(field, Reason::Malformed, sentence));
    checked_capacity(Capacity::Own(rule.capacity))?;
    if rule
        .sticky_days
        .is_some_and(|days| !(1..=366).contains(&days))
    {
        return refuse("sticky_days", "Customers are remembered for 1 to 366 days.");
    }
    let minutes = rule.reassign_after_minutes;
    if minutes.is_some_and(|minutes| !(1..=AFTER_MAX_MINUTES).contains(&minutes)) {
        let sentence = "Chats go back after one minute at least and a year at most.";
        return refuse("reassign_after_minutes", sentence);
    }
    Ok(rule)
}

/// By when customers are to be answered and cases to be done.
pub(super) fn targets(value: serde_json::Value) -> Result<TargetRule, Fault> {
    let form = "The value is such as {\"first_response_s\": 300, \"within_hours\": true}.";
    of_form(value, form)
}

/// The targets as they are stored.
pub(super) fn checked_targets(rule: TargetRule) -> Result<TargetRule, Fault> {
    for (field, seconds) in [
        ("first_response_s", rule.first_response_s),
        ("next_response_s", rule.next_response_s),
        ("resolution_s", rule.resolution_s),
    ] {
        if seconds.is_some_and(|seconds| !(1..=AFTER_MAX_MINUTES * 60).contains(&seconds)) {
            let sentence = "A target is one second at least and a year at most.";
            return Err(Fault::new(field, Reason::Malformed, sentence));
        }
    }
    Ok(rule)
}

/// A name that people can read, without outer blanks.
fn name(field: &'static str, name: &str) -> Result<String, Fault> {
    let name = name.trim();
    if name.encode_utf16().count() > NAME_MAX {
        let sentence = format!("A name has at most {NAME_MAX} characters.");
        return Err(Fault::new(field, Reason::TooLong, sentence));
    }
    let is_odd = |c: char| c.is_control() || is_directional(c);
    if name.chars().any(is_odd) || (!name.is_empty() && is_blank(name)) {
        let sentence = "A name is of characters that can be seen.";
        return Err(Fault::new(field, Reason::Unseen, sentence));
    }
    Ok(name.to_owned())
}

/// The team as it is stored.
pub(super) fn checked_team(mut team: TeamProfile) -> Result<TeamProfile, Fault> {
    team.name = name("name", &team.name)?;
    let zone = Zone::named(team.time_zone.trim()).map_err(|unknown| {
        Fault::new(
            "time_zone",
            Reason::Unknown,
            format!("There is no such time zone: {unknown}."),
        )
    })?;
    zone.name().clone_into(&mut team.time_zone);
    Ok(team)
}

/// The hours as they are stored.
pub(super) fn checked_hours(mut all: HoursByChannel) -> Result<HoursByChannel, Fault> {
    for hours in all.values_mut() {
        check(hours)?;
    }
    Ok(all)
}

/// The field of a day's spans.
const fn field_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "week.mon",
        Weekday::Tue => "week.tue",
        Weekday::Wed => "week.wed",
        Weekday::Thu => "week.thu",
        Weekday::Fri => "week.fri",
        Weekday::Sat => "week.sat",
        Weekday::Sun => "week.sun",
    }
}

fn check(hours: &mut Hours) -> Result<(), Fault> {
    for day in Weekday::ALL {
        let spans = hours.week.day_mut(day);
        check_day(field_of(day), spans)?;
    }
    if let Some(day) = overlap(&hours.week) {
        let sentence = "Hours overlap: one begins before the one before it ends.";
        return Err(Fault::new(field_of(day), Reason::Malformed, sentence));
    }
    let refuse = |reason, sentence: &str| Err(Fault::new("holidays", reason, sentence));
    if hours.holidays.len() > HOLIDAYS_MAX {
        return refuse(
            Reason::TooLong,
            "That is more holidays than a year has days.",
        );
    }
    hours.holidays.sort_by_key(|holiday| holiday.date);
    let mut days = hours.holidays.windows(2);
    if days.any(|pair| pair[0].date == pair[1].date) {
        return refuse(
            Reason::Malformed,
            "Two holidays are on one day; leave one of them.",
        );
    }
    for holiday in &mut hours.holidays {
        holiday.name = name("holidays", &holiday.name)?;
        if holiday.name.is_empty() {
            return refuse(Reason::Missing, "A holiday has a name.");
        }
        check_day("holidays", &mut holiday.hours)?;
    }
    Ok(())
}

/// One day's spans, which are put in order.
fn check_day(field: &'static str, spans: &mut [OpenSpan]) -> Result<(), Fault> {
    let refuse = |sentence: &str| Err(Fault::new(field, Reason::Malformed, sentence));
    if spans.len() > SPANS_MAX {
        return refuse("A day has at most six times at which it opens.");
    }
    if spans.iter().any(|span| span.minutes() == 0) {
        return refuse(
            "Hours end at another time than they begin; from 00:00 to 00:00 is all day.",
        );
    }
    spans.sort_by_key(|span| span.from);
    let overlaps =
        |pair: &[OpenSpan]| pair[0].from.minutes() + pair[0].minutes() > pair[1].from.minutes();
    if spans.windows(2).any(overlaps) {
        return refuse("Hours overlap: one begins before the one before it ends.");
    }
    Ok(())
}

/// The first day of which a span begins before the one before it ends, across midnights.
fn overlap(week: &Week) -> Option<Weekday> {
    let mut all = Vec::new();
    for day in Weekday::ALL {
        let midnight =
            u32::try_from(day.since_monday()).unwrap_or_default() * u32::from(DAY_MINUTES);
        let spans = week.day(day).iter();
        all.extend(spans.map(|span| {
            let from = midnight + u32::from(span.from.minutes());
            (from, from + u32::from(span.minutes()), day)
        }));
    }
    // After Sunday comes Monday.
    if let Some(&(from, to, day)) = all.first() {
        all.push((from + WEEK_MINUTES, to + WEEK_MINUTES, day));
    }
    let mut pairs = all.windows(2);
    let found = pairs.find(|pair| pair[0].1 > pair[1].0)?;
    Some(found[1].2)
}

/// That all these LINE accounts are there.
pub(super) async fn known_accounts(
    conn: &mut Conn<'_>,
    named: &[String],
) -> Result<(), ServiceError> {
    if named.is_empty() {
        return Ok(());
    }
    let all = conn.channels().await?;
    let is_known = |name: &String| all.iter().any(|row| row.name == *name);
    if named.iter().all(is_known) {
        return Ok(());
    }
    let sentence = "There is no LINE account of this name.";
    Err(Fault::new("value", Reason::Unknown, sentence).into())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The field that is refused.
    fn refused(week: Value, holidays: Value) -> Option<&'static str> {
        let value = json!({ "default": { "week": week, "holidays": holidays } });
        let read = hours(value).and_then(checked_hours);
        read.err().map(|fault| fault.field)
    }

    fn span(from: &str, to: &str) -> Value {
        json!({ "from": from, "to": to })
    }

    #[test]
    fn hours_that_cannot_be_kept_are_refused_by_their_day() {
        let none = json!([]);
        for (week, field) in [
            (
                json!({ "mon": [span("09:00", "12:00"), span("13:00", "18:00")] }),
                None,
            ),
            (
                json!({ "mon": [span("09:00", "12:00"), span("12:00", "18:00")] }),
                None,
            ),
            (json!({ "fri": [span("22:00", "02:00")] }), None),
            (
                json!({ "tue": [span("00:00", "00:00")], "wed": [span("00:00", "00:00")] }),
                None,
            ),
            (
                json!({ "sun": [span("22:00", "09:00")], "mon": [span("09:00", "18:00")] }),
                None,
            ),
            (
                json!({ "mon": [span("09:00", "12:00"), span("11:59", "18:00")] }),
                Some("week.mon"),
            ),
            (json!({ "tue": [span("09:00", "09:00")] }), Some("week.tue")),
            (
                json!({ "fri": [span("22:00", "02:00")], "sat": [span("01:00", "03:00")] }),
                Some("week.sat"),
            ),
            (
                json!({ "sun": [span("22:00", "09:01")], "mon": [span("09:00", "18:00")] }),
                Some("week.mon"),
            ),
            (json!({ "mon": [span("9", "18:00")] }), Some("value")),
            (json!({ "monday": [] }), Some("value")),
        ] {
            assert_eq!(refused(week.clone(), none.clone()), field, "{week}");
        }
    }

    #[test]
    fn holidays_have_a_name_and_a_day_of_their_own() {
        let day = |date: &str, name: &str| json!({ "date": date, "name": name });
        for (holidays, field) in [
            (
                json!([day("2026-12-31", "วันสิ้นปี"), day("2026-12-05", "x")]),
                None,
            ),
            (
                json!([day("2026-12-05", "x"), day("2026-12-05", "y")]),
                Some("holidays"),
            ),
            (json!([day("2026-12-05", " ")]), Some("holidays")),
            (json!([day("2026-02-30", "x")]), Some("value")),
            (
                json!([{ "date": "2026-12-05", "name": "x", "hours": [span("09:00", "09:00")] }]),
                Some("holidays"),
            ),
        ] {
            assert_eq!(refused(json!({}), holidays.clone()), field, "{holidays}");
        }
    }

    #[test]
    fn a_team_is_somewhere() {
        let team = |zone: &str| TeamProfile {
            name: " Baan Silk ".to_owned(),
            time_zone: zone.to_owned(),
            ..TeamProfile::default()
        };
        let kept = checked_team(team("asia/tokyo")).expect("a zone");
        assert_eq!(
            (kept.name.as_str(), kept.time_zone.as_str()),
            ("Baan Silk", "Asia/Tokyo")
        );
        let fault = checked_team(team("Asia/Atlantis")).expect_err("refused");
        assert_eq!((fault.field, fault.reason), ("time_zone", Reason::Unknown));
        let long = TeamProfile {
            name: "x".repeat(101),
            ..team("UTC")
        };
        assert_eq!(checked_team(long).expect_err("refused").field, "name");
    }
}
