//! What a console makes of the server's frames.

use std::time::{Duration, Instant};

use sala::protocol::Timestamp;
use serde_json::Value;

use super::{Asked, Console};
use crate::hostile::STRANGER;
use crate::record::Line;

/// The pause after a refusal that is not for good.
const AGAIN: Duration = Duration::from_millis(300);

impl Console {
    /// Takes one frame in.
    pub(super) fn take(&mut self, frame: &Value) {
        let (kind, payload) = (
            frame["type"].as_str().unwrap_or_default(),
            &frame["payload"],
        );
        let asked = frame["ref"]
            .as_str()
            .and_then(|reference| self.asked.remove(reference));
        match kind {
            "new_message"
            | "message_updated"
            | "session_claimed"
            | "session_closed"
            | "session_transferred" => {
                if let Some(Asked::Retry { sending }) = asked {
                    self.record().sendings[sending].retried = true;
                }
                self.change(kind, payload, frame["ref"].is_string());
            }
            "message_sent" => self.acknowledged(payload),
            "conversation_update" => match (asked, payload["messages"].as_array()) {
                (Some(Asked::Join { room, after }), Some(lines)) => {
                    self.joined(room, after, payload, lines);
                }
                (None, Some(_)) => self.unwanted("an answer that was not asked for"),
                _ => self.told(payload),
            },
            "pong" => self.hints(&payload["revs"]),
            "error" => self.refused(payload, asked),
            _ => {}
        }
    }

    pub(super) fn unwanted(&self, what: impl Into<String>) {
        self.record().unwanted.push(what.into());
    }

    fn room_of(&self, payload: &Value) -> Option<usize> {
        let room = payload["room"].as_str()?;
        self.world.rooms.iter().position(|known| known == room)
    }

    /// A durable change, with the line that it brought or changed.
    fn change(&mut self, kind: &str, payload: &Value, is_answer: bool) {
        let (Some(room), Some(rev)) = (self.room_of(payload), payload["rev"].as_i64()) else {
            return self.unwanted(format!("{kind} without a room of ours"));
        };
        if let Some(line) = line(&payload["message"]) {
            self.watch_for_doubles(kind, room, rev, payload, is_answer);
            self.put(room, line);
        }
        self.rooms[room].set_session(&payload["session"]);
        self.event(room, rev);
    }

    /// One event reaches one connection once, and none that its snapshot held already.
    fn watch_for_doubles(
        &mut self,
        kind: &str,
        room: usize,
        rev: i64,
        payload: &Value,
        is_answer: bool,
    ) {
        let id = payload["message"]["id"].as_str().unwrap_or_default();
        let key = (kind.to_owned(), room, rev, id.to_owned());
        if !self.told.insert(key) {
            self.unwanted(format!("{kind} of rev {rev} in room {room} came twice"));
        }
        let joined_at = self.rooms[room].joined_at;
        if !is_answer && joined_at.is_some_and(|joined_at| rev <= joined_at) {
            let what = format!("{kind} of rev {rev} in room {room} came after its snapshot");
            self.unwanted(what);
        }
        if kind != "new_message" {
            return;
        }
        let client_id = payload["message"]["client_id"].as_str();
        let own = self.outgoing.iter().find(|outgoing| {
            let record = self.record();
            Some(record.sendings[outgoing.sending].client_id.as_str()) == client_id
        });
        if own.is_some_and(|own| own.sent_on == [self.connection]) {
            self.unwanted(format!("new_message of rev {rev} came back to its sender"));
        }
    }

    fn put(&self, room: usize, line: Line) {
        let view = &mut self.record().views[room];
        match view.lines.get(&line.id) {
            Some(known) if known.rev >= line.rev => {}
            _ => {
                view.lines.insert(line.id.clone(), line);
            }
        }
    }

    fn event(&mut self, room: usize, rev: i64) {
        let known = self.record().views[room].rev;
        // Before the first answer there is nothing to go on from.
        if let Some(known) = known {
            let known = self.rooms[room].event(rev, known);
            self.record().views[room].rev = Some(known);
        }
    }

    fn acknowledged(&mut self, payload: &Value) {
        let (Some(client_id), Some(line)) =
            (payload["client_id"].as_str(), line(&payload["message"]))
        else {
            return self.unwanted("message_sent without its message");
        };
        let found = {
            let mut record = self.record();
            let mut all = record.sendings.iter_mut().enumerate();
            let found = all.find(|(_, sending)| sending.client_id == client_id);
            found.map(|(number, sending)| {
                sending.acknowledged.insert(line.id.clone());
                (number, sending.mark.customer)
            })
        };
        let Some((number, room)) = found else {
            return self.unwanted("message_sent for somebody else's key");
        };
        self.outgoing.retain(|outgoing| outgoing.sending != number);
        let rev = line.rev;
        self.put(room, line);
        self.event(room, rev);
    }

