//! Further pages of lists and threads.

use super::Console;
use crate::client::script::tell;
use crate::client::store::{ListState, Stretch, Thread};
use crate::protocol::{MessageId, Room, Tab};

impl Console {
    /// Fetches the next page of a list, unless all is here or it is being fetched.
    pub fn load_more(&self, tab: Tab) {
        let may = matches!(
            self.store.list_state.get_untracked(),
            ListState::Ready | ListState::Failed
        );
        if may && self.store.narrowed.with_untracked(Option::is_some) {
            self.store.list_state.set(ListState::Loading);
            tell("sala-more", "");
            return;
        }
        let next = self
            .store
            .pages
            .with_untracked(|pages| pages[tab as usize].next.clone());
        if may && self.store.tab.get_untracked() == tab {
            self.store.list_state.set(ListState::Loading);
            self.link.load_more(tab, next);
        }
    }

    /// Fetches the operator's own chats, whichever list is open.
    pub fn load_mine(&self) {
        self.link.load_more(Tab::Mine, None);
    }

    /// Fetches the page of history before the first line, unless there is none or it is
    /// being fetched.
    pub fn load_older(&self, room: &Room) {
        self.load_stretch(room, Thread::ask_older);
    }

    /// Fetches what follows a stretch of the history that was led to, likewise.
    pub fn load_newer(&self, room: &Room) {
        self.load_stretch(room, Thread::ask_newer);
    }

    /// Fetches a message that is not here, with its neighbours. Where it cannot be had, the
    /// thread's `lost` names it.
    pub fn load_around(&self, room: &Room, message: MessageId) {
        self.link
            .load_stretch(room.clone(), Stretch::Around(message));
    }

    fn load_stretch(&self, room: &Room, asks: fn(&Thread) -> Option<Stretch>) {
        let thread = self.store.thread_untracked(room);
        if let Some(stretch) = thread.as_ref().and_then(asks) {
            self.link.load_stretch(room.clone(), stretch);
        }
    }
}
