//! What people see: Leptos components, rendered on the server and hydrated in the browser.
//!
//! A folder per part of the screen; `components` knows nothing of the parts. Data and actions come
//! from [`crate::client`], texts from `words`, styles from `style/`, which mirrors these folders.

mod address;
mod app;
mod chat;
mod components;
#[cfg(feature = "ssr")]
mod connections;
mod contact;
mod field;
mod inbox;
mod keys;
mod live;
mod login;
mod page;
mod page_facts;
#[cfg(feature = "ssr")]
mod page_texts;
mod rail;
#[cfg(feature = "ssr")]
mod shell;
mod toasts;
mod words;

#[cfg(feature = "hydrate")]
pub(crate) use app::App;
#[cfg(feature = "ssr")]
pub(crate) use connections::connections_page;
#[cfg(feature = "ssr")]
pub(crate) use inbox::Place;
pub use page::Page;
pub use page_facts::Assets;
#[cfg(feature = "ssr")]
pub use shell::shell;
