//! One event: its chat, what comes with it, and what it says.

use uuid::Uuid;

use super::arrival::Arrival;
use super::chat::{Chat, chat_of};
use super::details::{params_of, words_of};
use super::message::Arriving;
use super::{beacon, message};
use crate::db::contacts::stand_in_name;
use crate::db::webhook_events::Found;
use crate::db::{Conn, DbError};
use crate::line::webhook::{Event, EventKind, MessageContent, Mode, ParsedEvent};
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::time::DAY_MS;
use crate::protocol::{ContactKind, LineId};
use crate::realtime::Publication;
use crate::service::change::{SystemMessage, add_system_message, message_added};
use crate::service::rating;
use crate::service::team_settings::Known;

/// What an event brings about.
pub(super) enum Effect {
    /// A line of the customer, which is stored along with those of other chats.
    Line(Box<Arriving>),
    /// All is written; this is to be told.
    Told(Vec<Publication>),
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

/// Takes a new event in: makes its chat where there is none, and writes all but a line of the
/// customer. Answers also which reply token came with it.
pub(super) async fn take<'a>(
    conn: &mut Conn<'_>,
    arrival: &Arrival<'a>,
    found: Found,
    known: &'a Known,
) -> Result<(Chat<'a>, Option<Uuid>, Effect), DbError> {
    let chat = chat_of(conn, arrival, found, known).await?;
    let token = record_event(conn, &chat, &arrival.parsed.event).await?;
    let effect = apply(conn, &chat, arrival.parsed).await?;
    Ok((chat, token, effect))
}

/// Under which an event's message is followed by its id.
pub(super) fn span_of(parsed: &ParsedEvent) -> tracing::Span {
    tracing::debug_span!(
        "webhook_event",
        webhook_event.id = %parsed.event.webhook_event_id,
        message.id = tracing::field::Empty,
    )
}

/// What comes with events of every kind; answers which reply token did.
async fn record_event(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    event: &Event,
) -> Result<Option<Uuid>, DbError> {
    let conversation = chat.contact.conversation_id;
    let token = match &event.reply_token {
        Some(token) => {
            let kept = conn.insert_reply_token(conversation, token, chat.now);
            Some(kept.await?)
        }
        None => None,
    };
    record_flags(conn, chat, event).await?;
    Ok(token)
}

/// The flags follow the event that happened last, whatever came last. Of what leaves a line the
/// time is noted with that.
async fn record_flags(conn: &mut Conn<'_>, chat: &Chat<'_>, event: &Event) -> Result<(), DbError> {
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
) -> Result<Effect, DbError> {
    use EventKind::{
        AccountLink, Activated, Beacon, BotResumed, BotSuspended, Deactivated, Delivery, Follow,
        Join, Leave, MemberJoined, MemberLeft, Membership, Message, MessageEdited, Module,
        Postback, Unfollow, Unsend, Unsupported, VideoPlayComplete,
    };
    let kind = &parsed.event.kind;
    let told = match kind {
        Message(message) => {
            let arriving = message::arriving(conn, chat, message).await?;
            let line = arriving.map(|line| Effect::Line(Box::new(line)));
            return Ok(line.unwrap_or(Effect::Told(Vec::new())));
        }
        Unsupported { type_name } => {
            let line = message::unknown(conn, chat, type_name).await?;
            return Ok(Effect::Line(Box::new(line)));
        }
        // What it says of a question of ours is taken with what is answered to it.
        Postback { data, .. } if rating::is_answer(data) => Vec::new(),
        Postback { data, .. } => {
            let (event, text) = pressed(data, words_of(kind));
            let line = message::postback(conn, chat, kind, event, text).await?;
            return Ok(Effect::Line(Box::new(line)));
        }
        MessageEdited(message) => message::edit(conn, chat, parsed, message).await?,
        Unsend { message_id } => message::unsend(conn, chat, message_id).await?,
        Beacon { hwid, action, .. } if action == "stay" => {
            match beacon::count(conn, chat, hwid).await? {
                Some(counted) => counted,
                None => report(conn, chat, parsed).await?,
            }
        }
        Follow { .. }
        | Unfollow
        | Join
        | Leave
        | MemberJoined { .. }
        | MemberLeft { .. }
        | VideoPlayComplete { .. }
        | Beacon { .. }
        | AccountLink { .. }
        | Membership { .. }
        | Module(_)
        | Activated { .. }
        | Deactivated
        | BotSuspended
        | BotResumed
        | Delivery { .. } => report(conn, chat, parsed).await?,
    };
    Ok(Effect::Told(told))
}

/// A line of what LINE reports besides messages.
async fn report(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
) -> Result<Vec<Publication>, DbError> {
    let kind = &parsed.event.kind;
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
    add_event(conn, chat, event, reported, loudness).await
}

/// What an event means for the contact and its session.
async fn change_contact(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    kind: &EventKind,
) -> Result<(), DbError> {
    let contact = chat.contact.id;
    if matches!(kind, EventKind::Follow { .. } | EventKind::Join) {
        conn.set_blocked(contact, false, chat.at).await?;
    }
    // Of a group it says how many are in it.
    let asks = matches!(
        kind,
        EventKind::Follow { .. } | EventKind::MemberJoined { .. } | EventKind::MemberLeft { .. }
    );
    if asks {
        conn.want_profile(contact, chat.now).await?;
    }
    let left = matches!(kind, EventKind::Unfollow | EventKind::Leave);
    if left && chat.is_newest_of_block(true) {
        conn.set_blocked(contact, true, chat.at).await?;
    }
    Ok(())
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
        // Those that have words of their own.
        EventKind::Message(_)
        | EventKind::MessageEdited(_)
        | EventKind::Unsend { .. }
        | EventKind::Follow { .. }
        | EventKind::Unfollow
        | EventKind::Join
        | EventKind::Leave
        | EventKind::MemberJoined { .. }
        | EventKind::MemberLeft { .. }
        | EventKind::Postback { .. }
        | EventKind::Unsupported { .. } => "event",
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

async fn add_event(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    event: EventLine,
    reported: Reported,
    loudness: Loudness,
) -> Result<Vec<Publication>, DbError> {
    let conversation = chat.contact.conversation_id;
    let place = chat.place(conn).await?;
    let rev = conn.bump_rev(conversation, chat.now).await?;
    let text = sentence(&event);
    let line = SystemMessage {
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
    let message = add_system_message(conn, line).await?;
    if loudness == Loudness::Shown {
        conn.record_event(conversation, message.id, chat.at, place)
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
        // Buttons and what operators do have sentences of their own, beside the change.
        EventName::Postback
        | EventName::Claimed
        | EventName::TakenOver
        | EventName::Transferred
        | EventName::Closed
        | EventName::Assigned
        | EventName::LeftWaiting
        | EventName::Reopened
        | EventName::GivenBack
        | EventName::Rated
        | EventName::HandedOver
        | EventName::GivenToBot
        | EventName::Other => {
            let what = event.detail.as_deref().unwrap_or("an event");
            return format!("LINE reported {what}.");
        }
    };
    fixed.to_owned()
}
