//! A list with a filter: which rows fit only the server can say, so they stand as it has said.

use super::{ListState, Store};
use crate::api::ConversationPage;
use crate::protocol::{Counts, Room, Tab};

/// What fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// Of which list.
    pub tab: Tab,
    /// The rows, in their order.
    pub rooms: Vec<Room>,
    /// How many chats of each list fit.
    pub counts: Counts,
}

impl Store {
    /// Shows what fits, or whole lists again.
    pub(crate) fn narrow(&self, page: Option<ConversationPage>) {
        let tab = self.tab.get_untracked();
        let Some(page) = page else {
            self.narrowed.set(None);
            self.list_state.set(self.list_state_of(tab));
            return;
        };
        let rooms = page.conversations.iter().map(|c| c.room.clone()).collect();
        for conversation in page.conversations {
            self.put_conversation(conversation);
        }
        let shown = Some(Narrowed {
            tab,
            rooms,
            counts: page.counts,
        });
        if self.narrowed.with_untracked(|narrowed| *narrowed != shown) {
            self.narrowed.set(shown);
        }
        self.list_state.set(match page.next {
            Some(_) => ListState::Ready,
            None => ListState::End,
        });
    }

    /// The rows that fit, of this list; `None` without a filter.
    pub fn fitting(&self, tab: Tab) -> Option<Vec<Room>> {
        self.narrowed.with(|narrowed| {
            let narrowed = narrowed.as_ref()?;
            // Another list has been opened: what fits there is on its way.
            let is_this = narrowed.tab == tab;
            Some(if is_this {
                narrowed.rooms.clone()
            } else {
                Vec::new()
            })
        })
    }

    /// The rooms of the open list, also those that are far off the screen.
    #[cfg(any(test, feature = "hydrate"))]
    pub(crate) fn shown(&self) -> Vec<Room> {
        let tab = self.tab.get_untracked();
        leptos::prelude::untrack(|| self.fitting(tab)).unwrap_or_else(|| self.rows_untracked(tab))
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;
    use crate::client::fixtures::{self, room};
    use crate::client::store::Page;

    fn page(rooms: &[&str], more: bool) -> ConversationPage {
        let conversations: Vec<_> = rooms
            .iter()
            .map(|name| fixtures::conversation(&room(name), 10))
            .collect();
        let next = conversations
            .last()
            .filter(|_| more)
            .map(|last| crate::api::InboxCursor {
                at: crate::protocol::Timestamp(0),
                room: last.room.clone(),
            });
        ConversationPage {
            conversations,
            next,
            counts: Counts {
                waiting: 7,
                ..Counts::default()
            },
            quotas: Vec::new(),
        }
    }

    #[test]
    fn a_filtered_list_stands_as_the_server_has_said_until_there_is_no_filter() {
        let owner = Owner::new();
        owner.with(|| {
            let store = fixtures::store(vec![fixtures::conversation(&room("U1"), 10)]);
            assert_eq!(store.fitting(Tab::Waiting), None);
            store.narrow(Some(page(&["U3", "U2"], true)));
            let rooms = Some(vec![room("U3"), room("U2")]);
            assert_eq!(store.fitting(Tab::Waiting), rooms);
            assert_eq!(store.list_state.get_untracked(), ListState::Ready);
            // A page of the whole list changes neither rows nor state.
            store.put_page(Tab::Waiting, &page(&["U1"], false), Page::First, 0);
            assert_eq!(store.fitting(Tab::Waiting), rooms);
            assert_eq!(store.list_state.get_untracked(), ListState::Ready);
            assert_eq!(store.fitting(Tab::Mine), Some(Vec::new()));
            assert_eq!(Some(store.shown()), rooms);
            store.narrow(None);
            assert_eq!(store.fitting(Tab::Waiting), None);
            assert_eq!(store.list_state.get_untracked(), ListState::End);
            // What the filter has shown is known by now.
            assert_eq!(store.shown(), [room("U1"), room("U2"), room("U3")]);
        });
    }
}
