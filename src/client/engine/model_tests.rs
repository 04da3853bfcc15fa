//! The engine and the store against a server and a network that behave badly: frames are dropped,
//! doubled, delayed and overtake each other, connections are cut, sockets are blocked for a while,
//! the page is loaded again. Once the network behaves, nothing may be missing, double or out of
//! order.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::Owner;
use proptest::prelude::*;

use super::*;
use crate::client::fixtures::{self, conversation, draft, line, own_line, room};
use crate::client::outbox::{Item, ItemState, LocalFile, OutboxChange};
use crate::client::store::LocalState;
use crate::client::{Store, reducer};
use crate::protocol::{
    ClientEvent, ClientFrame, Command, ConnectionId, ErrorCode, ErrorPayload, Message,
    MessageStatus, ServerEvent, ServerFrame, ThreadCursor, ThreadPage, Timestamp,
};

/// So long the server holds an update of lists back for the next one of its conversation.
const MERGE_MS: i64 = 100;

/// More changes than this are not resumed; then the latest so many lines are sent.
const RESUME_MAX: usize = 6;
const LATEST: usize = 8;

const ROOMS: [&str; 2] = ["U1", "U2"];

#[derive(Clone, Debug)]
enum Step {
    Customer(usize),
    Touch(usize),
    Change(usize),
    Send(usize),
    SendFile(usize),
    /// The oldest file that is on its way arrives, or never will.
    Upload(bool),
    TakeBack(usize),
    Cut(u16),
    Block(bool),
    Reload,
    Pass(i64),
}

/// What becomes of a frame.
#[derive(Clone, Debug)]
enum Fate {
    Arrives,
    Lost,
    Doubled,
    Late(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..2_usize).prop_map(Step::Customer),
        2 => (0..2_usize).prop_map(Step::Touch),
        2 => (0..2_usize).prop_map(Step::Change),
        5 => (0..2_usize).prop_map(Step::Send),
        2 => (0..2_usize).prop_map(Step::SendFile),
        3 => prop::bool::weighted(0.8).prop_map(Step::Upload),
        1 => (0..2_usize).prop_map(Step::TakeBack),
        1 => prop_oneof![Just(1006), Just(1001), Just(4429), Just(4401)].prop_map(Step::Cut),
        1 => any::<bool>().prop_map(Step::Block),
        1 => Just(Step::Reload),
        4 => (1..20_000_i64).prop_map(Step::Pass),
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Arrives),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Doubled),
        2 => (1..4_000_i64).prop_map(Fate::Late),
    ]
}

#[derive(Debug)]
enum Parcel {
    ToServer(Attempt, Box<ClientFrame>),
    ToClient(Attempt, Box<ServerFrame>),
}

#[derive(Default)]
struct Place {
    rev: i64,
    lines: Vec<Message>,
}

/// Server, network and page.
struct World {
    now: i64,
    places: BTreeMap<Room, Place>,
    lines: u128,
    connection: Option<Attempt>,
    authenticated: bool,
    joined: BTreeSet<Room>,
    blocked: bool,
    fates: Vec<Fate>,
    fate: usize,
    parcels: Vec<(i64, u64, Parcel)>,
    parcel: u64,
    /// The server merges updates of lists, which then wait here: the newest, and until when.
    merges: bool,
    updates: BTreeMap<Room, (i64, ServerEvent)>,
    engine: Engine,
    store: Store,
    kept: BTreeMap<crate::protocol::ClientId, Item>,
    sent: BTreeMap<Room, Vec<String>>,
    drafts: u128,
}

impl World {
    fn new(fates: Vec<Fate>) -> Self {
        let places = ROOMS.map(|name| (room(name), Place::default()));
        let mut world = Self {
            now: 1_000,
            places: places.into(),
            lines: 0,
            connection: None,
            authenticated: false,
            joined: BTreeSet::new(),
            blocked: false,
            fates,
            fate: 0,
            parcels: Vec::new(),
            parcel: 0,
            merges: false,
            updates: BTreeMap::new(),
            engine: Engine::new(3),
            store: fixtures::store(Vec::new()),
            kept: BTreeMap::new(),
            sent: BTreeMap::new(),
            drafts: 1_000_000,
        };
        world.load();
        world
    }

