//! Sala: a live-chat console for LINE Official Accounts.
//!
//! Modules are listed from the bottom of the house to the top; a module may use only those
//! above its own line in this list (see `docs/architecture.md`).

pub mod protocol;

pub mod api;

pub mod ui;

/// Takes over the page that the server rendered; called by the page's script.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(ui::App);
}
