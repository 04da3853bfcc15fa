//! What went over the wire, and what the phone pages are told.

use std::collections::VecDeque;

use serde::Serialize;

use super::chats::{Bubble, Summary};
use super::{Simulator, mint};

/// The newest entries kept.
const KEPT: usize = 200;

/// News for the phone pages.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Update<'a> {
    /// A chat is new or changed.
    Chat { chat: Summary<'a> },
    /// A message is new or changed.
    Bubble { chat: &'a str, bubble: &'a Bubble },
    /// The account has seen these messages.
    Read { chat: &'a str, ids: &'a [String] },
    /// The loading animation shows for so long; 0 ends it.
    Typing { chat: &'a str, seconds: u64 },
    /// Something went over the wire.
    Wire { entry: &'a WireEntry },
}

/// Which way a request went.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Way {
    /// From LINE to the webhook.
    ToWebhook,
    /// From the channel's owner to LINE.
    ToLine,
}

/// One request and its answer.
#[derive(Clone, Serialize)]
pub(super) struct WireEntry {
    seq: u64,
    at: i64,
    way: Way,
    title: String,
    detail: String,
    fine: bool,
}

/// The latest requests.
#[derive(Default)]
pub(super) struct Wire {
    pub(super) entries: VecDeque<WireEntry>,
    last_seq: u64,
}

impl Wire {
    fn add(&mut self, way: Way, title: String, detail: String, fine: bool) -> WireEntry {
        self.last_seq += 1;
        let entry = WireEntry {
            seq: self.last_seq,
            at: mint::now(),
            way,
            title,
            detail,
            fine,
        };
        self.entries.push_back(entry.clone());
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
        entry
    }
}

impl Simulator {
    pub(super) fn log_wire(&self, way: Way, title: String, detail: String, fine: bool) {
        let entry = self.state().wire.add(way, title, detail, fine);
        self.publish(&Update::Wire { entry: &entry });
    }
}
