//! What the page about tags shows, and the names of its forms.

use crate::protocol::tag::UsedTag;
use crate::ui::settings::listing::{Found, Listing};

/// Names of the section's forms.
pub(crate) mod forms {
    /// Another tag.
    pub(crate) const ADD: &str = "add";
    /// Another name or colour.
    pub(crate) const EDIT: &str = "edit";
    /// The end of one.
    pub(crate) const DELETE: &str = "delete";
    /// Who may change tags.
    pub(crate) const RULE: &str = "rule";
}

/// What is told after a form, by the name that its flash has. All but the last are about a name.
pub(crate) mod told {
    /// One was added.
    pub(crate) const ADDED: &str = "added";
    /// One was changed.
    pub(crate) const CHANGED: &str = "changed";
    /// One was deleted.
    pub(crate) const DELETED: &str = "deleted";
    /// Who may change tags was saved.
    pub(crate) const RULE: &str = "rule";
}

/// What the page shows.
pub(crate) struct Tags {
    /// Whether operators may change tags, and the version of that; for administrators.
    pub rule: Option<(bool, i64)>,
    /// Which part of the list.
    pub listing: Listing,
    /// That part.
    pub found: Found<UsedTag>,
    /// How many there are.
    pub count: usize,
    /// What of it is open.
    pub opened: Opened,
}

/// What of the page is open, by its address or because a form was refused.
pub(crate) enum Opened {
    /// Nothing.
    Nothing,
    /// The card with a tag.
    Edit(UsedTag),
    /// The question before a tag is deleted.
    Delete(UsedTag),
}

impl Tags {
    /// A dialog is to be left by a key.
    pub(in crate::ui::settings) fn needs_script(&self) -> bool {
        matches!(self.opened, Opened::Delete(_))
    }
}
