//! By when a customer is to be answered and a case to be done, as the team has it.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// What is to come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The first answer of an operator since the case was opened.
    FirstResponse,
    /// The next one, to the customer's first message after the last.
    NextResponse,
    /// The end of the case.
    Resolution,
}

/// The clocks of a conversation that run at present. Of the two for answers one runs at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatTargets {
    /// By when an operator is to answer for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_due: Option<Timestamp>,
    /// By when an operator is to answer again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_response_due: Option<Timestamp>,
    /// From when on the answer is near: three quarters of its open time are over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_amber_at: Option<Timestamp>,
    /// By when the case is to be closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution_due: Option<Timestamp>,
    /// From when on that is near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution_amber_at: Option<Timestamp>,
    /// Of the running clocks those that have passed.
    #[serde(default)]
    pub breached: Vec<Target>,
}
