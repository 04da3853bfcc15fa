//! Who did what, and when something is due after it.

use super::*;
use crate::calendar::Zone;
use crate::protocol::hours::{Holiday, Hours, OpenSpan, Weekday};
use crate::protocol::{ConversationId, OperatorId, Room, SessionId, SessionState};

const MINUTE_MS: i64 = 60_000;

fn at(text: &str) -> Timestamp {
    format!("{text}:00.000Z").parse().expect("a time")
}

/// Five minutes, ten minutes, four hours.
const RULE: TargetRule = TargetRule {
    first_response_s: Some(300),
    next_response_s: Some(600),
    resolution_s: Some(4 * 3_600),
    within_hours: true,
};

fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a zone")
}

fn always(rule: TargetRule) -> Clocks {
    Clocks::new(rule, Calendar::new(Zone::utc(), None)).expect("targets")
}

/// Open from nine to six on each day of the week but Sunday.
fn shop(zone: Zone, spans: &[(&str, &str)]) -> Clocks {
    let mut hours = Hours::default();
    for day in Weekday::ALL {
        for (from, to) in spans.iter().filter(|_| day != Weekday::Sun) {
            let span = OpenSpan {
                from: from.parse().expect("a time"),
                to: to.parse().expect("a time"),
            };
            hours.week.day_mut(day).push(span);
        }
    }
    hours.holidays.push(Holiday {
        date: "2026-12-05".parse().expect("a date"),
        name: "วันพ่อแห่งชาติ".to_owned(),
        hours: Vec::new(),
    });
    Clocks::new(RULE, Calendar::new(zone, Some(hours))).expect("targets")
}

/// A case of a customer who wrote then and whom nobody has answered.
fn opened(at: Timestamp) -> TargetFacts {
    let session = SessionId::generate();
    TargetFacts {
        conversation: ConversationId::generate(),
        room: Room::new(
            "default".parse().expect("a name"),
            "U1".parse().expect("an id"),
        ),
        state: SessionState::Waiting { session },
        session,
        opened_at: at,
        first_response_at: None,
        waiting_since: Some(at),
        snoozed_at: None,
        snoozed_until: None,
        paused: Vec::new(),
        dues: Dues::default(),
        response_told: false,
        resolution_told: false,
    }
}

/// By when it is to be answered and closed.
fn moments(clocks: &Clocks, facts: &TargetFacts) -> (Option<Timestamp>, Option<Timestamp>) {
    let dues = clocks.dues(facts);
    (
        dues.response.map(|due| due.at),
        dues.resolution.map(|due| due.at),
    )
}

#[test]
fn who_did_what_decides_which_clock_runs() {
    let clocks = always(RULE);
    let minute = |minute: i64| Timestamp(minute * MINUTE_MS);
    let (session, owner) = (SessionId::generate(), OperatorId::generate());
    let has = SessionState::Active { session, owner };
    let waits = opened(minute(0));
    let claimed = TargetFacts {
        state: has,
        ..waits.clone()
    };
    let answered = TargetFacts {
        first_response_at: Some(minute(2)),
        waiting_since: None,
        ..claimed.clone()
    };
    let asks_again = TargetFacts {
        waiting_since: Some(minute(30)),
        ..answered.clone()
    };
    let back_in_queue = TargetFacts {
        state: SessionState::Waiting { session },
        ..asks_again.clone()
    };
    // The first message was taken back; the next one came three minutes later.
    let taken_back = TargetFacts {
        waiting_since: Some(minute(3)),
        ..waits.clone()
    };
    let all_taken_back = TargetFacts {
        waiting_since: None,
        ..waits.clone()
    };
    // An operator opened it again, and the customer wrote later.
    let reopened = TargetFacts {
        waiting_since: None,
        ..claimed.clone()
    };
    let reopened_asks = TargetFacts {
        waiting_since: Some(minute(50)),
        ..claimed.clone()
    };
    // LINE was late: what it sends is older than the case.
    let older = TargetFacts {
        waiting_since: Some(minute(-9)),
        ..waits.clone()
    };
    let closed = TargetFacts {
        state: SessionState::Closed { session },
        ..waits.clone()
    };
    let end = Some(minute(240));
    for (name, facts, response, resolution) in [
        ("waits", &waits, Some(5), end),
        ("claimed and not answered", &claimed, Some(5), end),
        ("answered", &answered, None, end),
        ("the customer's turn is over", &asks_again, Some(40), end),
        ("back in the queue", &back_in_queue, Some(40), end),
        ("the first one taken back", &taken_back, Some(8), end),
        ("all taken back", &all_taken_back, None, end),
        ("opened again", &reopened, None, end),
        ("opened again, and asked", &reopened_asks, Some(55), end),
        ("older than its case", &older, Some(5), end),
        ("closed without an answer", &closed, None, None),
    ] {
        let expected = (response.map(minute), resolution);
        assert_eq!(moments(&clocks, facts), expected, "{name}");
    }
    let amber = clocks.dues(&asks_again).response.map(|due| due.amber);
    assert_eq!(amber, Some(minute(30).plus_ms(450_000)), "75 %");
}

