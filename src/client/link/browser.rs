//! In the browser: carries out what the engine wants and tells it what happened.

mod alerts;
mod calls;
mod events;
mod files;
mod gather;
mod lists;
mod show;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use self::gather::Gathered;
use crate::client::engine::{Attempt, Engine, Input, Output};
use crate::client::outbox::{LocalFile, QueueFull};
use crate::client::socket::{Event, Socket};
use crate::client::store::ToastText;
use crate::client::{SortedMap, Store, clock, persist, reducer};
use crate::protocol::message::SendMessage;
use crate::protocol::{ClientId, Command, Room, ServerEvent, ServerFrame, Timestamp};

/// How long changes are gathered before the list is fetched for its counts.
const REFRESH_AFTER: Duration = Duration::from_secs(1);

/// How long sights of a thread's end are gathered before they are reported.
const SEEN_AFTER: Duration = Duration::from_millis(300);

/// A report that had no effect may be made again after this.
const SEEN_AGAIN_MS: i64 = 5_000;

/// The way to the server. Copies share it.
#[derive(Clone)]
pub(crate) struct Link {
    store: Store,
    /// Locked for one step at a time; the browser has one thread, so nobody ever waits.
    parts: Arc<Mutex<Parts>>,
}

struct Parts {
    engine: Engine,
    socket: Option<(Attempt, Socket)>,
    alarm: Option<TimeoutHandle>,
    /// What the server has said since the screen was last painted.
    gathered: Gathered,
    /// The list is going to be fetched.
    refreshing: bool,
    /// What was seen and not reported, and what was reported when.
    seen: SortedMap<Room, i64>,
    reported: SortedMap<Room, (i64, i64)>,
}

impl Link {
    pub(crate) fn new(store: &Store) -> Self {
        let link = Self {
            store: store.clone(),
            parts: Arc::new(Mutex::new(Parts {
                engine: Engine::new(clock::seed()),
                socket: None,
                alarm: None,
                gathered: Gathered::default(),
                refreshing: false,
                seen: SortedMap::new(),
                reported: SortedMap::new(),
            })),
        };
        // Effects run after hydration: nothing may differ from the server's paint before.
        let starting = link.clone();
        Effect::new(move |_| untrack(|| starting.start()));
        let ending = link.clone();
        on_cleanup(move || ending.stop());
        link
    }

    pub(crate) fn feed(&self, input: Input) {
        let outputs = self.parts().engine.handle(clock::now(), input);
        self.perform(outputs);
    }

    pub(crate) fn open(&self, room: Option<Room>) {
        self.feed(Input::Open { room, known: None });
    }

    pub(crate) fn send(
        &self,
        message: SendMessage,
        file: Option<LocalFile>,
    ) -> Result<(), QueueFull> {
        let outputs = self.parts().engine.send(clock::now(), message, file)?;
        self.perform(outputs);
        Ok(())
    }

    pub(crate) fn resend(&self, client_id: ClientId) -> Result<(), QueueFull> {
        let outputs = self.parts().engine.resend(clock::now(), client_id)?;
        self.perform(outputs);
        Ok(())
    }

    pub(crate) fn seen(&self, room: &Room, rev: i64) {
        let mut parts = self.parts();
        let now = clock::now();
        let reported = parts.reported.get(room);
        if reported.is_some_and(|(to, at)| *to >= rev && now - at < SEEN_AGAIN_MS) {
            return;
        }
        let waiting = !parts.seen.is_empty();
        parts.seen.insert(room.clone(), rev);
        drop(parts);
        if !waiting {
            let link = self.clone();
            set_timeout(move || link.report_seen(), SEEN_AFTER);
        }
    }

    fn start(&self) {
        let me = self.store.me.with_untracked(|me| me.id);
        let open = self.store.open.get_untracked();
        if let Some(room) = open {
            let known = self.store.conversation_untracked(&room).map(|c| c.rev);
            self.feed(Input::Open {
                room: Some(room),
                known,
            });
        }
        // Until the server speaks, its clock is taken to be where it was at rendering.
        let rendered = self.store.now.get_untracked();
        self.store.skew.set(rendered.0 - clock::now());
        let queue = persist::queue(me);
        self.feed(Input::Start { queue });
        self.listen();
    }

