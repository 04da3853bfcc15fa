//! What is wrong with one field of a form or call, for programs and for pages in any language.

use serde::{Deserialize, Serialize};

/// Why the value of a field is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There is nothing in it.
    Missing,
    /// It has too few characters.
    TooShort,
    /// It has too many characters.
    TooLong,
    /// It is a file of too many bytes or pixels.
    TooLarge,
    /// Too many people have this password.
    Common,
    /// It is not what is kept.
    Wrong,
    /// Somebody else has it.
    Taken,
    /// It has characters that cannot be seen, or that turn others around.
    Unseen,
    /// It names nobody and nothing, or somebody who cannot be chosen.
    Unknown,
    /// It would leave nobody who administers.
    LastAdmin,
    /// It is about whoever asks, and nobody does that to themself.
    Oneself,
    /// This Sala does not do that yet.
    Unsupported,
    /// It is not of the form that such a value has.
    #[serde(other)]
    Malformed,
}
