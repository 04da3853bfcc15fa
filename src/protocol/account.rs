//! One's own account, as one sees and changes it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::preferences::{Appearance, ClockHours, Language, Preferences, SendWith};
use super::{OperatorId, Role, Timestamp};

/// An operator as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Who.
    pub id: OperatorId,
    /// As colleagues and customers read it.
    pub name: String,
    /// For signing in.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Where their picture is; it changes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture_url: Option<String>,
    /// How they want to see Sala.
    #[serde(flatten)]
    pub preferences: Preferences,
}

/// What is to change of a profile; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileChange {
    /// As colleagues and customers read it.
    pub name: Option<String>,
    /// As customers see it. Calls bring it as a text.
    #[serde(skip)]
    pub picture: Option<NewPicture>,
    /// Of the screen.
    pub language: Option<Language>,
    /// Light or dark.
    pub appearance: Option<Appearance>,
    /// How times are written.
    pub clock: Option<ClockHours>,
    /// How years are counted in Thai.
    pub buddhist_year: Option<bool>,
    /// How many seconds answers wait before they leave; 0 for none.
    pub delay_s: Option<u8>,
    /// Which keys send.
    pub send_with: Option<SendWith>,
    /// Whether letters alone do anything in the console.
    pub single_keys: Option<bool>,
}

/// The most bytes of a picture of oneself as it comes.
pub const PICTURE_MAX: usize = 5 << 20;

/// What becomes of one's picture.
#[derive(Clone, PartialEq, Eq)]
pub enum NewPicture {
    /// The one in this file, whatever it claims to be.
    File(Vec<u8>),
    /// There is none any more.
    None,
}

impl std::fmt::Debug for NewPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(bytes) => write!(f, "File({} bytes)", bytes.len()),
            Self::None => f.write_str("None"),
        }
    }
}

/// One of one's own log-ins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyLogin {
    /// Which.
    pub id: Uuid,
    /// Whether it is the one that asks.
    pub current: bool,
    /// From where it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Such as `Firefox`, if it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// Such as `Windows`, if it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub last_seen_at: Timestamp,
}

/// How many log-ins ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedLogins {
    /// All others that were still good.
    pub ended: u64,
}
