//! The composer's tools that are loaded when they are first asked for: stickers, emoji, canned
//! replies and colleagues' names.
//!
//! They are a script of their own, `public/trays/`, and no part of the wasm: this has the buttons,
//! the texts, and what becomes of what was chosen.

mod loaded;
mod texts;

use leptos::prelude::*;
use web_sys::Element;

pub(super) use self::loaded::chosen;
pub(crate) use self::texts::Texts;
use crate::client::SendRefused;
use crate::client::signals::{Memo, StoredValue};
use crate::protocol::message::StickerRef;
use crate::protocol::{CannedId, Room};
use crate::ui::components::{Icon, icon};
use crate::ui::desk::{ComposeMode, Desk, ViewState, use_desk, use_view};
use crate::ui::field::text_in;
use crate::ui::live::{live, press, view};
use crate::ui::thread::texts::Texts as ThreadTexts;
use crate::ui::words::use_texts;

/// What of the script is asked for; it knows them by these names.
const STICKERS: &str = "stickers";
const EMOJI: &str = "emoji";
const CANNED: &str = "canned";
const WORDS: &str = "words";

/// What begins a word behind which there is a list: emoji, canned replies, colleagues. Input methods
/// of Japanese and Chinese type the wide ones.
const SIGNS: [char; 6] = [':', '：', '/', '／', '@', '＠'];

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
                on:click=press(move |event| {
                    loaded::open(what, event_target(&event), view_state, texts);
                })
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
        {button(CANNED, Icon::Bolt, texts.canned())}
    }
}

/// What to do while somebody types: with the first sign the lists are loaded, which from then on look
/// by themselves.
pub(super) fn watch_signs() -> impl Fn(Element) + Copy + 'static {
    let texts = use_texts::<Texts>();
    let view_state = use_view();
    let asked = StoredValue::new(false);
    move |field| {
        if !asked.get_value() && text_in(&field).contains(SIGNS) {
            asked.set_value(true);
            loaded::open(WORDS, field, view_state, texts);
        }
    }
}

/// Of which canned reply the draft was made: what has to be told with it.
pub(super) type Made = StoredValue<Option<CannedId>>;

/// Keeps which canned reply was put in.
pub(super) fn put_in(canned: Made) -> impl Fn(web_sys::Event) + 'static {
    move |event| canned.set_value(chosen(&event).and_then(|id| id.parse().ok()))
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
