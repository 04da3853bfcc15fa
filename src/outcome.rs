//! What becomes of a call that sends to LINE: one word for it, from `outbox::policy`, which finds
//! it, through `db`, which records it, to `metrics`, which counts it.

use crate::protocol::Timestamp;

/// How messages reach LINE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Method {
    /// With an event's token: free, once.
    Reply,
    /// With a retry key: costs quota.
    Push,
}

impl Method {
    /// As it is counted.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Push => "push",
        }
    }
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// LINE has it. Ids and quote tokens are in the order of the messages, as far as LINE told.
    Sent {
        /// LINE's message ids.
        ids: Vec<String>,
        /// For quoting them later.
        quote_tokens: Vec<Option<String>>,
    },
    /// The same call again: same token or key, same body.
    Again {
        /// Not before.
        at: Timestamp,
        /// Whether LINE may have taken this or an earlier try.
        ambiguous: bool,
        /// Why, for administrators.
        error: String,
    },
    /// The reply was refused: each message goes as a push of its own, with its own retry key.
    Switched,
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
    Paused {
        /// LINE's own words.
        reason: String,
    },
}

impl Outcome {
    /// Each as it is counted and logged.
    pub const LABELS: [&'static str; 6] = [
        "sent",
        "again",
        "switched",
        "failed",
        "unconfirmed",
        "paused",
    ];

    /// As it is counted and logged: one of [`Self::LABELS`].
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Again { .. } => "again",
            Self::Switched => "switched",
            Self::Failed { .. } => "failed",
            Self::Unconfirmed { .. } => "unconfirmed",
            Self::Paused { .. } => "paused",
        }
    }

    /// Whether LINE may have taken the delivery, when that was `before` the call.
    pub const fn is_ambiguous(&self, before: bool) -> bool {
        match self {
            Self::Again { ambiguous, .. } => *ambiguous,
            // Nothing is known that was not known before.
            Self::Paused { .. } => before,
            Self::Unconfirmed { .. } => true,
            Self::Sent { .. } | Self::Switched | Self::Failed { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_is_counted_under_a_label_of_its_own() {
        let word = String::new;
        let all = [
            Outcome::Sent {
                ids: Vec::new(),
                quote_tokens: Vec::new(),
            },
            Outcome::Again {
                at: Timestamp(0),
                ambiguous: false,
                error: word(),
            },
            Outcome::Switched,
            Outcome::Failed { error: word() },
            Outcome::Unconfirmed { why: word() },
            Outcome::Paused { reason: word() },
        ];
        assert_eq!(all.map(|outcome| outcome.label()), Outcome::LABELS);
    }

    #[test]
    fn a_pause_keeps_what_was_known_and_an_end_says_what_is() {
        let paused = Outcome::Paused {
            reason: String::new(),
        };
        let unconfirmed = Outcome::Unconfirmed { why: String::new() };
        for before in [false, true] {
            assert_eq!(paused.is_ambiguous(before), before);
            assert!(unconfirmed.is_ambiguous(before));
            assert!(!Outcome::Switched.is_ambiguous(before));
        }
    }
}
