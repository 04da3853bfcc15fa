//! One event: find its chat, write what it says, remember that it was taken.

use tracing::Instrument;

use super::ChannelRef;
use super::chat::{Chat, chat_of};
use super::details::{params_of, words_of};
use super::{beacon, message};
use crate::db::contacts::stand_in_name;
use crate::db::webhook_events::EventKey;
use crate::db::{Conn, DbError};
use crate::line::webhook::{Event, EventKind, MessageContent, Mode, ParsedEvent};
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::time::DAY_MS;
use crate::protocol::{ContactKind, ConversationId, LineId, Room, Timestamp};
use crate::realtime::Publication;
use crate::service::change::{SystemLine, add_system_line, message_added};

/// What an event changed.
pub(super) struct Taken {
    pub(super) room: Room,
    pub(super) conversation: ConversationId,
    pub(super) publications: Vec<Publication>,
    /// Whether there may be a profile or a file to fetch.
    pub(super) wants_fetch: bool,
}

/// Whether a system line counts as activity.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loudness {
    /// It becomes the row's last line.
    Shown,
    /// It only stands in the thread.
    Quiet,
}

/// What is kept of an event beside its words.
struct Reported {
    details: LineDetails,
    raw: String,
}

/// Takes one event in. `None`: it was taken before, or is about the channel itself.
pub(super) async fn take_one(
    conn: &mut Conn<'_>,
    channel: &ChannelRef,
    parsed: &ParsedEvent,
    now: Timestamp,
) -> Result<Option<Taken>, DbError> {
    take_new(conn, channel, parsed, now)
        .instrument(span_of(parsed))
        .await
}

/// The chat that an event is about; none for one about the channel itself.
pub(super) fn chat_id_of(event: &Event) -> Option<LineId> {
    let source = event.source.as_ref()?;
    source.chat_id().parse().ok()
}

/// Under which an event's message is followed by its id.
pub(super) fn span_of(parsed: &ParsedEvent) -> tracing::Span {
    tracing::debug_span!(
        "webhook_event",
        webhook_event.id = %parsed.event.webhook_event_id,
        message.id = tracing::field::Empty,
    )
}

async fn take_new(
    conn: &mut Conn<'_>,
    channel: &ChannelRef,
    parsed: &ParsedEvent,
    now: Timestamp,
) -> Result<Option<Taken>, DbError> {
    let event = &parsed.event;
    let chat_id = chat_id_of(event);
    let event_id = &event.webhook_event_id;
    let (Some(source), Some(chat_id)) = (&event.source, chat_id) else {
        conn.keep_channel_event(channel.id, event_id, &parsed.raw, now)
            .await?;
        return Ok(None);
    };
    let message_id = match &event.kind {
        EventKind::Message(message) | EventKind::MessageEdited(message) => Some(&*message.id),
        _ => None,
    };
    let key = EventKey {
        channel: channel.id,
        chat: &chat_id,
        webhook_event_id: event_id,
        line_message_id: message_id,
    };
    let found = conn.find_for_events(&[key]).await?.pop();
    let Some(found) = found.filter(|found| !found.taken) else {
        return Ok(None);
    };
    let chat = chat_of(conn, channel, event, (source, chat_id), found, now).await?;
    let conversation = chat.contact.conversation_id;
    note_event(conn, &chat, event).await?;
    let publications = apply(conn, &chat, parsed).await?;
    let wants_fetch = wants_fetch(&chat, event);
    Ok(Some(Taken {
        room: chat.room,
        conversation,
        publications,
        wants_fetch,
    }))
}

/// Remembers that the event was taken, and what comes with events of every kind.
pub(super) async fn note_event(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    event: &Event,
) -> Result<(), DbError> {
    conn.insert_webhook_event(chat.channel.id, &event.webhook_event_id, chat.now)
        .await?;
    let conversation = chat.contact.conversation_id;
    if let Some(token) = &event.reply_token {
        conn.insert_reply_token(conversation, token, chat.now)
            .await?;
    }
    note_flags(conn, chat, event).await
}

/// The flags follow the event that happened last, whatever came last. Of what leaves a line the
/// time is noted with that.
async fn note_flags(conn: &mut Conn<'_>, chat: &Chat<'_>, event: &Event) -> Result<(), DbError> {
    use EventKind::{Message, MessageEdited, Postback, Unsend};
    let standby = event.mode == Mode::Standby;
    let notes_time =
        standby != chat.contact.standby || matches!(event.kind, Unsend { .. } | MessageEdited(_));
    if event.mode != Mode::Unknown && notes_time && chat.is_newest_of_mode() {
        conn.set_standby(chat.contact.conversation_id, standby, chat.at)
            .await?;
    }
    let wrote = matches!(event.kind, Message(_) | MessageEdited(_) | Postback { .. });
    if wrote && chat.contact.blocked && chat.is_newest_of_block(false) {
        conn.set_blocked(chat.contact.id, false, chat.at).await?;
    }
    Ok(())
}

