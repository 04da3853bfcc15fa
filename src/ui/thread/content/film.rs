//! A film: its first picture with length and size, and the browser's own controls once it plays.

use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;

use crate::client::signals::RwSignal;
use crate::protocol::message::Media;
use crate::ui::components::{Icon, icon};
use crate::ui::inbox::preview;
use crate::ui::live::{NodeRef, hear, live, press, said, view};
use crate::ui::thread::figures::{clock, size};
use crate::ui::thread::playing::{only_one, play};
use crate::ui::thread::texts::Texts;
use crate::ui::words::use_texts;

/// A film in a frame of fixed size.
pub(super) fn video(media: &Media) -> AnyView {
    let kind = use_texts::<preview::Texts>().video();
    let name = use_texts::<Texts>().play();
    let node = NodeRef::<html::Video>::new();
    let begun = RwSignal::new(false);
    let length = media.duration_ms.filter(|ms| *ms > 0).map(clock);
    let facts = [length, (media.size > 0).then(|| size(media.size))];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let start = move || {
        begun.set(true);
        if let Some(video) = node.get_untracked() {
            // At once: only with them it can have the focus.
            video.set_controls(true);
            play(&video);
            let _ = video.focus();
        }
    };
    view! {
        <div class="bubble bubble--bare">
            <div class="video">
                <video
                    node_ref=node
                    src=media.url.clone()
                    poster=media.preview_url.clone()
                    controls=said(move || begun.get())
                    aria-label=kind
                    preload="metadata"
                    playsinline
                    {..hear("play", |event: Event| only_one(&event))}
                ></video>
                {live(move || {
                    (!begun.get())
                        .then(|| {
                            let facts = facts.clone();
                            view! {
                                <button
                                    type="button"
                                    class="play"
                                    aria-label=name
                                    on:click=press(move |_| start())
                                >
                                    {icon(Icon::Play)}
                                </button>
                                {(!facts.is_empty())
                                    .then(|| view! { <span class="media-note">{facts}</span> })}
                            }
                        })
                })}
            </div>
        </div>
    }
}
