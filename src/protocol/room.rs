//! The name of a conversation on the wire.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// Short name of a channel, as in `/line/webhook/{channel}`: 1 to 32 of `a-z 0-9 - _`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct ChannelName(String);

/// LINE's id of a user (`U…`), group (`C…`) or multi-person chat (`R…`).
///
/// LINE documents `[UCR][0-9a-f]{32}`; anything of 1 to 64 letters, digits, `-` and `_` is
/// accepted, since LINE says that formats may change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct LineId(String);

/// One conversation: `conversation:{line_id}` for the default channel,
/// `conversation:{channel}:{line_id}` for the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Room {
    channel: ChannelName,
    contact: LineId,
}

/// Why a text does not name a channel, a LINE id or a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseRoomError {
    /// Not a channel name.
    #[error("a channel name is 1 to 32 of a-z, 0-9, - and _")]
    Channel,
    /// Not an id of LINE's.
    #[error("a LINE id is 1 to 64 letters, digits, - and _")]
    LineId,
    /// Not `conversation:…`.
    #[error("a room is conversation:{{line_user_id}} or conversation:{{channel}}:{{line_user_id}}")]
    Room,
}

impl ChannelName {
    /// The channel whose rooms carry no channel name.
    pub const DEFAULT: &'static str = "default";

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether rooms of this channel leave its name out.
    pub fn is_default(&self) -> bool {
        self.0 == Self::DEFAULT
    }
}

impl Default for ChannelName {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl FromStr for ChannelName {
    type Err = ParseRoomError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
        if (1..=32).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseRoomError::Channel)
        }
    }
}

impl LineId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LineId {
    type Err = ParseRoomError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseRoomError::LineId)
        }
    }
}

impl Room {
    /// The conversation with `contact` on `channel`.
    pub fn new(channel: ChannelName, contact: LineId) -> Self {
        Self { channel, contact }
    }

    /// The channel it is on.
    pub fn channel(&self) -> &ChannelName {
        &self.channel
    }

    /// The user, group or multi-person chat it is with.
    pub fn contact(&self) -> &LineId {
        &self.contact
    }
}

impl FromStr for Room {
    type Err = ParseRoomError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text
            .strip_prefix("conversation:")
            .ok_or(ParseRoomError::Room)?;
        match rest.split_once(':') {
            None => Ok(Self::new(ChannelName::default(), rest.parse()?)),
            Some((channel, contact)) => Ok(Self::new(channel.parse()?, contact.parse()?)),
        }
    }
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.channel.is_default() {
            write!(f, "conversation:{}", self.contact)
        } else {
            write!(f, "conversation:{}:{}", self.channel, self.contact)
        }
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Room {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

macro_rules! deserialize_by_parsing {
    ($($name:ty),*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
deserialize_by_parsing!(ChannelName, LineId, Room);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_channel_has_the_short_form_and_others_the_long_one() {
        for text in ["conversation:U1", "conversation:shop-2:Cabc"] {
            assert_eq!(
                text.parse::<Room>().map(|room| room.to_string()),
                Ok(text.to_owned())
            );
        }
        let long = "conversation:default:U1".parse::<Room>();
        assert_eq!(
            long.map(|room| room.to_string()),
            Ok("conversation:U1".to_owned())
        );
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "U1",
            "conversation:",
            "conversation:a:b:c",
            "conversation:Shop:U1",
        ] {
            assert!(text.parse::<Room>().is_err(), "{text}");
        }
    }
}
