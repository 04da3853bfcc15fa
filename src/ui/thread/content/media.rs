//! Pictures, films, sounds and files that Sala keeps.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::protocol::MessageId;
use crate::protocol::message::{MEDIA_LARGEST, Media, MediaState, MessageKind};
use crate::ui::components::{Icon, bdi, icon, icon_large, icon_small};
use crate::ui::inbox::preview;
use crate::ui::live::{press, view};
use crate::ui::thread::figures::size;
use crate::ui::thread::lightbox::Lightbox;
use crate::ui::thread::texts::Texts;
use crate::ui::words::use_texts;

/// A picture in a frame of fixed size, so that nothing moves when it arrives.
pub(super) fn photo(id: MessageId, media: &Media) -> AnyView {
    let kind = use_texts::<preview::Texts>().photo();
    let label = use_texts::<Texts>().open_photo();
    let open = open_photo(id);
    view! {
        <div class="bubble bubble--bare">
            <a
                class="photo"
                href=media.url.clone()
                rel="external"
                target="_blank"
                aria-label=label
                on:click=press(open)
            >
                <img src=media.url.clone() alt=kind loading="lazy" decoding="async" />
            </a>
        </div>
    }
}

/// Shows the picture of this message large, when its link is pressed.
pub(super) fn open_photo(id: MessageId) -> Box<dyn FnMut(MouseEvent)> {
    let lightbox = use_context::<Lightbox>();
    press(move |event| {
        if let Some(lightbox) = lightbox {
            event.prevent_default();
            lightbox.show(id);
        }
    })
}

/// Name, size and a link that downloads.
pub(super) fn file(media: &Media) -> AnyView {
    let texts = use_texts::<Texts>();
    let kind = use_texts::<preview::Texts>().file();
    let name = media.name.clone().unwrap_or_else(|| kind.to_owned());
    let kind = kind_of(&name);
    let saved_as = name.clone();
    let kept = texts.kept_by_sala(&size(media.size));
    view! {
        <div class="bubble">
            <a
                class="file"
                href=media.url.clone()
                download=saved_as
                rel="external"
                title=texts.download()
            >
                <span class="file__type" aria-hidden="true">
                    {kind}
                </span>
                <span class="grow">
                    <span class="file__name cut">{bdi(name)}</span>
                    <small>{kept}</small>
                </span>
                {icon(Icon::Download)}
            </a>
        </div>
    }
    .into_any()
}

/// What is on its way, lost, or on somebody else's server.
pub(super) fn not_ready(kind: MessageKind, media: &Media) -> AnyView {
    let texts = use_texts::<Texts>();
    let word = preview::kind_words(kind);
    match media.state {
        MediaState::Pending => view! {
            <div class="bubble bubble--bare">
                <div class="fetching" data-kind=kind_name(kind)>
                    {icon_large(Icon::Download)}
                    <small>{texts.fetching(word)}</small>
                </div>
            </div>
        }
        .into_any(),
        MediaState::External => external(texts, word, &media.url),
        MediaState::Gone => super::gone(Icon::Block, texts.media_gone(word)),
        MediaState::Failed if media.size > MEDIA_LARGEST => {
            super::gone(Icon::Alert, texts.media_too_large(word, &size(media.size)))
        }
        MediaState::Failed | MediaState::Ready => {
            super::gone(Icon::Alert, texts.media_failed(word))
        }
    }
}

/// A stranger's address is a link that says where it leads, and is never fetched.
fn external(texts: Texts, word: &'static str, url: &str) -> AnyView {
    let host = url
        .strip_prefix("https://")
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .filter(|host| !host.is_empty());
    let Some(host) = host else {
        return super::gone(Icon::Link, word.to_owned());
    };
    view! {
        <div class="bubble">
            {word} " " <a
                class="bubble__link"
                href=url.to_owned()
                target="_blank"
                rel="noopener noreferrer external"
            >
                {icon_small(Icon::Link)}
                {texts.open_external(host)}
            </a>
        </div>
    }
    .into_any()
}

/// As in `data-kind`.
const fn kind_name(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Image | MessageKind::Video => "picture",
        _ => "line",
    }
}

/// The end of a file's name, at most four letters: `PDF`.
fn kind_of(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, end)) if (1..=4).contains(&end.len()) && end.is_ascii() => {
            end.to_ascii_uppercase()
        }
        _ => "···".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_show_their_kind() {
        assert_eq!(kind_of("ใบสั่งซื้อ-0412.pdf"), "PDF");
        assert_eq!(kind_of("archive"), "···");
    }
}
