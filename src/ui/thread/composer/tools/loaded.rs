//! The way to the script, `public/trays/trays.mjs`.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::texts::Texts;
use crate::ui::desk::ViewState;

/// The script, or a part of it, could not be had.
struct Missing;

/// Loads the script unless it is there, and has it open something. Where it cannot be had, the
/// console says so and goes on.
pub(super) fn open(what: &'static str, from: Element, view_state: ViewState, texts: Texts) {
    spawn_local(async move {
        let opened = ask(what, &from, &texts.handed_over()).await;
        // Who only typed a `:` has asked for nothing.
        if opened.is_err() && what != super::COLON {
            view_state.tell(texts.missing());
        }
    });
}

/// What an event of the script carries.
pub(super) fn chosen(event: &web_sys::Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::CustomEvent>()?;
    event.detail().as_string()
}

#[cfg(feature = "hydrate")]
async fn ask(what: &str, from: &Element, texts: &str) -> Result<(), Missing> {
    let script = script::load().await.map_err(|_| Missing)?;
    script.open(what, from, texts).map_err(|_| Missing)
}

/// The server renders the buttons and hears no click.
#[cfg(not(feature = "hydrate"))]
fn ask(_what: &str, _from: &Element, _texts: &str) -> std::future::Ready<Result<(), Missing>> {
    std::future::ready(Err(Missing))
}

#[cfg(feature = "hydrate")]
mod script {
    use std::sync::atomic::{AtomicU32, Ordering};

    use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::Element;

    #[wasm_bindgen]
    extern "C" {
        /// JavaScript's own `import(…)`.
        #[wasm_bindgen(js_name = import)]
        fn import(address: &str) -> js_sys::Promise;

        /// The script, once it is loaded.
        pub(super) type Trays;

        #[wasm_bindgen(method, catch)]
        pub(super) fn open(
            this: &Trays,
            what: &str,
            from: &Element,
            texts: &str,
        ) -> Result<(), JsValue>;
    }

    /// Loads the script, or says at once that it is there. Without a version in its address: the
    /// browser asks whether it has changed, and a console that is older than the server gets one
    /// that fits as well.
    pub(super) async fn load() -> Result<Trays, JsValue> {
        // Some browsers keep a failure with the address, so the next try has another one.
        static FAILED: AtomicU32 = AtomicU32::new(0);
        let address = match FAILED.load(Ordering::Relaxed) {
            0 => "/trays/trays.mjs".to_owned(),
            times => format!("/trays/trays.mjs?{times}"),
        };
        match JsFuture::from(import(&address)).await {
            Ok(script) => Ok(script.unchecked_into()),
            Err(error) => {
                FAILED.fetch_add(1, Ordering::Relaxed);
                Err(error)
            }
        }
    }
}
