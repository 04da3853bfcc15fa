//! What happened in a conversation, to be put into words.

use serde::{Deserialize, Serialize};

use super::OperatorRef;

/// What happened, on a message of kind [`MessageKind::Event`](super::message::MessageKind::Event).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventName {
    /// The customer added the account as a friend.
    Followed,
    /// The customer blocked the account.
    Unfollowed,
    /// The account was invited into the group.
    Joined,
    /// The account was removed from the group.
    Left,
    /// People came into the group.
    MemberJoined,
    /// People left the group.
    MemberLeft,
    /// The customer pressed a button; `detail` is its data.
    Postback,
    /// `operator` took the chat.
    Claimed,
    /// `operator` took the chat from `to`.
    TakenOver,
    /// `operator` passed the chat to `to`, or to the queue when `to` is absent.
    Transferred,
    /// `operator` closed the chat.
    Closed,
    /// `operator` opened the closed chat again and has it.
    Reopened,
    /// The customer said how satisfied they were; `detail` is from 1 to 5.
    Rated,
    /// A bot handed the chat to the team; of an operator's doing where `operator` is there.
    HandedOver,
    /// `operator` let a bot answer.
    GivenToBot,
    /// `operator` may no longer sign in, so the chat went back to the queue.
    GivenBack,
    /// The team's rule gave the chat to `to`.
    Assigned,
    /// `operator` is gone, so the chat, in which the customer waits, went back to the queue.
    LeftWaiting,
    /// Anything else that LINE reports; `detail` is LINE's word for it.
    #[serde(other)]
    Other,
}

/// The parts of a system message, to be put into words in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// What happened.
    pub name: EventName,
    /// Who did it, of the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<OperatorRef>,
    /// The other operator: who receives a transfer, or from whom a chat was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<OperatorRef>,
    /// The operator's remark, on transfer and close; on LINE's events what else is worth a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// A postback's data, a member's name, or LINE's word for an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}
