//! The composer's tools that are loaded when they are first asked for: stickers and emoji.
//!
//! They are a script of their own, `public/trays/`, and no part of the wasm: this has the buttons,
//! the texts, and what becomes of a sticker that was chosen.

mod loaded;
mod texts;

use leptos::prelude::*;
use web_sys::Element;

pub(super) use self::loaded::chosen;
pub(crate) use self::texts::Texts;
use crate::client::SendRefused;
use crate::protocol::Room;
use crate::protocol::message::StickerRef;
use crate::ui::components::{Icon, icon};
use crate::ui::desk::{ComposeMode, Desk, ViewState, use_desk, use_view};
use crate::ui::field::text_in;
use crate::ui::live::{live, view};
use crate::ui::thread::texts::Texts as ThreadTexts;
use crate::ui::words::use_texts;

/// What of the script is asked for; it knows them by these names.
const STICKERS: &str = "stickers";
const EMOJI: &str = "emoji";
const COLON: &str = "colon";

/// Where the script puts what is open: above the composer, so that the newest message stays in sight.
pub(super) fn tray_place() -> AnyView {
    view! { <div class="tray-place"></div> }
}

/// The buttons of the composer's bar; notes have no stickers.
#[component]
pub(super) fn Tools(mode: Memo<ComposeMode>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let view_state = use_view();
    let button = move |what: &'static str, sign, label: &'static str| {
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label=label
                title=label
                aria-haspopup="dialog"
                aria-expanded="false"
                on:click=move |event| {
                    loaded::open(what, event_target(&event), view_state, texts);
                }
            >
                {icon(sign)}
            </button>
        }
    };
    view! {
        {live(move || {
            (mode.get() == ComposeMode::Reply)
                .then(|| button(STICKERS, Icon::Sticker, texts.sticker()))
        })}
        {button(EMOJI, Icon::Smile, texts.emoji())}
    }
}

/// What to do while somebody types: with the first `:` the list of emoji is loaded, which from then
/// on looks by itself.
pub(super) fn watch_colon() -> impl Fn(Element) + Copy + 'static {
    let texts = use_texts::<Texts>();
    let view_state = use_view();
    let asked = StoredValue::new(false);
    move |field| {
        if !asked.get_value() && text_in(&field).contains(':') {
            asked.set_value(true);
            loaded::open(COLON, field, view_state, texts);
        }
    }
}

/// Sends the sticker that the tray tells of, on the road of all messages.
pub(super) fn send_chosen(
    room: StoredValue<Room>,
    mode: Memo<ComposeMode>,
    on_sent: Callback<()>,
) -> impl Fn(web_sys::Event) + 'static {
    let texts = use_texts::<ThreadTexts>();
    let (desk, view_state) = (use_desk(), use_view());
    move |event| {
        let Some(sticker) = chosen(&event).and_then(|chosen| sticker(&chosen)) else {
            return;
        };
        if mode.get_untracked() == ComposeMode::Reply {
            send(desk, view_state, room, sticker, texts, on_sent);
        }
    }
}

fn send(
    desk: Desk,
    view_state: ViewState,
    room: StoredValue<Room>,
    sticker: StickerRef,
    texts: ThreadTexts,
    on_sent: Callback<()>,
) {
    match desk.console().send_sticker(&room.get_value(), sticker) {
        Ok(()) => on_sent.run(()),
        Err(SendRefused::QueueFull(_)) => view_state.tell(texts.queue_full()),
        Err(SendRefused::Content(_)) => {}
    }
}

/// Reads `package/sticker`.
fn sticker(chosen: &str) -> Option<StickerRef> {
    let (package, sticker) = chosen.split_once('/')?;
    Some(StickerRef {
        package_id: package.to_owned(),
        sticker_id: sticker.to_owned(),
    })
}
