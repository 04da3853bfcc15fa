//! From bytes to events.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::content::{CardForm, ContentProvider, Media, Message, MessageContent};
use super::event::{Event, EventKind, Mode, ModuleChange, Source};
use super::fields::Fields;
use super::storable::storable;
use crate::line::card::Card;

/// A webhook body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The account's user id, as the body says; LINE's verification may send anything.
    pub destination: String,
    /// The events in the body's order; none for LINE's verification.
    pub events: Vec<ParsedEvent>,
}

/// An event and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedEvent {
    /// What Sala understands of it.
    pub event: Event,
    /// Its JSON as LINE sent it, except for characters that cannot be stored.
    pub raw: String,
}

/// The body is not a webhook's JSON at all.
#[derive(Debug, thiserror::Error)]
#[error("not a webhook body: {0}")]
pub struct BodyError(#[from] serde_json::Error);

/// Most events of one body. LINE sends a handful.
pub const EVENTS_MAX: usize = 1_000;

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(default)]
    destination: String,
    #[serde(borrow)]
    events: Events<'a>,
}

/// The events as they stand in the body, at most [`EVENTS_MAX`]; what is behind those is not read.
struct Events<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Events<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Counting)
    }
}

struct Counting;

impl<'de> Visitor<'de> for Counting {
    type Value = Events<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of at most {EVENTS_MAX} events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut events = Vec::new();
        while let Some(event) = seq.next_element()? {
            if events.len() == EVENTS_MAX {
                return Err(A::Error::invalid_length(EVENTS_MAX + 1, &self));
            }
            events.push(event);
        }
        Ok(Events(events))
    }
}

/// Reads a body. An event that cannot be read is [`EventKind::Unsupported`] with whatever could
/// be saved of it; its neighbours are not touched.
///
/// # Errors
/// When the body is not an object with an array of at most [`EVENTS_MAX`] `events`.
pub fn parse_body(bytes: &[u8]) -> Result<Parsed, BodyError> {
    let text = storable(bytes);
    let body: Body<'_> = serde_json::from_str(&text)?;
    let events = body
        .events
        .0
        .iter()
        .map(|raw| parsed_event(raw.get()))
        .collect();
    Ok(Parsed {
        destination: body.destination,
        events,
    })
}

fn parsed_event(raw: &str) -> ParsedEvent {
    let fields = Fields::of(raw);
    let event = Event {
        webhook_event_id: fields
            .id("webhookEventId")
            .unwrap_or_else(|| digest_id(raw)),
        timestamp: fields.millis("timestamp"),
        mode: mode(&fields),
        is_redelivery: fields
            .object("deliveryContext")
            .get("isRedelivery")
            .unwrap_or(false),
        source: source(&fields.object("source")),
        reply_token: fields.id("replyToken"),
        kind: kind(&fields),
    };
    ParsedEvent {
        event,
        raw: raw.to_owned(),
    }
}

/// Stands in for a missing event id, so that even such an event is stored once only.
fn digest_id(raw: &str) -> String {
    let mut id = String::from("sha256:");
    for byte in Sha256::digest(raw.as_bytes()).iter().take(16) {
        write!(id, "{byte:02x}").expect("a String takes everything");
    }
    id
}

fn mode(fields: &Fields<'_>) -> Mode {
    match fields.text("mode").as_deref() {
        Some("active") => Mode::Active,
        Some("standby") => Mode::Standby,
        _ => Mode::Unknown,
    }
}

fn source(fields: &Fields<'_>) -> Option<Source> {
    let user_id = fields.id("userId");
    match fields.text("type")?.as_str() {
        "user" => Some(Source::User { user_id: user_id? }),
        "group" => Some(Source::Group {
            group_id: fields.id("groupId")?,
            user_id,
        }),
        "room" => Some(Source::Room {
            room_id: fields.id("roomId")?,
            user_id,
        }),
        _ => None,
    }
}

fn kind(fields: &Fields<'_>) -> EventKind {
    let type_name = fields.text("type").unwrap_or_default();
    known_kind(&type_name, fields).unwrap_or(EventKind::Unsupported { type_name })
}

/// The event as a type that this version knows, if every part that matters can be read.
fn known_kind(type_name: &str, fields: &Fields<'_>) -> Option<EventKind> {
    Some(match type_name {
        "message" => EventKind::Message(Box::new(message(&fields.object("message"))?)),
        "messageEdited" => EventKind::MessageEdited(Box::new(message(&fields.object("message"))?)),
        "unsend" => EventKind::Unsend {
            message_id: fields.object("unsend").id("messageId")?,
        },
        "follow" => EventKind::Follow {
            is_unblocked: fields.object("follow").get("isUnblocked").unwrap_or(false),
        },
        "unfollow" => EventKind::Unfollow,
        "join" => EventKind::Join,
        "leave" => EventKind::Leave,
        "memberJoined" => EventKind::MemberJoined {
            user_ids: members(&fields.object("joined")),
        },
        "memberLeft" => EventKind::MemberLeft {
            user_ids: members(&fields.object("left")),
        },
        "postback" => postback(&fields.object("postback"))?,
        "videoPlayComplete" => EventKind::VideoPlayComplete {
            tracking_id: fields.object("videoPlayComplete").text("trackingId")?,
        },
        "beacon" => beacon(&fields.object("beacon"))?,
        "accountLink" => account_link(&fields.object("link"))?,
        "membership" => membership(&fields.object("membership"))?,
        "module" => EventKind::Module(module_change(&fields.object("module"))?),
        "activated" => EventKind::Activated {
            expire_at: fields.object("chatControl").millis("expireAt"),
        },
        "deactivated" => EventKind::Deactivated,
        "botSuspended" => EventKind::BotSuspended,
        "botResumed" => EventKind::BotResumed,
        "delivery" => EventKind::Delivery {
            data: fields.object("delivery").text("data")?,
        },
        _ => return None,
    })
}

