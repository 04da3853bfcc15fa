//! What the operator wants besides messages: commands at once, typing while it lasts.

use super::{Command, CommandKind, Engine, Output};
use crate::protocol::{ClientEvent, Presence, Room};

/// How long a command may go unanswered.
const ANSWER_MS: i64 = 10_000;

/// Between two `typing_start`, and how long a rest ends the typing.
const TYPING_MS: i64 = 4_000;

/// A command that was sent.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) kind: CommandKind,
    pub(super) room: Option<Room>,
    /// Of `mark_read`.
    rev: i64,
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
        self.kind != CommandKind::MarkRead
    }
}

impl Engine {
    pub(super) fn command(&mut self, now: i64, command: Command) {
        if self.is_connected() {
            self.say_command(now, command);
            return;
        }
        match command {
            Command::MarkRead { room, rev } if !self.is_polling() => self.mark_later(room, rev),
            command => self.out.push(Output::Call(command)),
        }
    }

    pub(super) fn set_presence(&mut self, now: i64, status: Presence) {
        if self.is_connected() {
            let event = ClientEvent::SetPresence { status };
            self.ask(now, CommandKind::Presence, None, 0, event);
        } else {
            self.presence = Some(status);
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
            self.say_command(now, Command::MarkRead { room, rev });
        }
        if let Some(status) = self.presence.take() {
            self.set_presence(now, status);
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

    fn say_command(&mut self, now: i64, command: Command) {
        let (kind, room) = (command.kind(), Some(command.room().clone()));
        let mut mark = 0;
        let event = match command {
            Command::Claim { room } => ClientEvent::ClaimSession { room },
            Command::Close { room, note } => ClientEvent::CloseSession { room, note },
            Command::Transfer {
                room,
                operator_id,
                note,
            } => ClientEvent::TransferSession {
                room,
                operator_id,
                to_queue: operator_id.is_none(),
                note,
            },
            Command::Retry { room, message_id } => ClientEvent::RetryMessage { room, message_id },
            Command::MarkRead { room, rev } => {
                mark = rev;
                ClientEvent::MarkRead { room, rev }
            }
        };
        self.ask(now, kind, room, mark, event);
    }

    fn ask(
        &mut self,
        now: i64,
        kind: CommandKind,
        room: Option<Room>,
        rev: i64,
        event: ClientEvent,
    ) {
        let reference = self.reference('c');
        let pending = Pending {
            kind,
            room,
            rev,
            at: now,
        };
        self.pending.insert(reference.clone(), pending);
        self.say(event, Some(reference));
    }

    fn unanswered(&mut self, pending: Pending) {
        if pending.tells() {
            self.out.push(Output::Unanswered {
                command: pending.kind,
                room: pending.room,
            });
        } else if let Some(room) = pending.room
            && !self.is_connected()
        {
            self.mark_later(room, pending.rev);
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
