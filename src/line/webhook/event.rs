//! What happened, where, and to whom.

use std::collections::BTreeMap;

use super::content::Message;

/// One event of a webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique per channel; the key against duplicates. Where LINE's id is missing, a digest of
    /// the event's raw text stands in.
    pub webhook_event_id: String,
    /// When it happened, in Unix milliseconds; `None` where the event does not say.
    pub timestamp: Option<i64>,
    /// Whether this account holds the chat.
    pub mode: Mode,
    /// Whether LINE says that it sends the event again.
    pub is_redelivery: bool,
    /// The chat; absent for events of the channel itself.
    pub source: Option<Source>,
    /// Good for one free answer within about a minute.
    pub reply_token: Option<String>,
    /// What happened.
    pub kind: EventKind,
}

/// The customer of the events that LINE's Verify button once sent, and some tools still do.
const NOBODY: &str = "Udeadbeefdeadbeefdeadbeefdeadbeef";

impl Event {
    /// Whether this is one of the made-up events that try a webhook out: a customer who does not
    /// exist, and reply tokens of nothing but `0` or `f`.
    pub fn is_trial(&self) -> bool {
        let person = self.source.as_ref().and_then(Source::user_id);
        let made_up =
            |token: &str| token.len() == 32 && ["0", "f"].iter().any(|one| token == one.repeat(32));
        person == Some(NOBODY) || self.reply_token.as_deref().is_some_and(made_up)
    }
}

/// Whether the account may speak in the chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The usual state.
    Active,
    /// A module channel holds the chat: do not send.
    Standby,
    /// A value that this version does not know, or none.
    Unknown,
}

/// The chat an event belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A one-to-one chat.
    User {
        /// The customer.
        user_id: String,
    },
    /// A group chat.
    Group {
        /// The group.
        group_id: String,
        /// The member who caused the event, when LINE tells.
        user_id: Option<String>,
    },
    /// A multi-person chat.
    Room {
        /// The room.
        room_id: String,
        /// The member who caused the event, when LINE tells.
        user_id: Option<String>,
    },
}

impl Source {
    /// The id that messages to this chat are addressed to.
    pub fn chat_id(&self) -> &str {
        match self {
            Self::User { user_id } => user_id,
            Self::Group { group_id, .. } => group_id,
            Self::Room { room_id, .. } => room_id,
        }
    }

    /// The person behind the event, when LINE tells.
    pub fn user_id(&self) -> Option<&str> {
        match self {
            Self::User { user_id } => Some(user_id),
            Self::Group { user_id, .. } | Self::Room { user_id, .. } => user_id.as_deref(),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// Somebody wrote.
    Message(Box<Message>),
    /// Somebody changed a message; `id` is the original's. The largest timestamp wins.
    MessageEdited(Box<Message>),
    /// Somebody took a message back.
    Unsend {
        /// LINE's id of the message.
        message_id: String,
    },
    /// The account was added as a friend, or unblocked.
    Follow {
        /// Whether it was an unblocking, as far as LINE knows.
        is_unblocked: bool,
    },
    /// The account was blocked.
    Unfollow,
    /// The account came into a group or room.
    Join,
    /// The account left a group or room, or was removed.
    Leave,
    /// Members came.
    MemberJoined {
        /// Those whose ids LINE tells.
        user_ids: Vec<String>,
    },
    /// Members went.
    MemberLeft {
        /// Those whose ids LINE tells.
        user_ids: Vec<String>,
    },
    /// A button, quick reply or rich menu was used.
    Postback {
        /// What the button carries.
        data: String,
        /// Date, time or rich menu parameters.
        params: BTreeMap<String, String>,
    },
    /// A video with a tracking id was watched to its end.
    VideoPlayComplete {
        /// The id given when the video was sent.
        tracking_id: String,
    },
    /// A beacon came near. `stay` repeats every 10 s.
    Beacon {
        /// The beacon.
        hwid: String,
        /// `enter`, `banner`, `stay`, or something newer.
        action: String,
        /// The beacon's own message.
        device_message: Option<String>,
    },
    /// An account link ended.
    AccountLink {
        /// Whether it succeeded.
        linked: bool,
        /// The number given when the link was started.
        nonce: String,
    },
    /// A paid membership changed.
    Membership {
        /// `joined`, `left`, `renewed`, or something newer.
        action: String,
        /// Which membership.
        membership_id: String,
    },
    /// A module channel was attached or detached.
    Module(ModuleChange),
    /// This module channel got the chat control.
    Activated {
        /// Until when, in Unix milliseconds.
        expire_at: Option<i64>,
    },
    /// This module channel lost the chat control.
    Deactivated,
    /// LINE suspended the account.
    BotSuspended,
    /// LINE gave the account back.
    BotResumed,
    /// A LINE notification message arrived.
    Delivery {
        /// A hashed phone number or the delivery tag.
        data: String,
    },
    /// Anything else, or an event that could not be read.
    Unsupported {
        /// LINE's name of the type; empty where even that is missing.
        type_name: String,
    },
}

/// A change of a partner's module channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleChange {
    /// Attached to an account.
    Attached {
        /// The account.
        bot_id: String,
        /// What the account's owner allowed.
        scopes: Vec<String>,
    },
    /// Detached from an account.
    Detached {
        /// The account.
        bot_id: String,
        /// Why.
        reason: String,
    },
}
