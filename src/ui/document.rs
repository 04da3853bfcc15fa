//! Pages that are documents: rendered on the server, readable and usable without script, and at no
//! cost to the console's wasm. Server only.

mod field_error;
mod languages;
mod notice;
mod rail;
mod role;
mod texts;
mod whole;

pub(crate) use field_error::field_error;
pub(crate) use languages::languages;
pub(crate) use notice::{Notice, Said, notice_page, one_thing};
pub(crate) use rail::{Frame, rail};
pub(crate) use role::role_word;
pub(crate) use whole::{Document, render};
