//! A menu that a button opens, on the browser's own popover: Escape and a click beside it close it.

use leptos::prelude::*;

use crate::ui::live::view;

/// The menu's panel; a `<button popovertarget=id>` elsewhere opens it, with or without script.
#[component]
pub(crate) fn Menu(
    id: &'static str,
    #[prop(into)] label: String,
    /// Places it.
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div id=id class=format!("menu {class}") popover="auto" role="group" aria-label=label>
            {children()}
        </div>
    }
}

/// The tick that the style sheet shows on a pressed or checked item.
#[component]
pub(crate) fn MenuTick() -> impl IntoView {
    view! {
        <svg class="icon icon--check" aria-hidden="true">
            <use href="#i-check"></use>
        </svg>
    }
}
