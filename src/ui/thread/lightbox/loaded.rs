//! The way to the script, `public/lightbox/lightbox.mjs`.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use crate::client::script::Missing;
#[cfg(feature = "hydrate")]
use crate::client::script::Script;

/// Has the script show the pictures in their place, or take over what has changed of them. `failed` is
/// what to do where the script cannot be had.
pub(super) fn show(
    root: Element,
    texts: String,
    pictures: String,
    at: String,
    failed: impl FnOnce() + 'static,
) {
    spawn_local(async move {
        if ask(&root, &texts, &pictures, &at).await.is_err() {
            failed();
        }
    });
}

/// Which message the script's event says is to be quoted.
pub(super) fn quoted(event: &web_sys::Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::CustomEvent>()?;
    event.detail().as_string()
}

#[cfg(feature = "hydrate")]
async fn ask(root: &Element, texts: &str, pictures: &str, at: &str) -> Result<(), Missing> {
    static SCRIPT: Script = Script::at("/lightbox/lightbox.mjs");
    let lightbox: script::Lightbox = SCRIPT.load().await?;
    let shown = lightbox.show(root, texts, pictures, at);
    shown.map_err(|_| Missing)
}

/// The server opens nothing.
#[cfg(not(feature = "hydrate"))]
fn ask(
    _root: &Element,
    _texts: &str,
    _pictures: &str,
    _at: &str,
) -> std::future::Ready<Result<(), Missing>> {
    std::future::ready(Err(Missing))
}

#[cfg(feature = "hydrate")]
mod script {
    use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
    use web_sys::Element;

    #[wasm_bindgen]
    extern "C" {
        /// The script, once it is loaded.
        pub(super) type Lightbox;

        #[wasm_bindgen(method, catch)]
        pub(super) fn show(
            this: &Lightbox,
            root: &Element,
            texts: &str,
            pictures: &str,
            at: &str,
        ) -> Result<(), JsValue>;
    }
}
