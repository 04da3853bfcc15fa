//! Views whose code is compiled once: not for every closure, nor for every kind of element that is
//! left out, repeated or put into another.

use std::sync::{Arc, Mutex};

use leptos::ev::MouseEvent;
use leptos::prelude::*;

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

/// What `Memo::new` does, compiled once for each type of value.
pub(super) fn memo<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let value: Box<dyn Fn() -> T + Send + Sync> = Box::new(value);
    Memo::new(move |_| value())
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
