//! Sends that end badly on purpose.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

pub(super) const WRONG_TOKEN: &str = "Authentication failed due to the following reason: invalid \
    token. Confirm that the access token in the authorization header is valid.";
pub(super) use crate::line::error::MONTHLY_LIMIT;

/// How one send ends.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Fault {
    /// The answer's status; LINE's usual answer when absent.
    pub status: Option<u16>,
    /// Of a 429: `monthly` or `rate`; of a 400: `reply_token`; of content: `empty`.
    pub reason: Option<String>,
    /// Whether LINE takes the message all the same.
    pub accepted: Option<bool>,
    /// Whether the connection closes without an answer.
    #[serde(default)]
    pub cut: bool,
    /// How long LINE thinks before that.
    pub delay_ms: Option<u64>,
}

impl Fault {
    /// Whether LINE takes the message. A mere delay, and an ordered success, are no refusals.
    pub(super) fn takes_message(&self) -> bool {
        let looks_fine = !self.cut
            && self
                .status
                .is_none_or(|status| (200..300).contains(&status));
        self.accepted.unwrap_or(looks_fine)
    }

    pub(super) fn delay(&self) -> Option<Duration> {
        self.delay_ms.map(Duration::from_millis)
    }

    /// The status to answer with instead of the usual answer.
    pub(super) fn injected_status(&self) -> Option<u16> {
        match self.status {
            Some(status) if (200..300).contains(&status) && self.takes_message() => None,
            None if self.takes_message() => None,
            None => Some(500),
            status => status,
        }
    }

    /// LINE's words for the injected status.
    pub(super) fn body(&self, status: u16) -> Value {
        let reason = self.reason.as_deref().unwrap_or_default();
        let message = match (status, reason) {
            (200..300, _) => return json!({"sentMessages": []}),
            (400, "reply_token") => "Invalid reply token",
            (400, _) => "Failed to send messages",
            (401, _) => WRONG_TOKEN,
            (403, _) => "Access to this API is not available for your account",
            (404, _) => "Not found",
            (409, _) => "The retry key is already accepted",
            (413, _) => "Payload Too Large",
            (429, "monthly") => MONTHLY_LIMIT,
            (429, _) => "The API rate limit has been exceeded. Try again later.",
            (503, _) => "Service Unavailable",
            _ => "Internal Server Error",
        };
        json!({ "message": message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> Fault {
        serde_json::from_str(json).expect("a fault")
    }

    #[test]
    fn only_an_order_or_a_fine_end_takes_the_message() {
        assert!(!fault(r#"{"status":500}"#).takes_message());
        assert!(fault(r#"{"status":500,"accepted":true}"#).takes_message());
        assert!(!fault(r#"{"cut":true}"#).takes_message());
        assert!(fault(r#"{"cut":true,"accepted":true}"#).takes_message());
        assert!(fault(r#"{"delay_ms":5}"#).takes_message());
        assert!(fault(r#"{"status":200}"#).takes_message());
    }

    #[test]
    fn a_refusal_without_a_status_is_a_500() {
        assert_eq!(fault(r#"{"accepted":false}"#).injected_status(), Some(500));
        assert_eq!(fault(r#"{"delay_ms":5}"#).injected_status(), None);
        assert_eq!(fault(r#"{"status":429}"#).injected_status(), Some(429));
        assert_eq!(fault(r#"{"status":200}"#).injected_status(), None);
    }
}
