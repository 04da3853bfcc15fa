//! All keys, on one page.

use leptos::prelude::*;

use super::use_view;
use crate::ui::components::Dialog;
use crate::ui::i18n::use_texts;

/// The keys, in the order of the texts' `key_names`.
const KEYS: [&[&str]; 15] = [
    &["J", "K"],
    &["]", "["],
    &["R"],
    &["N"],
    &["C"],
    &["T"],
    &["E"],
    &["Shift", "E"],
    &["\\"],
    &["F6"],
    &["↵"],
    &["Shift", "↵"],
    &["↑"],
    &["Esc"],
    &["?"],
];

/// The dialog that `?` opens.
#[component]
pub(super) fn KeysDialog() -> impl IntoView {
    let texts = use_texts();
    let open = use_view().keys;
    view! {
        <Dialog open label=texts.keys_title>
            <h2>{texts.keys_title}</h2>
            <dl class="keys">
                {KEYS
                    .iter()
                    .zip(texts.key_names)
                    .map(|(keys, name)| {
                        view! {
                            <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</dt>
                            <dd>{name}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
            <footer>
                <button type="button" class="button" autofocus on:click=move |_| open.set(false)>
                    {texts.close}
                </button>
            </footer>
        </Dialog>
    }
}
