//! Every content, through the wire and back.

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
        preview_url: Some("/media/1/preview".to_owned()),
        width: Some(640),
        height: Some(480),
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
        mentions: Vec::new(),
        quotable: false,
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
