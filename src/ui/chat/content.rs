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
use crate::ui::inbox::preview;
use crate::ui::words::{lang_of, use_texts};

/// The bubble with its content; `quote` stands above the words.
pub(super) fn bubble(message: &Message, contact: &Contact, quote: Option<AnyView>) -> AnyView {
    let kinds = use_texts::<preview::Texts>();
    if message.status == MessageStatus::Unsent {
        return gone(Icon::Block, kinds.unsent().to_owned());
    }
    let media = message.media.as_ref();
    let ready = media.filter(|media| media.state == MediaState::Ready);
    match (message.kind, media, ready) {
        (MessageKind::Sticker, ..) => match &message.sticker {
            Some(shown) => sticker(shown),
            None => gone(Icon::Alert, kinds.sticker().to_owned()),
        },
        (MessageKind::Location, ..) => match &message.location {
            Some(location) => place(location),
            None => gone(Icon::Alert, kinds.location().to_owned()),
        },
        (MessageKind::Image, _, Some(media)) => photo(media),
        (MessageKind::Video, _, Some(media)) => video(media),
        (MessageKind::Audio, _, Some(media)) => audio(media),
        (MessageKind::File, _, Some(media)) => file(media),
        (
            MessageKind::Image | MessageKind::Video | MessageKind::Audio | MessageKind::File,
            Some(media),
            None,
        ) => media::not_ready(message.kind, media),
        (MessageKind::Unsupported, ..) => gone(Icon::Alert, preview::unknown(message)),
        _ => words(message, contact, quote),
    }
}

/// Plain words: escaped by rendering, line breaks kept by the style sheet.
fn words(message: &Message, contact: &Contact, quote: Option<AnyView>) -> AnyView {
    let text = preview::words(message, &contact.display_name);
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
