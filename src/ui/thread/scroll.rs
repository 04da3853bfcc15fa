//! The thread's scrolling: pinned to the end only when it was there, otherwise nothing moves.
//!
//! The list is laid out from its end (`flex-direction: column-reverse`): `scrollTop` is 0 at the
//! newest line and negative above it. Older lines put in front therefore move nothing; newer ones
//! behind are made up for here, by keeping the topmost visible line where it was.

use leptos::html;
use leptos::prelude::StoredValue as LocalValue;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;

use crate::client::signals::{RwSignal, StoredValue};
use crate::ui::live::NodeRef;

/// So near to the end counts as being there, in pixels.
const PIN_PX: i32 = 32;
/// So near to the beginning asks for older lines, in pixels.
const OLDER_PX: i32 = 400;

/// The scrolling of one thread.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    /// The scrolling box.
    pub list: NodeRef<html::Div>,
    /// What grows in it.
    pub inner: NodeRef<html::Div>,
    /// Whether the newest line is in view.
    pub pinned: RwSignal<bool>,
    /// Made in the browser only: an element may not cross the server's threads, not even as none.
    anchor: StoredValue<Option<Slot>>,
    /// Where the list was set to last, as long as nobody has scrolled since.
    set_to: StoredValue<Option<i32>>,
}

/// Where the anchor is kept.
type Slot = LocalValue<Option<Anchor>, LocalStorage>;

/// A line, and the distance of its lower edge from the list's. Its upper edge would not do: a
/// line that stood first loses its air above when older ones come before it.
struct Anchor {
    line: web_sys::Element,
    offset: f64,
}

impl Scroll {
    /// At the end, or away from it when something else is going to be shown.
    pub(super) fn new(pinned: bool) -> Self {
        Self {
            list: NodeRef::new(),
            inner: NodeRef::new(),
            pinned: RwSignal::new(pinned),
            anchor: StoredValue::new(None),
            set_to: StoredValue::new(None),
        }
    }

    /// Goes to the newest line.
    pub(super) fn to_end(self) {
        if let Some(list) = self.list.get_untracked() {
            list.set_scroll_top(0);
        }
        self.pinned.set(true);
    }

    /// Takes note of where the reader is.
    pub(super) fn moved(self) {
        let Some(list) = self.list.get_untracked() else {
            return;
        };
        let pinned = -list.scroll_top() < PIN_PX;
        if pinned != self.pinned.get_untracked() {
            self.pinned.set(pinned);
        }
        // Of what was set here the browser tells a frame later, when more lines may have come that are
        // not made up for yet.
        if self.set_to.get_value() != Some(list.scroll_top()) {
            self.set_to.set_value(None);
            self.remember();
        }
    }

    /// Whether the beginning of what is loaded is near.
    pub(super) fn near_start(self) -> bool {
        self.list.get_untracked().is_some_and(|list| {
            list.scroll_height() - list.client_height() + list.scroll_top() < OLDER_PX
        })
    }

    /// Whether the reader is near what is not loaded between two parts.
    pub(super) fn near_gap(self) -> bool {
        let list = self.list.get_untracked();
        list.is_some_and(|list| {
            let gap = list.query_selector(".gap").ok().flatten();
            gap.is_some_and(|gap| {
                let (gap, list) = (
                    gap.get_bounding_client_rect(),
                    list.get_bounding_client_rect(),
                );
                let air = f64::from(OLDER_PX);
                gap.top() < list.bottom() + air && gap.bottom() > list.top() - air
            })
        })
    }

    /// Keeps the place whenever the lines or the box change their size. Call once, in an effect.
    pub(super) fn watch(self, grown: Callback<()>) {
        let (Some(list), Some(inner)) = (self.list.get_untracked(), self.inner.get_untracked())
        else {
            return;
        };
        self.anchor.set_value(Some(LocalValue::new_local(None)));
        let changed = Closure::<dyn FnMut()>::new(move || {
            self.keep();
            grown.run(());
        });
        let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) else {
            return;
        };
        observer.observe(&list);
        observer.observe(&inner);
        let watching = LocalValue::new_local(Some((observer, changed)));
        on_cleanup(move || {
            let ended = watching.try_update_value(Option::take).flatten();
            if let Some((observer, _changed)) = ended {
                observer.disconnect();
            }
        });
    }

    /// Puts the anchor back where it was, or stays at the end.
    fn keep(self) {
        let Some(list) = self.list.try_get_untracked() else {
            return;
        };
        if self.pinned.get_untracked() {
            list.set_scroll_top(0);
            return;
        }
        let lower_edge = list.get_bounding_client_rect().bottom();
        let Some(slot) = self.anchor.try_get_value().flatten() else {
            return;
        };
        let moved_by = slot.try_with_value(|anchor| {
            anchor
                .as_ref()
                .filter(|anchor| anchor.line.is_connected())
                .map(|anchor| {
                    anchor.line.get_bounding_client_rect().bottom() - lower_edge - anchor.offset
                })
        });
        if let Some(moved_by) = moved_by.flatten()
            && moved_by.abs() >= 1.0
        {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a distance on the screen, in whole pixels"
            )]
            list.set_scroll_top(list.scroll_top() + moved_by.round() as i32);
            self.set_to.set_value(Some(list.scroll_top()));
        }
        self.remember();
    }

    /// Remembers the topmost visible line.
    fn remember(self) {
        let (Some(list), Some(inner), Some(slot)) = (
            self.list.try_get_untracked(),
            self.inner.try_get_untracked(),
            self.anchor.try_get_value().flatten(),
        ) else {
            return;
        };
        let frame = list.get_bounding_client_rect();
        let lines = inner.children();
        // Lines stand in order, so the first that reaches into view is found by halving.
        let (mut low, mut high) = (0, lines.length());
        while low < high {
            let middle = u32::midpoint(low, high);
            let above = lines
                .item(middle)
                .is_some_and(|line| line.get_bounding_client_rect().bottom() <= frame.top());
            if above {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        slot.try_set_value(lines.item(low).map(|line| Anchor {
            offset: line.get_bounding_client_rect().bottom() - frame.bottom(),
            line,
        }));
    }
}
