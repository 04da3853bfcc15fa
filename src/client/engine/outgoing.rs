//! What the operator wants: messages through the queue, commands at once.

use super::{Command, CommandKind, Engine, Output, Posted};
use crate::client::outbox::{OutboxChange, QueueFull};
use crate::protocol::message::SendMessage;
use crate::protocol::{ClientEvent, ClientId, ErrorCode, ErrorPayload, Presence, Room};

/// How long a command may go unanswered.
const ANSWER_MS: i64 = 10_000;

/// Between two tries over HTTP after one that did not arrive.
const RETRY_MS: i64 = 5_000;

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
    /// Puts a message into the queue.
    ///
    /// # Errors
    /// [`QueueFull`] for the 101st that waits.
    pub fn send(&mut self, now: i64, message: SendMessage) -> Result<Vec<Output>, QueueFull> {
        let room = message.room.clone();
        let item = self.outbox.push(message, now)?;
        self.enqueued(room, item);
        Ok(self.settle(now))
    }

    /// Puts a refused message to the end of the queue.
    ///
    /// # Errors
    /// [`QueueFull`] when a hundred wait.
    pub fn resend(&mut self, now: i64, client_id: ClientId) -> Result<Vec<Output>, QueueFull> {
        if let Some(item) = self.outbox.resend(client_id, now)? {
            self.enqueued(item.message.room.clone(), item);
        }
        Ok(self.settle(now))
    }

    pub(super) fn discard(&mut self, client_id: ClientId) {
        self.take_out(client_id);
    }

    pub(super) fn open(&mut self, room: Option<Room>, known: Option<i64>) {
        let needed = self.outbox.rooms();
        for (left, joined) in self.rooms.open(room, known, &needed) {
            if joined && self.is_connected() {
                self.say(ClientEvent::LeaveRoom { room: left.clone() }, None);
            }
            self.out.push(Output::Left(left));
        }
    }

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

    pub(super) fn posted(&mut self, now: i64, client_id: ClientId, posted: Posted) {
        match posted {
            Posted::Stored { rev, message } => {
                self.polling.heard(true);
                self.stored(now, client_id, rev, *message);
            }
            Posted::Refused(error) => self.refuse_message(now, client_id, error),
            Posted::Unreachable => {
                self.polling.heard(false);
                self.put_back(client_id, now + RETRY_MS);
            }
        }
    }

    /// The server did not take a message.
    pub(super) fn refuse_message(&mut self, now: i64, client_id: ClientId, error: ErrorPayload) {
        match error.code {
            // Says something of the connection, not of the message.
            ErrorCode::NotInRoom => self.put_back(client_id, now),
            ErrorCode::NotAuthenticated => self.put_back(client_id, now + RETRY_MS),
            _ => {
                let item = self.outbox.refuse(client_id, error, now).cloned();
                self.out
                    .extend(item.map(|item| Output::Outbox(OutboxChange::Put(Box::new(item)))));
                self.tell_waiting();
            }
        }
    }

    /// A conversation cannot be followed.
    pub(super) fn missing(&mut self, room: &Room, error: Option<ErrorPayload>) {
        if !self.rooms.is_followed(room) {
            return;
        }
        self.rooms.forget(room);
        let error = error.unwrap_or_else(|| {
            ErrorPayload::new(ErrorCode::RoomNotFound, "There is no such conversation.")
        });
        let items = self.outbox.items().iter();
        let lost = items.filter(|item| item.message.room == *room && item.waits());
        for client_id in lost.map(|i| i.message.client_id).collect::<Vec<_>>() {
            let item = self.outbox.refuse(client_id, error.clone(), 0).cloned();
            self.out
                .extend(item.map(|item| Output::Outbox(OutboxChange::Put(Box::new(item)))));
        }
        self.tell_waiting();
        self.out.push(Output::Gone(room.clone()));
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

    pub(super) fn keep_joined(&mut self, now: i64) {
        if !self.is_connected() {
            return;
        }
        for (room, after_rev) in self.rooms.due(now) {
            let reference = self.reference('j');
            self.rooms.ask(&room, reference.clone(), after_rev, now);
            self.say(ClientEvent::JoinRoom { room, after_rev }, Some(reference));
        }
    }

    /// Sends what may leave, and gives up waiting for what takes too long.
    pub(super) fn flush(&mut self, now: i64) {
        let connected = self.is_connected();
        if connected || self.is_polling() {
            let rooms = &self.rooms;
            let due = self
                .outbox
                .due(now, |room| !connected || rooms.is_joined(room));
            for item in due {
                self.out
                    .push(Output::Outbox(OutboxChange::Put(Box::new(item.clone()))));
                if connected {
                    let reference = item.message.client_id.to_string();
                    self.say(ClientEvent::SendMessage(item.message), Some(reference));
                } else {
                    self.out.push(Output::Post(item.message));
                }
            }
        }
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

    pub(super) fn outgoing_deadline(&self) -> Option<i64> {
        let connected = self.is_connected();
        let queue = (connected || self.is_polling()).then(|| {
            let open = |room: &Room| !connected || self.rooms.is_joined(room);
            self.outbox.deadline(open)
        });
        let joins = connected.then(|| self.rooms.deadline()).flatten();
        let answers = self.pending.values().map(|p| p.at + ANSWER_MS).min();
        let rest = self.typing.as_ref().map(|t| t.key_at + TYPING_MS);
        let times = [queue.flatten(), joins, answers, rest];
        times.into_iter().flatten().min()
    }

    /// The connection went before these were answered.
    pub(super) fn drop_pending(&mut self) {
        for (_, pending) in std::mem::take(&mut self.pending) {
            self.unanswered(pending);
        }
    }

    /// Takes a message out of the queue: stored, or given up.
    pub(super) fn take_out(&mut self, client_id: ClientId) {
        if let Some(item) = self.outbox.remove(client_id) {
            self.out.push(Output::Outbox(OutboxChange::Removed {
                room: item.message.room,
                client_id,
            }));
            self.tell_waiting();
        }
    }

    pub(super) fn tell_waiting(&mut self) {
        let waiting = u32::try_from(self.outbox.waiting()).unwrap_or(u32::MAX);
        self.out
            .push(Output::Outbox(OutboxChange::Waiting(waiting)));
    }

    fn enqueued(&mut self, room: Room, item: crate::client::outbox::Item) {
        if !self.rooms.is_followed(&room) {
            self.rooms.follow(room, None);
        }
        self.out
            .push(Output::Outbox(OutboxChange::Put(Box::new(item))));
        self.tell_waiting();
    }

    fn put_back(&mut self, client_id: ClientId, not_before: i64) {
        let item = self.outbox.put_back(client_id, not_before).cloned();
        self.out
            .extend(item.map(|item| Output::Outbox(OutboxChange::Put(Box::new(item)))));
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
