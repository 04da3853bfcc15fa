//! What operators do: claim, answer, note, pass on, close, try again, at random.

use std::time::Instant;

use serde_json::json;

use super::{Asked, Console, Outgoing};
use crate::mark::{Mark, Writer};
use crate::record::Sending;

/// An operator does something in so many of a hundred looks.
const BUSY: usize = 60;

/// An operator waits when so many messages are not answered; the contract's queue holds 100.
const QUEUE: usize = 40;

impl Console {
    /// Perhaps does something.
    pub(super) fn act(&mut self) {
        if !self.dice.chance(BUSY) {
            return;
        }
        let number = self.dice.below(self.rooms.len());
        let room = &self.rooms[number];
        if !room.is_joined() {
            return;
        }
        let mine = room.owner.as_ref() == Some(&self.me.id);
        match room.status.as_str() {
            "waiting" if self.dice.chance(80) => self.command("claim_session", number),
            "active" if mine => self.work_on(number),
            "active" if self.me.supervises && self.dice.chance(10) => {
                let to = self.me.id.clone();
                self.transfer(number, Some(&to));
            }
            // Not theirs: the server must refuse it.
            "active" if self.dice.chance(4) => self.write(number, false),
            "active" if self.dice.chance(15) => self.write(number, true),
            _ => {}
        }
    }

    /// The operator owns the chat, as far as this console knows.
    fn work_on(&mut self, room: usize) {
        match self.dice.below(100) {
            0..64 => self.write(room, false),
            64..72 => self.write(room, true),
            72..78 => {
                let to = self.dice.below(self.world.team.len());
                let to = self.world.team[to].id.clone();
                self.transfer(room, Some(&to));
            }
            78..82 => self.transfer(room, None),
            82..87 => self.command("close_session", room),
            87..93 => self.send_again(),
            _ => self.retry(room),
        }
    }

    /// Whatever is written while nobody is connected waits in the queue.
    pub(super) fn write_offline(&mut self) {
        let mine = |room: &super::Room| room.owner.as_ref() == Some(&self.me.id);
        let rooms: Vec<usize> = (0..self.rooms.len())
            .filter(|&number| mine(&self.rooms[number]))
            .collect();
        for room in rooms {
            if self.dice.chance(30) {
                self.write(room, false);
            }
        }
    }

    /// Writes to the customer, or a note.
    fn write(&mut self, customer: usize, note: bool) {
        if self.outgoing.len() >= QUEUE {
            return;
        }
        self.written += 1;
        let writer = if note {
            Writer::Note(self.number)
        } else {
            Writer::Console(self.number)
        };
        let sending = Sending {
            mark: Mark {
                customer,
                writer,
                number: self.written,
            },
            client_id: self.dice.uuid().to_string(),
            acknowledged: [].into(),
            refused: None,
            retried: false,
        };
        let number = {
            let mut record = self.record();
            record.sendings.push(sending);
            record.sendings.len() - 1
        };
        self.outgoing.push(Outgoing {
            sending: number,
            sent_on: Vec::new(),
            due: Instant::now(),
        });
    }

    pub(super) fn send(&mut self, mark: Mark, client_id: String) {
        let mut payload = json!({
            "room": self.world.rooms[mark.customer],
            "client_id": client_id,
        });
        let content = match mark.writer {
            Writer::Note(_) => "note",
            Writer::Customer | Writer::Console(_) => "text",
        };
        payload[content] = mark.text().into();
        self.say("send_message", payload, Asked::Send { client_id });
    }

    /// Sends something that was acknowledged once more, as an impatient client would.
    fn send_again(&mut self) {
        let earlier = {
            let record = self.record();
            let acknowledged = record.sendings.iter().rev().take(20);
            let mut acknowledged = acknowledged.filter(|it| !it.acknowledged.is_empty());
            acknowledged
                .next()
                .map(|it| (it.mark, it.client_id.clone()))
        };
        if let Some((mark, client_id)) = earlier {
            self.send(mark, client_id);
        }
    }

    /// Asks for another attempt of a message that failed. One that may have arrived is left: a
    /// second one would be the operator's own doing.
    fn retry(&mut self, room: usize) {
        let failed = {
            let record = self.record();
            let lines = &record.views[room].lines;
            let found = record.sendings.iter().position(|sending| {
                let id = sending.acknowledged.first();
                let line = id.and_then(|id| lines.get(id));
                // Once only: the second attempt may come to be unconfirmed.
                !sending.retried
                    && sending.mark.customer == room
                    && line.is_some_and(|it| it.status == "failed")
            });
            found.and_then(|place| {
                let id = record.sendings[place].acknowledged.first()?;
                Some((place, id.clone()))
            })
        };
        if let Some((sending, id)) = failed {
            // An answer that is lost on the way must not hide that it was asked for.
            self.record().sendings[sending].retried = true;
            let payload = json!({ "room": self.world.rooms[room], "message_id": id });
            self.say("retry_message", payload, Asked::Retry { sending });
        }
    }

    fn command(&mut self, kind: &str, room: usize) {
        let payload = json!({ "room": self.world.rooms[room] });
        self.say(kind, payload, Asked::Other);
    }

    fn transfer(&mut self, room: usize, to: Option<&str>) {
        let mut payload = json!({ "room": self.world.rooms[room], "note": "please" });
        match to {
            Some(id) => payload["operator_id"] = id.into(),
            None => payload["to_queue"] = true.into(),
        }
        self.say("transfer_session", payload, Asked::Other);
    }
}