/// Anything but a text of somebody whose profile is known: a new contact, a file, a member of a
/// group, somebody who came back.
pub(super) fn wants_fetch(chat: &Chat<'_>, event: &Event) -> bool {
    let is_text = matches!(
        &event.kind,
        EventKind::Message(message) if matches!(message.content, MessageContent::Text { .. })
    );
    let fetched = chat.contact.profile_fetched_at;
    let is_known = fetched.is_some_and(|at| chat.now.since(at) <= DAY_MS);
    !(is_text && is_known && chat.kind == ContactKind::User)
}

async fn apply(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
) -> Result<Vec<Publication>, DbError> {
    let kind = &parsed.event.kind;
    match kind {
        EventKind::Message(message) => message::add(conn, chat, parsed, message).await,
        EventKind::MessageEdited(message) => message::edit(conn, chat, parsed, message).await,
        EventKind::Unsend { message_id } => message::unsend(conn, chat, message_id).await,
        EventKind::Unsupported { type_name } => {
            message::add_unsupported(conn, chat, parsed, type_name).await
        }
        EventKind::Postback { data, .. } => {
            message::add_postback(conn, chat, parsed, pressed(data, words_of(kind))).await
        }
        _ => {
            if let EventKind::Beacon { hwid, action, .. } = kind
                && action == "stay"
                && let Some(counted) = beacon::count(conn, chat, hwid).await?
            {
                return Ok(counted);
            }
            change_contact(conn, chat, kind).await?;
            let reported = Reported {
                details: LineDetails {
                    params: params_of(kind),
                    ..LineDetails::default()
                },
                raw: parsed.raw.clone(),
            };
            let (name, loudness, detail) = put_in_words(conn, chat, kind).await?;
            let event = EventLine {
                name,
                operator: None,
                to: None,
                note: words_of(kind),
                detail,
            };
            add_event_line(conn, chat, (event, reported), loudness).await
        }
    }
}

/// What an event means for the contact and its session.
async fn change_contact(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    kind: &EventKind,
) -> Result<(), DbError> {
    let contact = chat.contact.id;
    match kind {
        EventKind::Follow { .. } => {
            conn.set_blocked(contact, false, chat.at).await?;
            conn.want_profile(contact, chat.now).await
        }
        EventKind::Join => conn.set_blocked(contact, false, chat.at).await,
        EventKind::Unfollow | EventKind::Leave if chat.is_newest_of_block(true) => {
            conn.set_blocked(contact, true, chat.at).await
        }
        _ => Ok(()),
    }
}

async fn put_in_words(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    kind: &EventKind,
) -> Result<(EventName, Loudness, Option<String>), DbError> {
    use Loudness::{Quiet, Shown};
    Ok(match kind {
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
        other => (EventName::Other, Quiet, Some(quiet_word(other).to_owned())),
    })
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
        names.push(known.unwrap_or_else(|| stand_in_name(ContactKind::User, &id)));
    }
    Ok(Some(names.join(", ")).filter(|names| !names.is_empty()))
}

async fn add_event_line(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    (event, reported): (EventLine, Reported),
    loudness: Loudness,
) -> Result<Vec<Publication>, DbError> {
    let conversation = chat.contact.conversation_id;
    let place = chat.place(conn).await?;
    let rev = conn.bump_rev(conversation, chat.now).await?;
    let text = sentence(&event);
    let line = SystemLine {
        conversation,
        channel: chat.channel.id,
        session: chat.contact.state.session(),
        rev,
        event,
        text,
        at: chat.at,
        place,
        details: reported.details,
        raw: Some(reported.raw),
    };
    let message = add_system_line(conn, line).await?;
    if loudness == Loudness::Shown {
        conn.note_event(conversation, message.id, chat.at, place)
            .await?;
    }
    Ok(vec![message_added(&chat.room, message, None)])
}

/// A button that the customer pressed: its line, and its sentence for programs.
fn pressed(data: &str, note: Option<String>) -> (EventLine, String) {
    let event = EventLine {
        name: EventName::Postback,
        operator: None,
        to: None,
        note,
        detail: Some(data.to_owned()),
    };
    (event, "The customer pressed a button.".to_owned())
}

/// What happened, in plain English, for programs; people read it in their own language.
fn sentence(event: &EventLine) -> String {
    let fixed = match event.name {
        EventName::Followed => "The customer added the account as a friend.",
        EventName::Unfollowed => "The customer blocked the account.",
        EventName::Joined => "The account joined the group.",
        EventName::Left => "The account left the group.",
        EventName::MemberJoined => "Members joined the group.",
        EventName::MemberLeft => "Members left the group.",
        _ => {
            return format!(
                "LINE reported {}.",
                event.detail.as_deref().unwrap_or("an event")
            );
        }
    };
    fixed.to_owned()
}
