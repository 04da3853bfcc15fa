//! The front door: which page an address names, who may see it, and what it shows first.

mod address;
mod console_place;
#[cfg(feature = "ssr")]
mod narrowing;
mod page;
mod page_facts;
#[cfg(feature = "ssr")]
mod place;

pub(crate) use address::Address;
pub(crate) use console_place::ConsolePlace;
#[cfg(feature = "ssr")]
pub(crate) use narrowing::filter_of;
#[cfg(feature = "ssr")]
pub(crate) use page::ELEMENT;
pub use page::Page;
pub use page_facts::Assets;
pub(crate) use page_facts::{PageFacts, Theme, set_cookie};
#[cfg(feature = "ssr")]
pub(crate) use place::{Door, Place, RailEntry};
