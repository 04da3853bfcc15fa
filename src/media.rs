//! What a file is, by its bytes alone, and what has to be done to it before LINE gets it.
//!
//! Nothing here knows of chats, of storage or of time: bytes go in, bytes and facts come out.

pub mod form;
pub mod mp3;
pub mod mp4;
pub mod name;
pub mod picture;
pub mod scan;

pub use form::Form;
pub use scan::{Found, Scan};
