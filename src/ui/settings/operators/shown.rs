//! What the page about operators shows, and the names of its forms.

use crate::protocol::team::{TeamList, TeamMember};
use crate::protocol::{OperatorId, Role, Timestamp};
use crate::ui::settings::MadeLink;

/// Names of the section's forms.
pub(crate) mod forms {
    /// Somebody new, by a link.
    pub(crate) const INVITE: &str = "invite";
    /// Name and role.
    pub(crate) const EDIT: &str = "edit";
    /// No more signing in.
    pub(crate) const DISABLE: &str = "disable";
    /// Signing in again.
    pub(crate) const ENABLE: &str = "enable";
    /// Another password, by a link.
    pub(crate) const RESET: &str = "reset";
    /// The end of a link.
    pub(crate) const WITHDRAW: &str = "withdraw";
}

/// What is told after a form, by the name that its flash has. All but the last are about a name.
pub(crate) mod told {
    /// Somebody is invited.
    pub(crate) const INVITED: &str = "invited";
    /// There is a link for another password.
    pub(crate) const LINK: &str = "link";
    /// Another name or role.
    pub(crate) const CHANGED: &str = "changed";
    /// Disabled; and the name of who has the chats, if anybody.
    pub(crate) const DISABLED: &str = "disabled";
    /// Enabled.
    pub(crate) const ENABLED: &str = "enabled";
    /// A link was withdrawn.
    pub(crate) const WITHDRAWN: &str = "withdrawn";
}

/// Who gets the chats of somebody who is disabled, as the form says it.
pub(crate) mod chats {
    /// They wait again.
    pub(crate) const QUEUE: &str = "queue";
    /// A colleague has them.
    pub(crate) const COLLEAGUE: &str = "colleague";
}

/// The roles, by the names that forms give them.
pub(super) const ROLES: [(&str, Role); 3] = [
    ("operator", Role::Operator),
    ("supervisor", Role::Supervisor),
    ("admin", Role::Admin),
];

/// The role of this name.
pub(crate) fn role_named(name: &str) -> Option<Role> {
    let found = ROLES.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, role)| role)
}

/// The name of this role in a form.
pub(super) fn name_of(role: Role) -> &'static str {
    let found = ROLES.into_iter().find(|(_, known)| *known == role);
    found.map_or("", |(name, _)| name)
}

/// What the page shows.
pub(crate) struct Operators {
    /// Who reads.
    pub me: OperatorId,
    /// Whether they may change anything here.
    pub manages: bool,
    /// The team and who is invited.
    pub team: TeamList,
    /// What of it is open.
    pub opened: Opened,
    /// A link that was made just now.
    pub made: Option<MadeLink>,
    /// When this is.
    pub now: Timestamp,
}

/// What of the page is open, by its address or because a form was refused.
pub(crate) enum Opened {
    /// Nothing.
    Nothing,
    /// The card with somebody's name and role.
    Edit(OperatorId),
    /// The question before somebody is disabled.
    Disable(Leaving),
}

/// Somebody who may be disabled.
pub(crate) struct Leaving {
    /// Who.
    pub id: OperatorId,
    /// The first of their chats.
    pub chats: Vec<OpenChat>,
}

/// A chat that somebody has.
pub(crate) struct OpenChat {
    /// The customer's name.
    pub name: String,
    /// What LINE says of their language.
    pub language: Option<String>,
    /// Since when they wait for an answer.
    pub waiting_since: Option<Timestamp>,
}

impl Operators {
    /// Of the team.
    pub(super) fn member(&self, id: OperatorId) -> Option<&TeamMember> {
        self.team.operators.iter().find(|member| member.id == id)
    }

    /// Who may sign in, by name.
    pub(super) fn active(&self) -> impl Iterator<Item = &TeamMember> {
        let all = self.team.operators.iter();
        all.filter(|member| member.disabled_at.is_none())
    }

    /// A link for another password is to be copied and a dialog to be left by a key.
    pub(in crate::ui::settings) fn needs_script(&self) -> bool {
        self.made.is_some() || matches!(self.opened, Opened::Disable(_))
    }
}