fn members(fields: &Fields<'_>) -> Vec<String> {
    fields
        .array("members")
        .into_iter()
        .filter_map(|raw| Fields::of(raw).id("userId"))
        .collect()
}

fn postback(fields: &Fields<'_>) -> Option<EventKind> {
    let params: BTreeMap<String, serde_json::Value> = fields.get("params").unwrap_or_default();
    let params = params
        .into_iter()
        .map(|(name, value)| match value {
            serde_json::Value::String(text) => (name, text),
            other => (name, other.to_string()),
        })
        .collect();
    Some(EventKind::Postback {
        data: fields.text("data")?,
        params,
    })
}

fn beacon(fields: &Fields<'_>) -> Option<EventKind> {
    Some(EventKind::Beacon {
        hwid: fields.text("hwid")?,
        action: fields.text("type").unwrap_or_default(),
        device_message: fields.text("dm"),
    })
}

fn account_link(fields: &Fields<'_>) -> Option<EventKind> {
    Some(EventKind::AccountLink {
        linked: fields.text("result")? == "ok",
        nonce: fields.text("nonce").unwrap_or_default(),
    })
}

fn membership(fields: &Fields<'_>) -> Option<EventKind> {
    Some(EventKind::Membership {
        action: fields.text("type")?,
        membership_id: fields.id("membershipId").unwrap_or_default(),
    })
}

fn module_change(fields: &Fields<'_>) -> Option<ModuleChange> {
    let bot_id = fields.text("botId").unwrap_or_default();
    match fields.text("type")?.as_str() {
        "attached" => Some(ModuleChange::Attached {
            bot_id,
            scopes: fields.list("scopes"),
        }),
        "detached" => Some(ModuleChange::Detached {
            bot_id,
            reason: fields.text("reason").unwrap_or_default(),
        }),
        _ => None,
    }
}

fn message(fields: &Fields<'_>) -> Option<Message> {
    let type_name = fields.text("type").unwrap_or_default();
    Some(Message {
        id: fields.id("id")?,
        quote_token: fields.text("quoteToken"),
        quoted_message_id: fields.id("quotedMessageId"),
        mark_as_read_token: fields.text("markAsReadToken"),
        content: content(&type_name, fields).unwrap_or(MessageContent::Unsupported { type_name }),
    })
}

fn content(type_name: &str, fields: &Fields<'_>) -> Option<MessageContent> {
    Some(match type_name {
        "text" => MessageContent::Text {
            text: fields.text("text")?,
            emojis: fields.list("emojis"),
            mentions: fields.object("mention").list("mentionees"),
        },
        "image" => MessageContent::Image(media(fields)),
        "video" => MessageContent::Video(media(fields)),
        "audio" => MessageContent::Audio(media(fields)),
        "file" => MessageContent::File {
            file_name: fields.text("fileName").unwrap_or_default(),
            file_size: fields.get("fileSize").unwrap_or_default(),
        },
        "location" => MessageContent::Location(super::Location {
            title: fields.text("title"),
            address: fields.text("address"),
            latitude: fields.get("latitude")?,
            longitude: fields.get("longitude")?,
        }),
        "sticker" => MessageContent::Sticker(super::Sticker {
            package_id: fields.id("packageId")?,
            sticker_id: fields.id("stickerId")?,
            sticker_resource_type: fields.text("stickerResourceType").unwrap_or_default(),
            keywords: fields.list("keywords"),
            text: fields.text("text"),
        }),
        "flex" => card(CardForm::Flex, fields),
        "template" => card(CardForm::Template, fields),
        "imagemap" => card(CardForm::Imagemap, fields),
        _ => return None,
    })
}

fn card(form: CardForm, fields: &Fields<'_>) -> MessageContent {
    let names = ["altText", "contents", "template", "actions"];
    let parts = names
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), fields.get(name)?)));
    let message = serde_json::Value::Object(parts.collect());
    MessageContent::Card {
        form,
        card: Card::read(&message),
    }
}

fn media(fields: &Fields<'_>) -> Media {
    let provider = fields.object("contentProvider");
    Media {
        provider: match provider.text("type").as_deref() {
            Some("line") => ContentProvider::Line,
            Some("external") => ContentProvider::External {
                original_url: provider.text("originalContentUrl"),
                preview_url: provider.text("previewImageUrl"),
            },
            _ => ContentProvider::Unknown,
        },
        duration_ms: fields.millis("duration"),
        image_set: fields.get("imageSet"),
    }
}

#[cfg(test)]
mod tests;
