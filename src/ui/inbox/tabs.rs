//! The four lists.

use leptos::prelude::*;

use super::texts::Texts;
use crate::client::signals::Memo;
use crate::client::use_console;
use crate::protocol::Tab;
use crate::ui::front::ConsolePlace;
use crate::ui::live::{hear, live, said, view, when};
use crate::ui::words::use_texts;

/// Waiting, Mine, All, Closed: real links, each with its count.
#[component]
pub(super) fn Tabs() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let store = use_console().store;
    let tabs = Tab::ALL.into_iter().map(|tab| {
        let name = match tab {
            Tab::Waiting => texts.waiting(),
            Tab::Mine => texts.mine(),
            Tab::All => texts.all(),
            Tab::Closed => texts.closed(),
        };
        let chosen = Memo::new(move || store.tab.get() == tab);
        let count = Memo::new(move || {
            let narrowed = store.narrowed.with(|it| it.as_ref().map(|it| it.counts));
            let counts = narrowed.unwrap_or_else(|| store.counts.get());
            match tab {
                Tab::Waiting => counts.waiting,
                Tab::Mine => counts.mine,
                Tab::All => counts.all,
                // Grows without end and asks for nothing, but for those that were looked for.
                Tab::Closed => narrowed.map_or(0, |counts| counts.closed),
            }
        });
        let href = said(move || {
            ConsolePlace {
                tab,
                room: store.open.get(),
            }
            .href()
        });
        let class = if tab == Tab::Waiting {
            "count count--wait"
        } else {
            "count"
        };
        view! {
            <a
                class="tab"
                role="tab"
                id=format!("tab-{}", tab.as_str())
                href=href
                aria-selected=said(move || chosen.get().to_string())
                aria-controls="rows"
                tabindex=said(move || if chosen.get() { "0" } else { "-1" })
            >
                {name}
                {when(
                    Memo::new(move || count.get() > 0),
                    move || view! { <span class=class>{live(move || count.get())}</span> },
                )}
            </a>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=texts.chat_lists() {..hear("keydown", walk)}>
            {tabs.collect_view()}
        </div>
    }
}

/// Arrows go from tab to tab.
fn walk(event: leptos::ev::KeyboardEvent) {
    use leptos::wasm_bindgen::JsCast;
    let Some(tab) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return;
    };
    let next = match event.key().as_str() {
        "ArrowRight" => tab.next_element_sibling(),
        "ArrowLeft" => tab.previous_element_sibling(),
        _ => None,
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        // Refused only for elements that cannot have focus.
        let _ = next.focus();
    }
}
