//! How many chats a rule gives one operator.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The most that may be said of it.
const MAX_CAPACITY: u32 = 1_000;

/// The word for the team's number.
const TEAM: &str = "team";

/// How many chats an operator has before a rule gives them no more: a number, or `"team"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capacity {
    /// As the team's rule says.
    #[default]
    Team,
    /// This one's own, 1 to 1,000.
    Own(u32),
}

impl Capacity {
    /// Their own number, or the team's.
    pub fn of(own: Option<u32>) -> Self {
        own.map_or(Self::Team, Self::Own)
    }

    /// Their own number, if they have one.
    pub fn own(self) -> Option<u32> {
        match self {
            Self::Team => None,
            Self::Own(number) => Some(number),
        }
    }

    /// Whether it may be kept.
    pub fn is_possible(self) -> bool {
        self.own()
            .is_none_or(|number| (1..=MAX_CAPACITY).contains(&number))
    }
}

impl Serialize for Capacity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Team => serializer.serialize_str(TEAM),
            Self::Own(number) => serializer.serialize_u32(*number),
        }
    }
}

impl<'de> Deserialize<'de> for Capacity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Said {
            Number(u32),
            Word(String),
        }
        match Said::deserialize(deserializer)? {
            Said::Number(number) => Ok(Self::Own(number)),
            Said::Word(word) if word == TEAM => Ok(Self::Team),
            Said::Word(_) => Err(D::Error::custom("a number of chats, or \"team\"")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_or_the_word_is_read_and_nothing_else() {
        for (said, meant) in [
            (json!(4), Capacity::Own(4)),
            (json!("team"), Capacity::Team),
        ] {
            assert_eq!(
                serde_json::from_value::<Capacity>(said.clone()).ok(),
                Some(meant)
            );
            assert_eq!(serde_json::to_value(meant).ok(), Some(said));
        }
        for wrong in [json!("many"), json!(-1), json!(1.5), json!(null), json!([])] {
            assert!(
                serde_json::from_value::<Capacity>(wrong.clone()).is_err(),
                "{wrong}"
            );
        }
        for (number, possible) in [(0, false), (1, true), (1_000, true), (1_001, false)] {
            assert_eq!(Capacity::Own(number).is_possible(), possible, "{number}");
        }
    }
}
