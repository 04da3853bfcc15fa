//! Every answer of LINE's, for both methods, before and after an unclear try.

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

fn said() -> Refusal {
    Refusal {
        message: words(),
        ..Refusal::default()
    }
}

fn after(method: Method, ambiguous_before: bool, error: LineError) -> Outcome {
    let attempt = attempt(method, ambiguous_before);
    decide(&attempt, Err(error), START, 1.0)
}

fn failed() -> Outcome {
    Outcome::Failed { error: words() }
}

/// That the same goes out again, and why.
#[track_caller]
fn assert_again(outcome: &Outcome, expected: bool) {
    let Outcome::Again {
        at,
        ambiguous,
        error,
    } = outcome
    else {
        panic!("{outcome:?}");
    };
    assert_eq!((*at, *ambiguous), (START.plus_ms(1_000), expected));
    assert!(error.contains(&words()), "{error}");
}

fn is_unconfirmed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Unconfirmed { .. })
}

/// What says that LINE may have taken the message.
fn unclear() -> [LineError; 3] {
    [
        LineError::Server(said()),
        LineError::Interrupted(words()),
        LineError::BadAnswer(words()),
    ]
}

const BOTH: [Method; 2] = [Method::Reply, Method::Push];

#[test]
fn accepted_is_sent_whatever_came_before() {
    for method in BOTH {
        for before in [false, true] {
            let sent = Sent {
                ids: vec!["1".to_owned()],
                quote_tokens: vec![None],
                ..Sent::default()
            };
            let expected = Outcome::Sent {
                ids: sent.ids.clone(),
                quote_tokens: sent.quote_tokens.clone(),
            };
            let attempt = attempt(method, before);
            assert_eq!(decide(&attempt, Ok(sent), START, 1.0), expected);
        }
    }
}

#[test]
fn a_reply_token_refused_at_once_switches_to_push() {
    let invalid = LineError::InvalidReplyToken(said());
    assert_eq!(after(Method::Reply, false, invalid), Outcome::Switched);
}

#[test]
fn a_reply_token_refused_after_an_unclear_try_is_unconfirmed_and_never_pushed() {
    let invalid = LineError::InvalidReplyToken(said());
    assert!(is_unconfirmed(&after(Method::Reply, true, invalid)));
}

#[test]
fn only_a_push_that_line_cannot_have_taken_is_beyond_the_quota() {
    let beyond = |method, before, left| is_beyond_quota(method, before, 6, left);
    assert!(beyond(Method::Push, false, Some(5)));
    assert!(beyond(Method::Push, false, Some(-3)));
    assert!(!beyond(Method::Push, false, Some(6)));
    assert!(!beyond(Method::Push, false, None));
    assert!(!beyond(Method::Push, true, Some(0)));
    assert!(!beyond(Method::Reply, false, Some(0)));
}

#[test]
fn pushes_cost_their_recipients_and_replies_save_their_messages() {
    let sent = Outcome::Sent {
        ids: Vec::new(),
        quote_tokens: Vec::new(),
    };
    let unclear = Outcome::Unconfirmed { why: String::new() };
    let cost = |method, outcome: &Outcome| {
        spending(method, outcome, 3, 6).map(|spent| (spent.paid, spent.saved))
    };
    assert_eq!(cost(Method::Push, &sent), Some((6, 0)));
    assert_eq!(cost(Method::Push, &unclear), Some((6, 0)));
    assert_eq!(cost(Method::Reply, &sent), Some((0, 18)));
    assert_eq!(cost(Method::Reply, &unclear), None);
    for method in BOTH {
        assert_eq!(cost(method, &failed()), None);
        assert_eq!(cost(method, &Outcome::Switched), None);
    }
}

#[test]
fn clear_refusals_fail_with_lines_own_words() {
    for method in BOTH {
        assert_eq!(after(method, false, LineError::Refused(said())), failed());
        assert_eq!(
            after(method, false, LineError::MonthlyLimit(said())),
            failed()
        );
    }
    assert_eq!(
        after(Method::Push, false, LineError::InvalidReplyToken(said())),
        failed()
    );
}

