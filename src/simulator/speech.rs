//! What customers do: write, take back, block and come back.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};

use super::chats::Party;
use super::state::{Media, State};
use super::{Simulator, SimulatorError, art, mint};

const DURATION_MS: u64 = 3_000;

/// Something a customer sends.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Utterance {
    /// A LINE message object; what LINE would add is added where it is missing.
    pub message: Map<String, Value>,
    /// Which member of a group; the first one when absent.
    pub from: Option<String>,
    /// Bytes of a picture, film, sound or file; a sample when absent.
    pub content: Option<Content>,
    /// When it was sent, in Unix milliseconds; now when absent.
    pub at: Option<i64>,
}

/// Bytes of a picture, film, sound or file.
#[derive(Clone, Debug, Deserialize)]
pub struct Content {
    /// The bytes.
    #[serde(rename = "base64", deserialize_with = "from_base64")]
    pub bytes: Bytes,
    /// Their content type.
    #[serde(rename = "type")]
    pub content_type: String,
    /// How long LINE prepares them, in milliseconds.
    #[serde(default)]
    pub preparing_ms: u64,
}

impl Content {
    fn sample(kind: &str) -> Self {
        let (bytes, content_type) = art::sample(kind);
        Self {
            bytes,
            content_type: content_type.to_owned(),
            preparing_ms: 0,
        }
    }
}

/// What came of something a customer sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivered {
    /// The webhook's answer; 0 if there was none.
    pub webhook_status: u16,
    /// LINE's id of the message.
    pub message_id: String,
}

fn from_base64<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD
        .decode(text)
        .map(Bytes::from)
        .map_err(serde::de::Error::custom)
}

impl Simulator {
    /// Lets a customer, or a member of a group, send something.
    ///
    /// # Errors
    /// When there is no such chat or member, or the message has no type.
    pub async fn say(&self, chat_id: &str, what: Utterance) -> Result<Delivered, SimulatorError> {
        let at = what.at.unwrap_or_else(mint::now);
        let (event, message_id) = {
            let mut state = self.state();
            let source = state.source(chat_id, what.from.as_deref())?;
            let (message, message_id) = state.complete(what, at)?;
            (
                event("message", at, &source, true, "message", message),
                message_id,
            )
        };
        let webhook_status = self.post_events(&[event]).await;
        Ok(Delivered {
            webhook_status,
            message_id,
        })
    }

    /// Lets a customer take a message back; answers the webhook's status.
    ///
    /// # Errors
    /// When the chat has no such message of a customer.
    pub async fn unsend(&self, chat_id: &str, message_id: &str) -> Result<u16, SimulatorError> {
        let event = {
            let state = self.state();
            let history = state.chats.get(chat_id).map(|chat| &chat.history);
            let from = history
                .and_then(|history| history.iter().find(|bubble| bubble.id == message_id))
                .and_then(|bubble| bubble.from.clone())
                .ok_or_else(|| SimulatorError::NotFound(format!("message {message_id}")))?;
            let source = state.source(chat_id, Some(&from))?;
            let unsend = json!({ "messageId": message_id });
            event("unsend", mint::now(), &source, false, "unsend", unsend)
        };
        Ok(self.post_events(&[event]).await)
    }

    /// Lets a customer block the account; answers the webhook's status.
    ///
    /// # Errors
    /// When there is no such customer.
    pub async fn block(&self, user_id: &str) -> Result<u16, SimulatorError> {
        let source = self.customer_source(user_id)?;
        let event = event("unfollow", mint::now(), &source, false, "", Value::Null);
        Ok(self.post_events(&[event]).await)
    }

    /// Lets a customer add the account as a friend, for the first time or again; answers the
    /// webhook's status.
    ///
    /// # Errors
    /// When there is no such customer.
    pub async fn follow(&self, user_id: &str) -> Result<u16, SimulatorError> {
        let source = self.customer_source(user_id)?;
        let was_friend = self
            .state()
            .customer(user_id)
            .is_some_and(|customer| customer.friend);
        let follow = json!({ "isUnblocked": !was_friend });
        let event = event("follow", mint::now(), &source, true, "follow", follow);
        Ok(self.post_events(&[event]).await)
    }

    /// Lets a customer press a button that carries this; answers the webhook's status.
    ///
    /// # Errors
    /// When there is no such customer.
    pub async fn press(&self, user_id: &str, data: &str) -> Result<u16, SimulatorError> {
        let source = self.customer_source(user_id)?;
        let postback = json!({ "data": data });
        let event = event("postback", mint::now(), &source, true, "postback", postback);
        Ok(self.post_events(&[event]).await)
    }

