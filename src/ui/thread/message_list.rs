//! The lines of a thread, oldest first, with the reader's place kept.

use leptos::ev::{AnimationEvent, Event, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::actions::{Pointing, step};
use super::album::Albums;
use super::lead::leading;
use super::line::{Line, LineContext, TypingLine, quoted_words};
use super::scroll::Scroll;
use super::standings::Standings;
use super::texts::Texts;
use crate::client::signals::{ArcRwSignal, Memo, RwSignal, Signal, StoredValue};
use crate::client::{EntryKey, OlderState, Thread};
use crate::protocol::message::Direction;
use crate::protocol::{Contact, MessageId, OperatorId, Room};
use crate::ui::components::{ContactAvatar, Icon, bdi, icon_small};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::inbox::preview;
use crate::ui::live::{effect, hear, live, press, said, view};
use crate::ui::window::{Home, Window};
use crate::ui::words::{Shared, Zone, day, lang_of, use_texts};

/// The scrolling list.
#[component]
pub(super) fn MessageList(
    room: StoredValue<Room>,
    thread: Thread,
    contact: Memo<Contact>,
    zone: Signal<Zone>,
    scroll: Scroll,
    pointing: Pointing,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let window = window_on(&thread, scroll);
    let rows = thread.entries.clone();
    let thread = StoredValue::new(thread);
    let albums = Albums::watch(thread, window);
    provide_context(albums);
    let standings = Standings::of(thread, albums, zone);
    let more = history_near(room, thread, window, scroll);
    effect(move || {
        if scroll.list.get().is_some() && scroll.inner.get().is_some() {
            scroll.watch(Callback::new(move |()| more()));
        }
    });
    let context = LineContext {
        room,
        contact,
        zone,
        quoted: Callback::new(move |id| quoted_in(thread, contact, id)),
        lead: leading(room, thread, window, scroll),
        today: today(zone),
    };
    view! {
        <div
            node_ref=scroll.list
            class="message-list"
            role="log"
            aria-live="off"
            aria-label=texts.messages()
            tabindex="0"
            {..hear("scroll", move |_: Event| {
                scroll.moved();
                more();
            })}
            {..hear("pointerover", move |event: PointerEvent| pointing.over(&event))}
            {..hear("pointerleave", move |_: Event| pointing.left())}
            {..hear("pointerdown", move |event: PointerEvent| pointing.down(&event))}
            {..hear("pointermove", move |event: PointerEvent| pointing.moved(&event))}
            {..hear("pointerup", move |_: Event| pointing.lift())}
            {..hear("pointercancel", move |_: Event| pointing.lift())}
            {..hear("contextmenu", move |event: MouseEvent| pointing.menu(&event))}
            {..hear("focusin", move |event: FocusEvent| pointing.focused(&event))}
            {..hear("keydown", move |event: KeyboardEvent| step(&event))}
            {..hear("animationend", move |event: AnimationEvent| arrived(&event))}
        >
            <div node_ref=scroll.inner class="message-list__inner">
                <Beginning room thread window contact />
                <For each=move || albums.lines.get() key=|key| *key let:key>
                    {rows
                        .row(&key)
                        .map(|entry| {
                            let standing = standings.line(key);
                            view! { <Line entry standing context /> }
                        })}
                </For>
                <Typing thread />
            </div>
        </div>
    }
}

/// What fetches history where the reader comes near some that is not here. Back at the end, a stretch
/// of it that they were led to is left.
fn history_near(
    room: StoredValue<Room>,
    thread: StoredValue<Thread>,
    window: Window<EntryKey>,
    scroll: Scroll,
) -> impl Fn() + Copy + Send + Sync + 'static {
    let desk = use_desk();
    let (older, newer) = thread.with_value(|thread| {
        let of = |state: &ArcRwSignal<OlderState>| RwSignal::from(state.clone());
        (of(&thread.older), of(&thread.newer))
    });
    effect(move || {
        if scroll.pinned.get() {
            thread.with_value(Thread::leave_stretch);
        }
    });
    move || {
        if scroll.near_start()
            && window.reach(thread.with_value(here))
            && older.get_untracked() == OlderState::More
        {
            desk.console().load_older(&room.get_value());
        }
        if newer.get_untracked() == OlderState::More && scroll.near_gap() {
            desk.console().load_newer(&room.get_value());
        }
    }
}

/// A line has come in. Firefox would bring it in once more whenever older lines are put before it.
fn arrived(event: &leptos::ev::AnimationEvent) {
    let line = event.target();
    if let Some(line) = line.and_then(|line| line.dyn_into::<web_sys::Element>().ok()) {
        // It may be gone already.
        let _ = line.remove_attribute("data-new");
    }
}

/// The part of the thread that is on the page.
fn window_on(thread: &Thread, scroll: Scroll) -> Window<EntryKey> {
    let entries = thread.entries.clone();
    let window = Window::new(move || entries.keys(), Home::End, scroll.pinned);
    // The server's lines are there already.
    if use_view().hydrated.get_untracked() {
        window.begin_small();
    }
    window
}

