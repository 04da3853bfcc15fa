//! The index of what can be searched: what there is to find ([`findable`]), what is in no segment
//! yet ([`tail`]), the segments and their blocks ([`index`]), and putting them right when a text
//! changes ([`change`]). Texts from before the index come in piece by piece ([`fill`]). Tags are in no
//! segment ([`tagged`]).
//!
//! Whoever changes segments holds the corpus' row of `search_state` until its end, so one does at a
//! time; whoever reads sees a snapshot and waits for nobody.

mod change;
mod fill;
mod findable;
mod index;
mod tagged;
mod tail;

pub use change::Standing;
pub use fill::{Fill, IndexState};
pub(super) use findable::hex_list;
pub use findable::{Findable, FoundLine};
pub use index::{BlockOf, SegmentRow};

use crate::db::DbError;
use crate::search::Damaged;

/// What is searched by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corpus {
    /// Customers and groups, by their names.
    Contacts,
    /// Messages and notes, by their words and the names of their files.
    Messages,
}

impl Corpus {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Contacts, Self::Messages];

    /// As it is stored.
    const fn number(self) -> i64 {
        match self {
            Self::Contacts => 0,
            Self::Messages => 1,
        }
    }
}

/// What is said where the index cannot be read.
fn damaged(_: Damaged) -> DbError {
    DbError::Row {
        table: "search_blocks",
        why: "it is not of the form of a block".to_owned(),
    }
}