    fn load(&mut self) {
        self.engine = Engine::new(3);
        self.store = fixtures::store(Vec::new());
        let queue = self.kept.values().cloned().collect();
        self.input(Input::Start { queue });
        for name in ROOMS {
            self.input(Input::Open {
                room: Some(room(name)),
                known: None,
            });
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Customer(at) => {
                let message = line(self.next_line(), 0);
                self.add(&room(ROOMS[at]), message, None);
            }
            Step::Touch(at) => {
                let room = room(ROOMS[at]);
                let rev = self.bump(&room);
                self.tell(&room, update(&room, rev), None);
            }
            Step::Change(at) => self.change(&room(ROOMS[at])),
            Step::Send(at) => self.send(&room(ROOMS[at]), None),
            Step::SendFile(at) => self.send(&room(ROOMS[at]), Some(picture())),
            Step::Upload(works) => self.upload(works),
            Step::TakeBack(at) => self.take_back(&room(ROOMS[at])),
            Step::Cut(code) => self.cut(code),
            Step::Block(blocked) => {
                self.blocked = blocked;
                if blocked {
                    self.cut(1006);
                }
            }
            Step::Reload => {
                self.connection = None;
                self.forget();
                self.load();
            }
            Step::Pass(ms) => self.pass(ms),
        }
    }

    fn send(&mut self, room: &Room, file: Option<LocalFile>) {
        self.drafts += 1;
        let message = draft(room, self.drafts);
        let text = message.text.clone().expect("a text");
        if let Ok(out) = self.engine.send(self.now, message, file) {
            self.sent.entry(room.clone()).or_default().push(text);
            self.perform(out);
        }
    }

    /// What is not taken is given up by the operator.
    fn upload(&mut self, works: bool) {
        let items = self.engine.outbox().items().iter();
        let mut items = items.filter(|item| is_uploading(item));
        let Some(item) = items.next().map(|item| item.message.clone()) else {
            return;
        };
        if works {
            let media = crate::protocol::MediaId(item.client_id.0);
            self.input(Input::Uploaded(item.client_id, Ok(media)));
            return;
        }
        let error = ErrorPayload::new(ErrorCode::MediaType, "no");
        self.input(Input::Uploaded(item.client_id, Err(error)));
        self.input(Input::Discard(item.client_id));
        let text = item.text.expect("a text");
        let sent = self.sent.get_mut(&item.room).expect("it was sent");
        sent.retain(|sent| *sent != text);
    }

    fn change(&mut self, room: &Room) {
        let rev = self.bump(room);
        let place = self.places.get_mut(room).expect("known");
        let at = usize::try_from(rev).expect("positive") % place.lines.len().max(1);
        let event = match place.lines.get_mut(at) {
            Some(line) => {
                line.rev = rev;
                line.error = Some(rev.to_string());
                ServerEvent::MessageUpdated {
                    room: room.clone(),
                    rev,
                    message: line.clone(),
                }
            }
            None => update(room, rev),
        };
        self.tell(room, event, None);
        self.tell(room, update(room, rev), None);
    }

    /// Takes the newest of our messages back that is not taken back yet.
    fn take_back(&mut self, room: &Room) {
        let lines = &self.places[room].lines;
        let is_ours = |line: &Message| line.client_id.is_some() && !is_cancelled(line);
        let Some(at) = lines.iter().rposition(is_ours) else {
            return;
        };
        let rev = self.bump(room);
        let place = self.places.get_mut(room).expect("known");
        let text = place.lines[at].text.take().expect("a text");
        place.lines[at].rev = rev;
        place.lines[at].status = MessageStatus::Cancelled;
        let message = place.lines[at].clone();
        let sent = self.sent.get_mut(room).expect("it was sent");
        sent.retain(|sent| *sent != text);
        let event = ServerEvent::MessageUpdated {
            room: room.clone(),
            rev,
            message,
        };
        self.tell(room, event, None);
        self.tell(room, update(room, rev), None);
    }

    fn cut(&mut self, code: u16) {
        if let Some(attempt) = self.connection.take() {
            self.forget();
            self.input(Input::Closed(attempt, code));
        }
    }

    /// What was on its way over a connection is gone with it.
    fn forget(&mut self) {
        self.parcels.clear();
        self.updates.clear();
    }

    /// Says the updates that have waited for long enough.
    fn say_updates(&mut self) {
        let due = |(_, (at, _)): &(&Room, &(i64, ServerEvent))| *at <= self.now;
        let due = self
            .updates
            .iter()
            .filter(due)
            .map(|(room, _)| room.clone());
        for room in due.collect::<Vec<_>>() {
            if let Some((_, event)) = self.updates.remove(&room) {
                self.say(None, event);
            }
        }
    }

