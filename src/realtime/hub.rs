//! The hub: which connection is in which room.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};
use uuid::Uuid;

use super::attention::Attention;
use super::broker::{Broker, Bulletin};
use super::connection::Connection;
use super::frame::Frame;
use super::gate::Gate;
use super::list_updates::ListUpdates;
use super::publication::Publication;
use super::roster::Roster;
use super::tap::Tap;
use crate::clock::Moment;
use crate::protocol::close::CloseCode;
use crate::protocol::{ConnectionId, MAX_JOINED_ROOMS, Room, Timestamp};

/// Publications that wait for the hub. Past that one is dropped: `rev` repairs it.
const PUBLICATIONS: usize = 65_536;

/// The connection is in as many rooms as it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a connection may be in at most {MAX_JOINED_ROOMS} rooms")]
pub struct JoinRefused;

/// The operator has as many connections at this node as one may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("You have {MAX_SOCKETS} consoles open already")]
pub struct TooManySockets;

/// The most connections of one operator.
const MAX_SOCKETS: u32 = 50;

/// A handle to the hub; cheap to clone.
#[derive(Clone)]
pub struct Hub {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    /// A std mutex: nothing awaits under it, and handing out is pushing shared frames.
    state: Mutex<State>,
    /// Keeps publications in the order in which they were made.
    pub(super) publications: mpsc::Sender<Publication>,
    /// Wakes whoever hands out when updates of lists begin to wait.
    pub(super) lists_wait: Notify,
    /// Set when the team's presence may have changed.
    presence_changed: Notify,
    /// Set when somebody may have room for a chat, or a chat may wait for somebody.
    work_changed: Notify,
    /// To the other nodes, if there are any.
    broker: Option<Broker>,
    /// Whether customers' files wait for room.
    files_wait: AtomicBool,
    /// For whoever tells operators that are not there.
    pub(super) tap: Tap,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) connections: HashMap<ConnectionId, Seated>,
    pub(super) rooms: HashMap<Room, HashMap<ConnectionId, Gate>>,
    pub(super) roster: Roster,
    pub(super) attention: Attention,
    pub(super) lists: ListUpdates,
}

pub(super) struct Seated {
    pub(super) connection: Arc<Connection>,
    rooms: HashSet<Room>,
    /// Updates of lists that were kept before it came; it is told none of them.
    pub(super) lists_before: u64,
}

impl Hub {
    /// The hub of a node that is alone, and the queue that its owner hands out with
    /// [`Hub::hand_out_all`].
    pub fn new() -> (Self, mpsc::Receiver<Publication>) {
        Self::among(None)
    }