#[test]
fn what_has_no_target_has_no_clock() {
    let none = TargetRule::default();
    assert!(Clocks::new(none, Calendar::new(Zone::utc(), None)).is_none());
    let only_first = TargetRule {
        first_response_s: Some(300),
        ..none
    };
    let clocks = always(only_first);
    let facts = opened(Timestamp(0));
    assert_eq!(moments(&clocks, &facts), (Some(Timestamp(300_000)), None));
    let asks_again = TargetFacts {
        first_response_at: Some(Timestamp(1)),
        ..facts
    };
    assert_eq!(moments(&clocks, &asks_again), (None, None));
}

#[test]
fn a_snooze_stops_the_clocks_and_what_was_before_it_counts() {
    let clocks = always(RULE);
    let minute = |minute: i64| Timestamp(minute * MINUTE_MS);
    let waits = opened(minute(0));
    let snoozed = TargetFacts {
        snoozed_at: Some(minute(2)),
        snoozed_until: Some(minute(62)),
        ..waits.clone()
    };
    assert_eq!(
        moments(&clocks, &snoozed),
        (Some(minute(65)), Some(minute(300)))
    );
    // It came back early, and was put off once more.
    let again = TargetFacts {
        paused: vec![(minute(2), minute(12))],
        snoozed_at: Some(minute(14)),
        snoozed_until: Some(minute(20)),
        ..waits.clone()
    };
    assert_eq!(
        moments(&clocks, &again),
        (Some(minute(21)), Some(minute(256)))
    );
    // What ended before the customer wrote is of no account for the answer.
    let later = TargetFacts {
        first_response_at: Some(minute(1)),
        waiting_since: Some(minute(100)),
        paused: vec![(minute(2), minute(12))],
        ..waits
    };
    assert_eq!(
        moments(&clocks, &later),
        (Some(minute(110)), Some(minute(250)))
    );
}

#[test]
fn a_whole_week_of_hours_with_what_is_special_in_it() {
    let bangkok = shop(zone("Asia/Bangkok"), &[("09:00", "18:00")]);
    let nights = shop(zone("Asia/Bangkok"), &[("22:00", "02:00")]);
    let berlin = shop(zone("Europe/Berlin"), &[("00:00", "06:00")]);
    let tokyo = shop(zone("Asia/Tokyo"), &[("09:00", "18:00")]);
    for (name, clocks, opens, response, resolution) in [
        // Friday 4 December 2026, 17:58 in Bangkok: Saturday is a holiday, Sunday is closed.
        (
            "over a holiday",
            &bangkok,
            "2026-12-04T10:58",
            "2026-12-07T02:03",
            "2026-12-07T05:58",
        ),
        (
            "at night",
            &bangkok,
            "2026-12-01T20:00",
            "2026-12-02T02:05",
            "2026-12-02T06:00",
        ),
        // 23:58 there; it is open until two.
        (
            "over midnight",
            &nights,
            "2026-12-01T16:58",
            "2026-12-01T17:03",
            "2026-12-02T16:58",
        ),
        // The night ends at the holiday's midnight, and the next one is Monday's.
        (
            "up to a holiday's midnight",
            &nights,
            "2026-12-04T16:58",
            "2026-12-07T15:03",
            "2026-12-07T18:58",
        ),
        // Clocks are put forward on Sunday 28 March 2027: closed anyway. On Saturday one hour is left.
        (
            "around a change of clocks",
            &berlin,
            "2027-03-27T04:00",
            "2027-03-27T04:05",
            "2027-03-29T01:00",
        ),
        (
            "on a leap day",
            &tokyo,
            "2028-02-28T08:58",
            "2028-02-29T00:03",
            "2028-02-29T03:58",
        ),
    ] {
        let facts = opened(at(opens));
        let expected = (Some(at(response)), Some(at(resolution)));
        assert_eq!(moments(clocks, &facts), expected, "{name}");
    }
    // Another zone moves them.
    let facts = opened(at("2026-12-01T20:00"));
    let (there, _) = moments(&tokyo, &facts);
    assert_eq!(there, Some(at("2026-12-02T00:05")));
    // By the wall clock.
    let rule = TargetRule {
        within_hours: false,
        ..RULE
    };
    let wall = Clocks::new(
        rule,
        Calendar::new(zone("Asia/Bangkok"), Some(Hours::default())),
    );
    let (response, _) = moments(&wall.expect("targets"), &facts);
    assert_eq!(response, Some(at("2026-12-01T20:05")));
}
