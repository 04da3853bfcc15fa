//! The page in another language.

use leptos::prelude::*;

use crate::ui::words::{Lang, Shared, texts_in};

/// Links to the page at `path` in each language: real ones, so that it changes without script.
pub(crate) fn languages(current: Lang, path: &str) -> AnyView {
    let label = texts_in::<Shared>(current).language();
    let links = Lang::ALL.map(|lang| {
        view! {
            <a
                href=format!("{path}?lang={}", lang.tag())
                lang=lang.tag()
                aria-current=(lang == current).then_some("true")
            >
                {lang.name()}
            </a>
        }
    });
    view! {
        <nav class="langs" aria-label=label>
            {links.collect_view()}
        </nav>
    }
    .into_any()
}
