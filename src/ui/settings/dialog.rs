//! A dialog as a document: rendered open over its page, which rests meanwhile.

use leptos::prelude::*;

use super::form::WHICH;
use super::section::Section;
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

/// What is asked before something is deleted, and what its buttons say.
pub(super) struct Deletion {
    /// Of which section's list.
    pub section: Section,
    /// The form that deletes it.
    pub form: &'static str,
    /// Which one.
    pub id: String,
    /// Where one is after leaving: the page below.
    pub below: String,
    /// The question.
    pub asks: String,
    /// What goes with it.
    pub lead: String,
    /// On the way back.
    pub keep: String,
    /// On the button.
    pub delete: String,
}

/// The question before something is deleted.
pub(super) fn deletion(asked: Deletion) -> AnyView {
    let heading = Heading {
        below: asked.below.clone(),
        title: asked.asks,
        danger: true,
    };
    let body = view! {
        <form method="post" action=asked.section.href()>
            <input type="hidden" name=WHICH value=asked.form />
            <input type="hidden" name="id" value=asked.id />
            <p>{asked.lead}</p>
            <footer>
                <a class="button" href=asked.below data-leave="" autofocus>
                    {asked.keep}
                </a>
                <button class="button button--danger" data-fill="">
                    {asked.delete}
                </button>
            </footer>
        </form>
    };
    dialog(heading, body)
}
