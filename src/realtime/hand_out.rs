//! Handing events out: written once, put into the queues of those whom they concern in the order
//! in which they were published, and then written to each of them with one call.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::broker::Routing;
use super::connection::Connection;
use super::frame::{Frame, encode};
use super::hub::{Hub, Seated, State};
use super::publication::{Audience, Publication};
use crate::metrics;

/// Most publications that are put into the queues before these are written out. A client that
/// keeps up has an empty queue then, which must take them all.
const TOGETHER: usize = 64;

/// Clients that are written to before other tasks of this thread get their turn.
const WRITES: usize = 64;

impl Hub {
    /// Queues an event to be handed out, in order. Never waits.
    pub fn publish(&self, publication: Publication) {
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
        let mut due = Vec::new();
        loop {
            let next = queue.recv_many(&mut batch, TOGETHER);
            if stop.run_until_cancelled(next).await.is_none() {
                // What waits is handed out still.
                batch.extend(std::iter::from_fn(|| queue.try_recv().ok()).take(TOGETHER));
            }
            if batch.is_empty() {
                return;
            }
            for publication in batch.drain(..) {
                self.hand_out(publication, &mut due);
            }
            for (n, connection) in due.drain(..).enumerate() {
                connection.flush();
                if n % WRITES == WRITES - 1 {
                    tokio::task::yield_now().await;
                }
            }
        }
    }

    /// Writes the event once, for this node's clients and for the other nodes.
    fn hand_out(&self, publication: Publication, due: &mut Vec<Arc<Connection>>) {
        let (routing, frame) = written(publication);
        self.queue(&routing, &frame, due);
        if let (Some(broker), Some(_)) = (self.broker(), routing.rev) {
            broker.relay(routing, frame);
        }
    }

    /// Hands an event out to this node's clients only, at once.
    pub fn hand_out_here(&self, publication: Publication) {
        let (routing, frame) = written(publication);
        self.deliver(&routing, &frame);
    }

    /// Sends a frame to those clients of this node whom it concerns.
    pub(super) fn deliver(&self, routing: &Routing, frame: &Frame) {
        let mut due = Vec::new();
        self.queue(routing, frame, &mut due);
        for connection in due {
            connection.flush();
        }
    }

    /// Puts a frame into the queues of those clients of this node whom it concerns; `due` gets
    /// those whose queue is then to be written out, which happens outside the lock.
    fn queue(&self, routing: &Routing, frame: &Frame, due: &mut Vec<Arc<Connection>>) {
        let Routing {
            audience,
            room,
            rev,
            except,
        } = routing;
        let mut state = self.state();
        let State {
            connections, rooms, ..
        } = &mut *state;
        let mut members = room.as_ref().and_then(|room| rooms.get_mut(room));
        let mut queue = |seated: &Seated, frame: Option<Frame>| {
            if frame.is_some_and(|frame| seated.connection.queue(frame)) {
                due.push(seated.connection.clone());
            }
        };
        match audience {
            Audience::Room => {
                for (id, gate) in members.into_iter().flatten() {
                    if Some(*id) != *except
                        && let Some(seated) = connections.get(id)
                    {
                        queue(seated, gate.pass(*rev, frame));
                    }
                }
            }
            Audience::Everyone => {
                for (id, seated) in connections.iter() {
                    if Some(*id) == *except {
                        continue;
                    }
                    match members.as_mut().and_then(|members| members.get_mut(id)) {
                        Some(gate) => queue(seated, gate.pass(*rev, frame)),
                        None => queue(seated, Some(frame.clone())),
                    }
                }
            }
        }
    }
}

fn written(publication: Publication) -> (Routing, Frame) {
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
    };
    (routing, encode(event, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::text::Text;
    use crate::protocol::ServerEvent;

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
}
