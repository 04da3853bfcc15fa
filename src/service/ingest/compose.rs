//! From LINE's vocabulary to Sala's: what a customer's message holds.

use crate::db::media::NewMedia;
use crate::line::card::Card;
use crate::line::webhook::{
    self, CardForm, ContentProvider, Emoji, Media, Mention, Message, MessageContent,
};
use crate::protocol::Content;
use crate::protocol::line_details::{LineCard, LineDetails, LineEmoji, LineImageSet, LineMention};
use crate::protocol::message::{EventLine, EventName, Location, MediaState, Sticker};
use crate::protocol::text::{is_blank, is_directional};

/// A customer's message in Sala's terms.
#[derive(Clone, Debug)]
pub(super) struct Composed {
    pub(super) content: Content<NewMedia>,
    pub(super) line: LineDetails,
}

impl From<Content<NewMedia>> for Composed {
    fn from(content: Content<NewMedia>) -> Self {
        let line = LineDetails::default();
        Self { content, line }
    }
}

/// Longest file name that is kept, in characters.
const NAME_MAX: usize = 200;

/// Most emoji and mentions that are kept of a text, beside its JSON. LINE has at most 20 mentions.
const DETAILS_MAX: usize = 200;

pub(super) fn compose(message: &Message) -> Composed {
    let line_id = &message.id;
    match &message.content {
        MessageContent::Text {
            text,
            emojis,
            mentions,
        } => Composed {
            content: Content::Text(text.clone()),
            line: of_text(emojis, mentions),
        },
        MessageContent::Image(media) => with_file(Content::Image, line_id, media),
        MessageContent::Video(media) => with_file(Content::Video, line_id, media),
        MessageContent::Audio(media) => with_file(Content::Audio, line_id, media),
        MessageContent::File {
            file_name,
            file_size,
        } => Composed::from(Content::File(NewMedia {
            line_message_id: line_id.clone(),
            state: MediaState::Pending,
            size: i64::try_from(*file_size).unwrap_or(i64::MAX),
            name: Some(shown_name(file_name)),
            duration_ms: None,
            external_url: None,
        })),
        MessageContent::Location(location) => Composed::from(Content::Location(Location {
            title: location.title.clone(),
            address: location.address.clone(),
            latitude: location.latitude,
            longitude: location.longitude,
        })),
        MessageContent::Sticker(sticker) => of_sticker(sticker),
        MessageContent::Card { form, card } => of_card(*form, card),
        MessageContent::Unsupported { type_name } => unsupported(type_name),
    }
}

fn of_sticker(sticker: &webhook::Sticker) -> Composed {
    let resource_type = sticker.sticker_resource_type.clone();
    Composed {
        content: Content::Sticker {
            sticker: Sticker {
                package_id: sticker.package_id.clone(),
                sticker_id: sticker.sticker_id.clone(),
                keywords: sticker.keywords.clone(),
            },
            text: sticker.text.clone(),
        },
        line: LineDetails {
            sticker_type: Some(resource_type).filter(|name| !name.is_empty()),
            ..LineDetails::default()
        },
    }
}

/// A card as what it says; in lists and notifications that is what LINE shows where it cannot show
/// the card.
fn of_card(form: CardForm, card: &Card) -> Composed {
    let text = card.alt.as_ref().or(card.lines.first()).cloned();
    let content = match form {
        CardForm::Flex => Content::Flex(text),
        CardForm::Template | CardForm::Imagemap => Content::Template(text),
    };
    let words = LineCard {
        lines: card.lines.clone(),
        buttons: card.buttons.clone(),
    };
    Composed {
        content,
        line: LineDetails {
            card: Some(words),
            ..LineDetails::default()
        },
    }
}

/// What a text has beside its words.
fn of_text(emojis: &[Emoji], mentions: &[Mention]) -> LineDetails {
    let emojis = emojis.iter().take(DETAILS_MAX).map(|emoji| LineEmoji {
        index: emoji.index,
        length: emoji.length,
        product_id: emoji.product_id.clone(),
        emoji_id: emoji.emoji_id.clone(),
    });
    let mentions = mentions
        .iter()
        .take(DETAILS_MAX)
        .map(|mention| LineMention {
            target: mention.target.clone(),
            index: mention.index,
            length: mention.length,
            user_id: mention.user_id.clone(),
            is_self: mention.is_self,
        });
    LineDetails {
        emojis: emojis.collect(),
        mentions: mentions.collect(),
        ..LineDetails::default()
    }
}

/// Something that Sala does not know: said so, with LINE's word for it, and its JSON kept.
pub(super) fn unsupported(type_name: &str) -> Composed {
    let detail = Some(type_name.to_owned()).filter(|name| !name.is_empty());
    Composed::from(Content::Unsupported {
        event: Some(EventLine {
            name: EventName::Other,
            operator: None,
            to: None,
            note: None,
            detail,
        }),
        text: None,
    })
}

fn with_file(kind: fn(NewMedia) -> Content<NewMedia>, line_id: &str, media: &Media) -> Composed {
    let (state, external_url) = match &media.provider {
        ContentProvider::Line => (MediaState::Pending, None),
        ContentProvider::External {
            original_url: Some(url),
            ..
        } if is_web(url) => (MediaState::External, Some(url.clone())),
        ContentProvider::External { .. } | ContentProvider::Unknown => (MediaState::Gone, None),
    };
    let image_set = media.image_set.as_ref().map(|set| LineImageSet {
        id: set.id.clone(),
        index: set.index,
        total: set.total,
    });
    Composed {
        content: kind(NewMedia {
            line_message_id: line_id.to_owned(),
            state,
            size: 0,
            name: None,
            duration_ms: media.duration_ms,
            external_url,
        }),
        line: LineDetails {
            image_set,
            ..LineDetails::default()
        },
    }
}

/// A link that may be shown: never `javascript:` and the like.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A customer's file name, for showing only: without folders, control characters and what turns
/// the direction of others.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_directional(*c))
        .take(NAME_MAX)
        .collect();
    if is_blank(&clean) {
        "file".to_owned()
    } else {
        clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_for_showing_only() {
        assert_eq!(shown_name("../../etc/ใบเสร็จ.pdf"), "ใบเสร็จ.pdf");
        assert_eq!(shown_name("C:\\x\\a\u{0}b.txt"), "ab.txt");
        assert_eq!(shown_name("dir/"), "file");
        assert_eq!(shown_name("\u{200b}\u{2060}"), "file");
        assert_eq!(shown_name("bill\u{202e}fdp.exe\u{2066}"), "billfdp.exe");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert!(is_web("https://example.com/a.jpg"));
        assert!(!is_web("javascript:alert(1)"));
    }
}
