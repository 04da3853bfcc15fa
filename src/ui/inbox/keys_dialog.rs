//! All keys, on one page.

use leptos::prelude::*;

use super::texts::Texts;
use super::use_view;
use crate::ui::components::Dialog;
use crate::ui::words::{Shared, use_texts};

/// The dialog that `?` opens.
#[component]
pub(super) fn KeysDialog() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let keys: [(&[&str], _); 15] = [
        (&["J", "K"], texts.key_chats()),
        (&["]", "["], texts.key_lists()),
        (&["R"], texts.key_reply()),
        (&["N"], texts.key_note()),
        (&["C"], texts.key_claim()),
        (&["T"], texts.key_transfer()),
        (&["E"], texts.key_close()),
        (&["Shift", "E"], texts.key_close_and_next()),
        (&["\\"], texts.key_details()),
        (&["F6"], texts.key_pane()),
        (&["↵"], texts.key_send()),
        (&["Shift", "↵"], texts.key_new_line()),
        (&["↑"], texts.key_retry()),
        (&["Esc"], texts.key_escape()),
        (&["?"], texts.key_keys()),
    ];
    let open = use_view().keys;
    view! {
        <Dialog open label=texts.keys()>
            <h2>{texts.keys()}</h2>
            <dl class="keys">
                {keys
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
                    {shared.close()}
                </button>
            </footer>
        </Dialog>
    }
}
