//! A modal dialog on the browser's own `<dialog>`, which traps focus and gives it back.

use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;

use crate::client::signals::RwSignal;
use crate::ui::live::{NodeRef, effect, hear, live, press, view};

use leptos::wasm_bindgen::JsCast;

/// Open while `open` is true; Escape, the scrim and the children's own buttons set it to false.
///
/// The children exist only while it is open, so that each opening starts afresh.
#[component]
pub(crate) fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] label: String,
    #[prop(optional)] class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open() {
            // Refused only when it is not in the page.
            let _ = dialog.show_modal();
        }
    });
    let class = if class.is_empty() {
        "dialog".to_owned()
    } else {
        format!("dialog {class}")
    };
    view! {
        <dialog
            {..hear("close", move |_: Event| open.set(false))}
            node_ref=node
            class=class
            aria-label=label
            on:click=press(move |event| {
                if is_scrim(&event) {
                    open.set(false);
                }
            })
        >
            {live(move || open.get().then(|| children()))}
        </dialog>
    }
}

/// Whether the click was beside the dialog: there it hits the dialog itself, outside its box.
fn is_scrim(event: &leptos::ev::MouseEvent) -> bool {
    let Some(hit) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok())
    else {
        return false;
    };
    let rect = hit.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    x < rect.left() || x > rect.right() || y < rect.top() || y > rect.bottom()
}
