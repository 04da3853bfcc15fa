//! What components show, as signals. Only the client's own modules change most of it.

mod conversations;
mod narrowed;
mod state;
mod thread;

use super::files::{self, Carrier};
use super::sorted_map::SortedMap;
use crate::api::ConsoleStart;
use crate::client::signals::{ArcRwSignal, Memo, RwSignal, Signal};
use crate::protocol::preferences::KeyHabits;
use crate::protocol::quota::ChannelQuota;
use crate::protocol::{
    Conversation, Counts, Message, Operator, OperatorPresence, Room, Tab, Timestamp, Zone,
};

pub(crate) use conversations::Pages;
pub use conversations::{Page, activity, belongs};
pub use narrowed::Narrowed;
pub use state::{Connection, ListState, Toast, ToastKind, ToastText};
pub use thread::{Entry, EntryKey, LocalState, OlderState, Stretch, Thread};

/// The console's state. Copies share it.
///
/// Its signals live as long as the owner that [`super::provide_console`] was called under.
#[derive(Clone)]
pub struct Store {
    /// Who is signed in.
    pub me: RwSignal<Operator>,
    /// The server's time; moves each second in the browser.
    pub now: RwSignal<Timestamp>,
    /// The reader's time zone, once the browser has said.
    pub zone: RwSignal<Option<Zone>>,
    /// How the console is connected.
    pub connection: RwSignal<Connection>,
    /// The server is out of touch with its other nodes: what happens there arrives late.
    pub nodes_apart: RwSignal<bool>,
    /// Whether customers' files wait, since the server has no room for them.
    pub files_wait: RwSignal<bool>,
    /// Outgoing messages that the server has not confirmed.
    pub queued: RwSignal<u32>,
    /// The list that is open.
    pub tab: RwSignal<Tab>,
    /// How many conversations each list has.
    pub counts: RwSignal<Counts>,
    /// What messages cost, as far as LINE has told.
    pub quotas: RwSignal<Vec<ChannelQuota>>,
    /// The team.
    pub presence: RwSignal<Vec<OperatorPresence>>,
    /// Whether the open list has more, and whether it is being fetched.
    pub list_state: RwSignal<ListState>,
    /// What fits the filter, while there is one.
    pub narrowed: RwSignal<Option<Narrowed>>,
    /// The open conversation.
    pub open: RwSignal<Option<Room>>,
    /// What to tell the operator, oldest first.
    pub toasts: RwSignal<Vec<Toast>>,
    /// Whether there is any LINE channel to talk through.
    pub connected_channel: RwSignal<bool>,
    /// Whether the simulated phone is there (`sala demo`).
    pub simulator: bool,
    /// How fast sounds play, in per cent; survives reloads.
    pub speed: RwSignal<u32>,
    /// Of several tabs of one operator exactly one leads: it rings.
    pub leader: RwSignal<bool>,
    /// Every conversation that is known here; tracks which are there, not what they hold.
    pub conversations: ArcRwSignal<SortedMap<Room, ArcRwSignal<Conversation>>>,
    /// What to add to the browser's clock to have the server's, in milliseconds.
    pub(crate) skew: ArcRwSignal<i64>,
    /// Grows when a conversation changes its place or list.
    pub(crate) places: ArcRwSignal<u64>,
    /// Grows when a conversation changes the counts.
    pub(crate) recounts: ArcRwSignal<u64>,
    pub(crate) pages: ArcRwSignal<Pages>,
    /// The `rev` of the open conversation when it was opened.
    pub(crate) opened_rev: ArcRwSignal<i64>,
    pub(crate) threads: ArcRwSignal<SortedMap<Room, Thread>>,
    pub(crate) drafts: Drafts,
    /// What the drafts quote.
    pub(crate) quotes: Drafts,
    /// How many seconds the operator's answers wait before they leave.
    pub(crate) delay_s: u8,
    /// Whether LINE can fetch files from here.
    pub(crate) sends_files: bool,
    /// What the operator's keyboard does.
    pub(crate) keys: KeyHabits,
}

/// Texts by conversation.
pub(crate) type Drafts = ArcRwSignal<SortedMap<Room, ArcRwSignal<String>>>;

