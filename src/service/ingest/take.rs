//! One event: find its conversation, write what it says, remember that it was taken.

use super::ChannelRef;
use super::compose::{Composed, compose, unsupported};
use crate::db::contacts::KnownContact;
use crate::db::messages::NewMessage;
use crate::db::{Conn, DbError};
use crate::line::webhook::{Event, EventKind, Message, MessageContent, Mode, ParsedEvent, Source};
use crate::protocol::message::{Direction, EventLine, EventName, MessageKind, Sender, SenderType};
use crate::protocol::{
    ContactKind, ConversationId, LineId, MessageId, MessageStatus, Room, SessionId, Timestamp,
};
use crate::realtime::Publication;
use crate::service::change::{
    SystemLine, add_system_line, message_added, message_changed, stored_message,
};

/// What an event changed.
pub(super) struct Taken {
    pub(super) room: Room,
    pub(super) conversation: ConversationId,
    pub(super) publications: Vec<Publication>,
}

/// The chat of an event, found or just made.
struct Chat<'a> {
    channel: &'a ChannelRef,
    room: Room,
    contact: KnownContact,
    kind: ContactKind,
    /// When the event happened.
    at: Timestamp,
    /// When its webhook came.
    now: Timestamp,
}

/// Whether a system line counts as activity.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loudness {
    /// It becomes the row's last line.
    Shown,
    /// It only stands in the thread.
    Quiet,
}

pub(super) async fn take_one(
    conn: &mut Conn<'_>,
    channel: &ChannelRef,
    parsed: &ParsedEvent,
    now: Timestamp,
) -> Result<Option<Taken>, DbError> {
    let event = &parsed.event;
    let chat_id = event
        .source
        .as_ref()
        .and_then(|source| source.chat_id().parse().ok());
    let raw = chat_id.is_none().then_some(parsed.raw.as_str());
    if !conn
        .take_webhook_event(channel.id, &event.webhook_event_id, raw, now)
        .await?
    {
        return Ok(None);
    }
    let (Some(source), Some(chat_id)) = (&event.source, chat_id) else {
        tracing::info!(channel.name = %channel.name, "LINE reported something about the channel");
        return Ok(None);
    };
    let chat = find_chat(conn, channel, event, (source, chat_id), now).await?;
    if let Some(token) = &event.reply_token {
        conn.insert_reply_token(chat.contact.conversation_id, token, now)
            .await?;
    }
    if event.mode != Mode::Unknown {
        let standby = event.mode == Mode::Standby;
        conn.set_standby(chat.contact.conversation_id, standby)
            .await?;
    }
    let publications = apply(conn, &chat, parsed).await?;
    let conversation = chat.contact.conversation_id;
    Ok(Some(Taken {
        room: chat.room,
        conversation,
        publications,
    }))
}

async fn find_chat<'a>(
    conn: &mut Conn<'_>,
    channel: &'a ChannelRef,
    event: &Event,
    (source, chat_id): (&Source, LineId),
    now: Timestamp,
) -> Result<Chat<'a>, DbError> {
    let kind = match source {
        Source::User { .. } => ContactKind::User,
        Source::Group { .. } => ContactKind::Group,
        Source::Room { .. } => ContactKind::Room,
    };
    let at = event.timestamp.map_or(now, Timestamp);
    let contact = match conn.contact_by_line_id(channel.id, &chat_id).await? {
        Some(contact) => contact,
        None => {
            let id = conn.insert_contact(channel.id, &chat_id, kind, now).await?;
            let conversation_id = conn.insert_conversation(channel.id, id, at).await?;
            let display_name = crate::db::contacts::stand_in_name(kind, &chat_id);
            KnownContact {
                id,
                conversation_id,
                display_name,
                profile_fetched_at: None,
                state: "none".to_owned(),
                session_id: None,
            }
        }
    };
    const DAY_MS: i64 = 86_400_000;
    if contact
        .profile_fetched_at
        .is_some_and(|fetched| now.since(fetched) > DAY_MS)
    {
        conn.want_profile(contact.id, now).await?;
    }
    let room = Room::new(channel.name.clone(), chat_id);
    Ok(Chat {
        channel,
        room,
        contact,
        kind,
        at,
        now,
    })
}

