//! Handing events out: written once, put into the queues of those whom they concern in the order
//! in which they were published, and then written to each of them with one call.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::broker::Routing;
use super::connection::Connection;
use super::frame::{Frame, encode};
use super::hub::{Hub, Seated, State};
use super::list_updates::{Kind, Waiting};
use super::publication::{Audience, Publication};
use crate::clock::{self, Moment};
use crate::metrics;
use crate::protocol::{ConnectionId, OperatorId, Room, ServerEvent};

/// Most publications that are put into the queues before these are written out. A client that
/// keeps up has an empty queue then, which must take them all.
const TOGETHER: usize = 64;

/// Clients that are written to before other tasks of this thread get their turn.
const WRITES: usize = 64;

/// Those whose queues are to be written out, which happens outside the lock.
type Due = Vec<Arc<Connection>>;

impl Hub {
    /// Queues an event to be handed out, in order. Never waits.
    pub fn publish(&self, publication: Publication) {
        self.inner.tap.hear(&publication);
        if self.inner.publications.try_send(publication).is_err() {
            metrics::event_dropped();
            tracing::warn!("an event was dropped; clients fetch what they miss by its rev");
            if let Some(broker) = self.broker() {
                broker.lost_one();
            }
        }
    }

    /// Hands out what is published until `stop`, and then what waits. One task runs this.
    pub async fn hand_out_all(
        &self,
        mut queue: mpsc::Receiver<Publication>,
        stop: CancellationToken,
    ) {
        let mut batch = Vec::new();
        let mut due = Due::new();
        loop {
            let stopped = tokio::select! {
                biased;
                () = stop.cancelled() => true,
                count = queue.recv_many(&mut batch, TOGETHER) => count == 0,
                () = self.lists_are_due() => false,
            };
            if stopped {
                // What waits is handed out still.
                batch.extend(std::iter::from_fn(|| queue.try_recv().ok()).take(TOGETHER));
            }
            let is_last = stopped && batch.is_empty();
            for publication in batch.drain(..) {
                self.hand_out(publication, &mut due);
            }
            self.state().tell_lists(clock::moment(), is_last, &mut due);
            for (n, connection) in due.drain(..).enumerate() {
                connection.flush();
                if n % WRITES == WRITES - 1 {
                    tokio::task::yield_now().await;
                }
            }
            if is_last {
                return;
            }
        }
    }

    /// Waits until updates of lists have waited for long enough.
    async fn lists_are_due(&self) {
        loop {
            let due = self.state().lists.due();
            let Some(due) = due else {
                self.inner.lists_wait.notified().await;
                continue;
            };
            match u64::try_from(due.since(clock::moment())) {
                Ok(wait) if wait > 0 => tokio::time::sleep(Duration::from_millis(wait)).await,
                _ => return,
            }
        }
    }

    /// Writes the event once, for this node's clients and for the other nodes.
    fn hand_out(&self, publication: Publication, due: &mut Due) {
        if self.broker().is_none() && self.state().concerns_nobody(&publication) {
            return;
        }
        let goes_round = publication.goes_round();
        if matches!(publication.event, ServerEvent::SettingsUpdate { .. }) {
            // What waits may say what the settings said before.
            self.state().tell_lists(clock::moment(), true, due);
        }
        let (routing, frame) = written(publication);
        self.state().queue(&routing, &frame, clock::moment(), due);
        if let Some(broker) = self.broker().filter(|_| goes_round) {
            broker.relay(routing, frame);
        }
    }

    /// Hands an event out to this node's clients only.
    pub fn hand_out_here(&self, publication: Publication) {
        let (routing, frame) = written(publication);
        self.deliver(&routing, &frame);
    }

    /// Sends a frame to those clients of this node whom it concerns.
    pub(super) fn deliver(&self, routing: &Routing, frame: &Frame) {
        let mut due = Due::new();
        self.state()
            .queue(routing, frame, clock::moment(), &mut due);
        if routing.may_wait || routing.is_of_rule {
            self.inner.lists_wait.notify_one();
        }
        for connection in due {
            connection.flush();
        }
    }
}

impl State {
    /// Whether nobody is in the room that the event is for. Whoever joins reads it from the store.
    fn concerns_nobody(&self, publication: &Publication) -> bool {
        let room = publication.room.as_ref();
        publication.audience == Audience::Room
            && room.is_some_and(|room| !self.rooms.contains_key(room))
    }

