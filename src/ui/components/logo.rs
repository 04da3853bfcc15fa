//! Sala's sign: a roof on three pillars.

use leptos::prelude::*;

use crate::ui::live::view;

/// The sign, 34 px.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 36 36" width="34" height="34" role="img" aria-label="Sala">
            <path
                d="M4 14.5 18 6l14 8.5"
                fill="none"
                stroke="#45d394"
                stroke-width="3"
                stroke-linecap="round"
                stroke-linejoin="round"
            ></path>
            <path
                d="M10 17.5v10M18 17.5v10M26 17.5v10M6 31h24"
                stroke="currentColor"
                stroke-width="2.6"
                stroke-linecap="round"
            ></path>
        </svg>
    }
}
