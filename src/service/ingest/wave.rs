//! Many webhooks at once: those that bring one plain message each, in chats of their own, are
//! taken with three readings for all of them. The others are taken one after the other.

use tracing::Instrument;

use super::chat::{Chat, chat_of};
use super::message::{self, Arriving};
use super::take::{note_event, span_of};
use super::{ChannelRef, Stored, take_all, wants_fetch};
use crate::db::webhook_events::EventKey;
use crate::db::{Conn, DbError, WAVE};
use crate::line::webhook::{EventKind, Message, MessageContent, ParsedEvent, Source};
use crate::protocol::{LineId, Timestamp};
use crate::service::change::conversation_changed;

/// A webhook as it came.
pub(super) struct Arrived {
    pub(super) channel: ChannelRef,
    pub(super) events: std::sync::Arc<Vec<ParsedEvent>>,
    pub(super) now: Timestamp,
}

/// A webhook that brings nothing but a customer's message without a file or a quotation.
struct Plain<'a> {
    channel: &'a ChannelRef,
    parsed: &'a ParsedEvent,
    source: &'a Source,
    chat_id: LineId,
    message: &'a Message,
    now: Timestamp,
}

impl<'a> Plain<'a> {
    fn of(arrived: &'a Arrived) -> Option<Self> {
        let [parsed] = arrived.events.as_slice() else {
            return None;
        };
        let (Some(source), EventKind::Message(message)) =
            (parsed.event.source.as_ref(), &parsed.event.kind)
        else {
            return None;
        };
        let is_plain = matches!(
            message.content,
            MessageContent::Text { .. } | MessageContent::Sticker(_) | MessageContent::Location(_)
        ) && matches!(source, Source::User { .. })
            && message.quoted_message_id.is_none();
        Some(Self {
            channel: &arrived.channel,
            parsed,
            source,
            chat_id: source.chat_id().parse().ok().filter(|_| is_plain)?,
            message,
            now: arrived.now,
        })
    }

    fn is_in_chat_of(&self, other: &Self) -> bool {
        self.channel.id == other.channel.id && self.chat_id == other.chat_id
    }
}

/// Takes webhooks in; answers for each of them. Those of one chat keep their order.
pub(super) async fn take_together(
    conn: &mut Conn<'_>,
    arrived: &[Arrived],
) -> Result<Vec<Stored>, DbError> {
    let mut stored = Vec::with_capacity(arrived.len());
    let mut wave: Vec<Plain<'_>> = Vec::with_capacity(WAVE);
    for webhook in arrived {
        let plain = Plain::of(webhook);
        let joins = plain.as_ref().is_some_and(|plain| {
            wave.len() < WAVE && !wave.iter().any(|other| other.is_in_chat_of(plain))
        });
        if !joins {
            stored.extend(take_wave(conn, &wave).await?);
            wave.clear();
        }
        if let Some(plain) = plain {
            wave.push(plain);
        } else {
            let (channel, events) = (&webhook.channel, webhook.events.as_slice());
            stored.push(take_all(conn, channel, events, webhook.now).await?);
        }
    }
    stored.extend(take_wave(conn, &wave).await?);
    Ok(stored)
}

async fn take_wave(conn: &mut Conn<'_>, wave: &[Plain<'_>]) -> Result<Vec<Stored>, DbError> {
    let mut stored: Vec<Stored> = wave.iter().map(|_| Stored::default()).collect();
    let mut arriving: Vec<(usize, Chat<'_>, Arriving)> = Vec::with_capacity(wave.len());
    let keys: Vec<EventKey<'_>> = wave.iter().map(key).collect();
    let found = conn.find_for_events(&keys).await?;
    for (at, (plain, found)) in wave.iter().zip(found).enumerate() {
        if found.taken {
            continue;
        }
        let event = &plain.parsed.event;
        let source = (plain.source, plain.chat_id.clone());
        let chat = chat_of(conn, plain.channel, event, source, found, plain.now).await?;
        note_event(conn, &chat, event).await?;
        stored[at].wants_fetch = wants_fetch(&chat, event);
        if let Some(message) = message::arriving(conn, &chat, plain.message).await? {
            arriving.push((at, chat, message));
        }
    }
    let inbound: Vec<_> = arriving
        .iter()
        .map(|(_, chat, message)| message.inbound(chat))
        .collect();
    let standing = conn.note_inbound(&inbound).await?;
    let mut touched = Vec::with_capacity(arriving.len());
    for ((at, chat, message), standing) in arriving.into_iter().zip(standing) {
        let parsed = wave[at].parsed;
        let told = message::insert(conn, &chat, parsed, message, standing)
            .instrument(span_of(parsed))
            .await?;
        stored[at].publications.push(told);
        touched.push((at, chat.contact.conversation_id));
    }
    let ids: Vec<_> = touched.iter().map(|(_, id)| *id).collect();
    let conversations = conn.conversations(&ids).await?;
    for ((at, _), conversation) in touched.into_iter().zip(conversations) {
        let told = conversation_changed(&conversation, None);
        stored[at].publications.push(told);
    }
    Ok(stored)
}

fn key<'a>(plain: &'a Plain<'_>) -> EventKey<'a> {
    EventKey {
        channel: plain.channel.id,
        chat: &plain.chat_id,
        webhook_event_id: &plain.parsed.event.webhook_event_id,
        line_message_id: Some(&plain.message.id),
    }
}
