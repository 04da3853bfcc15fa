//! What a bubble holds, by kind of message.

mod album;
mod card;
mod clip;
mod film;
mod media;
mod passage;
mod place;
mod raw;
mod sticker;

use leptos::prelude::*;

use self::album::{album, one};
use self::card::card;
use self::clip::audio;
use self::film::video;
use self::media::file;
pub(super) use self::passage::passage;
use self::place::place;
use self::raw::unknown;
use self::sticker::sticker;
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{Media, MediaState, MessageKind};
use crate::protocol::{Contact, Content, Message, MessageId, MessageStatus};
use crate::ui::components::{Icon, icon_small};
use crate::ui::inbox::preview;
use crate::ui::live::view;
use crate::ui::words::{lang_of, use_texts};

/// What a bubble shows of its message. A change of anything else does not build it anew.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Shown {
    id: MessageId,
    content: Content,
    line: LineDetails,
    is_unsent: bool,
    /// The message that this one quotes, when we have it.
    pub(super) quotes: Option<MessageId>,
    /// It quotes a message that we never had.
    pub(super) quotes_unknown: bool,
}

impl Shown {
    pub(super) fn of(message: &Message) -> Self {
        Self {
            id: message.id,
            content: message.content(),
            line: message.line.clone(),
            is_unsent: message.status == MessageStatus::Unsent,
            quotes: message.quote_message_id,
            quotes_unknown: message.quotes_unknown,
        }
    }
}

/// The bubble with its content; `quote` stands above the words.
pub(super) fn bubble(shown: &Shown, contact: &Contact, quote: Option<AnyView>) -> AnyView {
    if shown.is_unsent {
        let sentence = use_texts::<preview::Texts>().unsent();
        return gone(Icon::Block, sentence.to_owned());
    }
    if shown
        .content
        .file()
        .is_some_and(|media| media.url.is_empty())
    {
        // `public/attach/` has it, and shows it.
        return view! { <sala-file data-key=shown.id.to_string()></sala-file> };
    }
    let kind = shown.content.kind();
    match (&shown.content, &shown.line.image_set) {
        (Content::Image(media), Some(set)) if media.state != MediaState::External => {
            return album(set.id.clone());
        }
        (Content::Image(media), _) => return one(shown.id, media),
        _ => {}
    }
    match &shown.content {
        Content::Sticker { sticker: shown, .. } => sticker(shown),
        Content::Location(location) => place(location),
        Content::Video(media) if is_ready(media) => video(media),
        Content::Audio(media) if is_ready(media) => audio(media),
        Content::File(media) if is_ready(media) => file(media),
        Content::Image(media)
        | Content::Video(media)
        | Content::Audio(media)
        | Content::File(media) => media::not_ready(kind, media),
        Content::Unsupported { .. } => {
            unknown(shown.id, preview::content_words(&shown.content, ""))
        }
        Content::Flex(text) | Content::Template(text) if shown.line.card.is_some() => {
            card(text.as_deref(), shown.line.card.as_ref(), contact, quote)
        }
        Content::Rest {
            kind: MessageKind::Sticker | MessageKind::Location,
            ..
        } => gone(Icon::Alert, preview::kind_words(kind).to_owned()),
        Content::Text(_)
        | Content::Flex(_)
        | Content::Template(_)
        | Content::Event { .. }
        | Content::Rest { .. } => words(shown, contact, quote),
    }
}

fn is_ready(media: &Media) -> bool {
    media.state == MediaState::Ready
}

/// Words: escaped by rendering, line breaks kept by the style sheet.
fn words(shown: &Shown, contact: &Contact, quote: Option<AnyView>) -> AnyView {
    let text = preview::content_words(&shown.content, contact.shown_name());
    let lang = lang_of(&text, contact.language.as_deref());
    view! {
        <div class="bubble">
            {quote} <span class="bubble__text" lang=lang dir="auto">
                {passage(&text, &shown.line)}
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
