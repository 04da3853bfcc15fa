//! The dialog that closes a chat, so that one stray key does not.

use leptos::prelude::*;

use super::remark::RemarkForm;
use super::texts::Texts;
use crate::client::script::tell;
use crate::client::signals::StoredValue;
use crate::protocol::Room;
use crate::ui::components::Dialog;
use crate::ui::desk::{use_desk, use_view};
use crate::ui::live::view;
use crate::ui::words::use_texts;

/// Asks once, and takes a remark for the team.
#[component]
pub(super) fn CloseDialog(room: StoredValue<Room>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let open = use_view().close;
    view! {
        <Dialog open label=texts.close_title()>
            <CloseForm room />
        </Dialog>
    }
}

/// The remark; exists only while the dialog is open.
#[component]
fn CloseForm(room: StoredValue<Room>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let (open, next) = (use_view().close, use_view().after_close);
    let desk = use_desk();
    on_cleanup(move || next.set(None));
    let done = Callback::new(move |words| {
        desk.console().close(&room.get_value(), words);
        if let Some(next) = next.get_untracked() {
            tell("sala-act", &format!("room {next}"));
        }
    });
    view! {
        <RemarkForm open remark=texts.close_note() action=texts.close_chat() ready=true done>
            <div>
                <h2>{texts.close_title()}</h2>
                <p class="muted">{texts.close_text()}</p>
            </div>
        </RemarkForm>
    }
}
