//! What the operator wants besides messages: commands at once, typing while it lasts.

use super::{Engine, Output};
use crate::protocol::{ClientEvent, Command, Room};

/// How long a command may go unanswered.
const ANSWER_MS: i64 = 10_000;

/// Between two `typing_start`, and how long a rest ends the typing.
const TYPING_MS: i64 = 4_000;

/// A command that was sent.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) command: Command,
    at: i64,
}

/// Where the operator types.
#[derive(Debug)]
pub(super) struct Typing {
    room: Room,
    key_at: i64,
    said_at: i64,
}

impl Pending {
    /// Whether the operator is told how it ended: marks are made again by themselves.
    pub(super) fn tells(&self) -> bool {
        !matches!(self.command, Command::MarkRead { .. })
    }
}

impl Engine {
    pub(super) fn command(&mut self, now: i64, command: Command) {
        if self.is_connected() {
            self.ask(now, command);
            return;
        }
        match command {
            Command::MarkRead { room, rev } if !self.is_polling() => self.mark_later(room, rev),
            Command::SetPresence { status } => self.presence = Some(status),
            command => self.out.push(Output::Call(command)),
        }
    }

    pub(super) fn type_in(&mut self, now: i64, room: Room, typing: bool) {
        let here = self.typing.as_ref().is_some_and(|t| t.room == room);
        if self.typing.is_some() && (!typing || !here) {
            self.stop_typing();
        }
        if !typing || !self.is_connected() {
            return;
        }
        let said_at = match &self.typing {
            Some(known) if now - known.said_at < TYPING_MS => known.said_at,
            _ => {
                let event = ClientEvent::TypingStart { room: room.clone() };
                self.say(event, None);
                now
            }
        };
        self.typing = Some(Typing {
            room,
            key_at: now,
            said_at,
        });
    }

    /// The connection is new and conversations are being joined: what waited for it follows.
    pub(super) fn catch_up(&mut self, now: i64) {
        for (room, rev) in std::mem::take(&mut self.marks) {
            self.ask(now, Command::MarkRead { room, rev });
        }
        if let Some(status) = self.presence.take() {
            self.ask(now, Command::SetPresence { status });
        }
        self.refresh_list(now);
    }

    /// Gives up waiting for what takes too long.
    pub(super) fn keep_commands(&mut self, now: i64) {
        let late = |pending: &Pending| now - pending.at >= ANSWER_MS;
        for pending in self.pending.take_if(late) {
            self.unanswered(pending);
        }
        if self
            .typing
            .as_ref()
            .is_some_and(|t| now - t.key_at >= TYPING_MS)
        {
            self.stop_typing();
        }
    }

    pub(super) fn commands_deadline(&self) -> Option<i64> {
        let answers = self.pending.values().map(|p| p.at + ANSWER_MS).min();
        let rest = self.typing.as_ref().map(|t| t.key_at + TYPING_MS);
        answers.into_iter().chain(rest).min()
    }

    /// The connection went before these were answered.
    pub(super) fn drop_pending(&mut self) {
        for (_, pending) in std::mem::take(&mut self.pending) {
            self.unanswered(pending);
        }
    }

    fn ask(&mut self, now: i64, command: Command) {
        let reference = self.reference('c');
        let pending = Pending {
            command: command.clone(),
            at: now,
        };
        self.pending.insert(reference.clone(), pending);
        self.say(ClientEvent::Command(command), Some(reference));
    }

    fn unanswered(&mut self, pending: Pending) {
        match pending.command {
            Command::MarkRead { room, rev } => {
                if !self.is_connected() {
                    self.mark_later(room, rev);
                }
            }
            command => self.out.push(Output::Unanswered { command }),
        }
    }

    fn mark_later(&mut self, room: Room, rev: i64) {
        let mark = self.marks.get_or_insert(room, rev);
        *mark = rev.max(*mark);
    }

    fn stop_typing(&mut self) {
        if let Some(typing) = self.typing.take()
            && self.is_connected()
        {
            self.say(ClientEvent::TypingStop { room: typing.room }, None);
        }
    }
}
