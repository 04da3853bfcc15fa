//! Views whose code is compiled once: not for every closure, nor for every kind of element that is
//! left out, repeated or put into another.

mod node;

use std::sync::{Arc, Mutex};

use leptos::ev::{Custom, Event, MouseEvent};
use leptos::prelude::*;
use leptos::tachys::html::event::{On, on};
use leptos::wasm_bindgen::JsCast;

pub(super) use self::node::NodeRef;

use crate::client::signals::Memo;

/// Leptos's `view!`, made an [`AnyView`] at once. Otherwise an element, an element that may be left
/// out and a list of such elements are three types, with code of their own to build, hydrate,
/// change and await each.
macro_rules! view {
    ($($part:tt)*) => {
        $crate::ui::live::erased(::leptos::prelude::view! { $($part)* })
    };
}
pub(super) use view;

/// What [`view!`] makes of Leptos's.
pub(super) fn erased<T>(view: View<T>) -> AnyView
where
    T: IntoAny,
{
    view.into_inner().into_any()
}

/// A part of a view that follows its signals.
pub(super) type Live = Arc<Mutex<dyn FnMut() -> AnyView + Send>>;

/// What `move || …` in a view does, with less code: Leptos compiles all that building, hydrating
/// and updating needs once for every closure, and for this type once.
pub(super) fn live<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> Live {
    Arc::new(Mutex::new(move || view().into_any()))
}

/// What is there while `there` says so. It is made once for each time; what changes within follows its
/// own signals. An element that is shown anew has all its attributes taken off and put on again, which
/// the browser lays out and paints: what changes often must not be part of what makes the element.
pub(super) fn when<V: IntoAny>(
    there: Memo<bool>,
    mut view: impl FnMut() -> V + Send + 'static,
) -> Live {
    live(move || there.get().then(|| view().into_any()))
}

/// An attribute's value that follows its signals: absent, or these words.
pub(super) type Said = Arc<Mutex<dyn FnMut() -> Option<String> + Send>>;

/// What `move || …` is for an attribute, with less code: one type of value for all of them.
pub(super) fn said<V: Say>(mut value: impl FnMut() -> V + Send + 'static) -> Said {
    Arc::new(Mutex::new(move || value().say()))
}

/// What an attribute may be given.
pub(super) trait Say {
    /// As it stands in the page; `None` leaves the attribute out.
    fn say(self) -> Option<String>;
}

impl Say for String {
    fn say(self) -> Option<String> {
        Some(self)
    }
}

impl Say for &str {
    fn say(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Say for bool {
    fn say(self) -> Option<String> {
        self.then(String::new)
    }
}

impl<T: Say> Say for Option<T> {
    fn say(self) -> Option<String> {
        self.and_then(T::say)
    }
}

/// What `on:` does, of one type for all events but a press, which Leptos hears for the whole page.
pub(super) fn hear<E: JsCast>(
    name: &'static str,
    mut act: impl FnMut(E) + 'static,
) -> On<Custom, Box<dyn FnMut(Event)>> {
    let act: Box<dyn FnMut(Event)> = Box::new(move |event| act(event.unchecked_into()));
    on(Custom::new(name), act)
}

/// What pressing does: one type for all, so that what Leptos puts around it is compiled once and not
/// for each closure.
pub(super) fn press(act: impl FnMut(MouseEvent) + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(act)
}

/// What `Effect::new` does, compiled once.
pub(super) fn effect(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(run);
}
