//! Everything between the socket and the components; no view code.
//!
//! Three layers: [`socket`](self) carries frames and decides nothing, [`engine`] decides and
//! touches nothing (sans-IO), [`store`] holds what components show. [`link`] joins them in the
//! browser; on the server it is empty and the store stays as it was rendered.

pub mod backoff;
pub mod clipboard;
mod clock;
pub mod console;
pub mod context;
pub mod engine;
pub(crate) mod files;
#[cfg(test)]
mod fixtures;
pub mod keyed_list;
mod link;
mod mentions;
pub mod order;
pub mod outbox;
mod persist;
pub mod reducer;
pub(crate) mod script;
pub mod signals;
#[cfg(feature = "hydrate")]
mod socket;
pub mod sorted_map;
pub mod store;
#[cfg(feature = "hydrate")]
mod tabs;

pub use console::{Console, SendRefused, may_take_back};
pub use context::{provide_console, use_console};
pub use keyed_list::KeyedList;
pub(crate) use persist::{recall, remember};
pub use sorted_map::SortedMap;
pub use store::{Connection, ListState, Store};
pub use store::{Entry, EntryKey, LocalState, OlderState, Thread};
pub use store::{Toast, ToastKind, ToastText};