async fn apply(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
) -> Result<Vec<Publication>, DbError> {
    use Loudness::{Quiet, Shown};
    let contact = chat.contact.id;
    match &parsed.event.kind {
        EventKind::Message(message) => return add_message(conn, chat, parsed, message, None).await,
        EventKind::MessageEdited(message) => return edit(conn, chat, parsed, message).await,
        EventKind::Unsend { message_id } => return unsend(conn, chat, message_id).await,
        EventKind::Unsupported { type_name } => {
            return add_unsupported(conn, chat, parsed, type_name).await;
        }
        EventKind::Follow { .. } => {
            conn.set_blocked(contact, false).await?;
            conn.want_profile(contact, chat.now).await?;
        }
        EventKind::Join => conn.set_blocked(contact, false).await?,
        EventKind::Unfollow | EventKind::Leave => conn.set_blocked(contact, true).await?,
        EventKind::Postback { .. } => {
            open_session(conn, chat).await?;
        }
        _ => {}
    }
    let (name, loudness, detail) = match &parsed.event.kind {
        EventKind::Follow { .. } => (EventName::Followed, Shown, None),
        EventKind::Unfollow => (EventName::Unfollowed, Shown, None),
        EventKind::Join => (EventName::Joined, Shown, None),
        EventKind::Leave => (EventName::Left, Shown, None),
        EventKind::MemberJoined { user_ids } => (
            EventName::MemberJoined,
            Quiet,
            names(conn, chat, user_ids).await?,
        ),
        EventKind::MemberLeft { user_ids } => (
            EventName::MemberLeft,
            Quiet,
            names(conn, chat, user_ids).await?,
        ),
        EventKind::Postback { data, .. } => (EventName::Postback, Shown, Some(data.clone())),
        other => (EventName::Other, Quiet, Some(quiet_word(other).to_owned())),
    };
    let event = EventLine {
        name,
        operator: None,
        to: None,
        note: None,
        detail,
    };
    add_event_line(conn, chat, event, loudness).await
}

/// LINE's word for an event that is only noted.
fn quiet_word(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::VideoPlayComplete { .. } => "videoPlayComplete",
        EventKind::Beacon { .. } => "beacon",
        EventKind::AccountLink { .. } => "accountLink",
        EventKind::Membership { .. } => "membership",
        EventKind::Module(_) => "module",
        EventKind::Activated { .. } => "activated",
        EventKind::Deactivated => "deactivated",
        EventKind::BotSuspended => "botSuspended",
        EventKind::BotResumed => "botResumed",
        EventKind::Delivery { .. } => "delivery",
        _ => "event",
    }
}

async fn names(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    user_ids: &[String],
) -> Result<Option<String>, DbError> {
    let mut names = Vec::new();
    for id in user_ids {
        let Ok(id) = id.parse::<LineId>() else {
            continue;
        };
        let known = conn.group_member(chat.contact.id, &id, chat.now).await?;
        let stand_in = || crate::db::contacts::stand_in_name(ContactKind::User, &id);
        names.push(known.unwrap_or_else(stand_in));
    }
    Ok(Some(names.join(", ")).filter(|names| !names.is_empty()))
}

async fn add_event_line(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    event: EventLine,
    loudness: Loudness,
) -> Result<Vec<Publication>, DbError> {
    let conversation = chat.contact.conversation_id;
    let rev = conn.bump_rev(conversation, chat.now).await?;
    let text = match event.name {
        EventName::Followed => "The customer added the account as a friend.".to_owned(),
        EventName::Unfollowed => "The customer blocked the account.".to_owned(),
        EventName::Joined => "The account joined the group.".to_owned(),
        EventName::Left => "The account left the group.".to_owned(),
        EventName::MemberJoined => "Members joined the group.".to_owned(),
        EventName::MemberLeft => "Members left the group.".to_owned(),
        EventName::Postback => "The customer pressed a button.".to_owned(),
        _ => format!(
            "LINE reported {}.",
            event.detail.as_deref().unwrap_or("an event")
        ),
    };
    let line = SystemLine {
        conversation,
        channel: chat.channel.id,
        session: chat.contact.session_id,
        rev,
        event,
        text,
        at: chat.at,
    };
    let message = add_system_line(conn, line).await?;
    if loudness == Loudness::Shown {
        conn.note_line(conversation, message.id, chat.at).await?;
    }
    Ok(vec![message_added(&chat.room, message, None)])
}

/// Opens a waiting session when none is open; answers the open one.
async fn open_session(conn: &mut Conn<'_>, chat: &Chat<'_>) -> Result<Option<SessionId>, DbError> {
    let head = conn.conversation_head(&chat.room).await?;
    match head {
        Some(head) if head.state == "waiting" || head.state == "active" => Ok(head.session_id),
        _ => Ok(Some(
            conn.open_session(chat.contact.conversation_id, chat.at)
                .await?,
        )),
    }
}

