//! What a message holds. On the wire and in the database that is a kind and a few fields of which
//! each kind has its own; which has which is said here, and nowhere else.

use super::Message;
use super::message::{EventLine, Location, Media, MessageKind, Sticker};

/// What a message holds; `F` is what is known of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<F = Media> {
    /// Words.
    Text(String),
    /// One of LINE's stickers, with the words on it.
    Sticker {
        /// Which.
        sticker: Sticker,
        /// Where it has some.
        text: Option<String>,
    },
    /// A picture.
    Image(F),
    /// A film.
    Video(F),
    /// A sound.
    Audio(F),
    /// Any other file.
    File(F),
    /// A place.
    Location(Location),
    /// LINE's free layout, as words.
    Flex(Option<String>),
    /// LINE's buttons, confirm, carousel, as words.
    Template(Option<String>),
    /// Something that Sala does not know.
    Unsupported {
        /// With LINE's word for it.
        event: Option<EventLine>,
        /// In words.
        text: Option<String>,
    },
    /// Something that happened.
    Event {
        /// To be put into the reader's words.
        event: EventLine,
        /// A plain English sentence for programs.
        text: Option<String>,
    },
    /// What is left of the kind: its customer took it back, or the rest cannot be read.
    Rest {
        /// What it was.
        kind: MessageKind,
        /// Its words, if they are left.
        text: Option<String>,
    },
}

/// The fields of which each kind has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts<F = Media> {
    /// What it holds.
    pub kind: MessageKind,
    /// Words.
    pub text: Option<String>,
    /// On stickers.
    pub sticker: Option<Sticker>,
    /// On images, videos, sounds and files.
    pub file: Option<F>,
    /// On locations.
    pub location: Option<Location>,
    /// On events.
    pub event: Option<EventLine>,
}

impl<F> Content<F> {
    /// The kind.
    pub const fn kind(&self) -> MessageKind {
        match self {
            Self::Text(_) => MessageKind::Text,
            Self::Sticker { .. } => MessageKind::Sticker,
            Self::Image(_) => MessageKind::Image,
            Self::Video(_) => MessageKind::Video,
            Self::Audio(_) => MessageKind::Audio,
            Self::File(_) => MessageKind::File,
            Self::Location(_) => MessageKind::Location,
            Self::Flex(_) => MessageKind::Flex,
            Self::Template(_) => MessageKind::Template,
            Self::Unsupported { .. } => MessageKind::Unsupported,
            Self::Event { .. } => MessageKind::Event,
            Self::Rest { kind, .. } => *kind,
        }
    }

    /// The file.
    pub const fn file(&self) -> Option<&F> {
        match self {
            Self::Image(file) | Self::Video(file) | Self::Audio(file) | Self::File(file) => {
                Some(file)
            }
            Self::Text(_)
            | Self::Sticker { .. }
            | Self::Location(_)
            | Self::Flex(_)
            | Self::Template(_)
            | Self::Unsupported { .. }
            | Self::Event { .. }
            | Self::Rest { .. } => None,
        }
    }

    /// The same with another `file`; a kind of file without one is what is left of it.
    pub fn with_file<G>(self, file: Option<G>) -> Content<G> {
        let Parts {
            kind,
            text,
            sticker,
            location,
            event,
            ..
        } = Parts::from(self);
        Content::from(Parts {
            kind,
            text,
            sticker,
            file,
            location,
            event,
        })
    }
}

impl<F> From<Content<F>> for Parts<F> {
    fn from(content: Content<F>) -> Self {
        let mut parts = Self {
            kind: content.kind(),
            text: None,
            sticker: None,
            file: None,
            location: None,
            event: None,
        };
        match content {
            Content::Text(text) => parts.text = Some(text),
            Content::Sticker { sticker, text } => {
                (parts.sticker, parts.text) = (Some(sticker), text);
            }
            Content::Image(file)
            | Content::Video(file)
            | Content::Audio(file)
            | Content::File(file) => parts.file = Some(file),
            Content::Location(location) => parts.location = Some(location),
            Content::Flex(text) | Content::Template(text) | Content::Rest { text, .. } => {
                parts.text = text;
            }
            Content::Unsupported { event, text } => (parts.event, parts.text) = (event, text),
            Content::Event { event, text } => (parts.event, parts.text) = (Some(event), text),
        }
        parts
    }
}

impl<F> From<Parts<F>> for Content<F> {
    fn from(parts: Parts<F>) -> Self {
        let Parts {
            kind,
            text,
            sticker,
            file,
            location,
            event,
        } = parts;
        let whole = match kind {
            MessageKind::Text => return text.map_or(Self::Rest { kind, text: None }, Self::Text),
            MessageKind::Flex => return Self::Flex(text),
            MessageKind::Template => return Self::Template(text),
            MessageKind::Unsupported => return Self::Unsupported { event, text },
            MessageKind::Sticker => sticker.map(|sticker| Self::Sticker {
                sticker,
                text: text.clone(),
            }),
            MessageKind::Event => event.map(|event| Self::Event {
                event,
                text: text.clone(),
            }),
            MessageKind::Image => file.map(Self::Image),
            MessageKind::Video => file.map(Self::Video),
            MessageKind::Audio => file.map(Self::Audio),
            MessageKind::File => file.map(Self::File),
            MessageKind::Location => location.map(Self::Location),
        };
        whole.unwrap_or(Self::Rest { kind, text })
    }
}

impl Message {
    /// What it holds.
    pub fn content(&self) -> Content {
        Content::from(Parts {
            kind: self.kind,
            text: self.text.clone(),
            sticker: self.sticker.clone(),
            file: self.media.clone(),
            location: self.location.clone(),
            event: self.event.clone(),
        })
    }

    /// The message holding `content` instead.
    #[must_use]
    pub fn with(self, content: Content) -> Self {
        let parts = Parts::from(content);
        Self {
            kind: parts.kind,
            text: parts.text,
            sticker: parts.sticker,
            media: parts.file,
            location: parts.location,
            event: parts.event,
            ..self
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
