//! What only this screen knows: which parts are open, where the composer stands.

use leptos::prelude::*;

use crate::client::signals::{RwSignal, StoredValue};
use crate::client::{Console, EntryKey, ToastKind};
use crate::protocol::{MessageId, Room};

/// To the customer or to the team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ComposeMode {
    /// To the customer.
    #[default]
    Reply,
    /// To the team.
    Note,
}

/// Signals that several parts of the console share.
#[derive(Clone, Copy)]
pub(crate) struct ViewState {
    /// Whether the browser has taken over; what only it knows is shown from then on.
    pub hydrated: RwSignal<bool>,
    /// Shown or put away; absent as long as the screen's width decides.
    pub panel: RwSignal<Option<bool>>,
    /// What the composer writes.
    pub mode: RwSignal<ComposeMode>,
    /// Counts the wishes to have the cursor in the composer.
    pub focus_composer: RwSignal<u32>,
    /// The transfer dialog.
    pub transfer: RwSignal<bool>,
    /// The close dialog.
    pub close: RwSignal<bool>,
    /// Which chat is shown once the open one is closed: the next one, where that was asked for.
    pub after_close: RwSignal<Option<Room>>,
    /// What this screen itself has to tell, beside the store's toasts.
    pub notice: RwSignal<Option<(ToastKind, &'static str)>>,
    /// The message that is pointed at or has the focus.
    pub pointed: RwSignal<Option<EntryKey>>,
    /// What can be done with it, as a sheet.
    pub sheet: RwSignal<bool>,
    /// What is to be forwarded.
    pub forward: RwSignal<Option<EntryKey>>,
    /// To which message its chat is to lead as soon as it is open.
    pub seek: RwSignal<Option<(Room, MessageId)>>,
}

impl ViewState {
    /// As a page begins.
    pub(crate) fn new() -> Self {
        Self {
            hydrated: RwSignal::new(false),
            panel: RwSignal::new(None),
            mode: RwSignal::new(ComposeMode::Reply),
            focus_composer: RwSignal::new(0),
            transfer: RwSignal::new(false),
            close: RwSignal::new(false),
            after_close: RwSignal::new(None),
            notice: RwSignal::new(None),
            pointed: RwSignal::new(None),
            sheet: RwSignal::new(false),
            forward: RwSignal::new(None),
            seek: RwSignal::new(None),
        }
    }

    /// Tells the operator for a moment what did not work.
    pub(crate) fn tell(self, words: &'static str) {
        self.notice.set(Some((ToastKind::Error, words)));
    }

    /// Tells the operator for a moment what was done.
    pub(crate) fn say(self, words: &'static str) {
        self.notice.set(Some((ToastKind::Info, words)));
    }

    /// Brings the composer up for this kind of words.
    pub(crate) fn compose(self, mode: ComposeMode) {
        self.mode.set(mode);
        self.focus_composer.update(|wishes| *wishes += 1);
    }

    /// Shows the panel when it is away and the other way round. Call in the browser only.
    pub(crate) fn toggle_panel(self) {
        let wide = window()
            .match_media("(min-width: 1181px)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches());
        let shown = self.panel.get_untracked().unwrap_or(wide);
        self.panel.set(Some(!shown));
    }
}

/// The screen's state, from context.
pub(crate) fn use_view() -> ViewState {
    expect_context()
}

/// A handle on the console that closures can copy.
#[derive(Clone, Copy)]
pub(crate) struct Desk(StoredValue<Console>);

impl Desk {
    /// Keeps the console for as long as the page.
    pub(crate) fn new(console: Console) -> Self {
        Self(StoredValue::new(console))
    }

    /// The console, for one action.
    pub(crate) fn console(self) -> Console {
        self.0.get_value()
    }
}

/// The handle, from context.
pub(crate) fn use_desk() -> Desk {
    expect_context()
}
