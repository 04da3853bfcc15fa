//! Which message is pointed at, has the focus, or is pressed for long.

use std::time::Duration;

use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::client::EntryKey;
use crate::client::signals::StoredValue;
use crate::ui::desk::{ViewState, use_view};
use crate::ui::live::NodeRef;

/// So long a finger rests on a message before that means something.
const LONG_PRESS: Duration = Duration::from_millis(450);
/// So far it may move meanwhile, in pixels.
const STILL_PX: i32 = 10;

/// What the list of messages tells of pointers, focus and keys.
#[derive(Clone, Copy)]
pub(in crate::ui::thread) struct Pointing {
    view: ViewState,
    /// The bar that follows.
    pub(in crate::ui::thread) bar: NodeRef<html::Div>,
    press: StoredValue<Option<(TimeoutHandle, i32, i32)>>,
    touched: StoredValue<bool>,
}

impl Pointing {
    pub(in crate::ui::thread) fn new() -> Self {
        let view = use_view();
        view.pointed.set(None);
        view.sheet.set(false);
        view.forward.set(None);
        Self {
            view,
            bar: NodeRef::new(),
            press: StoredValue::new(None),
            touched: StoredValue::new(false),
        }
    }

    /// A mouse comes over something.
    pub(in crate::ui::thread) fn over(self, event: &leptos::ev::PointerEvent) {
        if event.pointer_type() == "mouse" {
            self.point(event.target());
        }
    }

    /// Something gets the focus.
    pub(in crate::ui::thread) fn focused(self, event: &leptos::ev::FocusEvent) {
        self.point(event.target());
    }

    /// The pointer leaves the list; whoever works by keyboard stays where they are.
    pub(in crate::ui::thread) fn left(self) {
        self.lift();
        let focused = document().active_element();
        let within = focused.and_then(|element| element.closest("[data-key]").ok().flatten());
        match within {
            Some(message) => self.point_at(&message),
            None if !self.view.sheet.get_untracked() => self.view.pointed.set(None),
            None => {}
        }
    }

    /// A finger goes down.
    pub(in crate::ui::thread) fn down(self, event: &leptos::ev::PointerEvent) {
        self.lift();
        let is_touch = event.pointer_type() != "mouse";
        self.touched.set_value(is_touch);
        let message = message_of(event.target()).filter(|_| is_touch);
        let Some(key) = message.and_then(|message| key_of(&message)) else {
            return;
        };
        let long = move || self.open(key);
        if let Ok(timer) = set_timeout_with_handle(long, LONG_PRESS) {
            let press = (timer, event.client_x(), event.client_y());
            self.press.set_value(Some(press));
        }
    }

    /// It moves: that is scrolling.
    pub(in crate::ui::thread) fn moved(self, event: &leptos::ev::PointerEvent) {
        let far = self.press.with_value(|press| {
            press.as_ref().is_some_and(|(_, x, y)| {
                (event.client_x() - x)
                    .abs()
                    .max((event.client_y() - y).abs())
                    > STILL_PX
            })
        });
        if far {
            self.lift();
        }
    }

    /// It goes up, or the browser has taken it over.
    pub(in crate::ui::thread) fn lift(self) {
        if let Some((timer, ..)) = self.press.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// A browser's own long press; a mouse keeps the browser's menu.
    pub(in crate::ui::thread) fn menu(self, event: &leptos::ev::MouseEvent) {
        if !self.touched.get_value() {
            return;
        }
        if let Some(key) = message_of(event.target()).and_then(|message| key_of(&message)) {
            event.prevent_default();
            self.lift();
            self.open(key);
        }
    }

    fn open(self, key: EntryKey) {
        self.view.pointed.set(Some(key));
        self.view.sheet.set(true);
    }

    fn point(self, target: Option<web_sys::EventTarget>) {
        if let Some(message) = message_of(target) {
            self.point_at(&message);
        }
    }

    fn point_at(self, message: &Element) {
        let Some(key) = key_of(message) else { return };
        if self.view.pointed.get_untracked() != Some(key) {
            self.view.pointed.set(Some(key));
        }
        if let Some(bar) = self.bar.get_untracked()
            && bar.parent_element().as_ref() != Some(message)
        {
            // Refused only for what cannot have children.
            let _ = message.append_child(&bar);
        }
    }
}

/// Up and down go from message to message; Enter on the list goes to the newest.
pub(in crate::ui::thread) fn step(event: &leptos::ev::KeyboardEvent) {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return;
    };
    let is_message = target.has_attribute("data-key");
    let is_list = target.matches(".message-list").unwrap_or(false);
    let next = match event.key().as_str() {
        _ if event.alt_key() => return,
        "ArrowUp" if is_message => beside(&target, Element::previous_element_sibling),
        "ArrowDown" if is_message => beside(&target, Element::next_element_sibling),
        "Enter" if is_list => target
            .query_selector_all(".message-list__inner > [data-key]")
            .ok()
            .and_then(|all| all.item(all.length().checked_sub(1)?))
            .and_then(|last| last.dyn_into().ok()),
        _ => return,
    };
    if let Some(next) = next {
        event.prevent_default();
        focus(&next);
    }
}

/// Gives a message the focus, which it has no other way to.
pub(in crate::ui::thread) fn focus(message: &Element) {
    let _ = message.set_attribute("tabindex", "-1");
    if let Some(message) = message.dyn_ref::<HtmlElement>() {
        let _ = message.focus();
    }
}

fn message_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("[data-key]").ok()?
}

fn key_of(message: &Element) -> Option<EntryKey> {
    message.get_attribute("data-key")?.parse().ok()
}

fn beside(message: &Element, step: impl Fn(&Element) -> Option<Element>) -> Option<Element> {
    let mut at = step(message)?;
    while !at.has_attribute("data-key") {
        at = step(&at)?;
    }
    Some(at)
}
