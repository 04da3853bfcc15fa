//! Transport: from HTTP to use cases and back.

pub mod media;
