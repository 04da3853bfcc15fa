//! The connection's logic without any input or output.

mod wire;

pub use wire::*;