    /// Lets time pass: parcels arrive and the engine ticks, whichever is due first.
    fn pass(&mut self, ms: i64) {
        let end = self.now + ms;
        loop {
            self.parcels.sort_by_key(|(at, number, _)| (*at, *number));
            let parcel = self.parcels.first().map(|(at, ..)| *at);
            let tick = self.engine.deadline().map(|at| at.max(self.now + 1));
            let update = self.updates.values().map(|(at, _)| *at).min();
            let next = parcel.into_iter().chain(tick).chain(update).min();
            let Some(next) = next.filter(|at| *at <= end) else {
                break;
            };
            self.now = self.now.max(next);
            self.say_updates();
            if update == Some(next) {
                continue;
            }
            if parcel == Some(next) {
                let (_, _, parcel) = self.parcels.remove(0);
                self.arrive(parcel);
            } else {
                self.input(Input::Tick);
            }
        }
        self.now = end;
    }

    fn arrive(&mut self, parcel: Parcel) {
        match parcel {
            Parcel::ToClient(attempt, frame) => self.input(Input::Frame(attempt, frame)),
            Parcel::ToServer(attempt, frame) => {
                if self.connection == Some(attempt) {
                    self.serve(*frame);
                }
            }
        }
    }

    fn input(&mut self, input: Input) {
        let out = self.engine.handle(self.now, input);
        self.perform(out);
    }

