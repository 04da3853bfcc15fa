//! Webhooks on their way out: signed, posted, and posted again where LINE would.

use std::time::{Duration, Instant};

use serde_json::value::RawValue;

use super::chats::Bubble;
use super::state::ReplyToken;
use super::wire::{Update, Way};
use super::{Simulator, SimulatorError, mint};
use crate::line::signature::{SIGNATURE_HEADER, sign};
use crate::line::webhook::{Event, EventKind, Message, ParsedEvent, parse_body};

/// LINE keeps its schedule to itself; this one is short enough to watch.
const REDELIVERY_DELAYS_MS: [u64; 8] = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
/// Slower answers are failures for LINE.
const LINE_PATIENCE: Duration = Duration::from_secs(2);

impl Simulator {
    /// Posts these events in one webhook, exactly as they are written, and answers the status;
    /// 0 means that no answer came.
    ///
    /// # Errors
    /// When an event is not JSON.
    pub async fn post_raw_events(&self, events: Vec<String>) -> Result<u16, SimulatorError> {
        let events: Result<Vec<_>, _> = events.into_iter().map(RawValue::from_string).collect();
        let events = events.map_err(|error| SimulatorError::Invalid(error.to_string()))?;
        Ok(self.post_events(&events).await)
    }

    pub(super) async fn post_events(&self, events: &[Box<RawValue>]) -> u16 {
        let events: Vec<&str> = events.iter().map(|event| event.get()).collect();
        let body = format!(
            r#"{{"destination":"{}","events":[{}]}}"#,
            self.config().bot_user_id,
            events.join(",")
        );
        let status = self.post_body(&body).await;
        self.state().last_webhook = Some(body.clone());
        if !(200..300).contains(&status) && self.settings().redelivery {
            self.redeliver(body);
        }
        status
    }

    /// Posts the latest webhook once more, as a redelivery.
    ///
    /// # Errors
    /// When nothing was posted yet.
    pub async fn repeat_webhook(&self) -> Result<u16, SimulatorError> {
        let body = self.state().last_webhook.clone();
        let body = body.ok_or_else(|| SimulatorError::NotFound("webhook to repeat".to_owned()))?;
        Ok(self.post_body(&redelivered(&body)).await)
    }

    /// Posts LINE's verification to an address and answers status and time taken.
    pub(super) async fn verify_webhook(&self, url: &str) -> (u16, Duration) {
        let body = format!(
            r#"{{"destination":"{}","events":[]}}"#,
            self.config().bot_user_id
        );
        self.post_to(url, body).await
    }

    fn redeliver(&self, body: String) {
        let (simulator, body) = (self.clone(), redelivered(&body));
        let again = async move {
            for delay in REDELIVERY_DELAYS_MS {
                tokio::time::sleep(Duration::from_millis(delay)).await;
                if (200..300).contains(&simulator.post_body(&body).await) {
                    break;
                }
            }
        };
        let shutdown = self.0.shutdown.clone();
        self.0
            .tasks
            .spawn(async move { shutdown.run_until_cancelled(again).await });
    }

    async fn post_body(&self, body: &str) -> u16 {
        let parsed = parse_body(body.as_bytes())
            .map(|parsed| parsed.events)
            .unwrap_or_default();
        for event in &parsed {
            self.remember(event);
        }
        let url = self.state().webhook_url.clone();
        let (status, took) = match url {
            Some(url) => self.post_to(&url, body.to_owned()).await,
            None => (0, Duration::ZERO),
        };
        self.log_webhook(&parsed, status, took);
        status
    }

    async fn post_to(&self, url: &str, body: String) -> (u16, Duration) {
        let start = Instant::now();
        let request = self
            .0
            .http
            .post(url)
            .header("content-type", "application/json; charset=utf-8")
            .header(
                SIGNATURE_HEADER,
                sign(&self.config().channel_secret, body.as_bytes()),
            )
            .body(body);
        let status = request
            .send()
            .await
            .map_or(0, |response| response.status().as_u16());
        (status, start.elapsed())
    }

    /// Takes note of the tokens, messages and changes that an event tells, before anybody can
    /// answer it.
    fn remember(&self, parsed: &ParsedEvent) {
        let event = &parsed.event;
        let Some(source) = &event.source else { return };
        let chat_id = source.chat_id();
        let mut state = self.state();
        state.ensure_chat(chat_id);
        if let Some(token) = &event.reply_token {
            let (chat, issued_at) = (chat_id.to_owned(), mint::now());
            let fresh = ReplyToken {
                chat,
                issued_at,
                used: false,
            };
            state
                .reply_tokens
                .entry(token.clone())
                .or_insert(fresh)
                .issued_at = issued_at;
        }
        drop(state);
        match &event.kind {
            EventKind::Message(message) => self.remember_message(chat_id, parsed, message),
            EventKind::MessageEdited(message) => self.remember_edit(chat_id, parsed, message),
            EventKind::Unsend { message_id } => {
                let bubble = self.state().unsend(chat_id, message_id);
                self.publish_bubble(chat_id, bubble);
            }
            EventKind::Follow { .. } => self.remember_friendship(chat_id, true),
            EventKind::Unfollow => self.remember_friendship(chat_id, false),
            _ => {}
        }
    }