    /// The hub of one node of several.
    pub fn among(broker: Option<Broker>) -> (Self, mpsc::Receiver<Publication>) {
        let (publications, queue) = mpsc::channel(PUBLICATIONS);
        let inner = Inner {
            state: Mutex::default(),
            publications,
            lists_wait: Notify::new(),
            presence_changed: Notify::new(),
            work_changed: Notify::new(),
            broker,
            files_wait: AtomicBool::new(false),
            tap: Tap::new(),
        };
        (
            Self {
                inner: Arc::new(inner),
            },
            queue,
        )
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn broker(&self) -> Option<&Broker> {
        self.inner.broker.as_ref()
    }

    pub(super) fn tell_nodes(&self, bulletin: Bulletin) {
        if let Some(broker) = &self.inner.broker {
            broker.tell(bulletin);
        }
    }

    /// What this node's roster says has changed, so that other nodes want to know.
    pub(super) fn announce_soon(&self) {
        if let Some(broker) = &self.inner.broker {
            broker.announce_soon();
        }
    }

    /// Whether customers' files wait for room; consoles are told when that changes.
    pub fn say_files_wait(&self, wait: bool) {
        if self.inner.files_wait.swap(wait, Ordering::Relaxed) != wait {
            if wait {
                tracing::warn!("there is no room for customers' files: they wait");
            } else {
                tracing::info!("there is room for customers' files again");
            }
            self.notify_presence();
        }
    }

    /// As [`Hub::say_files_wait`] was told last.
    pub fn files_wait(&self) -> bool {
        self.inner.files_wait.load(Ordering::Relaxed)
    }

    pub(super) fn notify_presence(&self) {
        self.inner.presence_changed.notify_one();
        self.say_work();
    }

    /// Somebody may have room for a chat, or a chat waits for somebody.
    pub fn say_work(&self) {
        self.inner.work_changed.notify_one();
    }

    /// Waits until [`Hub::say_work`] was said, or who is there has changed.
    pub async fn work_change(&self) {
        self.inner.work_changed.notified().await;
    }

    /// What the team list shows of somebody has changed with time alone, which each node sees for
    /// itself.
    pub fn say_presence(&self) {
        self.inner.presence_changed.notify_one();
    }

    /// Waits until something that the team list shows may have changed.
    pub async fn presence_change(&self) {
        self.inner.presence_changed.notified().await;
    }

    /// Waits until this node's consoles may lack what was said elsewhere; answers since when.
    pub async fn gap(&self) -> Timestamp {
        match &self.inner.broker {
            Some(broker) => broker.gap().await,
            None => std::future::pending().await,
        }
    }

    /// A connection is authenticated and receives what goes to everyone.
    ///
    /// # Errors
    /// [`TooManySockets`] past the operator's share.
    pub fn connect(&self, connection: &Arc<Connection>) -> Result<(), TooManySockets> {
        let operator = &connection.operator;
        let mut state = self.state();
        if state.roster.connections(operator.id) >= MAX_SOCKETS {
            return Err(TooManySockets);
        }
        let seated = Seated {
            connection: connection.clone(),
            rooms: HashSet::new(),
            lists_before: state.lists.kept(),
        };
        state.connections.insert(connection.id, seated);
        let changed = state.roster.connect(operator.to_ref(), operator.status);
        drop(state);
        if changed {
            self.notify_presence();
        }
        self.announce_soon();
        Ok(())
    }

    /// A connection is gone.
    pub fn disconnect(&self, connection: &Connection, now: Moment) {
        let mut state = self.state();
        let Some(seated) = state.connections.remove(&connection.id) else {
            return;
        };
        let rooms: Vec<Room> = seated.rooms.into_iter().collect();
        for room in &rooms {
            state.forget_member(room, connection.id);
        }
        state.roster.disconnect(connection.operator.id, &rooms, now);
    }

    /// Subscribes a connection to a room; its events wait until [`Hub::open_gate`]. Joining again
    /// begins anew.
    ///
    /// # Errors
    /// [`JoinRefused`] past the limit.
    pub fn join(&self, connection: &Connection, room: &Room) -> Result<(), JoinRefused> {
        let mut guard = self.state();
        let state = &mut *guard;
        let Some(seated) = state.connections.get_mut(&connection.id) else {
            return Ok(());
        };
        let new_here = !seated.rooms.contains(room);
        if new_here && seated.rooms.len() >= MAX_JOINED_ROOMS {
            return Err(JoinRefused);
        }
        seated.rooms.insert(room.clone());
        state
            .rooms
            .entry(room.clone())
            .or_default()
            .insert(connection.id, Gate::loading());
        let new = new_here && state.roster.enter(connection.operator.id, room);
        drop(guard);
        if new {
            self.publish_joined(room, connection.operator.to_ref(), Some(connection.id));
        }
        self.announce_soon();
        Ok(())
    }

    /// Sends the snapshot at `rev`, then what came meanwhile and is newer.
    pub fn open_gate(&self, connection: &Connection, room: &Room, rev: i64, snapshot: Frame) {
        let mut state = self.state();
        let mut is_due = connection.queue(snapshot);
        let gate = state
            .rooms
            .get_mut(room)
            .and_then(|members| members.get_mut(&connection.id));
        for frame in gate.map(|gate| gate.open(rev)).unwrap_or_default() {
            is_due |= connection.queue(frame);
        }
        drop(state);
        if is_due {
            connection.flush();
        }
    }

    /// Takes a connection out of a room. Answers false when it was not in it.
    pub fn leave(&self, connection: &Connection, room: &Room) -> bool {
        let mut state = self.state();
        let Some(seated) = state.connections.get_mut(&connection.id) else {
            return false;
        };
        if !seated.rooms.remove(room) {
            return false;
        }
        state.forget_member(room, connection.id);
        let operator = connection.operator.to_ref();
        let gone = state.roster.leave(operator.id, room);
        drop(state);
        if gone {
            self.publish_left(room, operator, Some(connection.id));
        }
        self.announce_soon();
        true
    }

    /// Whether a connection is in a room.
    pub fn is_in(&self, connection: &Connection, room: &Room) -> bool {
        let state = self.state();
        state
            .connections
            .get(&connection.id)
            .is_some_and(|seated| seated.rooms.contains(room))
    }

    /// The rooms that a connection is in.
    pub fn rooms_of(&self, connection: &Connection) -> Vec<Room> {
        let state = self.state();
        let seated = state.connections.get(&connection.id);
        seated
            .map(|seated| seated.rooms.iter().cloned().collect())
            .unwrap_or_default()
    }

    /// Ends the connections of which `which` says so.
    pub fn close_where(&self, code: CloseCode, which: impl Fn(&Connection) -> bool) {
        for connection in self.connections() {
            if which(&connection) {
                connection.close(code);
            }
        }
    }

    /// The log-ins that have a connection.
    pub fn logins(&self) -> HashSet<Uuid> {
        self.state()
            .connections
            .values()
            .map(|seated| seated.connection.login)
            .collect()
    }

    /// Every connection.
    pub fn connections(&self) -> Vec<Arc<Connection>> {
        self.state()
            .connections
            .values()
            .map(|seated| seated.connection.clone())
            .collect()
    }

    /// How many connections there are, and how many rooms somebody is in.
    pub fn size(&self) -> (usize, usize) {
        let state = self.state();
        (state.connections.len(), state.rooms.len())
    }
}

impl State {
    fn forget_member(&mut self, room: &Room, connection: ConnectionId) {
        if let Some(members) = self.rooms.get_mut(room) {
            members.remove(&connection);
            if members.is_empty() {
                self.rooms.remove(room);
            }
        }
    }
}