    fn perform(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::FetchToken => self.input(Input::TokenReady {
                    token: "t".to_owned(),
                    expires_in_ms: 600_000,
                }),
                Output::Connect(attempt) if self.blocked => {
                    self.input(Input::Closed(attempt, 1006));
                }
                Output::Connect(attempt) => {
                    self.connection = Some(attempt);
                    self.authenticated = false;
                    self.joined.clear();
                    self.input(Input::Opened(attempt));
                }
                Output::Disconnect(attempt) if self.connection == Some(attempt) => {
                    self.connection = None;
                    self.forget();
                }
                Output::Send(frame) => {
                    if let Some(attempt) = self.connection {
                        self.post(|| Parcel::ToServer(attempt, frame.clone()));
                    }
                }
                Output::Apply(event) => {
                    reducer::apply(&self.store, *event);
                }
                Output::Snapshot(page) => {
                    reducer::snapshot(&self.store, *page);
                }
                Output::Outbox(change) => {
                    match &change {
                        OutboxChange::Put(item) => {
                            self.kept.insert(item.message.client_id, (**item).clone());
                        }
                        OutboxChange::Removed { client_id, .. } => {
                            self.kept.remove(client_id);
                        }
                        OutboxChange::Waiting(_) => {}
                    }
                    reducer::outgoing(&self.store, &change);
                }
                Output::RefreshList => {
                    let revs = self.places.iter().map(|(room, p)| (room.clone(), p.rev));
                    let revs = revs.collect();
                    self.input(Input::Listed(Some(revs)));
                }
                Output::PollThread { room, after_rev } => {
                    let page = Some(Box::new(self.page(&room, after_rev)));
                    self.input(Input::Polled {
                        room,
                        after: after_rev,
                        page,
                    });
                }
                Output::Call(Command::SendMessage(message)) => {
                    let stored = self.store_message(&message, None);
                    self.input(Input::Posted(
                        message.client_id,
                        Posted::Stored {
                            rev: stored.rev,
                            message: Box::new(stored),
                        },
                    ));
                }
                _ => {}
            }
        }
    }

    /// Hands a parcel to the network.
    fn post(&mut self, parcel: impl Fn() -> Parcel) {
        let fate = self.fates.get(self.fate % self.fates.len().max(1)).cloned();
        self.fate += 1;
        let (copies, delay) = match fate {
            None | Some(Fate::Arrives) => (1, 0),
            Some(Fate::Lost) => (0, 0),
            Some(Fate::Doubled) => (2, 0),
            Some(Fate::Late(ms)) => (1, ms),
        };
        for copy in 0..copies {
            self.parcel += 1;
            let at = self.now + 20 + delay + copy * 700;
            self.parcels.push((at, self.parcel, parcel()));
        }
    }

    fn say(&mut self, reference: Option<String>, event: ServerEvent) {
        let Some(attempt) = self.connection else {
            return;
        };
        let frame = ServerFrame {
            event,
            reference,
            ts: Timestamp(self.now),
        };
        self.post(|| Parcel::ToClient(attempt, Box::new(frame.clone())));
    }

    fn serve(&mut self, frame: ClientFrame) {
        let reference = frame.reference;
        let event = match frame.event {
            ClientEvent::Auth { .. } => {
                self.authenticated = true;
                ServerEvent::AuthSuccess {
                    operator: fixtures::operator(7, "Mali"),
                    connection_id: ConnectionId(uuid::Uuid::nil()),
                    heartbeat_ms: 25_000,
                    presence: Vec::new(),
                    degraded: Vec::new(),
                }
            }
            _ if !self.authenticated => return,
            ClientEvent::JoinRoom { room, after_rev } => {
                self.joined.insert(room.clone());
                let page = self.page(&room, after_rev);
                ServerEvent::ConversationUpdate {
                    room,
                    rev: page.conversation.rev,
                    conversation: Box::new(page.conversation),
                    messages: Some(page.messages),
                    complete: Some(page.complete),
                    viewers: Some(Vec::new()),
                    older: Some(page.older.is_some()),
                }
            }
            ClientEvent::Command(Command::SendMessage(message))
                if !self.joined.contains(&message.room) =>
            {
                let mut error = ErrorPayload::new(ErrorCode::NotInRoom, "join first");
                error.client_id = Some(message.client_id);
                error.room = Some(message.room);
                ServerEvent::Error(error)
            }
            ClientEvent::Command(Command::SendMessage(message)) if self.fate % 11 == 3 => {
                let mut error = ErrorPayload::new(ErrorCode::RateLimitExceeded, "slower");
                error.client_id = Some(message.client_id);
                error.retry_after_ms = Some(400);
                ServerEvent::Error(error)
            }
            ClientEvent::Command(Command::SendMessage(message)) => {
                let stored = self.store_message(&message, reference.as_ref());
                ServerEvent::MessageSent {
                    client_id: message.client_id,
                    rev: stored.rev,
                    message: stored,
                }
            }
            ClientEvent::Ping {} => {
                let joined = self.places.iter().filter(|(r, _)| self.joined.contains(*r));
                let revs = joined.map(|(room, place)| (room.clone(), place.rev));
                ServerEvent::Pong {
                    revs: revs.collect(),
                    degraded: Vec::new(),
                }
            }
            _ => return,
        };
        self.say(reference, event);
    }

    fn store_message(
        &mut self,
        message: &crate::protocol::message::SendMessage,
        sender: Option<&String>,
    ) -> Message {
        let place = &self.places[&message.room];
        let known = place
            .lines
            .iter()
            .find(|l| l.client_id == Some(message.client_id));
        if let Some(known) = known {
            return known.clone();
        }
        let stored = own_line(self.next_line(), 0, message);
        self.add(&message.room, stored, sender)
    }

    /// Stores a line and tells of it; not to the sender's own connection.
    fn add(&mut self, room: &Room, mut message: Message, sender: Option<&String>) -> Message {
        let rev = self.bump(room);
        message.rev = rev;
        message.created_at = Timestamp(self.now);
        let place = self.places.get_mut(room).expect("known");
        place.lines.push(message.clone());
        let event = ServerEvent::NewMessage {
            room: room.clone(),
            rev,
            message: message.clone(),
        };
        self.tell(room, event, sender);
        self.tell(room, update(room, rev), None);
        message
    }

    fn tell(&mut self, room: &Room, event: ServerEvent, sender: Option<&String>) {
        let everyone = matches!(event, ServerEvent::ConversationUpdate { .. });
        if self.authenticated && sender.is_none() && (everyone || self.joined.contains(room)) {
            if everyone && self.merges {
                let until = self.updates.get(room).map(|(until, _)| *until);
                let until = until.unwrap_or(self.now + MERGE_MS);
                self.updates.insert(room.clone(), (until, event));
            } else {
                self.say(None, event);
            }
        }
    }

    fn page(&self, room: &Room, after: Option<i64>) -> ThreadPage {
        let place = &self.places[room];
        let changed = place.lines.iter().filter(|line| Some(line.rev) > after);
        let changed: Vec<Message> = changed.cloned().collect();
        let complete = after.is_some() && changed.len() <= RESUME_MAX;
        let mut messages = changed;
        let mut skipped = 0;
        if !complete {
            let there = place.lines.iter().filter(|line| !is_cancelled(line));
            messages = there.cloned().collect();
            skipped = messages.len().saturating_sub(LATEST);
            messages.drain(..skipped);
        }
        let first = messages.first().filter(|_| skipped > 0 && !complete);
        ThreadPage {
            conversation: conversation(room, place.rev),
            older: first.map(ThreadCursor::of),
            newer: None,
            messages,
            complete,
            viewers: Vec::new(),
        }
    }

    fn bump(&mut self, room: &Room) -> i64 {
        let place = self.places.get_mut(room).expect("known");
        place.rev += 1;
        place.rev
    }

    fn next_line(&mut self) -> u128 {
        self.lines += 1;
        self.lines
    }

    /// All files arrive.
    fn upload_all(&mut self) {
        while self.engine.outbox().items().iter().any(is_uploading) {
            self.upload(true);
        }
    }

    fn check(&self) {
        assert_eq!(self.engine.outbox().items(), [], "unsent");
        assert!(self.kept.is_empty(), "kept for a reload although sent");
        for (room, place) in &self.places {
            let own = place.lines.iter().filter(|line| line.client_id.is_some());
            let own: Vec<String> = own.filter_map(|line| line.text.clone()).collect();
            let sent = self.sent.get(room).cloned().unwrap_or_default();
            assert_eq!(own, sent, "sent once each and in order");
            assert_eq!(self.engine.known_rev(room), Some(place.rev), "{room}");
            let thread = self.store.thread_untracked(room).expect("a thread");
            let floor = thread.floor().map(|floor| floor.order_key());
            let due = place.lines.iter();
            let due = due.filter(|line| !is_cancelled(line));
            let due = due.filter(|line| floor.is_none_or(|floor| line.order_key() >= floor));
            let shown = thread.entries.values_untracked();
            assert!(shown.iter().all(|entry| entry.local == LocalState::Stored));
            let shown: Vec<Message> = shown.into_iter().map(|entry| entry.message).collect();
            assert_eq!(shown, due.cloned().collect::<Vec<_>>(), "{room}");
        }
    }
}

