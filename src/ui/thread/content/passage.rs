//! Words with what stands among them: addresses as links, LINE's emoji as pictures, mentions marked.

use leptos::ev::Event;
use leptos::prelude::*;

use crate::protocol::line_details::LineDetails;
use crate::protocol::passage::{Piece, pieces};
use crate::ui::components::PictureState;
use crate::ui::live::{hear, said, view};

/// A text as it is shown. Read once; the words go into the page as they are.
pub(in crate::ui::thread) fn passage(text: &str, line: &LineDetails) -> AnyView {
    let pieces = pieces(text, line).into_iter().map(|piece| match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Address(address) => link(address),
        Piece::Emoji {
            words,
            product_id,
            emoji_id,
        } => emoji(words, &product_id, &emoji_id),
        Piece::Mention { words, is_self } => view! {
            <span class="mention" data-me=is_self.then_some("")>
                {words}
            </span>
        },
    });
    pieces.collect::<Vec<_>>().into_any()
}

/// What is read is where it leads, and the place is not told who sends there.
fn link(address: String) -> AnyView {
    let href = address.clone();
    view! {
        <a href=href target="_blank" rel="noopener noreferrer nofollow external" dir="ltr">
            {address}
        </a>
    }
}

/// From LINE's own picture server; LINE's words for it when that fails.
fn emoji(words: String, product: &str, emoji: &str) -> AnyView {
    let state = PictureState::new();
    let (alt, title) = (words.clone(), words.clone());
    let source = format!(
        "https://stickershop.line-scdn.net/sticonshop/v1/sticon/{product}/android/{emoji}.png"
    );
    view! {
        <img
            node_ref=state.node
            class="line-emoji"
            src=source
            alt=alt
            title=title
            width="22"
            height="22"
            decoding="async"
            referrerpolicy="no-referrer"
            hidden=said(move || state.failed())
            {..hear("error", move |_: Event| state.fail())}
        />
        <span hidden=said(move || !state.failed())>{words}</span>
    }
}
