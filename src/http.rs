//! Transport: from HTTP to use cases and back.

pub mod assets;
pub mod media;
