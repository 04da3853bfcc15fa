//! What components may ask for.

mod lists;
mod sending;
mod taking_back;

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

use super::engine::Input;
use super::link::Link;
use super::store::{Drafts, ListState};
use super::{Store, persist};
use crate::client::signals::{ArcRwSignal, RwSignal};
use crate::protocol::{Command, OperatorId, Presence, Room, SessionStatus, Tab};

pub use sending::SendRefused;
pub use taking_back::may_take_back;

/// The console: its state and what can be done. Copies share it.
#[derive(Clone)]
pub struct Console {
    /// What components show.
    pub store: Store,
    /// The way to the server; empty on the server itself.
    link: Link,
    /// Keeps what must live as long as the console. Weak, since it holds the console in turn.
    owner: WeakOwner,
}

impl Console {
    /// A console around a state; in the browser it connects after hydration.
    pub fn new(store: Store) -> Self {
        let owner = Owner::current().unwrap_or_default().downgrade();
        let link = Link::new(&store);
        persist::keep_speed(store.speed);
        Self { store, link, owner }
    }

    /// Opens a conversation, or none.
    pub fn open(&self, room: Option<Room>) {
        if self.store.open.get_untracked() == room {
            return;
        }
        if let Some(left) = self.store.open.get_untracked() {
            self.stop_typing(&left);
        }
        if let Some(room) = &room {
            let thread = self.store.ensure_thread(room);
            let unread = self
                .store
                .conversation_untracked(room)
                .map_or(0, |c| c.unread);
            thread.mark_first_unread(unread);
            let rev = self.store.conversation_untracked(room).map_or(0, |c| c.rev);
            self.store.opened_rev.set(rev);
        }
        self.store.open.set(room.clone());
        self.link.open(room);
    }

    /// Takes the waiting session of a conversation.
    pub fn claim(&self, room: &Room) {
        self.command(Command::ClaimSession { room: room.clone() });
    }

    /// Takes the session that has waited longest, and opens its conversation.
    pub fn claim_next(&self) {
        self.link.claim_next(self.clone());
    }

    /// Ends the session of a conversation, with a remark for the team.
    pub fn close(&self, room: &Room, note: Option<String>) {
        self.command(Command::close(room.clone(), note));
    }

    /// Passes a session to an operator, or to the queue when there is none.
    pub fn transfer(&self, room: &Room, operator_id: Option<OperatorId>, note: Option<String>) {
        self.command(Command::transfer(room.clone(), operator_id, note));
    }

    /// Says that the end of a conversation is on the screen and the tab in front. Call it
    /// whenever that becomes true and whenever a line arrives while it is. While a colleague has
    /// the chat, only theirs counts.
    pub fn seen(&self, room: &Room) {
        let me = self.store.me.with_untracked(|me| me.id);
        let counts = self.store.conversation_untracked(room).is_some_and(|c| {
            let session = c.session.as_ref();
            let free = session.is_none_or(|s| s.status != SessionStatus::Active);
            (free && c.unread > 0) || session.is_some_and(|s| s.is_active_for(me))
        });
        let thread = self.store.thread_untracked(room);
        let Some(thread) = thread.filter(|_| counts) else {
            return;
        };
        let revs = thread.entries.read_untracked(|entry| entry.message.rev);
        // What is marked as unread meanwhile stays so until the chat is opened again.
        let opened = self.store.opened_rev.get_untracked();
        self.link
            .seen(room, revs.into_iter().max().unwrap_or(0).max(opened));
    }

    /// Says whether the operator is at the desk.
    pub fn set_presence(&self, status: Presence) {
        self.store.me.update(|me| me.status = status);
        self.command(Command::SetPresence { status });
    }

    /// Does not wait for the next try.
    pub fn reconnect_now(&self) {
        self.link.feed(Input::ReconnectNow);
    }

    /// Takes a message to the operator off the screen.
    pub fn dismiss_toast(&self, id: u64) {
        self.store
            .toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    /// The operator's draft for a conversation; survives reloads. Empty at the first paint.
    pub fn draft(&self, room: &Room) -> RwSignal<String> {
        self.kept(&self.store.drafts, "draft", room)
    }

    /// The id of the message that the draft for a conversation quotes, or nothing; kept as the
    /// draft is.
    pub fn quote(&self, room: &Room) -> RwSignal<String> {
        self.kept(&self.store.quotes, "quote", room)
    }

    fn kept(&self, texts: &Drafts, kind: &str, room: &Room) -> RwSignal<String> {
        let known = texts.with_untracked(|all| all.get(room).cloned());
        let text = known.unwrap_or_else(|| {
            let text = ArcRwSignal::new(String::new());
            texts.update(|all| {
                all.insert(room.clone(), text.clone());
            });
            let me = self.store.me.with_untracked(|me| me.id);
            if let Some(owner) = self.owner.upgrade() {
                owner.with(|| persist::keep_draft(me, kind, room, text.clone()));
            }
            text
        });
        RwSignal::from(text)
    }

    /// Ends the operator's session and goes to the log-in page; `question` is asked first where
    /// something that was not sent would be lost.
    pub fn sign_out(&self, question: &str) {
        self.link.sign_out(question);
    }

    /// Shows another list, fetching it when it is not here.
    pub fn set_tab(&self, tab: Tab) {
        if self.store.tab.get_untracked() == tab {
            return;
        }
        self.store.tab.set(tab);
        let narrowed = self.store.narrowed.with_untracked(Option::is_some);
        self.store.list_state.set(if narrowed {
            ListState::Loading
        } else {
            self.store.list_state_of(tab)
        });
        self.link.refresh_list();
    }

    /// Has something done that needs nothing more from here. What is refused is told in a toast.
    pub fn command(&self, command: Command) {
        self.link.feed(Input::Command(command));
    }
}
