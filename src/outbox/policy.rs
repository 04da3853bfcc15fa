//! How messages go to LINE, and what follows a call, as pure functions.
//!
//! The one rule behind all others: nothing is ever sent twice by itself. A reply has no retry
//! key, only a token that LINE takes once; a push has a key under which LINE takes it once.

use crate::db::outbox::ReplyToken;
use crate::db::quotas::Spending;
use crate::line::LineError;
use crate::line::client::Sent;
use crate::line::error::Refusal;
use crate::outcome::{Method, Outcome};
use crate::protocol::Timestamp;
use crate::protocol::time::DAY_MS;

/// Most messages of one reply.
const REPLY_MAX: i64 = 5;

/// The first wait after a failed try; doubles with each further one.
const FIRST_WAIT_MS: i64 = 1_000;

/// The longest wait between two tries.
pub(super) const LONGEST_WAIT_MS: i64 = 5 * 60 * 1_000;

/// How long LINE remembers a retry key, and so how long a delivery is tried.
pub const GIVE_UP_AFTER_MS: i64 = DAY_MS;

/// How the head of a conversation goes to LINE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To whoever the event with this token came from.
    Reply(ReplyToken),
    /// To a user, group or multi-person chat.
    Push {
        /// LINE's id.
        to: String,
    },
}

impl Route {
    /// A reply while there is a token that pays for it, a push otherwise.
    pub fn choose(token: Option<ReplyToken>, to: &str) -> Self {
        match token {
            Some(token) => Self::Reply(token),
            None => Self::Push { to: to.to_owned() },
        }
    }

    /// As it is recorded.
    pub fn method(&self) -> Method {
        match self {
            Self::Reply(_) => Method::Reply,
            Self::Push { .. } => Method::Push,
        }
    }

    /// Most messages of one call. A reply's share one token; a push's end is its message's own.
    pub fn most(&self) -> i64 {
        match self {
            Self::Reply(_) => REPLY_MAX,
            Self::Push { .. } => 1,
        }
    }
}

/// Since when a reply token must have been received to pay for a reply now, on an account whose
/// tokens are good for so many `seconds`.
pub fn fresh_since(seconds: i64, now: Timestamp) -> Timestamp {
    now.plus_ms(-seconds.saturating_mul(1_000))
}

/// Whether LINE would refuse the call for the month's quota, of which so much is left as far as
/// anybody knows. What LINE may have taken already is asked about all the same: it answers with that.
pub fn is_beyond_quota(
    method: Method,
    ambiguous_before: bool,
    recipients: i64,
    left: Option<i64>,
) -> bool {
    match method {
        Method::Reply => false,
        Method::Push => !ambiguous_before && left.is_some_and(|left| left < recipients),
    }
}

/// What a call has cost, once its messages have an end: a push as many messages as people get it,
/// also one that LINE may have taken; a reply nothing.
pub fn spending(
    method: Method,
    outcome: &Outcome,
    messages: usize,
    recipients: i64,
) -> Option<Spending> {
    let count = i64::try_from(messages)
        .unwrap_or(i64::MAX)
        .saturating_mul(recipients);
    match (method, outcome) {
        (Method::Push, Outcome::Sent { .. } | Outcome::Unconfirmed { .. }) => Some(Spending {
            paid: recipients,
            saved: 0,
        }),
        (Method::Reply, Outcome::Sent { .. }) => Some(Spending {
            paid: 0,
            // Each of them would have been a push of its own.
            saved: count,
        }),
        (
            Method::Reply | Method::Push,
            Outcome::Again { .. }
            | Outcome::Switched
            | Outcome::Failed { .. }
            | Outcome::Unconfirmed { .. }
            | Outcome::Paused { .. },
        ) => None,
    }
}

/// What is known of a delivery when a call for it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Reply or push.
    pub method: Method,
    /// How many messages it carries.
    pub messages: usize,
    /// Whether LINE may have taken an earlier try.
    pub ambiguous_before: bool,
    /// Tries so far, this one included.
    pub attempts: i64,
    /// When the first try was made.
    pub first_at: Timestamp,
}

