//! What the page about one's own account shows, and the names of its forms.

use uuid::Uuid;

use crate::protocol::Timestamp;
use crate::protocol::account::{MyLogin, Profile};
use crate::protocol::alerts::AlertSettings;

/// Names of the section's forms.
pub(crate) mod forms {
    /// Name and picture.
    pub(crate) const PROFILE: &str = "profile";
    /// No picture any more.
    pub(crate) const NO_PICTURE: &str = "no_picture";
    /// Language and look.
    pub(crate) const LOOK: &str = "look";
    /// How answers are sent.
    pub(crate) const SENDING: &str = "sending";
    /// What the keyboard does.
    pub(crate) const KEYS: &str = "keys";
    /// How one wants to be told of what happens.
    pub(crate) const ALERTS: &str = "alerts";
    /// A device is told no more.
    pub(crate) const PUSH_OFF: &str = "push_off";
    /// All devices are told something.
    pub(crate) const PUSH_TEST: &str = "push_test";
    /// Password.
    pub(crate) const PASSWORD: &str = "password";
    /// One log-in's end.
    pub(crate) const END: &str = "end";
    /// The end of all others.
    pub(crate) const END_OTHERS: &str = "end_others";
}

/// What is told after a form, by the name that its flash has.
pub(crate) mod told {
    /// The name is another one.
    pub(crate) const NAME: &str = "name";
    /// The picture is another one.
    pub(crate) const PICTURE: &str = "picture";
    /// There is no picture any more.
    pub(crate) const NO_PICTURE: &str = "no_picture";
    /// Language and look are others.
    pub(crate) const LOOK: &str = "look";
    /// Answers are sent in another way.
    pub(crate) const SENDING: &str = "sending";
    /// Keys do something else.
    pub(crate) const KEYS: &str = "keys";
    /// One is told of what happens in another way.
    pub(crate) const ALERTS: &str = "alerts";
    /// A device is told no more.
    pub(crate) const PUSH_OFF: &str = "push_off";
    /// A test is on its way; to how many devices.
    pub(crate) const PUSH_TEST: &str = "push_test";
    /// The password is another one; with how many log-ins ended.
    pub(crate) const PASSWORD: &str = "password";
    /// A log-in ended.
    pub(crate) const ENDED: &str = "ended";
    /// All others ended; with how many.
    pub(crate) const OTHERS: &str = "others";
}

/// What the page shows.
pub(crate) struct Account {
    /// Who reads.
    pub profile: Profile,
    /// How they want to be told of what happens.
    pub alerts: AlertSettings,
    /// Devices that are told while no console is open.
    pub devices: Vec<PushDevice>,
    /// Whether Apple takes what we sign.
    pub reaches_iphones: bool,
    /// Their log-ins, this one first.
    pub logins: Vec<MyLogin>,
    /// Days after which an unused log-in ends, and after which any does.
    pub ends_after_days: [i64; 2],
    /// When this is.
    pub now: Timestamp,
}

/// A device that is told while no console is open.
pub(crate) struct PushDevice {
    /// Which.
    pub id: Uuid,
    /// Whether it is the one that asks.
    pub current: bool,
    /// What it calls itself.
    pub name: String,
    /// Whether Sala is installed there.
    pub installed: bool,
    /// Such as `Firefox`.
    pub browser: Option<String>,
    /// Such as `Windows`.
    pub system: Option<String>,
    /// When its push service last took something.
    pub last_success_at: Option<Timestamp>,
    /// When it last did not.
    pub last_error_at: Option<Timestamp>,
    /// Why.
    pub last_error: Option<String>,
}

impl PushDevice {
    /// Whether one holds it in a hand.
    pub(super) fn is_hand_held(&self) -> bool {
        let system = self.system.as_deref().unwrap_or_default();
        let hand_held = ["Android", "iPhone", "iPad", "iOS"];
        hand_held.iter().any(|name| system.contains(name))
    }
}

impl Account {
    /// Beside the section's name.
    pub(in crate::ui::settings) fn lead(&self) -> String {
        format!("{} · {}", self.profile.name, self.profile.email)
    }
}