impl Store {
    /// The state at the first paint, on the server and in the browser alike.
    pub fn new(start: ConsoleStart) -> Self {
        let store = Self {
            me: RwSignal::new(start.me),
            now: RwSignal::new(start.now),
            zone: RwSignal::new(None),
            connection: RwSignal::new(Connection::Starting),
            nodes_apart: RwSignal::new(false),
            files_wait: RwSignal::new(false),
            queued: RwSignal::new(0),
            tab: RwSignal::new(start.tab),
            counts: RwSignal::new(start.page.counts),
            quotas: RwSignal::new(start.page.quotas.clone()),
            presence: RwSignal::new(start.presence),
            list_state: RwSignal::new(ListState::Loading),
            narrowed: RwSignal::new(None),
            open: RwSignal::new(None),
            toasts: RwSignal::new(Vec::new()),
            connected_channel: RwSignal::new(start.connected_channel),
            simulator: start.simulator,
            speed: RwSignal::new(100),
            leader: RwSignal::new(true),
            conversations: ArcRwSignal::default(),
            skew: ArcRwSignal::new(0),
            places: ArcRwSignal::new(0),
            recounts: ArcRwSignal::new(0),
            pages: ArcRwSignal::default(),
            opened_rev: ArcRwSignal::new(0),
            threads: ArcRwSignal::default(),
            drafts: ArcRwSignal::default(),
            quotes: ArcRwSignal::default(),
            delay_s: start.delay_s,
            sends_files: start.sends_files,
            keys: start.keys,
        };
        store.put_page(start.tab, &start.page, Page::First, 0);
        if let Some(page) = start.narrowed {
            store.narrow(Some(page));
        }
        if let Some(page) = start.thread {
            let room = page.conversation.room.clone();
            store.put_conversation(page.conversation.clone());
            let thread = store.ensure_thread(&room);
            thread.reset(&page.messages, page.conversation.rev, page.older);
            thread.viewers.set(store.others(page.viewers));
            thread.mark_first_unread(page.conversation.unread);
            store.opened_rev.set(page.conversation.rev);
            store.open.set(Some(room));
        }
        store
    }

    /// A conversation; tracks whether it is there, not what it holds.
    pub fn conversation(&self, room: &Room) -> Option<ArcRwSignal<Conversation>> {
        self.conversations.with(|all| all.get(room).cloned())
    }

    /// The messages of a conversation that was opened; tracks whether they are there.
    pub fn thread(&self, room: &Room) -> Option<Thread> {
        self.threads.with(|all| all.get(room).cloned())
    }

    /// The conversations of a list, in its order. Make it once per component, not per render.
    pub fn rows(&self, tab: Tab) -> Signal<Vec<Room>> {
        let store = self.clone();
        Memo::new(move || {
            store.places.track();
            store
                .fitting(tab)
                .filter(|_| store.tab.get() == tab)
                .unwrap_or_else(|| store.rows_untracked(tab))
        })
        .into()
    }

    /// Takes over what messages cost.
    pub(crate) fn put_quotas(&self, quotas: Vec<ChannelQuota>) {
        if self.quotas.with_untracked(|old| *old != quotas) {
            self.quotas.set(quotas);
        }
    }

    /// Tells the operator something.
    pub fn toast(&self, kind: ToastKind, text: ToastText) {
        self.toasts.update(|toasts| {
            let id = toasts.last().map_or(1, |last| last.id + 1);
            toasts.push(Toast { id, kind, text });
            // More than these would only cover the screen.
            if toasts.len() > 5 {
                toasts.remove(0);
            }
        });
    }

    pub(crate) fn thread_untracked(&self, room: &Room) -> Option<Thread> {
        self.threads.with_untracked(|all| all.get(room).cloned())
    }

    pub(crate) fn ensure_thread(&self, room: &Room) -> Thread {
        if let Some(thread) = self.thread_untracked(room) {
            return thread;
        }
        let thread = Thread::default();
        self.threads.update(|all| {
            all.insert(room.clone(), thread.clone());
        });
        thread
    }

    /// Puts what was taken back into the draft, before what was typed meanwhile, with what it
    /// quoted unless the draft quotes something itself. A file goes back to the others of the
    /// composer.
    pub(crate) fn put_back(&self, room: &Room, message: &Message) {
        if let (Some(_), Some(client_id)) = (&message.media, message.client_id) {
            files::tell(Carrier::Back, client_id);
        }
        let signal = |texts: &Drafts| texts.with_untracked(|all| all.get(room).cloned());
        if let Some((draft, words)) = signal(&self.drafts).zip(message.text.as_ref()) {
            draft.update(|draft| {
                let typed = if draft.is_empty() { "" } else { "\n" };
                draft.insert_str(0, typed);
                draft.insert_str(0, words);
            });
        }
        if let Some((quote, quoted)) = signal(&self.quotes).zip(message.quote_message_id)
            && quote.with_untracked(String::is_empty)
        {
            quote.set(quoted.to_string());
        }
    }

    /// Forgets the messages of a conversation that is not followed any more.
    pub fn drop_thread(&self, room: &Room) {
        self.threads.update(|all| {
            all.remove(room);
        });
    }

    /// The same people without the operator who is signed in.
    pub(crate) fn others(
        &self,
        mut people: Vec<crate::protocol::OperatorRef>,
    ) -> Vec<crate::protocol::OperatorRef> {
        let me = self.me.with_untracked(|me| me.id);
        people.retain(|person| person.id != me);
        people
    }
}