#[test]
fn a_refusal_after_an_unclear_try_does_not_claim_that_nothing_arrived() {
    for method in BOTH {
        for error in [LineError::Refused(said()), LineError::MonthlyLimit(said())] {
            let outcome = after(method, true, error);
            assert!(matches!(&outcome, Outcome::Unconfirmed { why } if why.contains(&words())));
        }
    }
}

#[test]
fn a_refused_reply_of_several_is_split_into_pushes_unless_unclear() {
    let several = |before| Attempt {
        messages: 3,
        ..attempt(Method::Reply, before)
    };
    let split = decide(&several(false), Err(LineError::Refused(said())), START, 0.0);
    assert_eq!(split, Outcome::Switched);
    let monthly = decide(
        &several(false),
        Err(LineError::MonthlyLimit(said())),
        START,
        0.0,
    );
    assert_eq!(monthly, failed());
    assert!(is_unconfirmed(&decide(
        &several(true),
        Err(LineError::Refused(said())),
        START,
        0.0
    )));
}

#[test]
fn unauthorized_pauses_the_channel_and_settles_nothing() {
    for method in BOTH {
        for before in [false, true] {
            let outcome = after(method, before, LineError::Unauthorized(said()));
            assert_eq!(outcome, Outcome::Paused { reason: words() });
        }
    }
}

#[test]
fn rate_limits_and_lost_connections_retry_and_keep_what_was_known() {
    for method in BOTH {
        for before in [false, true] {
            for error in [LineError::RateLimited(said()), LineError::NotSent(words())] {
                assert_again(&after(method, before, error), before);
            }
        }
    }
}

#[test]
fn an_unknown_outcome_retries_the_same_and_is_remembered() {
    for method in BOTH {
        for before in [false, true] {
            for error in unclear() {
                assert_again(&after(method, before, error), true);
            }
        }
    }
}

#[test]
fn after_a_day_it_is_failed_if_each_try_was_clear_and_unconfirmed_if_not() {
    let day = START.plus_ms(GIVE_UP_AFTER_MS);
    for method in BOTH {
        let clear = attempt(method, false);
        for error in [LineError::RateLimited(said()), LineError::NotSent(words())] {
            let outcome = decide(&clear, Err(error.clone()), day, 0.5);
            assert!(matches!(outcome, Outcome::Failed { error } if error.contains(&words())));
            assert!(is_unconfirmed(&decide(
                &attempt(method, true),
                Err(error),
                day,
                0.5
            )));
        }
        for error in unclear() {
            assert!(is_unconfirmed(&decide(&clear, Err(error), day, 0.5)));
        }
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
        decide(&late, Err(LineError::NotSent(words())), now, 1.0),
        Outcome::Again { at, .. } if at.since(START) == GIVE_UP_AFTER_MS
    ));
    let now = now.plus_ms(1);
    assert!(matches!(
        decide(&late, Err(LineError::NotSent(words())), now, 1.0),
        Outcome::Failed { .. }
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

#[test]
fn a_fresh_token_makes_a_reply_of_up_to_five_and_none_a_push_of_one() {
    let token = ReplyToken {
        id: uuid::Uuid::nil(),
        token: "t".to_owned(),
    };
    let reply = Route::choose(Some(token.clone()), "U1");
    assert_eq!(reply, Route::Reply(token));
    assert_eq!((reply.method(), reply.most()), (Method::Reply, 5));
    let push = Route::choose(None, "U1");
    let to = "U1".to_owned();
    assert_eq!(push, Route::Push { to });
    assert_eq!((push.method(), push.most()), (Method::Push, 1));
}

#[test]
fn a_token_is_fresh_for_as_long_as_the_account_says() {
    let since = |seconds| fresh_since(seconds, START);
    assert_eq!(since(0), START);
    assert_eq!(since(50), START.plus_ms(-50_000));
    assert!(since(i64::MAX) < since(50));
}
