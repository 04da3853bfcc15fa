//! What a timer came to.

use crate::realtime::Publication;

/// What is to be told of it.
#[derive(Default)]
pub(super) struct Fired {
    /// Whether somebody has more or fewer chats than before.
    pub(super) moves_presence: bool,
    /// Whether something was written to the customer.
    pub(super) writes: bool,
    /// What the consoles are told.
    pub(super) publications: Vec<Publication>,
}
