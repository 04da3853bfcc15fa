//! The way to the script that has the files which operators send, `public/attach/attach.mjs`: it
//! shows, keeps and uploads them.

use web_sys::Element;

use super::script::{Missing, Script};
use crate::protocol::ClientId;

/// What a message with a file has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "the browser's queue tells the others")
)]
pub(super) enum Carrier {
    /// It waits for its file.
    Waits,
    /// It is stored, or given up.
    Gone,
    /// It was taken back: the file belongs into the composer again.
    Back,
}

static SCRIPT: Script = Script::at("/attach/attach.mjs");

/// Loads the script unless it is there, and has it begin or attach something.
///
/// # Errors
/// [`Missing`]; the next call tries again.
pub(crate) async fn open(what: &str, from: &Element, texts: &str) -> Result<(), Missing> {
    SCRIPT.open(what, from, texts).await
}

/// Tells what has become of a message with a file. A file whose script cannot be had waits for the
/// next load of the page.
#[cfg(feature = "hydrate")]
pub(super) fn tell(what: Carrier, client_id: ClientId) {
    leptos::task::spawn_local(async move {
        let what = match what {
            Carrier::Waits => "up",
            Carrier::Gone => "gone",
            Carrier::Back => "back",
        };
        if let Ok(script) = SCRIPT.load::<browser::Attach>().await {
            let _ = script.tell(what, &client_id.to_string());
        }
    });
}

/// There are no files on the server.
#[cfg(not(feature = "hydrate"))]
pub(super) fn tell(_what: Carrier, _client_id: ClientId) {}

#[cfg(feature = "hydrate")]
mod browser {
    use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

    #[wasm_bindgen]
    extern "C" {
        /// The script, once it is loaded.
        pub(super) type Attach;

        #[wasm_bindgen(method, catch)]
        pub(super) fn tell(this: &Attach, what: &str, id: &str) -> Result<(), JsValue>;
    }
}