    fn stop(&self) {
        self.feed(Input::Stop);
        self.parts().gathered.clear();
        let alarm = self.parts().alarm.take();
        if let Some(alarm) = alarm {
            alarm.clear();
        }
    }

    fn perform(&self, outputs: Vec<Output>) {
        self.perform_all(outputs);
        self.set_alarm();
    }

    fn perform_all(&self, outputs: Vec<Output>) {
        for output in outputs {
            self.perform_one(output);
        }
    }

    fn perform_one(&self, output: Output) {
        match output {
            Output::Connect(attempt) => self.connect(attempt),
            Output::Disconnect(attempt) => {
                let mut parts = self.parts();
                if parts.socket.as_ref().is_some_and(|(is, _)| *is == attempt) {
                    parts.socket = None;
                }
            }
            Output::Send(frame) => {
                let text = frame.to_text();
                if let (Some((_, socket)), Ok(text)) = (&mut self.parts().socket, text) {
                    socket.send(text);
                }
            }
            Output::FetchToken => self.fetch_token(),
            Output::Apply(event) => self.refresh_if(reducer::apply(&self.store, *event)),
            Output::Snapshot(page) => self.refresh_if(reducer::snapshot(&self.store, *page)),
            Output::Outbox(change) => {
                let me = self.store.me.with_untracked(|me| me.id);
                persist::keep_queue(me, &change);
                reducer::outgoing(&self.store, &change);
                files::follow(&change);
            }
            Output::State(state) => self.show(state),
            Output::RefreshList => self.fetch_list_for_engine(),
            Output::PollThread { room, after_rev } => self.fetch_thread(room, after_rev),
            Output::Call(command) => self.call(command),
            Output::Left(room) => self.store.drop_thread(&room),
            Output::Gone(room) => self.gone(&room),
            Output::Refused { error, .. } => self.refused(error),
            Output::Unanswered { .. } => self.failed(ToastText::Unanswered),
        }
    }

    fn connect(&self, attempt: Attempt) {
        let link = self.clone();
        let socket = Socket::open(move |event| match event {
            Event::Opened => link.feed(Input::Opened(attempt)),
            Event::Closed(code) => {
                // What came before the end counts as having come.
                link.take_gathered();
                link.feed(Input::Closed(attempt, code));
            }
            Event::Text(text) => link.read(attempt, &text),
        });
        self.parts().socket = Some((attempt, socket));
    }

    fn read(&self, attempt: Attempt, text: &str) {
        // An event that this build does not know is no reason to drop the connection.
        let Ok(frame) = ServerFrame::parse(text) else {
            return;
        };
        if let ServerEvent::AuthSuccess { .. } | ServerEvent::Pong { .. } = frame.event {
            self.store.skew.set(frame.ts.0 - clock::now());
        }
        alerts::told(&frame.event, text);
        self.gather(attempt, frame);
    }

    /// Fetches the list soon, since its counts may be wrong.
    fn refresh_if(&self, wanted: bool) {
        let mut parts = self.parts();
        if wanted && !parts.refreshing {
            parts.refreshing = true;
            drop(parts);
            let link = self.clone();
            set_timeout(
                move || {
                    link.parts().refreshing = false;
                    link.refresh_list();
                },
                REFRESH_AFTER,
            );
        }
    }

    fn report_seen(&self) {
        let now = clock::now();
        let seen = std::mem::take(&mut self.parts().seen);
        for (room, rev) in seen {
            self.parts().reported.insert(room.clone(), (rev, now));
            self.feed(Input::Command(Command::MarkRead { room, rev }));
        }
    }

    /// Lets the engine look at the time when it has asked for that.
    fn set_alarm(&self) {
        let mut parts = self.parts();
        if let Some(alarm) = parts.alarm.take() {
            alarm.clear();
        }
        let Some(deadline) = parts.engine.deadline() else {
            return;
        };
        let wait = u64::try_from(deadline - clock::now()).unwrap_or(0);
        let link = self.clone();
        // At least a moment, so that no mistake of ours can keep the browser busy.
        let wait = Duration::from_millis(wait.clamp(10, 60_000));
        parts.alarm = set_timeout_with_handle(move || link.feed(Input::Tick), wait).ok();
    }

    fn server_time(&self, at: i64) -> Timestamp {
        Timestamp(at + self.store.skew.get_untracked())
    }

    fn parts(&self) -> MutexGuard<'_, Parts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
