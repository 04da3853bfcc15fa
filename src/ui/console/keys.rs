//! The keyboard: single letters outside fields, matched by the key's place, not by its letter.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::client::{Console, Entry, use_console};
use crate::protocol::{Room, Tab};
use crate::ui::desk::{ComposeMode, ViewState, use_view};
use crate::ui::front::{Address, ConsolePlace};
use crate::ui::live::effect;
use crate::ui::thread::Reach;

/// Listens from the moment the browser has taken over until the console goes.
pub(super) fn listen_to_keys(address: Address) {
    let keys = Keys {
        console: use_console(),
        view: use_view(),
        address,
        lists: Tab::ALL.map(|tab| use_console().store.rows(tab)),
    };
    let keys = StoredValue::new(keys);
    effect(move || {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            keys.try_with_value(|keys| keys.press(&event));
        });
        on_cleanup(move || handle.remove());
    });
}

/// What the keys act on.
struct Keys {
    console: Console,
    view: ViewState,
    address: Address,
    lists: [Signal<Vec<Room>>; 4],
}

impl Keys {
    fn press(&self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        let code = event.code();
        // Whoever writes does not wait for a search of the page.
        if in_field(event) && !matches!(code.as_str(), "F6" | "Escape") {
            return;
        }
        // An open dialog or menu takes its keys itself.
        if document()
            .query_selector("dialog[open], [popover]:popover-open")
            .is_ok_and(|found| found.is_some())
        {
            return;
        }
        let taken = match code.as_str() {
            "F6" => next_pane(event.shift_key()),
            "Escape" => self.escape(event),
            // Whoever dictates or bumps into keys may do without them.
            _ => !self.console.store.keys.no_single_keys && self.letter(&code, event.shift_key()),
        };
        if taken {
            event.prevent_default();
        }
    }

    /// A key that stands for an action; says whether it did.
    fn letter(&self, code: &str, shift: bool) -> bool {
        match (code, shift) {
            ("Slash", true) => self.view.keys.set(true),
            ("KeyJ", false) => return self.step(1),
            ("KeyK", false) => return self.step(-1),
            ("BracketRight", false) => self.turn(1),
            ("BracketLeft", false) => self.turn(3),
            ("KeyC", false) => return self.claim(),
            ("Backslash", false) if self.room().is_some() => self.view.toggle_panel(),
            ("KeyR", false) if self.reach() == Some(Reach::Mine) => self.reply(),
            ("KeyZ", false) => return self.undo(),
            ("KeyN", false) if self.room().is_some() => self.view.compose(ComposeMode::Note),
            ("KeyT", false) if self.may_pass() => self.view.transfer.set(true),
            ("KeyE", false) if self.may_pass() => self.view.close.set(true),
            ("KeyE", true) if self.may_pass() => self.close_and_next(),
            _ => return false,
        }
        true
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

    fn step(&self, by: isize) -> bool {
        let Some(room) = self.neighbour(by) else {
            return false;
        };
        self.address.go(ConsolePlace {
            room: Some(room),
            ..self.address.place_untracked()
        });
        true
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

    fn close_and_next(&self) {
        let Some(room) = self.room() else { return };
        let next = self.neighbour(1).filter(|next| *next != room);
        self.console.close(&room, None);
        self.address.go(ConsolePlace {
            room: next,
            ..self.address.place_untracked()
        });
    }

    /// Quotes nothing; says whether something was quoted in the composer that has the focus.
    fn clear_quote(&self, event: &KeyboardEvent) -> bool {
        let room = self.room().filter(|_| event_within(event, ".composer"));
        let quote = room.map(|room| self.console.quote(&room));
        let quote = quote.filter(|quote| quote.with_untracked(|quote| !quote.is_empty()));
        quote.inspect(|quote| quote.set(String::new())).is_some()
    }

    /// Out of the quote, then out of the field, then out of the panel's drawer, then back to the list.
    fn escape(&self, event: &KeyboardEvent) -> bool {
        if self.clear_quote(event) {
            return true;
        }
        if in_field(event) {
            return focus(".message-list");
        }
        if self.view.panel.get_untracked() == Some(true) {
            self.view.panel.set(None);
            return true;
        }
        if event_within(event, ".thread") || event_within(event, ".contact-panel") {
            return focus(".row[tabindex='0']");
        }
        if self.room().is_some() {
            self.address.go(ConsolePlace {
                room: None,
                ..self.address.place_untracked()
            });
            return true;
        }
        false
    }
}

/// Whether the key was pressed where people write.
fn in_field(event: &KeyboardEvent) -> bool {
    event_within(event, "input, textarea, select, [contenteditable]")
}

/// Whether the event comes from within such an element.
fn event_within(event: &KeyboardEvent, selector: &str) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|target| target.closest(selector).ok().flatten())
        .is_some()
}

/// Moves the focus; says whether there was something to move it to.
fn focus(selector: &str) -> bool {
    document()
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(|found| found.dyn_into::<HtmlElement>().ok())
        .is_some_and(|found| found.focus().is_ok())
}

/// F6 goes round: rail, list, thread, composer, panel.
fn next_pane(back: bool) -> bool {
    const PANES: [(&str, &str); 5] = [
        (".rail", ".rail__item"),
        (
            ".conversation-list",
            ".row[tabindex='0'], .tab[tabindex='0']",
        ),
        (".message-list", ".message-list"),
        (".thread__foot", ".composer__text, .claim-bar .button"),
        (".contact-panel", ".contact-panel"),
    ];
    let active = document().active_element();
    let at = PANES.iter().position(|(pane, _)| {
        active
            .as_ref()
            .is_some_and(|active| active.closest(pane).is_ok_and(|found| found.is_some()))
    });
    let count = PANES.len();
    let first = at.map_or(1, |at| if back { at + count - 1 } else { at + 1 });
    let step = if back { count - 1 } else { 1 };
    (0..count).any(|turn| focus(PANES[(first + turn * step) % count].1))
}
