//! What keys do, and what scripts and buttons have done by the names of keys.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::panes::{event_within, focus, in_field, press};
use crate::client::script::tell;
use crate::client::signals::{RwSignal, Signal};
use crate::client::{Console, Entry, use_console};
use crate::protocol::{Room, Tab};
use crate::ui::console::parts::{Part, open};
use crate::ui::desk::{ComposeMode, ViewState, use_view};
use crate::ui::front::{Address, ConsolePlace};
use crate::ui::thread::{Reach, ToolTexts};
use crate::ui::words::use_texts;

/// What is done something with.
pub(super) struct Deeds {
    pub(super) console: Console,
    view: ViewState,
    address: Address,
    lists: [Signal<Vec<Room>>; 4],
    /// What is said where a part could not be loaded.
    missing: &'static str,
    /// A part is being loaded, for which the next letters are meant.
    pub(super) loading: RwSignal<bool>,
}

impl Deeds {
    pub(super) fn new(address: Address) -> Self {
        Self {
            console: use_console(),
            view: use_view(),
            address,
            lists: Tab::ALL.map(|tab| use_console().store.rows(tab)),
            missing: use_texts::<ToolTexts>().missing(),
            loading: RwSignal::new(false),
        }
    }

    /// Does what a script or a button asks for: the name of a key, a chat, or a message of one.
    pub(super) fn act(&self, what: &str) {
        let (name, rest) = what.split_once(' ').unwrap_or((what, ""));
        let (room, message) = rest.split_once(' ').unwrap_or((rest, ""));
        if let Ok(room) = room.parse::<Room>() {
            if let Ok(message) = message.parse() {
                self.view.seek.set(Some((room.clone(), message)));
            }
            self.show(Some(room));
        } else if let [sign] = name.as_bytes() {
            let sign = char::from(*sign);
            self.letter(sign.to_ascii_lowercase(), sign.is_ascii_uppercase());
        }
    }

    /// A key that stands for an action; says whether it did.
    pub(super) fn letter(&self, sign: char, shift: bool) -> bool {
        // While chats are selected, letters are for them.
        if !shift && press(&format!("#bulk [data-shortcut='{sign}']")) {
            return true;
        }
        match (sign, shift) {
            ('?', _) => return self.open(Part::Keys, ""),
            ('/', _) => return self.open(Part::Search, ""),
            ('f', false) if self.room().is_some() => return self.open(Part::Search, "find"),
            ('[', _) => self.turn(3),
            (']', _) => self.turn(1),
            ('\\', _) if self.room().is_some() => self.view.toggle_panel(),
            ('j', false) => return self.step(1),
            ('k', false) => return self.step(-1),
            ('j', true) => tell("sala-choose", "1"),
            ('k', true) => tell("sala-choose", "-1"),
            ('c', false) => return self.claim(),
            ('r', false) if self.reach() == Some(Reach::Mine) => self.reply(),
            ('z', false) => return self.undo(),
            ('n', false) if self.room().is_some() => self.view.compose(ComposeMode::Note),
            ('t', false) if self.may_pass() => self.view.transfer.set(true),
            ('e', _) if self.may_pass() => self.ask_to_close(shift),
            // What stands on the page and says that it has this key.
            ('a'..='z', false) => return press(&format!("[data-shortcut='{sign}']")),
            _ => return false,
        }
        true
    }

    /// Opens a part, which is told what may be done now and which chat is open.
    pub(super) fn open(&self, part: Part, what: &str) -> bool {
        if self.loading.get_untracked() {
            return true;
        }
        self.loading.set(true);
        let (loading, view, missing) = (self.loading, self.view, self.missing);
        open(part, self.facts(what), move |opened| {
            loading.set(false);
            if !opened {
                view.tell(missing);
            }
        });
        true
    }

    /// What the scripts are told, one a line: what is wanted, the keys that do something now, which
    /// keys are off, the open chat, and who works here.
    fn facts(&self, what: &str) -> String {
        let reach = self.reach();
        let mut able = "jk[]".to_owned();
        for (keys, may) in [
            ("nf\\", reach.is_some()),
            ("r", reach == Some(Reach::Mine)),
            ("teE", self.may_pass()),
            (
                "c",
                matches!(reach, None | Some(Reach::Waiting | Reach::Bot)),
            ),
        ] {
            if may {
                able.push_str(keys);
            }
        }
        let habits = self.console.store.keys;
        let room = self.room().map(|room| room.to_string()).unwrap_or_default();
        let me = self.console.store.me.with_untracked(|me| me.id);
        let off = u8::from(habits.no_single_keys);
        let ctrl = u8::from(habits.ctrl_enter);
        format!("{what}\n{able}\n{off}{ctrl}\n{room}\n{me}")
    }

