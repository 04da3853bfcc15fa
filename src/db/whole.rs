//! The database as a whole: copied, put back from a copy, moved to the other kind.

pub mod backup;
pub mod relocate;
mod restored;

pub use self::restored::Settled;