async fn add_message(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    message: &Message,
    edited_at: Option<Timestamp>,
) -> Result<Vec<Publication>, DbError> {
    if conn
        .message_by_line_id(chat.channel.id, &message.id)
        .await?
        .is_some()
    {
        return Ok(Vec::new());
    }
    let conversation = chat.contact.conversation_id;
    let rev = conn.bump_rev(conversation, chat.now).await?;
    let unsent = conn.was_unsent_early(chat.channel.id, &message.id).await?;
    let session = open_session(conn, chat).await?;
    let mut composed = compose(message);
    if unsent {
        composed = Composed {
            kind: composed.kind,
            ..Composed::default()
        };
    }
    let quoted = match &message.quoted_message_id {
        Some(id) => conn
            .message_by_line_id(chat.channel.id, id)
            .await?
            .map(|place| place.id),
        None => None,
    };
    let id = MessageId::generate();
    let media = match composed.media {
        Some(media) => Some(
            conn.insert_media(chat.channel.id, conversation, id, &media, chat.now)
                .await?,
        ),
        None => None,
    };
    let new = NewMessage {
        id,
        conversation,
        channel: chat.channel.id,
        session,
        rev,
        direction: Direction::In,
        kind: composed.kind.unwrap_or(MessageKind::Unsupported),
        status: if unsent {
            MessageStatus::Unsent
        } else {
            MessageStatus::Received
        },
        client_id: None,
        line_message_id: Some(message.id.clone()),
        quote_message_id: quoted.filter(|_| !unsent),
        quote_token: message.quote_token.clone().filter(|_| !unsent),
        sender: sender_of(conn, chat, parsed.event.source.as_ref()).await?,
        text: composed.text,
        content: composed.content,
        media,
        raw: composed.keep_raw.then(|| parsed.raw.clone()),
        at: chat.at,
    };
    conn.insert_message(&new).await?;
    if let (Some(edited_at), Some(text)) = (edited_at, &new.text) {
        conn.edit_message(id, text, edited_at, rev).await?;
    }
    conn.note_inbound(conversation, id, chat.at).await?;
    let stored = stored_message(conn, id).await?;
    Ok(vec![message_added(&chat.room, stored, None)])
}

async fn add_unsupported(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    type_name: &str,
) -> Result<Vec<Publication>, DbError> {
    let conversation = chat.contact.conversation_id;
    let rev = conn.bump_rev(conversation, chat.now).await?;
    let session = open_session(conn, chat).await?;
    let composed = unsupported(type_name);
    let new = NewMessage {
        id: MessageId::generate(),
        conversation,
        channel: chat.channel.id,
        session,
        rev,
        direction: Direction::In,
        kind: MessageKind::Unsupported,
        status: MessageStatus::Received,
        client_id: None,
        line_message_id: None,
        quote_message_id: None,
        quote_token: None,
        sender: sender_of(conn, chat, parsed.event.source.as_ref()).await?,
        text: None,
        content: composed.content,
        media: None,
        raw: Some(parsed.raw.clone()),
        at: chat.at,
    };
    conn.insert_message(&new).await?;
    conn.note_inbound(conversation, new.id, chat.at).await?;
    let stored = stored_message(conn, new.id).await?;
    Ok(vec![message_added(&chat.room, stored, None)])
}

async fn sender_of(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    source: Option<&Source>,
) -> Result<Sender, DbError> {
    let person = source
        .and_then(Source::user_id)
        .and_then(|id| id.parse::<LineId>().ok());
    let name = match (&person, chat.kind) {
        (_, ContactKind::User) => chat.contact.display_name.clone(),
        (None, _) => "Someone in the group".to_owned(),
        (Some(id), _) => {
            let known = conn.group_member(chat.contact.id, id, chat.now).await?;
            known.unwrap_or_else(|| crate::db::contacts::stand_in_name(ContactKind::User, id))
        }
    };
    Ok(Sender {
        kind: SenderType::Customer,
        id: person.map(|id| id.to_string()),
        name,
    })
}

async fn edit(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    message: &Message,
) -> Result<Vec<Publication>, DbError> {
    let MessageContent::Text { text, .. } = &message.content else {
        return add_unsupported(conn, chat, parsed, "messageEdited").await;
    };
    let Some(place) = conn
        .message_by_line_id(chat.channel.id, &message.id)
        .await?
    else {
        return add_message(conn, chat, parsed, message, Some(chat.at)).await;
    };
    let newer = place.edited_at.is_none_or(|before| before < chat.at);
    if place.status == MessageStatus::Unsent || !newer {
        return Ok(Vec::new());
    }
    let rev = conn.bump_rev(place.conversation_id, chat.now).await?;
    conn.edit_message(place.id, text, chat.at, rev).await?;
    let stored = stored_message(conn, place.id).await?;
    Ok(vec![message_changed(&chat.room, stored, None)])
}

async fn unsend(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    line_message_id: &str,
) -> Result<Vec<Publication>, DbError> {
    let Some(place) = conn
        .message_by_line_id(chat.channel.id, line_message_id)
        .await?
    else {
        conn.remember_early_unsend(chat.channel.id, line_message_id, chat.now)
            .await?;
        return Ok(Vec::new());
    };
    let rev = conn.bump_rev(place.conversation_id, chat.now).await?;
    conn.unsend_message(place.id, rev).await?;
    if let Some(media) = place.media_id {
        conn.delete_media(media).await?;
    }
    let stored = stored_message(conn, place.id).await?;
    Ok(vec![message_changed(&chat.room, stored, None)])
}
