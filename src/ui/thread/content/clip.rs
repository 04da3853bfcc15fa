//! A sound: a button, a wave along which one seeks, its length, and how fast it plays.

use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use crate::client::signals::RwSignal;
use crate::client::use_console;
use crate::protocol::message::Media;
use crate::ui::components::{Icon, icon_small};
use crate::ui::inbox::preview;
use crate::ui::live::{NodeRef, hear, live, press, said, view};
use crate::ui::thread::figures::clock;
use crate::ui::thread::playing::{milliseconds, only_one, play};
use crate::ui::thread::texts::Texts;
use crate::ui::words::use_texts;

/// How far an arrow key goes, in milliseconds.
const ARROW_MS: u32 = 5_000;

/// A sound and how far it has played.
#[derive(Clone, Copy)]
struct Clip {
    node: NodeRef<html::Audio>,
    at_ms: RwSignal<u32>,
    length_ms: RwSignal<u32>,
    plays: RwSignal<bool>,
    /// Per cent; all sounds of the console share it.
    speed: RwSignal<u32>,
}

impl Clip {
    fn toggle(self) {
        let Some(audio) = self.node.get_untracked() else {
            return;
        };
        if audio.paused() {
            self.set_speed();
            play(&audio);
        } else {
            // It is an element that plays.
            let _ = audio.pause();
        }
    }

    fn set_speed(self) {
        if let Some(audio) = self.node.get_untracked() {
            audio.set_playback_rate(f64::from(self.speed.get_untracked()) / 100.0);
        }
    }

    fn seek(self, ms: u32) {
        let ms = ms.min(self.length_ms.get_untracked());
        self.at_ms.set(ms);
        if let Some(audio) = self.node.get_untracked() {
            audio.set_current_time(f64::from(ms) / 1_000.0);
        }
    }

    /// What the browser says of it now.
    fn look(self) {
        let Some(audio) = self.node.get_untracked() else {
            return;
        };
        self.plays.set(!audio.paused());
        self.at_ms.set(milliseconds(audio.current_time()));
        // Not known before it was asked for.
        let length = milliseconds(audio.duration());
        if length > 0 {
            self.length_ms.set(length);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let at = self.at_ms.get_untracked();
        match event.key().as_str() {
            " " => self.toggle(),
            "ArrowLeft" => self.seek(at.saturating_sub(ARROW_MS)),
            "ArrowRight" => self.seek(at.saturating_add(ARROW_MS)),
            _ => return,
        }
        event.prevent_default();
    }
}

/// What LINE says of a length; nobody speaks for 49 days.
fn whole(ms: Option<u64>) -> u32 {
    ms.map_or(0, |ms| u32::try_from(ms).unwrap_or(u32::MAX))
}

/// A sound. What LINE says of its length is shown before anything of it is fetched.
pub(super) fn audio(media: &Media) -> AnyView {
    let texts = use_texts::<Texts>();
    let kind = use_texts::<preview::Texts>().audio();
    let clip = Clip {
        node: NodeRef::new(),
        at_ms: RwSignal::new(0),
        length_ms: RwSignal::new(whole(media.duration_ms)),
        plays: RwSignal::new(false),
        speed: use_console().store.speed,
    };
    let preload = if media.duration_ms.is_some() {
        "none"
    } else {
        "metadata"
    };
    let look = move || clip.look();
    view! {
        <div class="bubble">
            <div class="clip" role="group" aria-label=kind>
                <audio
                    node_ref=clip.node
                    preload=preload
                    src=media.url.clone()
                    {..hear("play", move |event: Event| {
                        only_one(&event);
                        look();
                    })}
                    {..hear("pause", move |_: Event| look())}
                    {..hear("timeupdate", move |_: Event| look())}
                    {..hear("durationchange", move |_: Event| look())}
                ></audio>
                <button
                    type="button"
                    class="play"
                    aria-label=said(move || if clip.plays.get() { texts.pause() } else { texts.play() })
                    on:click=press(move |_| clip.toggle())
                >
                    {live(move || icon_small(if clip.plays.get() { Icon::Pause } else { Icon::Play }))}
                </button>
                {wave(clip, texts)}
                <span class="clip__time">
                    {live(move || format!("{} / {}", clock(clip.at_ms.get().into()), clock(clip.length_ms.get().into())))}
                </span>
                {speed(clip, texts)}
            </div>
        </div>
    }
}

/// The wave is the same for all sounds; it shows how much has played.
fn wave(clip: Clip, texts: Texts) -> AnyView {
    let played = move || {
        let length = clip.length_ms.get().max(1);
        format!(
            "--at:{}%",
            u64::from(clip.at_ms.get().min(length)) * 100 / u64::from(length)
        )
    };
    view! {
        <span class="clip__wave">
            <input
                type="range"
                min="0"
                max=said(move || clip.length_ms.get().to_string())
                step="100"
                prop:value=move || clip.at_ms.get().to_string()
                style=said(played)
                aria-label=texts.position()
                aria-valuetext=said(move || clock(clip.at_ms.get().into()))
                on:input:target=move |event| {
                    if let Ok(ms) = event.target().value().parse() {
                        clip.seek(ms);
                    }
                }
                {..hear("keydown", move |event: KeyboardEvent| clip.key(&event))}
            />
        </span>
    }
}

/// Goes round: as it was spoken, one and a half times as fast, twice.
fn speed(clip: Clip, texts: Texts) -> AnyView {
    let words = move || match clip.speed.get() {
        150 => "1.5×",
        200 => "2×",
        _ => "1×",
    };
    view! {
        <button
            type="button"
            class="speed"
            aria-label=said(move || format!("{} {}", texts.speed(), words()))
            aria-pressed=said(move || (clip.speed.get() > 100).to_string())
            on:click=press(move |_| {
                clip.speed.update(|percent| {
                    *percent = match *percent {
                        100 => 150,
                        150 => 200,
                        _ => 100,
                    };
                });
                clip.set_speed();
            })
        >
            {live(words)}
        </button>
    }
}