    /// Answers, and quotes the message that is pointed at where LINE lets it be.
    fn reply(&self) {
        if let Some((room, entry)) = self.pointed()
            && entry.message.quotable
        {
            self.console.quote(&room).set(entry.message.id.to_string());
        }
        self.view.compose(ComposeMode::Reply);
    }

    fn pointed(&self) -> Option<(Room, Entry)> {
        let (room, key) = self.room().zip(self.view.pointed.get_untracked())?;
        let thread = untrack(|| self.console.store.thread(&room))?;
        Some((room, thread.entries.row(&key)?.get_untracked()))
    }

    /// Takes the last answer back while it waits.
    fn undo(&self) -> bool {
        let Some(room) = self.room() else {
            return false;
        };
        let Some((entry, _)) = untrack(|| self.console.held(&room)) else {
            return false;
        };
        self.console.take_back(&room, &entry);
        self.view.compose(ComposeMode::Reply);
        true
    }

    fn room(&self) -> Option<Room> {
        self.console.store.open.get_untracked()
    }

    fn reach(&self) -> Option<Reach> {
        let conversation = untrack(|| self.console.store.conversation(&self.room()?))?;
        let me = self.console.store.me.get_untracked();
        let now = self.console.store.now.get_untracked();
        Some(conversation.with_untracked(|c| Reach::of(c, &me, now)))
    }

    fn may_pass(&self) -> bool {
        matches!(self.reach(), Some(Reach::Mine | Reach::Other(_, true)))
    }

    /// The chat `by` rows further down the list.
    fn neighbour(&self, by: isize) -> Option<Room> {
        let tab = self.console.store.tab.get_untracked();
        let rooms = self.lists[tab as usize].get_untracked();
        let at = self
            .room()
            .and_then(|open| rooms.iter().position(|room| *room == open));
        match at {
            Some(at) => rooms.get(at.checked_add_signed(by)?).cloned(),
            None => rooms.first().cloned(),
        }
    }

    /// Opens the chat `by` rows further down; says whether there is one.
    pub(super) fn step(&self, by: isize) -> bool {
        let Some(room) = self.neighbour(by) else {
            return false;
        };
        self.show(Some(room));
        true
    }

    fn show(&self, room: Option<Room>) {
        self.address.go(ConsolePlace {
            room,
            ..self.address.place_untracked()
        });
    }

    /// The list `by` tabs further on, going round.
    fn turn(&self, by: usize) {
        let place = self.address.place_untracked();
        let at = (place.tab as usize + by) % Tab::ALL.len();
        self.address.go(ConsolePlace {
            tab: Tab::ALL[at],
            ..place
        });
    }

    fn claim(&self) -> bool {
        match (self.room(), self.reach()) {
            // Taking a chat from a colleague is too much for one letter.
            (Some(room), Some(Reach::Waiting | Reach::Bot)) => self.console.claim(&room),
            (Some(_), _) => return false,
            (None, _) => self.console.claim_next(),
        }
        true
    }

    /// Opens the dialog that closes the chat, which may lead to the next one.
    fn ask_to_close(&self, and_next: bool) {
        let next = self.neighbour(1).filter(|_| and_next);
        self.view.after_close.set(next);
        self.view.close.set(true);
    }

    /// What follows G: where to.
    pub(super) fn go(&self, sign: char) -> bool {
        match sign {
            'g' => press(".jump"),
            'c' | 'i' => {
                self.show(None);
                true
            }
            // Customers are found by searching.
            'p' => self.open(Part::Search, ""),
            's' | ',' => window().location().set_href("/settings").is_ok(),
            _ => false,
        }
    }

    /// Quotes nothing; says whether something was quoted in the composer that has the focus.
    fn clear_quote(&self, event: &KeyboardEvent) -> bool {
        let room = self.room().filter(|_| event_within(event, ".composer"));
        let quote = room.map(|room| self.console.quote(&room));
        let quote = quote.filter(|quote| quote.with_untracked(|quote| !quote.is_empty()));
        quote.inspect(|quote| quote.set(String::new())).is_some()
    }

    /// Out of the quote, then out of the field, then out of the panel's drawer, then back to the list.
    pub(super) fn escape(&self, event: &KeyboardEvent) -> bool {
        if self.clear_quote(event) {
            return true;
        }
        if in_field(event) {
            return focus(".message-list");
        }
        if press("#bulk [data-shortcut='esc']") {
            return true;
        }
        if self.view.panel.get_untracked() == Some(true) {
            self.view.panel.set(None);
            return true;
        }
        if event_within(event, ".thread") || event_within(event, ".contact-panel") {
            return focus(".row[tabindex='0']");
        }
        if self.room().is_some() {
            self.show(None);
            return true;
        }
        false
    }
}
