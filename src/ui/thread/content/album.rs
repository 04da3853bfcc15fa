//! An album as one grid: what has come, and room for what will.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::media::{not_ready, open_photo, photo};
use crate::protocol::MessageId;
use crate::protocol::message::{Media, MediaState, MessageKind};
use crate::ui::components::{Icon, icon};
use crate::ui::live::{hear, live, press, view};
use crate::ui::thread::album::{Album, Albums, Picture};
use crate::ui::thread::texts::Texts;
use crate::ui::words::use_texts;

/// Most tiles; the last one says how many more there are.
const TILES: usize = 6;
/// From so many on there are three in a row.
const WIDE_FROM: usize = 5;

/// The album with LINE's id `set`.
pub(super) fn album(set: String) -> AnyView {
    let Some(albums) = use_context::<Albums>() else {
        return ().into_any();
    };
    live(move || shown(&albums.get(&set))).into_any()
}

fn shown(album: &Album) -> AnyView {
    if let ([only], 1) = (album.pictures.as_slice(), album.total) {
        return one(only.id, &only.media);
    }
    let count = album.pictures.len();
    let pictures = album.pictures.iter().take(TILES).enumerate();
    let mut tiles: Vec<AnyView> = pictures
        .map(|(at, picture)| tile(at, picture, album))
        .collect();
    for _ in count..album.total.min(TILES) {
        tiles.push(view! { <span class="album__tile"></span> });
    }
    view! {
        <div class="bubble bubble--bare">
            <div
                class="album"
                data-columns=(album.total >= WIDE_FROM).then_some("3")
                {..hear("keydown", |event: KeyboardEvent| step(&event))}
            >
                {tiles}
            </div>
        </div>
    }
}

/// A picture that came alone, of an album or not.
pub(super) fn one(id: MessageId, media: &Media) -> AnyView {
    if media.state == MediaState::Ready {
        photo(id, media)
    } else {
        not_ready(MessageKind::Image, media)
    }
}

fn tile(at: usize, picture: &Picture, album: &Album) -> AnyView {
    let texts = use_texts::<Texts>();
    let media = &picture.media;
    let sign = match media.state {
        MediaState::Ready => None,
        MediaState::Pending => Some(Icon::Download),
        MediaState::Failed | MediaState::External => Some(Icon::Alert),
        MediaState::Gone => Some(Icon::Block),
    };
    let name = texts.picture_of(&(at + 1).to_string(), &album.total.to_string());
    if let Some(sign) = sign {
        return view! {
            <span class="album__tile" role="img" aria-label=name>
                {icon(sign)}
            </span>
        };
    }
    let more = album.pictures.len() - TILES.min(album.pictures.len());
    let more = (at + 1 == TILES && more > 0).then(|| {
        view! { <span class="album__more">{format!("+{}", more + 1)}</span> }
    });
    let id = picture.id;
    let open = open_photo(id);
    let source = media
        .preview_url
        .clone()
        .unwrap_or_else(|| media.url.clone());
    view! {
        <a
            class="album__tile"
            href=media.url.clone()
            rel="external"
            target="_blank"
            aria-label=name
            on:click=press(open)
        >
            <img src=source alt="" loading="lazy" decoding="async" />
            {more}
        </a>
    }
}

/// The arrows go from picture to picture.
fn step(event: &KeyboardEvent) {
    let tile = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let next = tile.and_then(|tile| match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => tile.next_element_sibling(),
        "ArrowLeft" | "ArrowUp" => tile.previous_element_sibling(),
        _ => None,
    });
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // A tile that cannot be opened does not take it.
        let _ = next.focus();
    }
}