/// The day that it is.
fn today(zone: Signal<Zone>) -> Memo<i64> {
    let now = use_desk().console().store.now;
    Memo::new(move || day(zone.get(), now.get()))
}

/// Who and what, of a quoted message that is here.
fn quoted_in(
    thread: StoredValue<Thread>,
    contact: Memo<Contact>,
    id: MessageId,
) -> Option<(String, String)> {
    let message = thread.with_value(|thread| thread.message(id))?;
    Some(contact.with_untracked(|contact| quoted_words(&message, contact.shown_name())))
}

/// Where the history begins, or that more of it is on its way.
#[component]
fn Beginning(
    room: StoredValue<Room>,
    thread: StoredValue<Thread>,
    window: Window<EntryKey>,
    contact: Memo<Contact>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let desk = use_desk();
    let older = RwSignal::from(thread.with_value(|thread| thread.older.clone()));
    let has_older = Memo::new(move || {
        let here = thread.with_value(|thread| thread.entries.len());
        older.get() != OlderState::None || window.shown.with(Vec::len) < here
    });
    live(move || {
        if has_older.get() {
            return view! {
                <div class="older">
                    <button
                        type="button"
                        class="button button--small"
                        aria-busy=said(move || (older.get() == OlderState::Loading).then_some("true"))
                        on:click=press(move |_| {
                            if window.reach(thread.with_value(here)) {
                                desk.console().load_older(&room.get_value());
                            }
                        })
                    >
                        {live(move || match older.get() {
                            OlderState::Loading => texts.loading_older(),
                            OlderState::Failed => texts.older_failed(),
                            OlderState::More | OlderState::None => texts.load_older(),
                        })}
                    </button>
                </div>
            }
            .into_any();
        }
        let contact = contact.get();
        let name = contact.shown_name().to_owned();
        let title = name.clone();
        let lang = lang_of(&name, contact.language.as_deref());
        view! {
            <div class="thread-start">
                <ContactAvatar contact />
                <b class="cut" lang=lang title=title>
                    {bdi(name)}
                </b>
                <span>{texts.starts_here()}</span>
            </div>
        }
        .into_any()
    })
}

/// How many messages of the thread have been loaded.
fn here(thread: &Thread) -> usize {
    thread.entries.keys_untracked().len()
}

/// Colleagues who type in this thread.
#[component]
fn Typing(thread: StoredValue<Thread>) -> impl IntoView {
    let typing = thread.with_value(|thread| thread.typing.clone());
    live(move || {
        typing
            .get()
            .into_iter()
            .map(|operator| view! { <TypingLine id=operator.id name=operator.name /> })
            .collect_view()
    })
}

/// What came while the reader was elsewhere in the thread, and what is read aloud.
#[derive(Clone, Copy)]
pub(super) struct Arrivals {
    /// Lines from others since the end was last in view.
    pub missed: RwSignal<u32>,
    /// The newest line from somebody else, for screen readers.
    pub spoken: RwSignal<String>,
}

impl Arrivals {
    /// Watches the end of the thread.
    pub(super) fn watch(
        thread: &Thread,
        contact: Memo<Contact>,
        me: OperatorId,
        scroll: Scroll,
    ) -> Self {
        let shared = use_texts::<Shared>();
        let arrivals = Self {
            missed: RwSignal::new(0),
            spoken: RwSignal::new(String::new()),
        };
        let entries = thread.entries.clone();
        let me = me.to_string();
        Effect::new(move |before: Option<Option<EntryKey>>| {
            let newest = entries.keys().last().copied();
            if let (Some(before), Some(key)) = (before, newest)
                && before != newest
                && let Some(entry) = entries.row(&key)
            {
                let message = entry.with_untracked(|entry| entry.message.clone());
                if message.sender.id.as_deref() == Some(me.as_str()) {
                    scroll.to_end();
                } else if matches!(message.direction, Direction::In | Direction::Note) {
                    let words = preview::words(&message, contact.get_untracked().shown_name());
                    arrivals
                        .spoken
                        .set(shared.said(&message.sender.name, &words));
                    if !scroll.pinned.get_untracked() {
                        arrivals.missed.update(|missed| *missed += 1);
                    }
                }
            }
            newest
        });
        effect(move || {
            if scroll.pinned.get() {
                arrivals.missed.set(0);
            }
        });
        arrivals
    }
}

/// The pill that leads to the newest line, above the composer.
#[component]
pub(super) fn JumpPill(scroll: Scroll, arrivals: Arrivals) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let hydrated = use_view().hydrated;
    let shown = Memo::new(move || hydrated.get() && !scroll.pinned.get());
    let words = move || match arrivals.missed.get() {
        0 => texts.to_newest().to_owned(),
        missed => texts.newer(missed),
    };
    live(move || {
        shown.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button button--small jump"
                    on:click=press(move |_| scroll.to_end())
                >
                    {icon_small(Icon::ArrowDown)}
                    {live(words)}
                </button>
            }
        })
    })
}
