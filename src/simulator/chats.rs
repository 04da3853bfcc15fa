//! Customers, groups and what their phones show.

use serde::Serialize;
use serde_json::Value;

use super::mint;

/// Kinds of messages that can be quoted.
const QUOTABLE: [&str; 7] = [
    "text", "textV2", "sticker", "image", "video", "template", "flex",
];

/// What a customer's phone got in one call.
#[derive(Clone, Debug, Serialize)]
pub struct InboxEntry {
    /// `reply` or `push`.
    pub kind: &'static str,
    /// The push's retry key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_key: Option<String>,
    /// LINE message objects.
    pub messages: Vec<Value>,
}

/// One call for the loading animation.
#[derive(Clone, Debug, Serialize)]
pub struct LoadingCall {
    /// When, in Unix milliseconds.
    pub at: i64,
    /// For how long; absent when LINE refused.
    pub seconds: Option<u64>,
}

/// A chat with the account.
pub(super) struct Chat {
    /// Place in the list.
    pub(super) order: usize,
    pub(super) party: Party,
    pub(super) history: Vec<Bubble>,
    pub(super) inbox: Vec<InboxEntry>,
    /// Every call for the loading animation, those that LINE refused included.
    pub(super) loading: Vec<LoadingCall>,
}

/// Who is at the other end.
pub(super) enum Party {
    Customer(Customer),
    Group(Group),
}

pub(super) struct Customer {
    /// `None` for somebody of whom LINE tells nothing.
    pub(super) display_name: Option<String>,
    pub(super) language: Option<String>,
    pub(super) picture: usize,
    pub(super) status_message: Option<String>,
    /// `false` once the account is blocked.
    pub(super) friend: bool,
}

pub(super) struct Group {
    /// `None` for a group of which LINE tells nothing.
    pub(super) name: Option<String>,
    pub(super) members: Vec<String>,
}

/// One message on a phone.
#[derive(Clone, Serialize)]
pub(super) struct Bubble {
    pub(super) id: String,
    /// Unix milliseconds.
    pub(super) at: i64,
    /// The customer; `None` for the account.
    pub(super) from: Option<String>,
    /// A LINE message object; null once unsent.
    pub(super) message: Value,
    pub(super) read: bool,
    pub(super) unsent: bool,
}

impl Bubble {
    pub(super) fn from_account(id: String, at: i64, message: Value) -> Self {
        Self {
            id,
            at,
            from: None,
            message,
            read: false,
            unsent: false,
        }
    }

    pub(super) fn is_unread(&self) -> bool {
        self.from.is_some() && !self.read
    }
}

/// What LINE answers for a message that it took.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SentMessage {
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quote_token: Option<String>,
}

impl SentMessage {
    pub(super) fn new(id: String, message: &Value) -> Self {
        let quotable = message["type"]
            .as_str()
            .is_some_and(|kind| QUOTABLE.contains(&kind));
        Self {
            id,
            quote_token: quotable.then(mint::long_token),
        }
    }
}

/// A chat as the phone page lists it.
#[derive(Serialize)]
pub(super) struct Summary<'a> {
    id: &'a str,
    kind: &'static str,
    name: &'a str,
    language: Option<&'a str>,
    picture: Option<usize>,
    friend: bool,
    members: &'a [String],
    last: Option<&'a Bubble>,
}

impl Chat {
    /// Whether messages from the account arrive.
    pub(super) fn reachable(&self) -> bool {
        match &self.party {
            Party::Customer(customer) => customer.friend,
            Party::Group(_) => true,
        }
    }

    /// What a push to this chat costs.
    pub(super) fn recipients(&self) -> u64 {
        match &self.party {
            Party::Customer(customer) => u64::from(customer.friend),
            Party::Group(group) => group.members.len() as u64,
        }
    }

    pub(super) fn summary<'a>(&'a self, id: &'a str) -> Summary<'a> {
        let (name, language, picture, friend, members) = match &self.party {
            Party::Customer(customer) => (
                customer.display_name.as_deref(),
                customer.language.as_deref(),
                Some(customer.picture),
                customer.friend,
                &[][..],
            ),
            Party::Group(group) => (group.name.as_deref(), None, None, true, &group.members[..]),
        };
        let kind = if picture.is_some() { "user" } else { "group" };
        let name = name.unwrap_or("Nobody LINE tells about");
        Summary {
            id,
            kind,
            name,
            language,
            picture,
            friend,
            members,
            last: self.history.last(),
        }
    }
}
