//! Further pages of lists and threads.

use leptos::prelude::*;

use super::Console;
use crate::client::store::{ListState, OlderState};
use crate::protocol::{Room, Tab};

impl Console {
    /// Fetches the next page of a list, unless all is here or it is being fetched.
    pub fn load_more(&self, tab: Tab) {
        let may = matches!(
            self.store.list_state.get_untracked(),
            ListState::Ready | ListState::Failed
        );
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
        let Some(thread) = self.store.thread_untracked(room) else {
            return;
        };
        let state = thread.older.get_untracked();
        let floor = thread.floor();
        if matches!(state, OlderState::More | OlderState::Failed) && floor.is_some() {
            thread.older.set(OlderState::Loading);
            self.link.load_older(room.clone(), floor);
        }
    }
}
