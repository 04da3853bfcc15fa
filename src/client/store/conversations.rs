//! Which conversations are known, in which list each belongs, and in which order.

use super::{ListState, Store};
use crate::api::{ConversationPage, InboxCursor};
use crate::client::order::in_order;
use crate::client::signals::ArcRwSignal;
use crate::protocol::{
    Conversation, Counts, OperatorId, Room, SessionStatus, Tab, Tag, TagId, Timestamp,
};

/// A page may be older than an event by as much as clocks and requests take.
const PAGE_GRACE_MS: i64 = 10_000;

/// How far each list is loaded.
pub(crate) type Pages = [TabPage; 4];

/// How far one list is loaded.
#[derive(Clone, Debug, Default)]
pub(crate) struct TabPage {
    /// Where the next page begins; rows beyond it are not shown, since others may be missing.
    pub(crate) next: Option<InboxCursor>,
    /// Whether any page was loaded.
    pub(crate) loaded: bool,
}

/// Which page of a list was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The list's beginning, for the first time or to refresh it.
    First,
    /// The one after all that is here.
    Next,
}

/// Whether a conversation is in a list of `me`.
pub fn belongs(conversation: &Conversation, tab: Tab, me: OperatorId) -> bool {
    let session = conversation.session.as_ref();
    match tab {
        Tab::Waiting => session.is_some_and(|s| s.status == SessionStatus::Waiting),
        Tab::Mine => {
            conversation.snoozed_until.is_none() && session.is_some_and(|s| s.is_active_for(me))
        }
        Tab::All => session.is_none_or(crate::protocol::Session::is_open),
        Tab::Closed => session.is_some_and(|s| s.status == SessionStatus::Closed),
    }
}

/// The time that a list sorts a conversation by.
pub fn activity(conversation: &Conversation, tab: Tab) -> Timestamp {
    let newest = || {
        conversation
            .last_message
            .as_ref()
            .map_or(conversation.updated_at, crate::protocol::Message::place)
    };
    match tab {
        Tab::Waiting => conversation
            .waiting_since
            .or(conversation.session.as_ref().map(|s| s.opened_at))
            .unwrap_or_else(newest),
        Tab::Mine | Tab::All | Tab::Closed => newest(),
    }
}

fn within(conversation: &Conversation, tab: Tab, next: Option<&InboxCursor>) -> bool {
    let Some(cursor) = next else { return true };
    let at = activity(conversation, tab);
    match tab {
        Tab::Waiting => at <= cursor.at,
        Tab::Mine | Tab::All | Tab::Closed => at >= cursor.at,
    }
}

fn contribution(conversation: &Conversation, me: OperatorId) -> [u32; 5] {
    let is = |tab| u32::from(belongs(conversation, tab, me));
    let (waiting, mine) = (is(Tab::Waiting), is(Tab::Mine));
    let unread = (waiting + mine).min(u32::from(conversation.unread > 0));
    [waiting, mine, is(Tab::All), is(Tab::Closed), unread]
}

fn shifted(counts: Counts, old: [u32; 5], new: [u32; 5]) -> Counts {
    let shift = |count: u32, at: usize| (count + new[at]).saturating_sub(old[at]);
    Counts {
        waiting: shift(counts.waiting, 0),
        mine: shift(counts.mine, 1),
        all: shift(counts.all, 2),
        closed: shift(counts.closed, 3),
        unread: shift(counts.unread, 4),
    }
}

impl Store {
    pub(crate) fn conversation_untracked(&self, room: &Room) -> Option<Conversation> {
        self.conversations
            .with_untracked(|all| all.get(room).map(ArcRwSignal::get_untracked))
    }

    /// A conversation's signal, without tracking whether it is there.
    pub(crate) fn conversation_signal(&self, room: &Room) -> Option<ArcRwSignal<Conversation>> {
        self.conversations
            .with_untracked(|all| all.get(room).cloned())
    }

    /// Takes a conversation over unless a newer state is known.
    /// True when counts cannot be kept right by this alone, since the old state is not known.
    pub(crate) fn put_conversation(&self, conversation: Conversation) -> bool {
        let row = self
            .conversations
            .with_untracked(|all| all.get(&conversation.room).cloned());
        let Some(row) = row else {
            self.conversations.update(|all| {
                let room = conversation.room.clone();
                all.insert(room, ArcRwSignal::new(conversation));
            });
            self.places.update(|version| *version += 1);
            return true;
        };
        let me = self.me.with_untracked(|me| me.id);
        let old = row.get_untracked();
        if old.rev > conversation.rev || old == conversation {
            return false;
        }
        let (before, after) = (contribution(&old, me), contribution(&conversation, me));
        let moved = before != after
            || Tab::ALL
                .iter()
                .any(|tab| activity(&old, *tab) != activity(&conversation, *tab));
        row.set(conversation);
        if before != after {
            self.counts
                .update(|counts| *counts = shifted(*counts, before, after));
            self.recounts.update(|version| *version += 1);
        }
        if moved {
            self.places.update(|version| *version += 1);
        }
        false
    }

