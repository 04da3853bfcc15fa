//! The form of a dialog that does something with a chat, with a remark for the team.

use leptos::html;
use leptos::prelude::*;

use crate::client::signals::RwSignal;
use crate::ui::field::text_in;
use crate::ui::live::{NodeRef, press, view};
use crate::ui::words::{Shared, use_texts};

/// Children, the remark, and the two buttons; closes the dialog when it is sent.
#[component]
pub(super) fn RemarkForm(
    open: RwSignal<bool>,
    /// What is asked of the remark's writer.
    remark: &'static str,
    /// The words on the button that does it.
    action: &'static str,
    /// Whether Enter does it at once.
    #[prop(optional)]
    ready: bool,
    /// What is done, with the remark.
    done: Callback<Option<String>>,
    children: Children,
) -> impl IntoView {
    let shared = use_texts::<Shared>();
    let note = NodeRef::<html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = note
            .get_untracked()
            .map(|field| text_in(&field).trim().to_owned());
        done.run(words);
        open.set(false);
    };
    view! {
        <form on:submit=submit>
            {children()}
            <label class="label">
                {remark}
                <span class="field">
                    <input node_ref=note type="text" maxlength="1000" dir="auto" />
                </span>
            </label>
            <footer>
                <button type="button" class="button" on:click=press(move |_| open.set(false))>
                    {shared.cancel()}
                </button>
                <button type="submit" class="button button--primary" autofocus=ready>
                    {action}
                </button>
            </footer>
        </form>
    }
}
