//! What the page about one's own account shows, and the names of its forms.

use crate::protocol::Timestamp;
use crate::protocol::account::{MyLogin, Profile};

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
    /// Their log-ins, this one first.
    pub logins: Vec<MyLogin>,
    /// Days after which an unused log-in ends, and after which any does.
    pub ends_after_days: [i64; 2],
    /// When this is.
    pub now: Timestamp,
}

impl Account {
    /// Beside the section's name.
    pub(in crate::ui::settings) fn lead(&self) -> String {
        format!("{} · {}", self.profile.name, self.profile.email)
    }
}
