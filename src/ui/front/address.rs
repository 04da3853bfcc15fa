//! The address bar: which place of the console it names, and going elsewhere without a page load.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use super::ConsolePlace;
use crate::client::script::tell;
use crate::client::signals::RwSignal;
use crate::ui::live::effect;

/// The address as the console sees it. Copies share it.
#[derive(Clone, Copy)]
pub(crate) struct Address {
    place: RwSignal<ConsolePlace>,
}

impl Address {
    /// An address that names `place`; in the browser it follows links and the back button.
    pub(crate) fn new(place: ConsolePlace) -> Self {
        let address = Self {
            place: RwSignal::new(place),
        };
        effect(move || address.listen());
        address
    }

    /// What the address names.
    pub(crate) fn place(self) -> ConsolePlace {
        self.place.get()
    }

    /// The same, without following it.
    pub(crate) fn place_untracked(self) -> ConsolePlace {
        self.place.get_untracked()
    }

    /// Goes to a place, as a link to it would.
    pub(crate) fn go(self, place: ConsolePlace) {
        if self.place.with_untracked(|known| *known == place) {
            return;
        }
        // A browser that keeps no history shows the place all the same.
        let _ = window().history().and_then(|history| {
            history.push_state_with_url(&JsValue::NULL, "", Some(&place.href()))
        });
        self.place.set(place);
        // `public/lists/` puts back what narrows the list down.
        tell("sala-went", "");
    }

    fn listen(self) {
        let links = window_event_listener(leptos::ev::click, move |event| {
            if let Some(place) = followed(&event) {
                event.prevent_default();
                self.go(place);
            }
        });
        let history = window_event_listener(leptos::ev::popstate, move |_| {
            if let Some(place) = shown()
                && self.place.with_untracked(|known| *known != place)
            {
                self.place.set(place);
            }
        });
        on_cleanup(move || {
            links.remove();
            history.remove();
        });
    }
}

/// The place to which a click leads, if it is a plain one on a link within the console.
fn followed(event: &MouseEvent) -> Option<ConsolePlace> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let link = event
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest("a[href]:not([rel=external], [target], [download])")
        .ok()??;
    ConsolePlace::parse(&link.get_attribute("href")?)
}

/// The place that the address bar names.
fn shown() -> Option<ConsolePlace> {
    let location = window().location();
    ConsolePlace::parse(&(location.pathname().ok()? + &location.search().ok()?))
}