    fn customer_source(&self, user_id: &str) -> Result<Value, SimulatorError> {
        let state = self.state();
        if state.customer(user_id).is_none() {
            return Err(SimulatorError::NotFound(format!("customer {user_id}")));
        }
        state.source(user_id, None)
    }
}

impl State {
    /// The source of events in a chat.
    fn source(&self, chat_id: &str, from: Option<&str>) -> Result<Value, SimulatorError> {
        let missing = || SimulatorError::NotFound(format!("customer {chat_id}"));
        match &self.chats.get(chat_id).ok_or_else(missing)?.party {
            Party::Customer(_) => Ok(json!({"type": "user", "userId": chat_id})),
            Party::Group(group) => {
                let member = match from.filter(|id| !id.is_empty()) {
                    Some(id) if group.members.iter().any(|member| member == id) => Some(id),
                    Some(id) => return Err(SimulatorError::NotFound(format!("member {id}"))),
                    None => group.members.first().map(String::as_str),
                };
                let (kind, key) = if chat_id.starts_with('R') {
                    ("room", "roomId")
                } else {
                    ("group", "groupId")
                };
                let mut source = json!({"type": kind, key: chat_id});
                if let Some(member) = member {
                    source["userId"] = member.into();
                }
                Ok(source)
            }
        }
    }

    /// The message with all that LINE adds, and its id.
    fn complete(&mut self, what: Utterance, at: i64) -> Result<(Value, String), SimulatorError> {
        let Utterance {
            mut message,
            content,
            ..
        } = what;
        let kind = message
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        if kind.is_empty() {
            return Err(SimulatorError::Invalid(
                "message.type is missing".to_owned(),
            ));
        }
        let id = match message.get("id").and_then(Value::as_str) {
            Some(id) => id.to_owned(),
            None => self.mint_message_id(),
        };
        let mut defaults = HashMap::from([
            ("id", Value::from(id.clone())),
            ("markAsReadToken", mint::long_token().into()),
        ]);
        match kind.as_str() {
            "text" => drop(defaults.insert("quoteToken", mint::long_token().into())),
            "sticker" => {
                defaults.insert("quoteToken", mint::long_token().into());
                defaults.insert("stickerResourceType", "STATIC".into());
            }
            "image" | "video" | "audio" | "file" => {
                self.keep_content(&kind, &id, at, content, &mut message, &mut defaults);
            }
            _ => {}
        }
        for (name, value) in defaults {
            message.entry(name).or_insert(value);
        }
        Ok((Value::Object(message), id))
    }

    /// Keeps the bytes and says about them what LINE says.
    fn keep_content(
        &mut self,
        kind: &str,
        id: &str,
        at: i64,
        content: Option<Content>,
        message: &mut Map<String, Value>,
        defaults: &mut HashMap<&str, Value>,
    ) {
        if kind == "image" || kind == "video" {
            defaults.insert("quoteToken", mint::long_token().into());
        }
        if kind == "video" || kind == "audio" {
            defaults.insert("duration", DURATION_MS.into());
        }
        if let Some(url) = message.remove("originalContentUrl") {
            let preview = message
                .remove("previewImageUrl")
                .unwrap_or_else(|| url.clone());
            let external = json!({
                "type": "external", "originalContentUrl": url, "previewImageUrl": preview,
            });
            defaults.insert("contentProvider", external);
            return;
        }
        let content = content.unwrap_or_else(|| Content::sample(kind));
        if kind == "file" {
            defaults.insert("fileName", "file.txt".into());
            defaults.insert("fileSize", content.bytes.len().into());
        } else {
            defaults.insert("contentProvider", json!({"type": "line"}));
        }
        let ready_at = at.saturating_add_unsigned(content.preparing_ms);
        let media = Media {
            bytes: content.bytes,
            content_type: content.content_type,
            ready_at,
        };
        self.media.insert(id.to_owned(), media);
    }
}

/// An event with all that every event has.
fn event(
    kind: &str,
    at: i64,
    source: &Value,
    can_be_answered: bool,
    payload_name: &str,
    payload: Value,
) -> Box<RawValue> {
    let mut event = json!({
        "type": kind,
        "timestamp": at,
        "mode": "active",
        "webhookEventId": mint::ulid(at),
        "deliveryContext": {"isRedelivery": false},
        "source": source,
    });
    if can_be_answered {
        event["replyToken"] = mint::reply_token().into();
    }
    if !payload_name.is_empty() {
        event[payload_name] = payload;
    }
    to_raw_value(&event).expect("an event is plain data")
}