    /// Puts a frame into the queues of those clients of this node whom it concerns.
    fn queue(&mut self, routing: &Routing, frame: &Frame, now: Moment, due: &mut Due) {
        let Routing {
            audience,
            room,
            rev,
            except,
            may_wait,
            is_of_rule,
        } = routing;
        if let Audience::Operator(operator) = *audience {
            return self.queue_to_operator(operator, *except, frame, due);
        }
        if let Some(room) = room {
            self.queue_to_members(room, routing, frame, due);
        }
        if *audience == Audience::Room {
            return;
        }
        let Some(room) = room else {
            return self.queue_to_others(None, *except, frame, due);
        };
        let kind = match (may_wait, is_of_rule) {
            (true, _) => Some(Kind::Update),
            (_, true) => Some(Kind::Deed),
            (false, false) => None,
        };
        if let (Some(kind), Some(rev)) = (kind, *rev) {
            let update = Waiting::new(kind, rev, frame.clone(), *except);
            if self.lists.keep(room, update, now).is_some() {
                self.queue_to_others(Some(room), *except, frame, due);
            }
            return;
        }
        // Nothing overtakes what waits of the same conversation.
        for earlier in self.lists.take(room) {
            self.queue_to_others(Some(room), earlier.except, &earlier.frame, due);
        }
        self.queue_to_others(Some(room), *except, frame, due);
    }

    fn queue_to_members(&mut self, room: &Room, routing: &Routing, frame: &Frame, due: &mut Due) {
        for (id, gate) in self.rooms.get_mut(room).into_iter().flatten() {
            if Some(*id) != routing.except
                && let Some(seated) = self.connections.get(id)
                && let Some(frame) = gate.pass(routing.rev, frame)
            {
                seated.queue(frame, due);
            }
        }
    }

    /// To one operator, whatever their connections follow.
    fn queue_to_operator(
        &self,
        operator: OperatorId,
        except: Option<ConnectionId>,
        frame: &Frame,
        due: &mut Due,
    ) {
        for (id, seated) in &self.connections {
            if Some(*id) != except && seated.connection.operator.id == operator {
                seated.queue(frame.clone(), due);
            }
        }
    }

    /// To all but the members of the room.
    fn queue_to_others(
        &self,
        room: Option<&Room>,
        except: Option<ConnectionId>,
        frame: &Frame,
        due: &mut Due,
    ) {
        let members = room.and_then(|room| self.rooms.get(room));
        for (id, seated) in &self.connections {
            let is_member = members.is_some_and(|members| members.contains_key(id));
            if Some(*id) != except && !is_member {
                seated.queue(frame.clone(), due);
            }
        }
    }

    /// Queues some of the updates of lists that have waited for long enough, or all that wait.
    fn tell_lists(&mut self, now: Moment, all: bool, due: &mut Due) {
        let waited = self.lists.take_ripe(now, all);
        if waited.is_empty() {
            return;
        }
        // Whoever is in a room was told at once, or has the room's snapshot.
        let mut told: HashMap<ConnectionId, Vec<usize>> = HashMap::new();
        for (at, (room, update)) in waited.iter().enumerate() {
            let members = self.rooms.get(room).into_iter().flat_map(HashMap::keys);
            for id in members.chain(update.except.as_ref()) {
                told.entry(*id).or_default().push(at);
            }
        }
        let updates = || waited.iter().map(|(_, update)| update).enumerate();
        let for_most = Frame::together(updates().map(|(_, update)| &update.frame));
        for (id, seated) in &self.connections {
            let told = told.get(id);
            let is_new = |update: &Waiting| update.is_before(seated.lists_before);
            if told.is_none() && !updates().any(|(_, update)| is_new(update)) {
                for part in &for_most {
                    seated.queue(part.clone(), due);
                }
                continue;
            }
            let is_told = |at: usize| told.is_some_and(|told| told.contains(&at));
            let rest = updates().filter(|(at, update)| !is_told(*at) && !is_new(update));
            for part in Frame::together(rest.map(|(_, update)| &update.frame)) {
                seated.queue(part, due);
            }
        }
    }
}

impl Seated {
    fn queue(&self, frame: Frame, due: &mut Due) {
        if self.connection.queue(frame) {
            due.push(self.connection.clone());
        }
    }
}

