//! What LINE is asked for in the background, since it is never called while it waits for a
//! webhook's answer: customers' files and everybody's names.

mod media;
mod profiles;
mod room;
mod shared;
mod sniff;
mod worker;

pub use worker::Fetcher;
