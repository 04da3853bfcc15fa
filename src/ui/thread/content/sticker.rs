//! LINE's stickers, from LINE's own picture server; their keywords when that fails.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::protocol::message::Sticker;
use crate::ui::components::PictureState;
use crate::ui::inbox::preview;
use crate::ui::live::{hear, said, view};
use crate::ui::words::{Shared, use_texts};

/// A sticker at sticker size, without a bubble.
pub(super) fn sticker(sticker: &Sticker) -> AnyView {
    let kind = use_texts::<preview::Texts>().sticker();
    let state = PictureState::new();
    let keywords = sticker
        .keywords
        .iter()
        .take(3)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let name = if keywords.is_empty() {
        kind.to_owned()
    } else {
        use_texts::<Shared>().said(kind, &keywords)
    };
    let alt = name.clone();
    let source = address(&sticker.sticker_id);
    let known = source.is_some();
    view! {
        <div class="bubble bubble--bare">
            {source
                .map(|source| {
                    view! {
                        <img
                            node_ref=state.node
                            class="sticker"
                            src=source
                            alt=alt
                            width="104"
                            height="104"
                            decoding="async"
                            referrerpolicy="no-referrer"
                            hidden=said(move || state.failed())
                            {..hear("error", move |_: Event| state.fail())}
                        />
                    }
                })}
            <span class="sticker__words" hidden=said(move || known && !state.failed())>
                {name}
            </span>
        </div>
    }
    .into_any()
}

/// Where LINE keeps the picture; ids are digits, and nothing else is put into the address.
fn address(id: &str) -> Option<String> {
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())).then(|| {
        format!("https://stickershop.line-scdn.net/stickershop/v1/sticker/{id}/android/sticker.png")
    })
}
