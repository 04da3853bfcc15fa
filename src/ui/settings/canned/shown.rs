//! What the page about canned replies shows, and the names of its forms.

use crate::protocol::CannedReply;
use crate::ui::settings::listing::{Found, Listing};

/// Names of the section's forms.
pub(crate) mod forms {
    /// Another reply.
    pub(crate) const ADD: &str = "add";
    /// Another text for one that there is.
    pub(crate) const EDIT: &str = "edit";
    /// The end of one.
    pub(crate) const DELETE: &str = "delete";
    /// Many, from a file.
    pub(crate) const IMPORT: &str = "import";
    /// Who may change shared ones.
    pub(crate) const RULE: &str = "rule";
}

/// What is told after a form, by the name that its flash has.
pub(crate) mod told {
    /// One was added; its shortcut.
    pub(crate) const ADDED: &str = "added";
    /// One was changed; its shortcut.
    pub(crate) const CHANGED: &str = "changed";
    /// One was deleted; its shortcut.
    pub(crate) const DELETED: &str = "deleted";
    /// A file was imported; how many were added, and how many changed.
    pub(crate) const IMPORTED: &str = "imported";
    /// Who may change shared ones was saved.
    pub(crate) const RULE: &str = "rule";
}

/// For whom a reply is, as forms say it.
pub(crate) mod whose {
    /// The team's.
    pub(crate) const SHARED: &str = "shared";
    /// One's own.
    pub(crate) const MINE: &str = "mine";
}

/// What the page shows.
pub(crate) struct Canned {
    /// Whether the reader may change what the team shares.
    pub shares: bool,
    /// Whether operators may, and the version of that; for administrators.
    pub rule: Option<(bool, i64)>,
    /// Which part of the list.
    pub listing: Listing,
    /// That part.
    pub found: Found<CannedReply>,
    /// How many the team shares, and how many are the reader's own.
    pub counts: [usize; 2],
    /// All headings that there are.
    pub categories: Vec<String>,
    /// What of it is open.
    pub opened: Opened,
}

/// What of the page is open, by its address or because a form was refused.
pub(crate) enum Opened {
    /// Nothing.
    Nothing,
    /// The card with a reply.
    Edit(CannedReply),
    /// The question before a reply is deleted.
    Delete(CannedReply),
}

impl Canned {
    /// A dialog is to be left by a key.
    pub(in crate::ui::settings) fn needs_script(&self) -> bool {
        matches!(self.opened, Opened::Delete(_))
    }

    /// Whether the reader may change this reply.
    pub(super) fn may_change(&self, reply: &CannedReply) -> bool {
        self.shares || !reply.shared
    }
}