fn written(publication: Publication) -> (Routing, Frame) {
    let (may_wait, is_of_rule) = (publication.is_of_lists(), publication.is_of_rule());
    let Publication {
        audience,
        room,
        rev,
        event,
        except,
    } = publication;
    let routing = Routing {
        audience,
        room,
        rev,
        except,
        may_wait,
        is_of_rule,
    };
    (routing, encode(event, None))
}

#[cfg(test)]
mod tests {
    use tokio::net::{TcpListener, TcpStream};
    use uuid::Uuid;

    use super::*;
    use crate::metrics::text::Text;
    use crate::protocol::{Operator, OperatorId, Presence, Role};
    use crate::realtime::Outlet;

    fn dropped() -> String {
        let mut text = Text::default();
        metrics::write(&mut text);
        let lines = text.into_string();
        let line = |line: &&str| line.starts_with("sala_events_dropped_total ");
        lines.lines().find(line).unwrap_or_default().to_owned()
    }

    #[test]
    fn what_finds_no_place_is_dropped_and_counted() {
        let (hub, queue) = Hub::among(None);
        let nobody = Publication {
            audience: Audience::Everyone,
            room: None,
            rev: None,
            event: ServerEvent::Pong {
                revs: [].into(),
                degraded: Vec::new(),
            },
            except: None,
        };
        for _ in 0..queue.max_capacity() {
            hub.publish(nobody.clone());
        }
        assert_eq!(dropped(), "sala_events_dropped_total 0");
        hub.publish(nobody);
        assert_eq!(dropped(), "sala_events_dropped_total 1");
    }

    /// A connection whose frames stay in its queue, and its client.
    async fn seat(hub: &Hub) -> (Arc<Connection>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("its address");
        let (client, server) = tokio::join!(TcpStream::connect(addr), listener.accept());
        let operator = Operator {
            id: OperatorId(Uuid::now_v7()),
            name: "Mali".to_owned(),
            role: Role::Operator,
            status: Presence::Online,
        };
        let outlet = Arc::new(Outlet::new(server.expect("accepted").0));
        let connection = Connection::held(operator, Uuid::now_v7(), outlet, clock::now());
        let connection = Arc::new(connection);
        hub.connect(&connection).expect("a place");
        (connection, client.expect("connected"))
    }

    fn about(room: &Room, rev: i64, may_wait: bool) -> (Routing, Frame) {
        let routing = Routing {
            audience: Audience::Everyone,
            room: Some(room.clone()),
            rev: Some(rev),
            except: None,
            may_wait,
            is_of_rule: false,
        };
        (routing, Frame::from(rev.to_string().as_str()))
    }

    #[tokio::test]
    async fn who_follows_a_chat_is_told_at_once_and_others_the_newest_once() {
        let (hub, _queue) = Hub::among(None);
        let room: Room = "conversation:U1".parse().expect("a room");
        let (member, _one) = seat(&hub).await;
        let (other, _two) = seat(&hub).await;
        let (late, _three) = seat(&hub).await;
        let snapshot = || Frame::from("snapshot");
        hub.join(&member, &room).expect("joined");
        hub.open_gate(&member, &room, 1, snapshot());
        let mut due = Due::new();
        let tell = |rev, may_wait| {
            let (routing, frame) = about(&room, rev, may_wait);
            hub.state()
                .queue(&routing, &frame, Moment(rev), &mut Due::new());
        };
        for rev in 2..=5 {
            tell(rev, true);
        }
        let depths = || [member.depth(), other.depth(), late.depth()];
        assert_eq!(depths(), [5, 1, 1]);
        hub.join(&late, &room).expect("joined");
        hub.open_gate(&late, &room, 5, snapshot());
        hub.state().tell_lists(Moment(101), false, &mut due);
        assert_eq!(depths(), [5, 1, 2]);
        hub.state().tell_lists(Moment(102), false, &mut due);
        assert_eq!(depths(), [5, 2, 2]);
        // What is no update of lists never waits, and goes behind the update that does.
        tell(6, true);
        assert_eq!(depths(), [6, 2, 3]);
        tell(7, false);
        assert_eq!(depths(), [7, 4, 4]);
        hub.state().tell_lists(Moment(900), true, &mut due);
        assert_eq!(depths(), [7, 4, 4]);
    }
}
