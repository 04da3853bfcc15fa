//! tmp
mod content;
pub(crate) mod lightbox;
