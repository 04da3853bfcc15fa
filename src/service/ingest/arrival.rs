//! What arrives: webhooks, and their events of chats.

use std::sync::Arc;

use super::ChannelRef;
use crate::db::Batched;
use crate::db::webhook_events::EventKey;
use crate::line::webhook::{EventKind, MessageContent, ParsedEvent, Source};
use crate::protocol::{ChannelId, LineId, Timestamp};
use crate::service::clocks::Clocks;

/// A webhook as it came.
pub(super) struct Arrived {
    pub(super) channel: ChannelRef,
    /// How the clocks of its chats run, where there are targets.
    pub(super) clocks: Option<Clocks>,
    pub(super) events: Vec<ParsedEvent>,
    pub(super) now: Timestamp,
}

impl Batched for Arc<Arrived> {
    /// The chat of its first event; none for what is about the channel itself.
    type Key = (ChannelId, Option<LineId>);

    fn key(&self) -> Self::Key {
        let chat = self.events.first().and_then(chat_id_of);
        (self.channel.id, chat)
    }
}

/// An event of a chat.
pub(super) struct Arrival<'a> {
    /// Its webhook's place in the batch.
    pub(super) webhook: usize,
    /// Whether it is all that the webhook brings.
    pub(super) is_alone: bool,
    pub(super) channel: &'a ChannelRef,
    pub(super) clocks: Option<&'a Clocks>,
    pub(super) parsed: &'a ParsedEvent,
    pub(super) source: &'a Source,
    pub(super) chat_id: LineId,
    pub(super) now: Timestamp,
}

/// The chat that an event is about; none for one about the channel itself.
pub(super) fn chat_id_of(parsed: &ParsedEvent) -> Option<LineId> {
    let source = parsed.event.source.as_ref()?;
    source.chat_id().parse().ok()
}

impl<'a> Arrival<'a> {
    /// An event of the webhook at that place; `None` when it is about the channel itself.
    pub(super) fn of(
        webhook: usize,
        arrived: &'a Arrived,
        parsed: &'a ParsedEvent,
    ) -> Option<Self> {
        Some(Self {
            webhook,
            is_alone: arrived.events.len() == 1,
            channel: &arrived.channel,
            clocks: arrived.clocks.as_ref(),
            parsed,
            source: parsed.event.source.as_ref()?,
            chat_id: chat_id_of(parsed)?,
            now: arrived.now,
        })
    }

    /// By what the store knows it.
    pub(super) fn key(&self) -> EventKey<'_> {
        EventKey {
            channel: self.channel.id,
            chat: &self.chat_id,
            webhook_event_id: &self.parsed.event.webhook_event_id,
            line_message_id: self.message_id(),
            received_at: self.now,
        }
    }

    fn message_id(&self) -> Option<&str> {
        use EventKind::{Message, MessageEdited};
        if let Message(message) | MessageEdited(message) = &self.parsed.event.kind {
            return Some(&message.id);
        }
        None
    }

    /// Whether the two can be taken with the same statements: both are plain messages, neither
    /// changes what the other finds, and a webhook of several events is told as a whole.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        let of_one_webhook = self.webhook == other.webhook;
        let (one, two) = (&self.parsed.event, &other.parsed.event);
        let differ = self.channel.id != other.channel.id
            || (self.chat_id != other.chat_id
                && one.webhook_event_id != two.webhook_event_id
                && self.message_id() != other.message_id());
        (of_one_webhook || (self.is_alone && other.is_alone))
            && self.is_plain()
            && other.is_plain()
            && differ
    }

    /// Whether it is nothing but a customer's message without a file or a quotation. Each other
    /// kind of event would bring texts of its own, and SQLite keeps a bounded number prepared.
    fn is_plain(&self) -> bool {
        use MessageContent::{Location, Sticker, Text};
        let EventKind::Message(message) = &self.parsed.event.kind else {
            return false;
        };
        matches!(message.content, Text { .. } | Sticker(_) | Location(_))
            && matches!(self.source, Source::User { .. })
            && message.quoted_message_id.is_none()
    }
}
