//! Messages: from the queue to the server, over the socket or without one.

use super::{Engine, Output, Posted};
use crate::client::outbox::{LocalFile, OutboxChange, QueueFull};
use crate::protocol::message::SendMessage;
use crate::protocol::{ClientEvent, ClientId, Command, ErrorCode, ErrorPayload, MediaId, Room};

/// Between two tries over HTTP after one that did not arrive.
const RETRY_MS: i64 = 5_000;

impl Engine {
    /// Puts a message into the queue; with a file it waits for [`super::Input::Uploaded`].
    ///
    /// # Errors
    /// [`QueueFull`] for the 101st that waits.
    pub fn send(
        &mut self,
        now: i64,
        message: SendMessage,
        file: Option<LocalFile>,
    ) -> Result<Vec<Output>, QueueFull> {
        let room = message.room.clone();
        let item = self.outbox.push(message, file, now)?;
        self.type_in(now, room.clone(), false);
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

    /// A file has come to its end: it is there, or will never be.
    pub(super) fn uploaded(&mut self, client_id: ClientId, end: Result<MediaId, ErrorPayload>) {
        let item = match end {
            Ok(media_id) => self.outbox.uploaded(client_id, media_id),
            Err(error) => self.outbox.not_uploaded(client_id, error),
        };
        let item = item.cloned();
        self.out
            .extend(item.map(|item| Output::Outbox(OutboxChange::Put(Box::new(item)))));
        self.tell_waiting();
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

    /// Sends what may leave.
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
                let reference = item.message.client_id.to_string();
                let command = Command::SendMessage(item.message);
                if connected {
                    self.say(ClientEvent::Command(command), Some(reference));
                } else {
                    self.out.push(Output::Call(command));
                }
            }
        }
    }

    pub(super) fn outgoing_deadline(&self) -> Option<i64> {
        let connected = self.is_connected();
        let queue = (connected || self.is_polling()).then(|| {
            let open = |room: &Room| !connected || self.rooms.is_joined(room);
            self.outbox.deadline(open)
        });
        let joins = connected.then(|| self.rooms.deadline()).flatten();
        let times = [queue.flatten(), joins, self.commands_deadline()];
        times.into_iter().flatten().min()
    }

    /// Takes a message out of the queue: stored, or given up.
    pub(super) fn take_out(&mut self, client_id: ClientId) {
        if let Some(item) = self.outbox.remove(client_id) {
            self.out.push(Output::Outbox(OutboxChange::Removed {
                room: item.message.room,
                client_id,
                file: item.file.is_some(),
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
}
