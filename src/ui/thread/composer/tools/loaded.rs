//! The way to the script, `public/trays/trays.mjs`.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::texts::Texts;
use crate::client::script::Script;
use crate::ui::desk::ViewState;

static SCRIPT: Script = Script::at("/trays/trays.mjs");

/// Loads the script unless it is there, and has it open something. Where it cannot be had, the
/// console says so and goes on.
pub(super) fn open(what: &'static str, from: Element, view_state: ViewState, texts: Texts) {
    spawn_local(async move {
        let opened = SCRIPT.open(what, &from, "").await;
        // Who only typed a sign has asked for nothing.
        if opened.is_err() && what != super::WORDS {
            view_state.tell(texts.missing());
        }
    });
}

/// What an event of the script carries.
pub(in crate::ui::thread::composer) fn chosen(event: &web_sys::Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::CustomEvent>()?;
    event.detail().as_string()
}
