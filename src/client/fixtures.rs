//! Small examples for the client's tests.

use uuid::Uuid;

use super::Store;
use crate::protocol::message::{Direction, MessageKind, SendMessage, Sender, SenderType};
use crate::protocol::preferences::KeyHabits;
use crate::protocol::{
    ChannelName, ClientId, ConsoleStart, Contact, ContactKind, Conversation, ConversationPage,
    Counts, Message, MessageId, MessageStatus, Mode, Operator, OperatorId, Presence, Role, Room,
    Session, SessionId, SessionStatus, Tab, Timestamp,
};

pub(super) fn room(name: &str) -> Room {
    format!("conversation:{name}").parse().expect("a room")
}

pub(super) fn operator(number: u128, name: &str) -> Operator {
    Operator {
        id: OperatorId(Uuid::from_u128(number)),
        name: name.to_owned(),
        role: Role::Operator,
        status: Presence::Online,
    }
}

pub(super) fn line(number: u128, rev: i64) -> Message {
    Message {
        id: MessageId(Uuid::from_u128(number)),
        client_id: None,
        direction: Direction::In,
        kind: MessageKind::Text,
        text: Some(format!("line {number}")),
        sticker: None,
        media: None,
        location: None,
        event: None,
        quote_message_id: None,
        sender: Sender {
            kind: SenderType::Customer,
            id: None,
            name: "Nok".to_owned(),
        },
        status: MessageStatus::Received,
        error: None,
        edited_at: None,
        created_at: Timestamp(i64::try_from(number).expect("small")),
        placed_at: None,
        quotes_unknown: false,
        mentions: Vec::new(),
        quotable: false,
        line: crate::protocol::line_details::LineDetails::default(),
        rev,
    }
}

pub(super) fn own_line(number: u128, rev: i64, draft: &SendMessage) -> Message {
    Message {
        client_id: Some(draft.client_id),
        direction: Direction::Out,
        text: draft.text.clone(),
        status: MessageStatus::Queued,
        ..line(number, rev)
    }
}

pub(super) fn draft(room: &Room, number: u128) -> SendMessage {
    SendMessage {
        room: room.clone(),
        client_id: ClientId(Uuid::from_u128(number)),
        text: Some(format!("own {number}")),
        sticker: None,
        media_id: None,
        note: None,
        quote_message_id: None,
        delay_s: None,
        canned_id: None,
        mentions: Vec::new(),
    }
}

pub(super) fn conversation(room: &Room, rev: i64) -> Conversation {
    Conversation {
        room: room.clone(),
        channel: ChannelName::default(),
        contact: Contact {
            line_user_id: room.contact().clone(),
            kind: ContactKind::User,
            display_name: "Nok".to_owned(),
            name: None,
            picture_url: None,
            status_message: None,
            language: None,
            members: None,
            blocked: false,
        },
        mode: Mode::Human,
        session: Some(session(SessionStatus::Waiting)),
        unread: 0,
        waiting_since: None,
        snoozed_until: None,
        targets: None,
        last_message: None,
        standby: false,
        free_reply_until: None,
        tags: Vec::new(),
        updated_at: Timestamp(0),
        rev,
    }
}

pub(super) fn session(status: SessionStatus) -> Session {
    Session {
        id: SessionId(Uuid::from_u128(1)),
        status,
        operator: None,
        opened_at: Timestamp(0),
        claimed_at: None,
        first_response_at: None,
        closed_at: None,
        #[cfg(feature = "ssr")]
        csat: None,
    }
}

/// A console's state with these conversations; call it under an owner.
pub(super) fn store(conversations: Vec<Conversation>) -> Store {
    Store::new(ConsoleStart {
        me: operator(7, "Mali"),
        now: Timestamp(0),
        tab: Tab::Waiting,
        page: ConversationPage {
            conversations,
            next: None,
            counts: Counts::default(),
            quotas: Vec::new(),
        },
        narrowed: None,
        thread: None,
        presence: Vec::new(),
        connected_channel: true,
        simulator: false,
        delay_s: 0,
        sends_files: true,
        keys: KeyHabits::default(),
    })
}