    /// Puts a tag in place of the one that has its id, on all conversations, or takes one away.
    pub(crate) fn put_tag(&self, tag: Option<Tag>, deleted: Option<TagId>) {
        let Some(id) = deleted.or(tag.as_ref().map(|tag| tag.id)) else {
            return;
        };
        let rows = self.conversations.get_untracked();
        for row in rows.values() {
            let has = |c: &Conversation| c.tags.iter().any(|known| known.id == id);
            if row.with_untracked(has) {
                row.update(|c| match &tag {
                    Some(tag) => {
                        let same = c.tags.iter_mut().filter(|known| known.id == id);
                        same.for_each(|known| known.clone_from(tag));
                    }
                    None => c.tags.retain(|known| known.id != id),
                });
            }
        }
    }

    /// Changes a known conversation in place; used for what arrives before the conversation does.
    pub(crate) fn edit_conversation(
        &self,
        room: &Room,
        edit: impl FnOnce(&mut Conversation),
    ) -> bool {
        let Some(mut conversation) = self.conversation_untracked(room) else {
            return true;
        };
        edit(&mut conversation);
        self.put_conversation(conversation)
    }

    pub(crate) fn rows_untracked(&self, tab: Tab) -> Vec<Room> {
        let me = self.me.with_untracked(|me| me.id);
        let page = self
            .pages
            .with_untracked(|pages| pages[tab as usize].clone());
        let rows: Vec<(Timestamp, Room)> = self.conversations.with_untracked(|all| {
            all.values()
                .filter_map(|row| {
                    row.with_untracked(|c| {
                        (belongs(c, tab, me) && within(c, tab, page.next.as_ref()))
                            .then(|| (activity(c, tab), c.room.clone()))
                    })
                })
                .collect()
        });
        let rows = in_order(rows, |a, b| match tab {
            Tab::Waiting => a.cmp(b),
            Tab::Mine | Tab::All | Tab::Closed => b.cmp(a),
        });
        rows.into_iter().map(|(_, room)| room).collect()
    }

    /// Takes a page of a list over, with the counts of all lists. The page was asked for when
    /// [`Store::recounts`] stood at `asked_at`.
    ///
    /// True when a conversation that the page does not hold has moved since: whether the page's
    /// counts know of that cannot be told, so they are to be fetched again.
    pub(crate) fn put_page(
        &self,
        tab: Tab,
        page: &ConversationPage,
        which: Page,
        asked_at: u64,
    ) -> bool {
        let moved = self.recounts.get_untracked().saturating_sub(asked_at);
        let (counts, explained) = self.counts_now(page);
        for conversation in &page.conversations {
            self.put_conversation(conversation.clone());
        }
        let mut pages = self.pages.get_untracked();
        let known = &mut pages[tab as usize];
        let refreshed = which == Page::First && known.loaded;
        // A refresh must not shorten a list that was scrolled further, unless it has become short.
        if !refreshed || page.next.is_none() {
            known.next.clone_from(&page.next);
        }
        known.loaded = true;
        self.pages.set(pages);
        if which == Page::First {
            self.drop_absent(tab, page);
        }
        self.counts.set(counts);
        self.put_quotas(page.quotas.clone());
        self.places.update(|version| *version += 1);
        let narrowed = self.narrowed.with_untracked(Option::is_some);
        if self.tab.get_untracked() == tab && !narrowed {
            self.list_state.set(self.list_state_of(tab));
        }
        moved > explained
    }

    /// The page's counts with what is known to be newer than the page, and for how many
    /// conversations that is so: an event may overtake the page that was read before it.
    fn counts_now(&self, page: &ConversationPage) -> (Counts, u64) {
        let me = self.me.with_untracked(|me| me.id);
        let (mut counts, mut newer) = (page.counts, 0);
        for listed in &page.conversations {
            let known = self.conversation_untracked(&listed.room);
            if let Some(known) = known.filter(|known| known.rev > listed.rev) {
                counts = shifted(counts, contribution(listed, me), contribution(&known, me));
                newer += 1;
            }
        }
        (counts, newer)
    }

    pub(crate) fn list_state_of(&self, tab: Tab) -> ListState {
        self.pages
            .with_untracked(|pages| match &pages[tab as usize] {
                TabPage { loaded: false, .. } => ListState::Loading,
                TabPage { next: Some(_), .. } => ListState::Ready,
                TabPage { next: None, .. } => ListState::End,
            })
    }

    /// Forgets conversations that the page should hold and does not: they changed unseen.
    /// The open ones stay, since their state comes with their messages.
    fn drop_absent(&self, tab: Tab, page: &ConversationPage) {
        let me = self.me.with_untracked(|me| me.id);
        let before = self.now.get_untracked().plus_ms(-PAGE_GRACE_MS);
        let absent = |c: &Conversation| {
            belongs(c, tab, me)
                && within(c, tab, page.next.as_ref())
                && c.updated_at < before
                && self.thread_untracked(&c.room).is_none()
                && page
                    .next
                    .as_ref()
                    .is_none_or(|next| next.at != activity(c, tab))
                && !page
                    .conversations
                    .iter()
                    .any(|listed| listed.room == c.room)
        };
        let gone: Vec<Room> = self.conversations.with_untracked(|all| {
            all.values()
                .filter_map(|row| row.with_untracked(|c| absent(c).then(|| c.room.clone())))
                .collect()
        });
        if !gone.is_empty() {
            self.conversations
                .update(|all| all.retain(|room, _| !gone.contains(room)));
        }
    }
}
