//! A photo as large as the screen allows.

use leptos::prelude::*;

use super::texts::Texts;
use crate::ui::components::{Dialog, Icon, icon};
use crate::ui::inbox::preview;
use crate::ui::live::view;
use crate::ui::words::{Shared, use_texts};

/// Which photo is shown; lives in the thread's context.
#[derive(Clone, Copy)]
pub(crate) struct Lightbox {
    open: RwSignal<bool>,
    url: RwSignal<String>,
}

impl Lightbox {
    /// Closed.
    pub(crate) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            url: RwSignal::new(String::new()),
        }
    }

    /// Opens with this photo.
    pub(crate) fn show(self, url: String) {
        self.url.set(url);
        self.open.set(true);
    }
}

/// The dialog.
#[component]
pub(super) fn LightboxDialog(lightbox: Lightbox) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let photo = use_texts::<preview::Texts>().photo();
    view! {
        <Dialog open=lightbox.open label=photo class="dialog--lightbox">
            <img class="lightbox" src=lightbox.url.get() alt=photo />
            <div class="lightbox__bar">
                <a
                    class="icon-button"
                    href=lightbox.url.get()
                    download=""
                    rel="external"
                    aria-label=texts.download()
                    title=texts.download()
                >
                    {icon(Icon::Download)}
                </a>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=shared.close()
                    title=shared.close()
                    on:click=move |_| lightbox.open.set(false)
                >
                    {icon(Icon::X)}
                </button>
            </div>
        </Dialog>
    }
}
