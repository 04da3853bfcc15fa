//! Webhook bodies, read event by event, so that one event that nobody can read does not harm
//! its neighbours.
//!
//! LINE adds types, values and fields without notice: nothing unknown is an error here. Fields
//! that are required by LINE's files but not needed to understand an event are optional.

mod content;
mod event;
mod fields;
mod parse;
mod storable;

pub use content::{
    CardForm, ContentProvider, Emoji, ImageSet, Location, Media, Mention, Message, MessageContent,
    Sticker,
};
pub use event::{Event, EventKind, Mode, ModuleChange, Source};
pub use parse::{BodyError, EVENTS_MAX, Parsed, ParsedEvent, parse_body};
