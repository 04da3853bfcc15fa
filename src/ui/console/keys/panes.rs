//! Where the focus is, and where it goes by keys.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// Whether the key was pressed where people write.
pub(super) fn in_field(event: &KeyboardEvent) -> bool {
    event_within(event, "input, textarea, select, [contenteditable]")
}

/// Whether the event comes from within such an element.
pub(super) fn event_within(event: &Event, selector: &str) -> bool {
    around(event, selector).is_some()
}

/// The element of this kind from within which the event comes.
pub(super) fn around(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok()?
}

/// Moves the focus; says whether there was something to move it to.
pub(super) fn focus(selector: &str) -> bool {
    found(selector).is_some_and(|found| found.focus().is_ok())
}

/// Presses a button; says whether there was one.
pub(super) fn press(selector: &str) -> bool {
    found(selector).inspect(HtmlElement::click).is_some()
}

fn found(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok()??;
    found.dyn_into().ok()
}

/// F6 goes round: rail, list, thread, composer, panel.
pub(super) fn next_pane(back: bool) -> bool {
    const PANES: [(&str, &str); 5] = [
        (".rail", ".rail__item"),
        (
            ".conversation-list",
            ".search input, .row[tabindex='0'], .tab[tabindex='0']",
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
