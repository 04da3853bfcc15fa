//! Who is connected, who looks at what, and how one event reaches all of them.
//!
//! The hub knows connections and frames, not use cases. A service commits, then publishes; a
//! publication that is lost on the way is repaired by `rev`. With several nodes `broker` carries
//! frames and attendance between them.

mod absence;
mod announcement;
mod attendance;
mod attention;
pub mod broker;
mod connection;
mod frame;
mod gate;
mod hand_out;
mod hub;
pub mod limits;
mod list_updates;
mod outlet;
mod peers;
mod publication;
mod roster;
mod sockets;
mod sweep;
mod tap;

pub use attention::Attending;
pub use broker::Broker;
pub use connection::Connection;
pub use frame::{Frame, encode};
pub use hub::{Hub, JoinRefused, TooManySockets};
pub use outlet::{Ending, Outlet};
pub use publication::{Audience, Publication};
pub use sockets::{Newcomer, Sockets, shared_by};
pub use tap::News;
