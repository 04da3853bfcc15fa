//! The card above the composer while an answer waits for its delay.

use leptos::prelude::*;

use super::ActionTexts;
use super::texts::Texts;
use crate::client::signals::{Memo, StoredValue};
use crate::client::use_console;
use crate::protocol::Room;
use crate::ui::desk::{ComposeMode, use_desk, use_view};
use crate::ui::live::{live, press, said, view};
use crate::ui::words::use_texts;

/// The ring's length, in its own units: the circumference of a circle of radius 7.
const RING: u32 = 44;

/// "Leaves in 4 s · Undo"; nothing for operators whose answers leave at once.
#[component]
pub(super) fn UndoCard(room: StoredValue<Room>) -> impl IntoView {
    let store = use_console().store;
    let texts = use_texts::<Texts>();
    let (desk, view_state) = (use_desk(), use_view());
    let whole = u32::from(store.delay_s);
    let held = Memo::new(move || {
        let held = room.with_value(|room| desk.console().held(room));
        held.map(|(entry, leaves_at)| (entry.key, leaves_at))
    });
    // In whole seconds, the last of which is 1.
    let left = Memo::new(move || {
        let (_, leaves_at) = held.get()?;
        let ms = leaves_at.since(store.now.get());
        Some(u32::try_from((ms + 999) / 1_000).map_or(whole, |left| left.clamp(1, whole)))
    });
    let undo = move |_| {
        let room = room.get_value();
        let console = desk.console();
        if let Some((entry, _)) = untrack(|| console.held(&room)) {
            console.take_back(&room, &entry);
            view_state.compose(ComposeMode::Reply);
        }
    };
    let is_held = Memo::new(move || held.get().map(|(key, _)| key));
    live(move || {
        is_held.get()?;
        Some(view! {
            <div class="undo">
                <div class="toast" role="status">
                    <svg class="ring" viewBox="0 0 18 18" aria-hidden="true">
                        <circle cx="9" cy="9" r="7"></circle>
                        <circle
                            class="ring__left"
                            cx="9"
                            cy="9"
                            r="7"
                            stroke-dasharray=said(move || {
                                let left = left.get().unwrap_or(0);
                                format!("{} {RING}", RING * left / whole)
                            })
                        ></circle>
                    </svg>
                    // Once for who listens, each second for who looks.
                    <span class="visually-hidden">{texts.leaves_in(whole)}</span>
                    <span aria-hidden="true">
                        {live(move || {
                            left.get().map(|left| texts.leaves_in(left))
                        })}
                    </span>
                    <button type="button" class="button button--link" on:click=press(undo)>
                        {use_texts::<ActionTexts>().undo()}
                    </button>
                    <kbd aria-hidden="true">"Z"</kbd>
                </div>
            </div>
        })
    })
}
