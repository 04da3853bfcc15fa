//! What an answer is to: the strip above the field.

use leptos::prelude::*;

use crate::client::signals::{Memo, StoredValue};
use crate::client::{SendRefused, use_console};
use crate::protocol::message::{MediaState, MessageKind};
use crate::protocol::{CannedId, Conversation, Message, MessageId, Room};
use crate::ui::components::{Icon, icon_small};
use crate::ui::desk::{Desk, use_desk};
use crate::ui::live::{effect, live, press, view};
use crate::ui::thread::line::quoted_words;
use crate::ui::thread::texts::Texts;
use crate::ui::words::use_texts;

/// "Replying to Nok: which size?", with a cross; nothing while nothing is quoted.
#[component]
pub(super) fn QuoteStrip(
    room: StoredValue<Room>,
    conversation: Memo<Conversation>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let desk = use_desk();
    let store = use_console().store;
    let quote = room.with_value(|room| desk.console().quote(room));
    // The message, if it is among those that are here.
    let quoted = Memo::new(move || {
        let id: MessageId = quote.with(|quote| quote.parse().ok())?;
        let thread = room.with_value(|room| store.thread(room))?;
        thread.entries.len();
        let entry = thread.key_of(id).and_then(|key| thread.entries.row(&key));
        Some(entry.map(|entry| entry.with(|entry| entry.message.clone())))
    });
    // What the customer takes back meanwhile cannot be quoted any more.
    effect(move || {
        let gone = quoted.with(|quoted| matches!(quoted, Some(Some(it)) if !it.quotable));
        if gone {
            quote.set(String::new());
        }
    });
    live(move || {
        let quoted = quoted.get()?;
        let words = match &quoted {
            Some(message) => {
                let (who, what) = conversation
                    .with_untracked(|it| quoted_words(message, it.contact.shown_name()));
                texts.replying_to(&who, &what)
            }
            None => texts.replying_to_earlier().to_owned(),
        };
        Some(view! {
            <div class="composer__reply">
                {icon_small(Icon::Reply)} {quoted.as_ref().and_then(picture)}
                <span class="cut grow" dir="auto">
                    {words}
                </span>
                <button
                    type="button"
                    class="icon-button icon-button--small"
                    aria-label=texts.do_not_quote()
                    title=texts.do_not_quote()
                    on:click=press(move |_| quote.set(String::new()))
                >
                    {icon_small(Icon::X)}
                </button>
            </div>
        })
    })
}

/// Sends words to the customer with what they quote, which is then quoted no more.
pub(super) fn send(
    desk: Desk,
    room: StoredValue<Room>,
    text: String,
    canned: Option<CannedId>,
) -> Result<(), SendRefused> {
    let room = room.get_value();
    let quote = desk.console().quote(&room);
    let quoted = quote.with_untracked(|quote| quote.parse().ok());
    desk.console().send_reply(&room, text, quoted, canned)?;
    quote.set(String::new());
    Ok(())
}

/// A small picture of what is quoted, where it has one.
fn picture(message: &Message) -> Option<AnyView> {
    let media = message.media.as_ref()?;
    let shows = message.kind == MessageKind::Image && media.state == MediaState::Ready;
    let address = media
        .preview_url
        .clone()
        .or(shows.then(|| media.url.clone()))?;
    Some(view! { <img src=address alt="" width="30" height="30" /> })
}
