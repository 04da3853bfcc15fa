//! Every outcome, for both methods, before and after an unclear try.

use super::*;

const START: Timestamp = Timestamp(1_000_000);

fn attempt(method: Method, ambiguous_before: bool) -> Attempt {
    Attempt {
        method,
        messages: 1,
        ambiguous_before,
        attempts: 1,
        first_at: START,
    }
}

fn words() -> String {
    "LINE's words".to_owned()
}

fn after(method: Method, ambiguous_before: bool, outcome: Outcome) -> Decision {
    decide(&attempt(method, ambiguous_before), outcome, START, 1.0)
}

fn failed() -> Decision {
    Decision::Failed { error: words() }
}

fn retry(ambiguous: bool) -> Decision {
    Decision::RetrySame {
        at: START.plus_ms(1_000),
        ambiguous,
        error: words(),
    }
}

fn is_unconfirmed(decision: &Decision) -> bool {
    matches!(decision, Decision::Unconfirmed { .. })
}

const BOTH: [Method; 2] = [Method::Reply, Method::Push];

#[test]
fn accepted_is_sent_whatever_came_before() {
    for method in BOTH {
        for before in [false, true] {
            assert_eq!(after(method, before, Outcome::Accepted), Decision::Sent);
        }
    }
}

#[test]
fn a_reply_token_refused_at_once_switches_to_push() {
    let invalid = Outcome::InvalidReplyToken(words());
    assert_eq!(after(Method::Reply, false, invalid), Decision::SwitchToPush);
}

#[test]
fn a_reply_token_refused_after_an_unclear_try_is_unconfirmed_and_never_pushed() {
    let invalid = Outcome::InvalidReplyToken(words());
    assert!(is_unconfirmed(&after(Method::Reply, true, invalid)));
}

#[test]
fn clear_refusals_fail_with_lines_own_words() {
    for method in BOTH {
        assert_eq!(after(method, false, Outcome::Refused(words())), failed());
        assert_eq!(
            after(method, false, Outcome::MonthlyLimit(words())),
            failed()
        );
    }
    assert_eq!(
        after(Method::Push, false, Outcome::InvalidReplyToken(words())),
        failed()
    );
}

#[test]
fn a_refusal_after_an_unclear_try_does_not_claim_that_nothing_arrived() {
    for method in BOTH {
        for outcome in [Outcome::Refused(words()), Outcome::MonthlyLimit(words())] {
            let decision = after(method, true, outcome);
            assert!(matches!(&decision, Decision::Unconfirmed { why } if why.contains(&words())));
        }
    }
}

#[test]
fn a_refused_reply_of_several_is_split_into_pushes_unless_unclear() {
    let several = |before| Attempt {
        messages: 3,
        ..attempt(Method::Reply, before)
    };
    let split = decide(&several(false), Outcome::Refused(words()), START, 0.0);
    assert_eq!(split, Decision::SwitchToPush);
    let monthly = decide(&several(false), Outcome::MonthlyLimit(words()), START, 0.0);
    assert_eq!(monthly, failed());
    assert!(is_unconfirmed(&decide(
        &several(true),
        Outcome::Refused(words()),
        START,
        0.0
    )));
}

#[test]
fn unauthorized_pauses_the_channel_and_settles_nothing() {
    for method in BOTH {
        for before in [false, true] {
            let decision = after(method, before, Outcome::Unauthorized(words()));
            assert_eq!(decision, Decision::PauseChannel { reason: words() });
        }
    }
}

#[test]
fn rate_limits_and_lost_connections_retry_and_keep_what_was_known() {
    for method in BOTH {
        for before in [false, true] {
            assert_eq!(
                after(method, before, Outcome::RateLimited(words())),
                retry(before)
            );
            assert_eq!(
                after(method, before, Outcome::NotSent(words())),
                retry(before)
            );
        }
    }
}

#[test]
fn an_unknown_outcome_retries_the_same_and_is_remembered() {
    for method in BOTH {
        for before in [false, true] {
            assert_eq!(
                after(method, before, Outcome::Unknown(words())),
                retry(true)
            );
        }
    }
}

#[test]
fn after_a_day_it_is_failed_if_each_try_was_clear_and_unconfirmed_if_not() {
    let day = START.plus_ms(GIVE_UP_AFTER_MS);
    for method in BOTH {
        let clear = attempt(method, false);
        for outcome in [Outcome::RateLimited(words()), Outcome::NotSent(words())] {
            let decision = decide(&clear, outcome.clone(), day, 0.5);
            assert!(matches!(decision, Decision::Failed { error } if error.contains(&words())));
            assert!(is_unconfirmed(&decide(
                &attempt(method, true),
                outcome,
                day,
                0.5
            )));
        }
        assert!(is_unconfirmed(&decide(
            &clear,
            Outcome::Unknown(words()),
            day,
            0.5
        )));
    }
}

#[test]
fn the_last_try_is_within_the_day() {
    let late = Attempt {
        attempts: 40,
        ..attempt(Method::Push, false)
    };
    let now = START.plus_ms(GIVE_UP_AFTER_MS - LONGEST_WAIT_MS);
    assert!(matches!(
        decide(&late, Outcome::NotSent(words()), now, 1.0),
        Decision::RetrySame { at, .. } if at.since(START) == GIVE_UP_AFTER_MS
    ));
    let now = now.plus_ms(1);
    assert!(matches!(
        decide(&late, Outcome::NotSent(words()), now, 1.0),
        Decision::Failed { .. }
    ));
}

#[test]
fn an_unclear_try_of_yesterday_is_not_repeated_since_line_forgot_its_key() {
    let day = START.plus_ms(GIVE_UP_AFTER_MS);
    for method in BOTH {
        assert!(expired(&attempt(method, true), day).is_some_and(|it| is_unconfirmed(&it)));
        assert_eq!(expired(&attempt(method, true), day.plus_ms(-1)), None);
        assert_eq!(expired(&attempt(method, false), day), None);
    }
}

#[test]
fn waits_double_from_a_second_to_five_minutes_with_jitter() {
    let full: Vec<_> = (1..=11).map(|attempts| wait_ms(attempts, 1.0)).collect();
    let expected = [
        1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000,
    ];
    assert_eq!(full, expected);
    for attempts in [0, 1, 5, 20, i64::MAX] {
        assert!(wait_ms(attempts, 0.0) * 2 == wait_ms(attempts, 1.0));
    }
}
