//! The way to what the console loads when it is first asked for, and that has a pane or a dialog of
//! its own: the search, the palette and the list of keys (`public/search/`, `public/palette/`,
//! `public/keys/`). They are told what may be done at the moment, fetch their texts and data
//! themselves, and have things done by the names of keys (`super::keys`).

use leptos::task::spawn_local;

use crate::client::script::Missing;
#[cfg(feature = "hydrate")]
use crate::client::script::Script;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Finds customers and messages.
    Search,
    /// Finds what can be done.
    Palette,
    /// Lists the keys.
    Keys,
}

/// Loads a part unless it is there and has it open; then `done` hears whether that worked.
pub(super) fn open(part: Part, facts: String, done: impl FnOnce(bool) + 'static) {
    spawn_local(async move {
        done(ask(part, &facts).await.is_ok());
    });
}

#[cfg(feature = "hydrate")]
async fn ask(part: Part, facts: &str) -> Result<(), Missing> {
    static SCRIPTS: [Script; 3] = [
        Script::at("/search/search.mjs"),
        Script::at("/palette/palette.mjs"),
        Script::at("/keys/keys.mjs"),
    ];
    let loaded: script::Part = SCRIPTS[part as usize].load().await?;
    let opened = wasm_bindgen_futures::JsFuture::from(loaded.open(facts));
    opened.await.map(drop).map_err(|_| Missing)
}

/// The server hears no keys.
#[cfg(not(feature = "hydrate"))]
fn ask(_part: Part, _facts: &str) -> std::future::Ready<Result<(), Missing>> {
    std::future::ready(Err(Missing))
}

#[cfg(feature = "hydrate")]
mod script {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        /// The script, once it is loaded.
        pub(super) type Part;

        #[wasm_bindgen(method)]
        pub(super) fn open(this: &Part, facts: &str) -> js_sys::Promise;
    }
}
