//! Stretches of the history: pages before and behind what is here, and one around a message that
//! was led to, with a hole between it and the newest messages.

use super::{LocalState, OlderState, Thread};
use crate::api::{ThreadCursor, ThreadPage};
use crate::client::signals::ArcRwSignal;
use crate::protocol::{Message, MessageId};

/// Which part of the history is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// What is before this.
    Older(ThreadCursor),
    /// What is behind this.
    Newer(ThreadCursor),
    /// A message with its neighbours.
    Around(MessageId),
}

impl Thread {
    /// The page of history before the first message, unless there is none or it is on its way.
    pub(crate) fn ask_older(&self) -> Option<Stretch> {
        asked(&self.older, self.floor().map(Stretch::Older))
    }

    /// The page that goes on into the hole, likewise.
    pub(crate) fn ask_newer(&self) -> Option<Stretch> {
        let low = self.index(|index| index.hole.as_ref().map(|(low, _)| low.clone()));
        asked(&self.newer, low.map(Stretch::Newer))
    }

    /// Takes the answer over; without one it could not be had.
    pub fn take_stretch(&self, asked: &Stretch, page: Option<ThreadPage>) {
        match (asked, page) {
            (Stretch::Older(from), Some(page)) => {
                // What it was asked for may have been left meanwhile.
                if self.floor().as_ref() == Some(from) {
                    self.put_older(&page.messages, page.older);
                }
            }
            (Stretch::Newer(from), Some(page)) => self.put_newer(from, &page.messages, page.newer),
            (Stretch::Around(_), Some(page)) => {
                self.put_around(&page.messages, page.older, page.newer);
            }
            (Stretch::Older(_), None) => self.older.set(OlderState::Failed),
            (Stretch::Newer(_), None) => self.newer.set(OlderState::Failed),
            (Stretch::Around(message), None) => self.lost.set(Some(*message)),
        }
    }

    /// Takes a page of older history in.
    pub fn put_older(&self, messages: &[Message], older: Option<ThreadCursor>) {
        self.older.set(OlderState::of(older.as_ref()));
        self.index(|index| index.floor = older);
        self.take_in(messages);
    }

    /// Takes a page in that goes on into the hole.
    fn put_newer(&self, from: &ThreadCursor, messages: &[Message], newer: Option<ThreadCursor>) {
        let high = self.index(|index| {
            let (low, high) = index.hole.as_ref()?;
            (low == from).then(|| high.clone())
        });
        // The stretch may have been left meanwhile.
        if let Some(high) = high {
            self.set_hole(newer, high);
            self.take_in(messages);
        }
    }

    /// Takes a message with its neighbours in, and leaves the stretch that was here before.
    fn put_around(
        &self,
        messages: &[Message],
        older: Option<ThreadCursor>,
        newer: Option<ThreadCursor>,
    ) {
        self.leave_stretch();
        // Without a floor all of the history is here.
        if let Some(floor) = self.floor() {
            self.set_hole(newer, floor);
            self.put_older(messages, older);
        }
    }

    /// What is loaded goes on to `low`, and again from `high` on.
    fn set_hole(&self, low: Option<ThreadCursor>, high: ThreadCursor) {
        let low = low.filter(|low| low.order_key() < high.order_key());
        self.newer.set(OlderState::of(low.as_ref()));
        self.index(|index| index.hole = low.map(|low| (low, high)));
    }

    /// Forgets the stretch before the hole: the history begins behind it again.
    pub fn leave_stretch(&self) {
        let Some((_, floor)) = self.index(|index| index.hole.take()) else {
            return;
        };
        let begin = floor.order_key();
        self.entries.retain(|_, entry| {
            entry.local != LocalState::Stored || entry.message.order_key() >= begin
        });
        self.know_again();
        self.index(|index| index.floor = Some(floor));
        self.older.set(OlderState::More);
        self.newer.set(OlderState::None);
    }

    /// The first message behind the hole; tracks nothing.
    pub(crate) fn behind_hole(&self) -> Option<MessageId> {
        self.index(|index| index.hole.as_ref().map(|(_, high)| high.id))
    }
}

