//! What a bubble holds, by kind of message.

mod media;
mod place;
mod sticker;

use leptos::prelude::*;

use self::media::{audio, file, photo, video};
use self::place::place;
use self::sticker::sticker;
use crate::protocol::message::{MediaState, MessageKind, MessageStatus};
use crate::protocol::{Contact, Message};
use crate::ui::components::{Icon, icon_small};
use crate::ui::i18n::{Texts, lang_of};
use crate::ui::inbox::preview;

/// The bubble with its content; `quote` stands above the words.
pub(super) fn bubble(
    texts: &'static Texts,
    message: &Message,
    contact: &Contact,
    quote: Option<AnyView>,
) -> AnyView {
    if message.status == MessageStatus::Unsent {
        return gone(Icon::Block, texts.unsent.to_owned());
    }
    let media = message.media.as_ref();
    let ready = media.filter(|media| media.state == MediaState::Ready);
    match (message.kind, media, ready) {
        (MessageKind::Sticker, ..) => match &message.sticker {
            Some(shown) => sticker(texts, shown),
            None => gone(Icon::Alert, texts.sticker.to_owned()),
        },
        (MessageKind::Location, ..) => match &message.location {
            Some(location) => place(texts, location),
            None => gone(Icon::Alert, texts.location.to_owned()),
        },
        (MessageKind::Image, _, Some(media)) => photo(texts, media),
        (MessageKind::Video, _, Some(media)) => video(texts, media),
        (MessageKind::Audio, _, Some(media)) => audio(texts, media),
        (MessageKind::File, _, Some(media)) => file(texts, media),
        (
            MessageKind::Image | MessageKind::Video | MessageKind::Audio | MessageKind::File,
            Some(media),
            None,
        ) => media::not_ready(texts, message.kind, media),
        (MessageKind::Unsupported, ..) => gone(Icon::Alert, preview::unknown(texts, message)),
        _ => words(texts, message, contact, quote),
    }
}

/// Plain words: escaped by rendering, line breaks kept by the style sheet.
fn words(
    texts: &'static Texts,
    message: &Message,
    contact: &Contact,
    quote: Option<AnyView>,
) -> AnyView {
    let text = preview::words(texts, message, &contact.display_name);
    let lang = lang_of(&text, contact.language.as_deref());
    view! {
        <div class="bubble">
            {quote} <span class="bubble__text" lang=lang dir="auto">
                {text}
            </span>
        </div>
    }
    .into_any()
}

/// A bubble that stands for something that cannot be shown.
fn gone(sign: Icon, sentence: String) -> AnyView {
    view! { <div class="bubble bubble--gone">{icon_small(sign)} <span>{sentence}</span></div> }
        .into_any()
}
