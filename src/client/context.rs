//! One console per page: made once, used by every component.

use leptos::prelude::*;

use super::{Console, Store};
use crate::api::ConsoleStart;

/// Makes the console from what the server said, connects it in the browser, and provides it to
/// all components below. Call it once, outside anything that is rendered again.
pub fn provide_console(start: ConsoleStart) -> Console {
    let console = Console::new(Store::new(start));
    provide_context(console.clone());
    console
}

/// The console that [`provide_console`] made.
///
/// # Panics
/// When there is none above: a component was used outside the console.
pub fn use_console() -> Console {
    use_context().expect("components of the console stand below provide_console")
}
