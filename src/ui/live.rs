//! Reactive parts of a view whose code is compiled once and not for every closure.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

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

/// What `Effect::new` does, compiled once.
pub(super) fn effect(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(run);
}
