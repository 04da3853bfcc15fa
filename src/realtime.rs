//! Who is connected, who looks at what, and how one event reaches all of them.
//!
//! The hub knows connections and frames, not use cases. A service commits, then publishes; a
//! publication that is lost on the way is repaired by `rev`.

mod connection;
mod frame;
mod gate;
mod hub;
pub mod limits;
mod roster;
mod sweep;

pub use connection::{Connection, Drained};
pub use frame::{Frame, encode, message_id};
pub use hub::{Audience, Hub, JoinRefused, Publication};
