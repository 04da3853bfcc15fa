//! One call to LINE, and its answer in the policy's words.

use bytes::Bytes;

use super::policy::Outcome;
use crate::db::outbox::{Delivery, Method};
use crate::line::client::Sent;
use crate::line::error::Refusal;
use crate::line::{LineChannel, LineError};

/// What came of a call.
pub(super) struct Answer {
    pub(super) outcome: Outcome,
    /// Ids and quote tokens, when LINE took the messages.
    pub(super) sent: Sent,
    /// LINE's name for the call.
    pub(super) request_id: Option<String>,
}

impl Answer {
    /// The call was not made.
    pub(super) fn not_made(why: &str) -> Self {
        let outcome = Outcome::NotSent(why.to_owned());
        Self {
            outcome,
            sent: Sent::default(),
            request_id: None,
        }
    }

    /// Whether LINE could not be reached or is broken, as opposed to answering.
    pub(super) fn is_outage(&self) -> bool {
        matches!(self.outcome, Outcome::Unknown(_) | Outcome::NotSent(_))
    }
}

/// Makes the call that the delivery stands for.
pub(super) async fn call(line: &LineChannel, delivery: &Delivery) -> Answer {
    let body = Bytes::from(delivery.body.clone());
    let result = match delivery.method {
        Method::Reply => line.reply_body(body).await,
        Method::Push => line.push_body(body, delivery.id).await,
    };
    match result {
        Ok(sent) => {
            let request_id = sent
                .accepted_request_id
                .clone()
                .or_else(|| sent.request_id.clone());
            Answer {
                outcome: Outcome::Accepted,
                sent,
                request_id,
            }
        }
        Err(error) => {
            let request_id = error.request_id().map(str::to_owned);
            Answer {
                outcome: outcome(&error),
                sent: Sent::default(),
                request_id,
            }
        }
    }
}

fn outcome(error: &LineError) -> Outcome {
    match error {
        LineError::InvalidReplyToken(refusal) => Outcome::InvalidReplyToken(words(refusal)),
        LineError::Refused(refusal) => Outcome::Refused(words(refusal)),
        LineError::Unauthorized(refusal) => Outcome::Unauthorized(words(refusal)),
        LineError::RateLimited(refusal) => Outcome::RateLimited(words(refusal)),
        LineError::MonthlyLimit(refusal) => Outcome::MonthlyLimit(words(refusal)),
        LineError::Server(_) | LineError::Interrupted(_) | LineError::BadAnswer(_) => {
            Outcome::Unknown(error.to_string())
        }
        LineError::NotSent(_) => Outcome::NotSent(error.to_string()),
    }
}

/// LINE's own words, with what exactly is wrong.
fn words(refusal: &Refusal) -> String {
    let mut words = refusal.message.clone();
    for detail in &refusal.details {
        for part in [&detail.property, &detail.message].into_iter().flatten() {
            words.push_str(if words.is_empty() { "" } else { "; " });
            words.push_str(part);
        }
    }
    if words.is_empty() {
        format!("LINE answered {}", refusal.status)
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::error::ErrorDetail;

    #[test]
    fn the_words_are_lines_with_the_details() {
        let refusal = Refusal {
            status: 400,
            message: "The request body has 1 error(s)".to_owned(),
            details: vec![ErrorDetail {
                message: Some("May not be empty".to_owned()),
                property: Some("messages[0].text".to_owned()),
            }],
            request_id: None,
        };
        let expected = "The request body has 1 error(s); messages[0].text; May not be empty";
        assert_eq!(words(&refusal), expected);
        let silent = Refusal {
            status: 418,
            ..Refusal::default()
        };
        assert_eq!(words(&silent), "LINE answered 418");
    }

    #[test]
    fn only_outages_count_as_such() {
        assert!(Answer::not_made("down").is_outage());
        let refused = outcome(&LineError::Refused(Refusal::default()));
        let answer = Answer {
            outcome: refused,
            sent: Sent::default(),
            request_id: None,
        };
        assert!(!answer.is_outage());
    }
}
