//! The way to the script, `public/trays/trays.mjs`.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::texts::Texts;
use crate::client::script::Missing;
#[cfg(feature = "hydrate")]
use crate::client::script::Script;
use crate::ui::desk::ViewState;

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
pub(in crate::ui::thread::composer) fn chosen(event: &web_sys::Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::CustomEvent>()?;
    event.detail().as_string()
}

#[cfg(feature = "hydrate")]
async fn ask(what: &str, from: &Element, texts: &str) -> Result<(), Missing> {
    static SCRIPT: Script = Script::at("/trays/trays.mjs");
    let trays: script::Trays = SCRIPT.load().await?;
    trays.open(what, from, texts).map_err(|_| Missing)
}

/// The server renders the buttons and hears no click.
#[cfg(not(feature = "hydrate"))]
fn ask(_what: &str, _from: &Element, _texts: &str) -> std::future::Ready<Result<(), Missing>> {
    std::future::ready(Err(Missing))
}

#[cfg(feature = "hydrate")]
mod script {
    use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
    use web_sys::Element;

    #[wasm_bindgen]
    extern "C" {
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
}
