//! One line of words for any message, for lists, quotes and titles.

use crate::protocol::message::{Direction, EventLine, EventName, MessageKind, MessageStatus};
use crate::protocol::text::isolated;
use crate::protocol::{Contact, ContactKind, Message, OperatorId};
use crate::ui::i18n::{Texts, fill};

/// What the message says, without who says it.
pub(crate) fn words(texts: &Texts, message: &Message, contact: &str) -> String {
    if message.status == MessageStatus::Unsent {
        return texts.unsent.to_owned();
    }
    let text = || message.text.clone().filter(|text| !text.is_empty());
    let named = |kind: &str, name: Option<String>| match name {
        Some(name) if !name.is_empty() => format!("{kind} · {}", isolated(&name)),
        _ => kind.to_owned(),
    };
    match message.kind {
        MessageKind::Text => text().unwrap_or_default(),
        MessageKind::Sticker => {
            let keyword = message
                .sticker
                .as_ref()
                .and_then(|sticker| sticker.keywords.first().cloned());
            named(texts.sticker, keyword)
        }
        MessageKind::Image => texts.photo.to_owned(),
        MessageKind::Video => texts.video.to_owned(),
        MessageKind::Audio => texts.audio.to_owned(),
        MessageKind::File => {
            let name = message.media.as_ref().and_then(|media| media.name.clone());
            named(texts.file, name)
        }
        MessageKind::Location => {
            let title = message
                .location
                .as_ref()
                .and_then(|place| place.title.clone());
            named(texts.location, title)
        }
        MessageKind::Flex | MessageKind::Template => {
            text().unwrap_or_else(|| texts.card.to_owned())
        }
        MessageKind::Unsupported => unknown(texts, message),
        MessageKind::Event => message
            .event
            .as_ref()
            .map(|event| event_words(texts, event, contact))
            .or_else(text)
            .unwrap_or_default(),
    }
}

/// The words for a kind that Sala does not know, with LINE's name for it.
pub(crate) fn unknown(texts: &Texts, message: &Message) -> String {
    match message.text.as_deref() {
        Some(name) if !name.is_empty() => fill(texts.unknown_kind_named, &[name]),
        _ => texts.unknown_kind.to_owned(),
    }
}

/// The list's third line: who and what.
pub(crate) fn preview(
    texts: &Texts,
    message: &Message,
    contact: &Contact,
    me: OperatorId,
) -> String {
    let words = words(texts, message, &contact.display_name);
    let mine = message.sender.id.as_deref() == Some(me.to_string().as_str());
    match message.direction {
        // A button that a customer pressed says itself who pressed it.
        _ if message.kind == MessageKind::Event => words,
        Direction::Note => fill(texts.note_said, &[&words]),
        Direction::Out if mine => fill(texts.you_said, &[&words]),
        Direction::Out => fill(texts.said, &[&message.sender.name, &words]),
        Direction::In if contact.kind != ContactKind::User => {
            fill(texts.said, &[&message.sender.name, &words])
        }
        // Our own sentences keep names apart already.
        Direction::In if message.kind == MessageKind::Text => isolated(&words).into_owned(),
        Direction::In | Direction::System => words,
    }
}

/// A system line in the reader's language.
pub(crate) fn event_words(texts: &Texts, event: &EventLine, contact: &str) -> String {
    let operator = event
        .operator
        .as_ref()
        .map_or(texts.somebody, |operator| operator.name.as_str());
    let other = event.to.as_ref().map(|operator| operator.name.as_str());
    let detail = event.detail.as_deref().unwrap_or_default();
    let member = event.detail.as_deref().unwrap_or(texts.somebody);
    let mut line = match (event.name, other) {
        (EventName::Followed, _) => fill(texts.ev_followed, &[contact]),
        (EventName::Unfollowed, _) => fill(texts.ev_unfollowed, &[contact]),
        (EventName::Joined, _) => texts.ev_joined.to_owned(),
        (EventName::Left, _) => texts.ev_left.to_owned(),
        (EventName::MemberJoined, _) => fill(texts.ev_member_joined, &[member]),
        (EventName::MemberLeft, _) => fill(texts.ev_member_left, &[member]),
        (EventName::Postback, _) => fill(texts.ev_postback, &[contact, detail]),
        (EventName::Claimed, _) | (EventName::TakenOver, None) => {
            fill(texts.ev_claimed, &[operator])
        }
        (EventName::TakenOver, Some(other)) => fill(texts.ev_taken_over, &[operator, other]),
        (EventName::Transferred, Some(other)) => fill(texts.ev_transferred, &[operator, other]),
        (EventName::Transferred, None) => fill(texts.ev_to_queue, &[operator]),
        (EventName::Closed, _) => fill(texts.ev_closed, &[operator]),
        (EventName::Reopened, _) => fill(texts.ev_reopened, &[operator]),
        (EventName::GivenBack, _) => fill(texts.ev_given_back, &[operator]),
        (EventName::Other, _) => fill(texts.ev_other, &[detail]),
    };
    if let Some(note) = event.note.as_deref().filter(|note| !note.is_empty()) {
        line.push_str(&fill(texts.ev_note, &[note]));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::OperatorRef;
    use crate::ui::i18n::Lang;

    fn transferred(to: Option<&str>) -> EventLine {
        let operator = |name: &str| OperatorRef {
            id: OperatorId(uuid::Uuid::nil()),
            name: name.to_owned(),
        };
        EventLine {
            name: EventName::Transferred,
            operator: Some(operator("Mali")),
            to: to.map(operator),
            note: Some("refund".to_owned()),
            detail: None,
        }
    }

    #[test]
    fn transfers_name_their_target() {
        let en = Lang::En.texts();
        assert_eq!(
            event_words(en, &transferred(Some("Ken")), "x"),
            "Mali passed this chat to Ken: “refund”"
        );
        assert_eq!(
            event_words(en, &transferred(None), "x"),
            "Mali sent this chat back to the queue: “refund”"
        );
    }
}
