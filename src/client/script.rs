//! Scripts of our own that are no part of the wasm: the console loads one when it is first asked
//! for (`public/trays/`, `public/lightbox/`, `public/attach/`). Why is in docs/decisions.md.

#[cfg(feature = "hydrate")]
use std::sync::atomic::{AtomicU32, Ordering};

#[cfg(feature = "hydrate")]
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::Element;

/// A script, or a part of it, could not be had.
pub(crate) struct Missing;

/// Says something to whoever listens on the window: scripts of ours, before they are loaded nobody.
#[cfg(feature = "hydrate")]
pub(crate) fn tell(name: &str, detail: &str) {
    if let Ok(event) = web_sys::CustomEvent::new(name) {
        let detail = JsValue::from_str(detail);
        event.init_custom_event_with_can_bubble_and_cancelable_and_detail(
            name, false, false, &detail,
        );
        // Nobody refuses it.
        let _ = leptos::prelude::window().dispatch_event(&event);
    }
}

/// Nobody listens on the server.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn tell(_name: &str, _detail: &str) {}

/// A script by its address.
#[cfg(feature = "hydrate")]
pub(crate) struct Script {
    address: &'static str,
    /// Some browsers keep a failure with the address, so the next try has another one.
    failed: AtomicU32,
}

#[cfg(feature = "hydrate")]
#[wasm_bindgen]
extern "C" {
    /// JavaScript's own `import(…)`.
    #[wasm_bindgen(js_name = import)]
    fn import(address: &str) -> js_sys::Promise;
}

#[cfg(feature = "hydrate")]
impl Script {
    /// Not loaded yet. Without a version in the address: the browser asks whether it has changed,
    /// and a console that is older than the server gets a script that fits as well.
    pub(crate) const fn at(address: &'static str) -> Self {
        Self {
            address,
            failed: AtomicU32::new(0),
        }
    }

    /// Loads it, or says at once that it is there.
    pub(crate) async fn load<T: JsCast>(&self) -> Result<T, Missing> {
        let loaded = wasm_bindgen_futures::JsFuture::from(import(&self.next())).await;
        loaded.map(JsCast::unchecked_into).map_err(|_: JsValue| {
            self.failed.fetch_add(1, Ordering::Relaxed);
            Missing
        })
    }

    /// Loads it unless it is there, and has it open something at an element, with the texts that it
    /// says, one a line.
    pub(crate) async fn open(
        &self,
        what: &str,
        from: &Element,
        texts: &str,
    ) -> Result<(), Missing> {
        let script: browser::Opens = self.load().await?;
        let opening = script.open(what, from, texts).map_err(|_| Missing)?;
        // What fetches something first answers later.
        let opened = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&opening));
        opened.await.map(drop).map_err(|_| Missing)
    }

    fn next(&self) -> String {
        match self.failed.load(Ordering::Relaxed) {
            0 => self.address.to_owned(),
            times => format!("{}?{times}", self.address),
        }
    }
}

/// The server renders what asks for scripts, and loads none.
#[cfg(not(feature = "hydrate"))]
pub(crate) struct Script;

#[cfg(not(feature = "hydrate"))]
impl Script {
    /// Never loaded.
    pub(crate) const fn at(_address: &'static str) -> Self {
        Self
    }

    /// Nothing to load here.
    #[expect(clippy::unused_self, reason = "as in the browser")]
    pub(crate) fn open(
        &self,
        _what: &str,
        _from: &Element,
        _texts: &str,
    ) -> std::future::Ready<Result<(), Missing>> {
        std::future::ready(Err(Missing))
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
    use web_sys::Element;

    #[wasm_bindgen]
    extern "C" {
        /// A script that opens something.
        pub(super) type Opens;

        #[wasm_bindgen(method, catch)]
        pub(super) fn open(
            this: &Opens,
            what: &str,
            from: &Element,
            texts: &str,
        ) -> Result<JsValue, JsValue>;
    }
}
