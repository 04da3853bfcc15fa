//! A dialog at an address of its own: rendered open over its page, which rests meanwhile.

#![expect(dead_code, reason = "the first dialog comes with the operators")]

use leptos::prelude::*;

use super::form::WHICH;
use crate::ui::components::{Icon, icon};

/// A question before something is done that cannot be undone.
pub(super) struct Question {
    /// Which form its answer is.
    pub form: &'static str,
    /// The section's address: where the form goes, and where one is after leaving.
    pub section: String,
    /// What is asked, with the name in it.
    pub title: String,
    /// What becomes of what is there now, one sentence each.
    pub consequences: Vec<String>,
    /// Fields of the form, hidden ones as well.
    pub fields: AnyView,
    /// The safe way out, which says what stays.
    pub keep: String,
    /// The button that does it, and says so.
    pub act: String,
}

/// The dialog; the page behind it must be `inert`.
pub(super) fn dialog(question: Question) -> AnyView {
    let Question {
        form,
        section,
        title,
        consequences,
        fields,
        keep,
        act,
    } = question;
    let consequences: Vec<_> = consequences
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> })
        .collect();
    let [scrim, post] = [section.clone(), section.clone()];
    view! {
        <div class="stage">
            <a class="stage__scrim" href=scrim tabindex="-1" aria-hidden="true"></a>
            <dialog class="dialog" open data-kind="danger" aria-labelledby="dialog-title">
                <form method="post" action=post>
                    <input type="hidden" name=WHICH value=form />
                    <h2 id="dialog-title">{icon(Icon::Alert)} <span>{title}</span></h2>
                    <ul class="plain">{consequences}</ul>
                    {fields}
                    <footer>
                        <a class="button" href=section autofocus>
                            {keep}
                        </a>
                        <button class="button button--danger" data-fill="">
                            {act}
                        </button>
                    </footer>
                </form>
            </dialog>
        </div>
    }
    .into_any()
}
