//! Finding words in texts of every script: what matches what, how a search is read, where the marks
//! stand, and the index that says which texts are worth reading.
//!
//! All of it is pure. Texts are compared as [`fold`] makes them; the index holds, for each place of
//! a folded text, the three characters that begin there, as numbers ([`terms`]). A query of one or
//! two characters is a stretch of these numbers, one of more is several of them. Which texts have a
//! term is a list ([`postings`]); lists stand in [`blocks`], and the blocks of up to 16,384 texts
//! are a [`segment`]. What an index names is read and compared before anybody is shown it, so it may
//! name too much, never too little.

pub mod blocks;
pub mod fold;
pub mod marks;
pub mod postings;
pub mod query;
pub mod segment;
pub mod terms;

/// What can be found of one thing: its texts as they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl Words {
    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }
}

/// An index that says what it cannot: it is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;
