//! Parts of a view that change, all of one type.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

/// A part of a view that follows its signals.
pub(super) type Live = Arc<Mutex<dyn FnMut() -> AnyView + Send>>;

/// What `move || …` in a view does, with less code: Leptos compiles all that building, hydrating
/// and updating needs once for every closure, and for this type once.
pub(super) fn live<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> Live {
    Arc::new(Mutex::new(move || view().into_any()))
}