fn is_uploading(item: &Item) -> bool {
    item.state == ItemState::Uploading
}

fn picture() -> LocalFile {
    LocalFile {
        kind: crate::protocol::message::MessageKind::Image,
        size: 3_100_000,
        name: "a.jpg".to_owned(),
    }
}

fn is_cancelled(line: &Message) -> bool {
    line.status == MessageStatus::Cancelled
}

fn update(room: &Room, rev: i64) -> ServerEvent {
    ServerEvent::ConversationUpdate {
        room: room.clone(),
        rev,
        conversation: Box::new(conversation(room, rev)),
        messages: None,
        complete: None,
        viewers: None,
        older: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_lost_doubled_or_out_of_order(
        steps in prop::collection::vec(step(), 1..60),
        fates in prop::collection::vec(fate(), 1..40),
    ) {
        let owner = Owner::new();
        owner.with(|| {
            let mut world = World::new(fates);
            for step in steps {
                world.step(step);
            }
            world.blocked = false;
            world.fates.clear();
            world.upload_all();
            world.pass(300_000);
            world.check();
        });
    }

    /// The server merges more than it ever does: also for those who follow the conversation.
    #[test]
    fn nothing_is_lost_though_updates_of_lists_are_merged(
        steps in prop::collection::vec(step(), 1..60),
        fates in prop::collection::vec(fate(), 1..40),
    ) {
        let owner = Owner::new();
        owner.with(|| {
            let mut world = World::new(fates);
            world.merges = true;
            for step in steps {
                world.step(step);
            }
            world.blocked = false;
            world.fates.clear();
            world.upload_all();
            world.pass(300_000);
            world.check();
        });
    }

    #[test]
    fn lists_come_to_the_newest_state_though_updates_of_them_are_merged(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let owner = Owner::new();
        owner.with(|| {
            let mut world = World::new(Vec::new());
            world.merges = true;
            for step in steps {
                world.step(step);
            }
            world.blocked = false;
            world.upload_all();
            world.pass(300_000);
            world.check();
            for (room, place) in &world.places {
                let listed = world.store.conversation_untracked(room).expect("in a list");
                assert_eq!(listed.rev, place.rev, "{room}");
            }
        });
    }
}
