//! How a call to LINE can fail, told apart by what the caller may do next.

use serde::Deserialize;

/// LINE's words for a month's messages that are used up.
pub const MONTHLY_LIMIT: &str = "You have reached your monthly limit.";

/// A call to LINE that did not succeed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LineError {
    /// 400 to a reply: the token is expired, used or unknown; LINE does not tell which.
    #[error("LINE refused the reply token: {0}")]
    InvalidReplyToken(Refusal),
    /// Any other definite refusal: nothing was sent, and trying again changes nothing.
    #[error("LINE refused the call: {0}")]
    Refused(Refusal),
    /// 401: the channel's access token is not valid.
    #[error("LINE did not accept the access token: {0}")]
    Unauthorized(Refusal),
    /// 429: too many calls. Nothing was sent; try again later.
    #[error("LINE limits the rate: {0}")]
    RateLimited(Refusal),
    /// 429: the month's messages are used up. Nothing was sent.
    #[error("the month's messages are used up: {0}")]
    MonthlyLimit(Refusal),
    /// 5xx: nobody knows whether LINE took the message.
    #[error("LINE failed: {0}")]
    Server(Refusal),
    /// The connection ended or timed out after the request may have been written: nobody knows
    /// whether LINE took the message.
    #[error("the call to LINE was interrupted: {0}")]
    Interrupted(String),
    /// No connection: the request never left.
    #[error("LINE could not be reached: {0}")]
    NotSent(String),
    /// There is nothing to make the call with: it was not made.
    #[error("the channel has no usable credentials")]
    NoCredentials,
    /// LINE answered 200 with something that is not what its reference says.
    #[error("LINE's answer could not be read: {0}")]
    BadAnswer(String),
}

impl LineError {
    /// Whether LINE may have taken the message all the same.
    pub fn is_ambiguous(&self) -> bool {
        matches!(
            self,
            Self::Server(_) | Self::Interrupted(_) | Self::BadAnswer(_)
        )
    }

    /// Whether LINE could not be reached or is broken, as opposed to answering.
    pub fn is_outage(&self) -> bool {
        self.is_ambiguous() || matches!(self, Self::NotSent(_) | Self::NoCredentials)
    }

    /// LINE's answer, if there was one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::InvalidReplyToken(refusal)
            | Self::Refused(refusal)
            | Self::Unauthorized(refusal)
            | Self::RateLimited(refusal)
            | Self::MonthlyLimit(refusal)
            | Self::Server(refusal) => Some(refusal),
            Self::Interrupted(_) | Self::NotSent(_) | Self::NoCredentials | Self::BadAnswer(_) => {
                None
            }
        }
    }

    /// LINE's id of the failed call, if there was an answer.
    pub fn request_id(&self) -> Option<&str> {
        self.refusal()
            .and_then(|refusal| refusal.request_id.as_deref())
    }

    /// The case for an answer that is not a success.
    pub(super) fn from_answer(refusal: Refusal) -> Self {
        match refusal.status {
            400 if refusal.message == "Invalid reply token" => Self::InvalidReplyToken(refusal),
            401 => Self::Unauthorized(refusal),
            429 if refusal.message.contains("monthly limit") => Self::MonthlyLimit(refusal),
            429 => Self::RateLimited(refusal),
            500.. => Self::Server(refusal),
            _ => Self::Refused(refusal),
        }
    }

    /// The case for a call without an answer.
    pub(super) fn from_transport(error: &reqwest::Error) -> Self {
        let reason = reason(error);
        if error.is_connect() || error.is_builder() {
            Self::NotSent(reason)
        } else {
            Self::Interrupted(reason)
        }
    }
}

/// LINE's answer to a call that it did not carry out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// LINE's own words.
    pub message: String,
    /// What exactly is wrong, and where.
    pub details: Vec<ErrorDetail>,
    /// `x-line-request-id`.
    pub request_id: Option<String>,
}

impl Refusal {
    /// LINE's own words, with what exactly is wrong.
    pub fn words(&self) -> String {
        let mut words = self.message.clone();
        for detail in &self.details {
            for part in [&detail.property, &detail.message].into_iter().flatten() {
                words.push_str(if words.is_empty() { "" } else { "; " });
                words.push_str(part);
            }
        }
        if words.is_empty() {
            format!("LINE answered {}", self.status)
        } else {
            words
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.message)?;
        for detail in &self.details {
            match (&detail.property, &detail.message) {
                (Some(property), Some(message)) => write!(f, "; {property}: {message}")?,
                (Some(only), None) | (None, Some(only)) => write!(f, "; {only}")?,
                (None, None) => {}
            }
        }
        Ok(())
    }
}

/// One thing wrong with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ErrorDetail {
    /// What is wrong.
    pub message: Option<String>,
    /// Where.
    pub property: Option<String>,
}

/// The innermost cause in plain words; addresses are left out, since they hold ids.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "timed out".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if std::ptr::addr_eq(cause, error) {
        "request failed".to_owned()
    } else {
        cause.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(status: u16, message: &str) -> LineError {
        LineError::from_answer(Refusal {
            status,
            message: message.to_owned(),
            ..Refusal::default()
        })
    }

    #[test]
    fn each_answer_has_its_case() {
        assert!(matches!(
            case(400, "Invalid reply token"),
            LineError::InvalidReplyToken(_)
        ));
        assert!(matches!(
            case(400, "Failed to send messages"),
            LineError::Refused(_)
        ));
        assert!(matches!(case(403, "no"), LineError::Refused(_)));
        assert!(matches!(case(401, "no"), LineError::Unauthorized(_)));
        assert!(matches!(
            case(429, "You have reached your monthly limit."),
            LineError::MonthlyLimit(_)
        ));
        assert!(matches!(
            case(
                429,
                "The API rate limit has been exceeded. Try again later."
            ),
            LineError::RateLimited(_)
        ));
        assert!(matches!(case(500, ""), LineError::Server(_)));
        assert!(matches!(case(503, ""), LineError::Server(_)));
    }

    #[test]
    fn only_what_line_may_have_taken_is_ambiguous() {
        assert!(case(502, "").is_ambiguous());
        assert!(LineError::Interrupted(String::new()).is_ambiguous());
        assert!(!LineError::NotSent(String::new()).is_ambiguous());
        assert!(!case(400, "Invalid reply token").is_ambiguous());
        assert!(!case(429, "").is_ambiguous());
    }

    #[test]
    fn only_outages_count_as_such() {
        assert!(LineError::NoCredentials.is_outage());
        assert!(LineError::NotSent(String::new()).is_outage());
        assert!(case(500, "").is_outage());
        assert!(!case(403, "no").is_outage());
        assert!(!case(429, "").is_outage());
    }

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
        assert_eq!(refusal.words(), expected);
        let silent = Refusal {
            status: 418,
            ..Refusal::default()
        };
        assert_eq!(silent.words(), "LINE answered 418");
    }

    #[test]
    fn a_refusal_reads_with_its_details() {
        let refusal = Refusal {
            status: 400,
            message: "The request body has 1 error(s)".to_owned(),
            details: vec![ErrorDetail {
                message: Some("May not be empty".to_owned()),
                property: Some("messages[0].text".to_owned()),
            }],
            request_id: None,
        };
        assert_eq!(
            refusal.to_string(),
            "400 The request body has 1 error(s); messages[0].text: May not be empty"
        );
    }
}
