//! Pictures from elsewhere, which may not be there.

use leptos::html;

use crate::client::signals::RwSignal;
use crate::ui::live::{NodeRef, effect};

/// Whether a picture could not be had; also when that was known before the browser took over.
/// Not for pictures that load lazily: they are not there and yet not missing.
#[derive(Clone, Copy)]
pub(crate) struct PictureState {
    /// On the `<img>`.
    pub node: NodeRef<html::Img>,
    failed: RwSignal<bool>,
}

impl PictureState {
    /// Watches the image that `node` is put on.
    pub(crate) fn new() -> Self {
        let state = Self {
            node: NodeRef::new(),
            failed: RwSignal::new(false),
        };
        effect(move || {
            if let Some(image) = state.node.get()
                && image.complete()
                && image.natural_width() == 0
                && !image.current_src().is_empty()
            {
                state.fail();
            }
        });
        state
    }

    /// The browser reports that it has no picture.
    pub(crate) fn fail(self) {
        self.failed.set(true);
    }

    /// Whether to show something else.
    pub(crate) fn failed(self) -> bool {
        self.failed.get()
    }
}
