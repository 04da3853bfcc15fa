//! Everything that the simulated LINE remembers.

use std::collections::{HashMap, HashSet, VecDeque};

use bytes::Bytes;
use serde_json::Value;

use super::chats::{Bubble, Chat, InboxEntry, SentMessage};
use super::fault::Fault;
use super::mint;
use super::settings::{MarkAsReadMode, Settings};
use super::wire::Wire;

/// LINE's ids have 18 digits, more than a double can hold.
const FIRST_MESSAGE_ID: u64 = 560_000_000_000_000_000;
const MESSAGE_ID_SPREAD: u64 = 30_000_000_000_000_000;

/// A right to one free answer.
#[derive(Clone, Debug)]
pub(super) struct ReplyToken {
    pub(super) chat: String,
    pub(super) issued_at: i64,
    pub(super) used: bool,
}

/// A push that LINE took.
#[derive(Clone, Debug)]
pub(super) struct Accepted {
    pub(super) request_id: String,
    pub(super) sent: Vec<SentMessage>,
}

/// Bytes behind a message.
#[derive(Clone)]
pub(super) struct Media {
    pub(super) bytes: Bytes,
    pub(super) content_type: String,
    pub(super) ready_at: i64,
}

pub(super) struct State {
    pub(super) webhook_url: Option<String>,
    /// The latest webhook's body, for sending it twice.
    pub(super) last_webhook: Option<String>,
    pub(super) settings: Settings,
    pub(super) faults: VecDeque<Fault>,
    /// Of the next times that content is fetched.
    pub(super) content_faults: VecDeque<Fault>,
    /// Messages pushed this month.
    pub(super) quota_used: u64,
    /// By user, group and room id.
    pub(super) chats: HashMap<String, Chat>,
    pub(super) reply_tokens: HashMap<String, ReplyToken>,
    /// Chat of each quote token.
    pub(super) quote_tokens: HashMap<String, String>,
    /// Chat and message of each read token.
    pub(super) read_tokens: HashMap<String, (String, String)>,
    pub(super) retry_keys: HashMap<String, Accepted>,
    /// By message id.
    pub(super) media: HashMap<String, Media>,
    /// Messages taken back.
    pub(super) unsent: HashSet<String>,
    pub(super) wire: Wire,
    next_message_id: u64,
}

impl State {
    pub(super) fn new(webhook_url: Option<String>) -> Self {
        Self {
            webhook_url,
            last_webhook: None,
            settings: Settings::default(),
            faults: VecDeque::new(),
            content_faults: VecDeque::new(),
            quota_used: 0,
            chats: HashMap::new(),
            reply_tokens: HashMap::new(),
            quote_tokens: HashMap::new(),
            read_tokens: HashMap::new(),
            retry_keys: HashMap::new(),
            media: HashMap::new(),
            unsent: HashSet::new(),
            wire: Wire::default(),
            next_message_id: FIRST_MESSAGE_ID + rand::random::<u64>() % MESSAGE_ID_SPREAD,
        }
    }

    pub(super) fn mint_message_id(&mut self) -> String {
        self.next_message_id += 1;
        self.next_message_id.to_string()
    }

    /// Hands messages from the account to a chat and says under which ids.
    pub(super) fn hand_over(
        &mut self,
        chat_id: &str,
        entry: InboxEntry,
    ) -> (Vec<SentMessage>, Vec<Bubble>) {
        let (mut sent, mut bubbles) = (Vec::new(), Vec::new());
        for message in &entry.messages {
            let message = message.clone();
            let one = SentMessage::new(self.mint_message_id(), &message);
            if let Some(token) = &one.quote_token {
                self.quote_tokens.insert(token.clone(), chat_id.to_owned());
            }
            bubbles.push(Bubble::from_account(one.id.clone(), mint::now(), message));
            sent.push(one);
        }
        if let Some(chat) = self.chats.get_mut(chat_id).filter(|chat| chat.reachable()) {
            chat.history.extend(bubbles.iter().cloned());
            chat.inbox.push(entry);
            return (sent, bubbles);
        }
        (sent, Vec::new())
    }

    /// Puts a customer's message on the phone, once.
    pub(super) fn add_bubble(&mut self, chat_id: &str, mut bubble: Bubble) -> Option<Bubble> {
        bubble.read = self.settings.mark_as_read_mode == MarkAsReadMode::Auto;
        let chat = self.chats.get_mut(chat_id)?;
        if chat.history.iter().rev().any(|known| known.id == bubble.id) {
            return None;
        }
        chat.history.push(bubble.clone());
        Some(bubble)
    }

    /// Takes a message back and forgets what it held.
    pub(super) fn unsend(&mut self, chat_id: &str, message_id: &str) -> Option<Bubble> {
        self.media.remove(message_id);
        self.unsent.insert(message_id.to_owned());
        let bubbles = &mut self.chats.get_mut(chat_id)?.history;
        let bubble = bubbles.iter_mut().find(|bubble| bubble.id == message_id)?;
        bubble.unsent = true;
        bubble.message = Value::Null;
        Some(bubble.clone())
    }

    /// Marks a message and all before it as read; says which were not.
    pub(super) fn mark_as_read(&mut self, chat_id: &str, message_id: &str) -> Vec<String> {
        let Some(chat) = self.chats.get_mut(chat_id) else {
            return Vec::new();
        };
        let last = chat
            .history
            .iter()
            .position(|bubble| bubble.id == message_id);
        let seen = last.map_or(0, |last| last + 1);
        let unread = chat.history[..seen]
            .iter_mut()
            .filter(|bubble| bubble.is_unread());
        unread
            .map(|bubble| {
                bubble.read = true;
                bubble.id.clone()
            })
            .collect()
    }
}