    fn remember_message(&self, chat_id: &str, parsed: &ParsedEvent, message: &Message) {
        let bubble = Bubble {
            id: message.id.clone(),
            at: parsed.event.timestamp.unwrap_or_else(mint::now),
            from: Some(author(&parsed.event)),
            message: message_object(parsed),
            read: false,
            unsent: false,
        };
        let mut state = self.state();
        state.remember_tokens(chat_id, message);
        let bubble = state.add_bubble(chat_id, bubble);
        drop(state);
        self.publish_bubble(chat_id, bubble);
    }

    fn remember_edit(&self, chat_id: &str, parsed: &ParsedEvent, message: &Message) {
        let mut state = self.state();
        state.remember_tokens(chat_id, message);
        let history = state.chats.get_mut(chat_id).map(|chat| &mut chat.history);
        let bubble = history
            .and_then(|history| history.iter_mut().find(|bubble| bubble.id == message.id))
            .map(|bubble| {
                bubble.message = message_object(parsed);
                bubble.clone()
            });
        drop(state);
        self.publish_bubble(chat_id, bubble);
    }

    fn remember_friendship(&self, chat_id: &str, friend: bool) {
        if let Some(customer) = self.state().customer_mut(chat_id) {
            customer.friend = friend;
        }
        self.publish_chat(chat_id);
    }

    pub(super) fn publish_bubble(&self, chat: &str, bubble: Option<Bubble>) {
        if let Some(bubble) = &bubble {
            self.publish(&Update::Bubble { chat, bubble });
        }
    }

    fn log_webhook(&self, events: &[ParsedEvent], status: u16, took: Duration) {
        let kinds: Vec<String> = events.iter().map(name_of).collect();
        let title = format!(
            "webhook {}",
            if kinds.is_empty() {
                "—".into()
            } else {
                kinds.join(", ")
            }
        );
        let mut detail = match status {
            0 => "no answer".to_owned(),
            status => format!("{status} in {} ms", took.as_millis()),
        };
        if took > LINE_PATIENCE {
            detail.push_str(" · LINE would have given up");
        }
        detail.push_str(" · signed");
        if let Some(token) = events
            .iter()
            .find_map(|parsed| parsed.event.reply_token.as_deref())
        {
            let start: String = token.chars().take(4).collect();
            detail.extend([" · replyToken ", &start, "…"]);
        }
        if events.iter().any(|parsed| parsed.event.is_redelivery) {
            detail.push_str(" · again");
        }
        self.log_wire(Way::ToWebhook, title, detail, (200..300).contains(&status));
    }
}

impl super::state::State {
    fn remember_tokens(&mut self, chat_id: &str, message: &Message) {
        if let Some(token) = &message.quote_token {
            self.quote_tokens.insert(token.clone(), chat_id.to_owned());
        }
        if let Some(token) = &message.mark_as_read_token {
            let place = (chat_id.to_owned(), message.id.clone());
            self.read_tokens.insert(token.clone(), place);
        }
    }
}

/// The body of a redelivery: equal but for one word.
fn redelivered(body: &str) -> String {
    body.replace(r#""isRedelivery":false"#, r#""isRedelivery":true"#)
        .replace(r#""isRedelivery": false"#, r#""isRedelivery": true"#)
}

fn author(event: &Event) -> String {
    let source = event.source.as_ref();
    source
        .and_then(|source| source.user_id())
        .unwrap_or_default()
        .to_owned()
}

fn message_object(parsed: &ParsedEvent) -> serde_json::Value {
    let mut event: serde_json::Value = serde_json::from_str(&parsed.raw).unwrap_or_default();
    event["message"].take()
}

/// An event's kind as the wire shows it.
fn name_of(parsed: &ParsedEvent) -> String {
    let event: serde_json::Value = serde_json::from_str(&parsed.raw).unwrap_or_default();
    let kind = event["type"].as_str().unwrap_or("?");
    match event["message"]["type"].as_str() {
        Some(message) => format!("{kind} {message}"),
        None => kind.to_owned(),
    }
}