    fn joined(&mut self, room: usize, after: Option<i64>, payload: &Value, lines: &[Value]) {
        let Some(rev) = payload["rev"].as_i64() else {
            return self.unwanted("an answer to join_room without its rev");
        };
        let lines: Vec<Line> = lines.iter().filter_map(line).collect();
        let complete = payload["complete"] == true;
        {
            let mut record = self.record();
            let in_order = lines.is_sorted_by(|a, b| a.order() < b.order());
            if !in_order {
                let what = format!("the lines of room {room} came out of order");
                record.unwanted.push(what);
            }
            if after.is_none() || !complete {
                record.afresh += usize::from(after.is_some());
                let view = &mut record.views[room];
                view.lines.clear();
                let begins = lines
                    .first()
                    .map(|line| (line.place, line.at, line.id.clone()));
                view.begins = begins.filter(|_| payload["older"] == true || !complete);
            } else if let Some(after) = after
                && let Some(old) = lines.iter().find(|line| line.rev <= after)
            {
                let what = format!("a line of rev {} came after rev {after}", old.rev);
                record.unwanted.push(what);
            }
        }
        for line in lines {
            self.put(room, line);
        }
        let known = self.record().views[room].rev;
        let known = self.rooms[room].joined(rev, known);
        self.record().views[room].rev = Some(known);
        self.rooms[room].set_session(&payload["conversation"]["session"]);
    }

    /// A conversation's update without lines.
    fn told(&mut self, payload: &Value) {
        // Strangers may write; LINE's own trials are no conversation.
        if payload["room"] == format!("conversation:{STRANGER}") {
            return;
        }
        let (Some(room), Some(rev)) = (self.room_of(payload), payload["rev"].as_i64()) else {
            return self.unwanted("conversation_update without a room of ours");
        };
        let known = self.record().views[room].rev;
        if let Some(known) = known {
            self.rooms[room].hint(rev, known);
        }
        self.rooms[room].set_session(&payload["conversation"]["session"]);
    }

    fn hints(&mut self, revs: &Value) {
        for (room, name) in self.world.rooms.iter().enumerate() {
            let known = self.record().views[room].rev;
            match (revs[name].as_i64(), known) {
                (Some(rev), Some(known)) => self.rooms[room].hint(rev, known),
                _ if self.rooms[room].is_joined() => self.rooms[room].not_joined(Instant::now()),
                _ => {}
            }
        }
    }

    fn refused(&mut self, payload: &Value, asked: Option<Asked>) {
        let code = payload["code"].as_str().unwrap_or_default();
        let for_now = matches!(code, "internal_error" | "rate_limit_exceeded");
        // A message may be tried again by somebody else meanwhile.
        let may_be_late = matches!(asked, Some(Asked::Retry { .. }));
        match asked {
            Some(Asked::Join { room, .. }) => self.rooms[room].not_joined(Instant::now()),
            Some(Asked::Send { client_id }) => self.not_sent(&client_id, code, for_now),
            Some(Asked::Retry { .. } | Asked::Other) => {}
            None => self.unwanted(format!("an error that answers nothing: {payload}")),
        }
        let is_strange = matches!(
            code,
            "validation_error" | "unknown_event" | "not_authenticated" | "room_not_found"
        );
        if is_strange && !may_be_late {
            self.unwanted(format!("an error that nothing of ours deserves: {payload}"));
        }
    }

    /// For good: the message is refused. For now: it is sent again.
    fn not_sent(&mut self, client_id: &str, code: &str, for_now: bool) {
        let mut record = self.record.lock().expect("no panic under the lock");
        let mut all = record.sendings.iter_mut().enumerate();
        let Some((number, sending)) = all.find(|(_, it)| it.client_id == client_id) else {
            return;
        };
        let Some(place) = self.outgoing.iter().position(|it| it.sending == number) else {
            // A second send of what was acknowledged long ago.
            if !for_now {
                let what = format!("{} was acknowledged, then refused ({code})", sending.mark);
                record.unwanted.push(what);
            }
            return;
        };
        if for_now {
            let outgoing = &mut self.outgoing[place];
            outgoing.due = Instant::now() + AGAIN;
            // Not sent on this connection, as far as the next look is concerned.
            outgoing.sent_on.push(0);
        } else {
            sending.refused = Some(code.to_owned());
            self.outgoing.remove(place);
        }
    }
}

/// A message of the contract as a line.
fn line(message: &Value) -> Option<Line> {
    let text = |name: &str| message[name].as_str().map(str::to_owned);
    let is_system = message["direction"] == "system";
    let at: Timestamp = message["created_at"].as_str()?.parse().ok()?;
    Some(Line {
        id: text("id")?,
        direction: text("direction")?,
        text: text("text"),
        status: text("status")?,
        says_why: !is_system && text("error").is_some_and(|error| !error.is_empty()),
        rev: message["rev"].as_i64()?,
        at: at.0,
        place: match message["placed_at"].as_str() {
            Some(place) => place.parse::<Timestamp>().ok()?.0,
            None => at.0,
        },
    })
}