/// What is to be asked, which is noted as on its way.
fn asked(state: &ArcRwSignal<OlderState>, stretch: Option<Stretch>) -> Option<Stretch> {
    let stretch = stretch.filter(|_| state.get_untracked().has_more())?;
    state.set(OlderState::Loading);
    Some(stretch)
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;
    use crate::client::fixtures::{conversation, line, room};
    use crate::client::store::Entry;

    fn lines(numbers: std::ops::Range<u128>) -> Vec<Message> {
        numbers.map(|number| line(number, 1)).collect()
    }

    fn at(number: u128) -> ThreadCursor {
        ThreadCursor::of(&line(number, 1))
    }

    /// The newest 50 of 1,000.
    fn thread() -> Thread {
        let thread = Thread::default();
        thread.reset(&lines(950..1_000), 1, Some(at(950)));
        thread
    }

    fn shown(thread: &Thread) -> Vec<u128> {
        thread
            .entries
            .read_untracked(|entry: &Entry| entry.message.id.0.as_u128())
    }

    fn numbers(parts: &[std::ops::Range<u128>]) -> Vec<u128> {
        parts.iter().cloned().flatten().collect()
    }

    #[test]
    fn a_stretch_is_read_on_from_in_both_directions_until_the_hole_is_closed() {
        Owner::new().with(|| {
            let thread = thread();
            thread.put_around(&lines(75..126), Some(at(75)), Some(at(125)));
            assert_eq!(shown(&thread), numbers(&[75..126, 950..1_000]));
            assert_eq!(thread.behind_hole(), Some(line(950, 1).id));
            assert_eq!(thread.ask_older(), Some(Stretch::Older(at(75))));
            assert_eq!(thread.ask_older(), None, "it is on its way");
            thread.put_older(&lines(25..75), Some(at(25)));
            assert_eq!(thread.ask_newer(), Some(Stretch::Newer(at(125))));
            thread.put_newer(&at(125), &lines(126..900), Some(at(899)));
            // What is not loaded does not come in by itself; what is, is followed.
            thread.put(&[line(940, 7), line(10, 8)]);
            thread.put(&[line(100, 9), line(1_000, 10)]);
            assert_eq!(shown(&thread), numbers(&[25..900, 950..1_001]));
            assert_eq!(thread.message(line(100, 1).id).map(|m| m.rev), Some(9));
            thread.put_newer(&at(899), &lines(900..951), Some(at(950)));
            assert_eq!(shown(&thread), (25..1_001).collect::<Vec<u128>>());
            assert_eq!(thread.newer.get_untracked(), OlderState::None);
            assert_eq!(thread.ask_newer(), None);
        });
    }

    #[test]
    fn another_stretch_takes_the_place_of_the_one_before() {
        Owner::new().with(|| {
            let thread = thread();
            thread.put_around(&lines(75..126), Some(at(75)), Some(at(125)));
            let left = Stretch::Newer(at(125));
            thread.put_around(&lines(500..551), Some(at(500)), Some(at(550)));
            assert_eq!(shown(&thread), numbers(&[500..551, 950..1_000]));
            // Answers for the stretch that was left come too late.
            let page = |messages| ThreadPage {
                messages,
                newer: Some(at(175)),
                older: None,
                complete: true,
                viewers: Vec::new(),
                conversation: conversation(&room("U1"), 1),
            };
            thread.take_stretch(&left, Some(page(lines(126..176))));
            thread.take_stretch(&Stretch::Older(at(75)), Some(page(lines(25..75))));
            assert_eq!(shown(&thread), numbers(&[500..551, 950..1_000]));
            thread.leave_stretch();
            assert_eq!(shown(&thread), (950..1_000).collect::<Vec<u128>>());
            assert_eq!(thread.ask_older(), Some(Stretch::Older(at(950))));
            assert_eq!(thread.key_of(line(520, 1).id), None);
        });
    }

    #[test]
    fn a_stretch_that_reaches_what_is_here_leaves_no_hole() {
        Owner::new().with(|| {
            let thread = thread();
            thread.put_around(&lines(915..966), Some(at(915)), Some(at(965)));
            assert_eq!(shown(&thread), (915..1_000).collect::<Vec<u128>>());
            assert_eq!(thread.newer.get_untracked(), OlderState::None);
            thread.leave_stretch();
            assert_eq!(shown(&thread), (915..1_000).collect::<Vec<u128>>());
        });
    }
}
