//! What narrows a list down, and in which order it stands.

use serde::{Deserialize, Deserializer, Serialize};

use super::{ChannelName, OperatorId, Tab, TagId};

/// Most entries of each list in a [`Filter`].
pub const FILTER_MAX: usize = 50;

/// With whom a chat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// With one person.
    User,
    /// With several: a group, or LINE's chat of several people without a name.
    Group,
}

/// In which order a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The latest activity first; of those that wait, who has waited least.
    Newest,
    /// The other way round.
    Oldest,
}

impl Sort {
    /// The order in which a list stands by itself.
    pub const fn of(tab: Tab) -> Self {
        match tab {
            Tab::Waiting => Self::Oldest,
            Tab::Mine | Tab::All | Tab::Closed => Self::Newest,
        }
    }
}

/// What narrows a list down: a chat has to fit each field. Of a list one entry has to fit; an empty
/// one, as an absent one, asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the contract's fields")]
pub struct Filter {
    /// It has one of these tags.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "given")]
    pub tag_ids: Vec<TagId>,
    /// One of these has it, or had it last; `null` stands for nobody.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "given")]
    pub operator_ids: Vec<Option<OperatorId>>,
    /// It is with one of these LINE accounts.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "given")]
    pub channels: Vec<ChannelName>,
    /// It has messages that nobody has looked at.
    #[serde(skip_serializing_if = "is_off", deserialize_with = "given")]
    pub unread: bool,
    /// With whom it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChatKind>,
    /// A note in it names the operator who asks, and they have not looked at it.
    #[serde(skip_serializing_if = "is_off", deserialize_with = "given")]
    pub mentions: bool,
    /// Its operator does not want to see it yet. Such chats are in Mine with this alone.
    #[serde(skip_serializing_if = "is_off", deserialize_with = "given")]
    pub snoozed: bool,
    /// The customer waits longer than they should.
    #[serde(skip_serializing_if = "is_off", deserialize_with = "given")]
    pub overdue: bool,
}

impl Filter {
    /// Whether every chat fits.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether one of its lists is longer than anybody chooses by hand.
    pub fn is_too_long(&self) -> bool {
        let lists = [
            self.tag_ids.len(),
            self.operator_ids.len(),
            self.channels.len(),
        ];
        lists.into_iter().any(|length| length > FILTER_MAX)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_off(flag: &bool) -> bool {
    !flag
}

/// A value, or what stands for none where it is `null`.
fn given<'de, D, T>(value: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(value)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_null_ask_for_nothing() {
        for text in [
            "{}",
            r#"{"tag_ids":[],"unread":false}"#,
            r#"{"tag_ids":null,"operator_ids":null,"channels":null,"unread":null,"kind":null,
                "mentions":null,"snoozed":null,"overdue":null,"later":1}"#,
        ] {
            let filter: Filter = serde_json::from_str(text).expect("a filter");
            assert!(filter.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_filter_is_written_without_what_it_does_not_ask() {
        let text = r#"{"operator_ids":[null],"kind":"group","snoozed":true}"#;
        let filter: Filter = serde_json::from_str(text).expect("a filter");
        assert_eq!(filter.operator_ids, [None]);
        assert_eq!(filter.kind, Some(ChatKind::Group));
        assert_eq!(serde_json::to_string(&filter).expect("writes"), text);
        for text in [
            r#"{"kind":"room"}"#,
            r#"{"tag_ids":["x"]}"#,
            r#"{"unread":1}"#,
        ] {
            assert!(serde_json::from_str::<Filter>(text).is_err(), "{text}");
        }
    }
}
