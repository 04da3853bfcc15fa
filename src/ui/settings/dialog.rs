//! A dialog as a document: rendered open over its page, which rests meanwhile.

use leptos::prelude::*;

use crate::ui::components::{Icon, icon};

/// Over which page the dialog is, and what it is called.
pub(super) struct Heading {
    /// Where one is after leaving: the page below.
    pub below: String,
    /// What is asked or shown, with the name in it.
    pub title: String,
    /// Whether it is about something that hurts.
    pub danger: bool,
}

/// The dialog; the page below it must be `inert`. What leads away from it bears `data-leave`.
pub(super) fn dialog(heading: Heading, body: impl IntoAny) -> AnyView {
    let Heading {
        below,
        title,
        danger,
    } = heading;
    view! {
        <div class="stage">
            <a class="stage__scrim" href=below tabindex="-1" aria-hidden="true"></a>
            <dialog
                class="dialog"
                open
                data-kind=danger.then_some("danger")
                aria-labelledby="dialog-title"
            >
                <h2 id="dialog-title">
                    {danger.then(|| icon(Icon::Block))} <span>{title}</span>
                </h2>
                {body.into_any()}
            </dialog>
        </div>
    }
    .into_any()
}