/// What becomes of a delivery, now that LINE has answered or has not. `jitter` is a random number
/// from 0 to 1.
pub fn decide(
    attempt: &Attempt,
    answer: Result<Sent, LineError>,
    now: Timestamp,
    jitter: f64,
) -> Outcome {
    let before = attempt.ambiguous_before;
    let may_switch = attempt.method == Method::Reply && !before;
    let error = match answer {
        // 200, or 409: LINE had accepted the same retry key before.
        Ok(Sent {
            ids, quote_tokens, ..
        }) => return Outcome::Sent { ids, quote_tokens },
        Err(error) => error,
    };
    match &error {
        LineError::InvalidReplyToken(_) if may_switch => Outcome::Switched,
        // One bad message must not take up to four good ones with it.
        LineError::Refused(_) if may_switch && attempt.messages > 1 => Outcome::Switched,
        LineError::InvalidReplyToken(refusal)
        | LineError::Refused(refusal)
        | LineError::MonthlyLimit(refusal) => refused(before, refusal),
        LineError::Unauthorized(refusal) => Outcome::Paused {
            reason: refusal.words(),
        },
        LineError::RateLimited(refusal) => {
            retry_or_give_up(attempt, before, refusal.words(), now, jitter)
        }
        LineError::NotSent(_) | LineError::NoCredentials => {
            retry_or_give_up(attempt, before, error.to_string(), now, jitter)
        }
        // It may have taken it.
        LineError::Server(_) | LineError::Interrupted(_) | LineError::BadAnswer(_) => {
            retry_or_give_up(attempt, true, error.to_string(), now, jitter)
        }
    }
}

/// What becomes of a delivery that is too old to be tried once more, if it is.
///
/// After a day LINE no longer knows the retry key, so that a further try could send twice.
pub fn expired(attempt: &Attempt, now: Timestamp) -> Option<Outcome> {
    let too_old = attempt.ambiguous_before && now.since(attempt.first_at) >= GIVE_UP_AFTER_MS;
    too_old.then(|| give_up(true, "no answer"))
}

/// The words for a message that was definitely not taken for a day.
pub fn gave_up(last: &str) -> String {
    format!("LINE could not take the message within 24 hours: {last}")
}

fn give_up(ambiguous: bool, last: &str) -> Outcome {
    if ambiguous {
        let why = format!(
            "LINE gave no clear answer within 24 hours ({last}): the message may have arrived."
        );
        Outcome::Unconfirmed { why }
    } else {
        Outcome::Failed {
            error: gave_up(last),
        }
    }
}

fn refused(ambiguous_before: bool, refusal: &Refusal) -> Outcome {
    let words = refusal.words();
    if ambiguous_before {
        let why = format!(
            "An earlier try got no clear answer and may have arrived; then LINE said: {words}"
        );
        Outcome::Unconfirmed { why }
    } else {
        Outcome::Failed { error: words }
    }
}

fn retry_or_give_up(
    attempt: &Attempt,
    ambiguous: bool,
    error: String,
    now: Timestamp,
    jitter: f64,
) -> Outcome {
    let at = now.plus_ms(wait_ms(attempt.attempts, jitter));
    if at.since(attempt.first_at) > GIVE_UP_AFTER_MS {
        give_up(ambiguous, &error)
    } else {
        Outcome::Again {
            at,
            ambiguous,
            error,
        }
    }
}

/// The wait after so many tries: doubling, bounded, and between half and all of that.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "at most 300,000 ms, times a number from 0.5 to 1"
)]
fn wait_ms(attempts: i64, jitter: f64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or(0);
    let full = FIRST_WAIT_MS
        .saturating_mul(1 << doublings)
        .min(LONGEST_WAIT_MS);
    (full as f64 * (0.5 + jitter.clamp(0.0, 1.0) / 2.0)) as i64
}

#[cfg(test)]
mod tests;
