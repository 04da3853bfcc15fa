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
pub(crate) mod tests {
    use super::super::line_details::LineDetails;
    use super::super::message::{Direction, EventName, MediaState, Sender};
    use super::super::reading::read;
    use super::super::{MessageId, MessageStatus, Timestamp};
    use super::*;

    const KINDS: [MessageKind; 11] = [
        MessageKind::Text,
        MessageKind::Sticker,
        MessageKind::Image,
        MessageKind::Video,
        MessageKind::Audio,
        MessageKind::File,
        MessageKind::Location,
        MessageKind::Flex,
        MessageKind::Template,
        MessageKind::Unsupported,
        MessageKind::Event,
    ];

    /// Contents of every kind, whole and what is left of them, with this file.
    pub(crate) fn all<F: Clone>(file: &F) -> Vec<Content<F>> {
        let text = Some("some words".to_owned());
        let sticker = Sticker {
            package_id: "446".to_owned(),
            sticker_id: "1988".to_owned(),
            keywords: vec!["hello".to_owned()],
        };
        let location = Location {
            title: Some("Baan Silk".to_owned()),
            address: None,
            latitude: 13.75,
            longitude: 100.5,
        };
        let event = EventLine {
            name: EventName::Closed,
            operator: None,
            to: None,
            note: Some("refunded".to_owned()),
            detail: None,
        };
        let mut all = vec![
            Content::Text("สวัสดี <b>\r\n".to_owned()),
            Content::Text(String::new()),
            Content::Image(file.clone()),
            Content::Video(file.clone()),
            Content::Audio(file.clone()),
            Content::File(file.clone()),
            Content::Location(location),
        ];
        for text in [text, None] {
            all.extend([
                Content::Sticker {
                    sticker: sticker.clone(),
                    text: text.clone(),
                },
                Content::Flex(text.clone()),
                Content::Template(text.clone()),
                Content::Unsupported {
                    event: Some(event.clone()),
                    text: text.clone(),
                },
                Content::Unsupported {
                    event: None,
                    text: text.clone(),
                },
                Content::Event {
                    event: event.clone(),
                    text,
                },
            ]);
        }
        let rest = KINDS.map(|kind| Content::Rest { kind, text: None });
        // Of these kinds nothing is missing without words.
        let always_whole = [
            MessageKind::Flex,
            MessageKind::Template,
            MessageKind::Unsupported,
        ];
        all.extend(
            rest.into_iter()
                .filter(|rest| !always_whole.contains(&rest.kind())),
        );
        all
    }

    fn media() -> Media {
        Media {
            url: "/media/1".to_owned(),
            content_type: "image/jpeg".to_owned(),
            size: 12,
            name: Some("a.jpg".to_owned()),
            duration_ms: Some(7),
            state: MediaState::Ready,
        }
    }

    fn holding(content: Content) -> Message {
        let message = Message {
            id: MessageId(uuid::Uuid::from_u128(1)),
            client_id: None,
            direction: Direction::In,
            kind: MessageKind::Text,
            text: Some("something else".to_owned()),
            sticker: None,
            media: None,
            location: None,
            event: None,
            quote_message_id: None,
            quotes_unknown: false,
            line: LineDetails::default(),
            sender: Sender::system(),
            status: MessageStatus::Received,
            error: None,
            edited_at: None,
            created_at: Timestamp(1),
            placed_at: None,
            rev: 1,
        };
        message.with(content)
    }

    #[test]
    fn every_kind_is_among_them() {
        let all = all(&media());
        for kind in KINDS {
            assert!(all.iter().any(|content| content.kind() == kind), "{kind:?}");
        }
    }

    #[test]
    fn a_message_with_its_own_content_is_the_same_message() {
        for content in all(&media()) {
            let message = holding(content.clone());
            assert_eq!(message.content(), content);
            assert_eq!(message.clone().with(message.content()), message);
        }
    }

    #[test]
    fn every_content_comes_through_the_wire() {
        for content in all(&media()) {
            let message = holding(content.clone());
            let text = serde_json::to_string(&message).expect("JSON");
            let received: Message = read(&text).expect("a message");
            assert_eq!(received, message);
            assert_eq!(received.content(), content);
        }
    }

    #[test]
    fn another_file_changes_nothing_else() {
        for content in all(&media()) {
            let file = content.file().cloned();
            assert_eq!(content.clone().with_file(Some(7)).kind(), content.kind());
            assert_eq!(content.clone().with_file(Some(7)).with_file(file), content);
        }
        let lost: Content = Content::Image(7).with_file(None);
        let (kind, text) = (MessageKind::Image, None);
        assert_eq!(lost, Content::Rest { kind, text });
    }

    #[test]
    fn fields_of_other_kinds_do_not_count() {
        let mut message = holding(Content::Image(media()));
        message.kind = MessageKind::Unsupported;
        let (event, text) = (None, None);
        assert_eq!(message.content(), Content::Unsupported { event, text });
    }
}
