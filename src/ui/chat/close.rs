//! The dialog that closes a chat, so that one stray key does not.

use leptos::html;
use leptos::prelude::*;

use crate::protocol::Room;
use crate::ui::components::Dialog;
use crate::ui::i18n::use_texts;
use crate::ui::inbox::{use_desk, use_view};

/// Asks once, and takes a remark for the team.
#[component]
pub(super) fn CloseDialog(room: StoredValue<Room>) -> impl IntoView {
    let texts = use_texts();
    let open = use_view().close;
    view! {
        <Dialog open label=texts.close_title>
            <CloseForm room />
        </Dialog>
    }
}

/// The remark; exists only while the dialog is open.
#[component]
fn CloseForm(room: StoredValue<Room>) -> impl IntoView {
    let texts = use_texts();
    let open = use_view().close;
    let desk = use_desk();
    let note = NodeRef::<html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = note
            .get_untracked()
            .map(|field| field.value().trim().to_owned())
            .filter(|words| !words.is_empty());
        desk.console().close(&room.get_value(), words);
        open.set(false);
    };
    view! {
        <form on:submit=submit>
            <div>
                <h2>{texts.close_title}</h2>
                <p class="muted">{texts.close_text}</p>
            </div>
            <label class="label">
                {texts.close_note}
                <span class="field">
                    <input node_ref=note type="text" maxlength="1000" dir="auto" />
                </span>
            </label>
            <footer>
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {texts.cancel}
                </button>
                <button type="submit" class="button button--primary" autofocus>
                    {texts.close_chat}
                </button>
            </footer>
        </form>
    }
}
