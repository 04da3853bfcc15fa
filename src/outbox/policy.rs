//! What to do after a call to LINE, as a pure function.
//!
//! The one rule behind all others: nothing is ever sent twice by itself. A reply has no retry
//! key, only a token that LINE takes once; a push has a key under which LINE takes it once.

use crate::db::outbox::Method;
use crate::protocol::Timestamp;
use crate::protocol::time::DAY_MS;

/// The first wait after a failed try; doubles with each further one.
const FIRST_WAIT_MS: i64 = 1_000;

/// The longest wait between two tries.
pub(super) const LONGEST_WAIT_MS: i64 = 5 * 60 * 1_000;

/// How long LINE remembers a retry key, and so how long a delivery is tried.
pub const GIVE_UP_AFTER_MS: i64 = DAY_MS;

/// What came of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 200, or 409: LINE had accepted the same retry key before.
    Accepted,
    /// 400 `Invalid reply token`: expired, used or unknown; LINE does not say which.
    InvalidReplyToken(String),
    /// Another 4xx. Nothing was sent.
    Refused(String),
    /// 429 for the month's quota. Nothing was sent.
    MonthlyLimit(String),
    /// 429 for the rate. Nothing was sent.
    RateLimited(String),
    /// 401: the channel's access token is not, or no longer, good. Nothing was sent.
    Unauthorized(String),
    /// 5xx, a timeout or a cut after the request went out: LINE may have taken it.
    Unknown(String),
    /// No connection: the request never left.
    NotSent(String),
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

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// LINE has it.
    Sent,
    /// The same call again: same token or key, same body.
    RetrySame {
        /// Not before.
        at: Timestamp,
        /// Whether LINE may have taken this or an earlier try.
        ambiguous: bool,
        /// Why, for administrators.
        error: String,
    },
    /// Each message as a push of its own, with its own retry key.
    SwitchToPush,
    /// LINE does not have it.
    Failed {
        /// LINE's own words.
        error: String,
    },
    /// Nobody can tell.
    Unconfirmed {
        /// Why.
        why: String,
    },
    /// The channel's messages wait until its access token works again.
    PauseChannel {
        /// LINE's own words.
        reason: String,
    },
}

/// Decides what follows `outcome`. `jitter` is a random number from 0 to 1.
pub fn decide(attempt: &Attempt, outcome: Outcome, now: Timestamp, jitter: f64) -> Decision {
    let before = attempt.ambiguous_before;
    match outcome {
        Outcome::Accepted => Decision::Sent,
        Outcome::InvalidReplyToken(_) if attempt.method == Method::Reply && !before => {
            Decision::SwitchToPush
        }
        // One bad message must not take up to four good ones with it.
        Outcome::Refused(_)
            if attempt.method == Method::Reply && attempt.messages > 1 && !before =>
        {
            Decision::SwitchToPush
        }
        Outcome::InvalidReplyToken(words)
        | Outcome::Refused(words)
        | Outcome::MonthlyLimit(words) => refused(before, words),
        Outcome::Unauthorized(reason) => Decision::PauseChannel { reason },
        Outcome::RateLimited(error) | Outcome::NotSent(error) => {
            retry_or_give_up(attempt, before, error, now, jitter)
        }
        Outcome::Unknown(error) => retry_or_give_up(attempt, true, error, now, jitter),
    }
}

/// What becomes of a delivery that is too old to be tried once more, if it is.
///
/// After a day LINE no longer knows the retry key, so that a further try could send twice.
pub fn expired(attempt: &Attempt, now: Timestamp) -> Option<Decision> {
    let too_old = attempt.ambiguous_before && now.since(attempt.first_at) >= GIVE_UP_AFTER_MS;
    too_old.then(|| give_up(true, "no answer"))
}

/// The words for a message that was definitely not taken for a day.
pub fn gave_up(last: &str) -> String {
    format!("LINE could not take the message within 24 hours: {last}")
}

fn give_up(ambiguous: bool, last: &str) -> Decision {
    if ambiguous {
        let why = format!(
            "LINE gave no clear answer within 24 hours ({last}): the message may have arrived."
        );
        Decision::Unconfirmed { why }
    } else {
        Decision::Failed {
            error: gave_up(last),
        }
    }
}

fn refused(ambiguous_before: bool, words: String) -> Decision {
    if ambiguous_before {
        let why = format!(
            "An earlier try got no clear answer and may have arrived; then LINE said: {words}"
        );
        Decision::Unconfirmed { why }
    } else {
        Decision::Failed { error: words }
    }
}

fn retry_or_give_up(
    attempt: &Attempt,
    ambiguous: bool,
    error: String,
    now: Timestamp,
    jitter: f64,
) -> Decision {
    let at = now.plus_ms(wait_ms(attempt.attempts, jitter));
    if at.since(attempt.first_at) > GIVE_UP_AFTER_MS {
        give_up(ambiguous, &error)
    } else {
        Decision::RetrySame {
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
