//! The list of conversations.

use std::time::Duration;

use leptos::ev::Event;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::arrange::arrange;
use super::lists::{Texts as ListTexts, filter_button, narrowing};
use super::row::{Row, RowContext};
use super::seats::Seats;
use super::tabs::Tabs;
use super::texts::Texts;
use super::turns::{Pointed, in_turns};
use crate::client::signals::{Memo, RwSignal, Signal, StoredValue};
use crate::client::{Connection, ListState, Store, use_console};
use crate::protocol::{Room, Tab};
use crate::ui::components::{Empty, EmptyKind, Icon, ListSkeleton, icon};
use crate::ui::desk::use_desk;
use crate::ui::front::ConsolePlace;
use crate::ui::live::{NodeRef, effect, hear, live, press, said, view};
use crate::ui::paint::later;
use crate::ui::window::{Home, Window};
use crate::ui::words::{Shared, Zone, use_texts};

/// Rows keep their order for so long after the pointer last moved over them.
const HOLD: Duration = Duration::from_millis(1_500);
/// So near to the end fetches more, in pixels.
const MORE_PX: i32 = 600;
/// About the height of a row, rather less, in pixels.
const ROW_PX: usize = 80;

/// Head, tabs, filters and rows.
#[component]
pub(crate) fn ConversationList(
    zone: Signal<Zone>,
    connected: bool,
    simulator: bool,
) -> impl IntoView {
    let shared = use_texts::<Shared>();
    let store = use_console().store;
    let pointed = Pointed {
        moving: RwSignal::new(false),
        row: RwSignal::new(None),
    };
    let rooms = in_turns(shown_rooms(&store), pointed);
    view! {
        <section class="conversation-list" aria-label=shared.inbox()>
            <header class="conversation-list__head">
                <div class="conversation-list__title">
                    <h1>{shared.inbox()}</h1>
                    <Live />
                    {filter_button()}
                </div>
                <SearchOpener />
            </header>
            <Tabs />
            {narrowing()}
            <Rows rooms pointed zone connected simulator />
            <div id="bulk"></div>
        </section>
    }
}

/// Looks like the search's field and opens it.
#[component]
fn SearchOpener() -> impl IntoView {
    let words = use_texts::<Texts>().search_for();
    view! {
        <button type="button" class="field field--quiet search-opener" data-act="/">
            {icon(Icon::Search)}
            <span class="cut">{words}</span>
            <kbd aria-hidden="true">"/"</kbd>
        </button>
    }
}

/// The rooms of the open list.
fn shown_rooms(store: &Store) -> Memo<Vec<Room>> {
    let lists = Tab::ALL.map(|tab| store.rows(tab));
    let tab = store.tab;
    Memo::new(move || lists[tab.get() as usize].get())
}

/// Whether what one sees is what there is.
#[component]
fn Live() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let connection = use_console().store.connection;
    let state = Memo::new(move || match connection.get() {
        Connection::Starting => (Some("wait"), texts.connecting()),
        Connection::Live | Connection::CaughtUp => (None, texts.live()),
        Connection::Polling => (Some("wait"), texts.every_5_s()),
        Connection::Reconnecting { .. } | Connection::Connecting => {
            (Some("wait"), texts.reconnecting())
        }
        Connection::Offline | Connection::SignedOut => (Some("off"), shared.offline()),
    });
    view! {
        <span class="live" data-state=said(move || state.get().0)>
            {live(move || state.get().1)}
        </span>
    }
}

/// The scrolling rows, one tab stop for all of them.
#[component]
fn Rows(
    rooms: Memo<Vec<Room>>,
    pointed: Pointed,
    zone: Signal<Zone>,
    connected: bool,
    simulator: bool,
) -> impl IntoView {
    let shared = use_texts::<Shared>();
    let store = use_console().store;
    let list = NodeRef::<html::Div>::new();
    let at_top = RwSignal::new(true);
    let window = Window::new(move || rooms.get(), Home::Start, at_top);
    let shown = window.shown;
    effect(move || {
        let height = window_height();
        window.keep((height + MORE_PX.unsigned_abs() as usize) / ROW_PX + 1);
    });
    let more = more_near_end(list, rooms, window);
    let scrolled = move || {
        let top = list
            .get_untracked()
            .is_none_or(|list| list.scroll_top() < MORE_PX);
        if at_top.get_untracked() != top {
            at_top.set(top);
        }
        more();
    };
    let (state, open) = (store.list_state, store.open);
    // The row that Tab leads to: the open one, or else the first.
    let stop = Memo::new(move || {
        shown.with(|rooms| {
            open.get()
                .filter(|room| rooms.contains(room))
                .or_else(|| rooms.first().cloned())
        })
    });
    // The browser makes sure at once that a row with the focus may still have it.
    let context = RowContext::new(later(stop), zone);
    let made = RwSignal::new(0);
    let seats = shown.with_untracked(|rooms| Seats::new(store.clone(), rooms));
    arrange(list, shown, seats, made);
    let hold = hold_while_moving(pointed.moving);
    let empty = Memo::new(move || rooms.with(Vec::is_empty));
    view! {
        <div
            node_ref=list
            class="rows"
            id="rows"
            role="listbox"
            aria-label=shared.inbox()
            tabindex="-1"
            {..hear("scroll", move |_: Event| scrolled())}
            {..hear("keydown", walk)}
            {..hear("pointermove", move |_: Event| hold())}
            {..hear("pointerover", move |event: Event| pointed.row.set(row_of(&event)))}
            {..hear("pointerleave", move |_: Event| pointed.leave())}
        >
            <For each=move || seats.get() key=|seat| seat.id let:seat>
                {
                    made.update(|made| *made += 1);
                    view! { <Row seat context /> }
                }
            </For>
        </div>
        {live(move || {
            empty
                .get()
                .then(|| match state.get() {
                    ListState::Loading => {
                        view! { <ListSkeleton label=shared.loading() /> }.into_any()
                    }
                    ListState::Failed => ().into_any(),
                    _ => view! { <NoRows connected simulator /> }.into_any(),
                })
        })}
        <More />
    }
}

/// How high the browser's window is, in pixels.
fn window_height() -> usize {
    let height = window().inner_height().ok().and_then(|it| it.as_f64());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a screen; what is no number becomes 0"
    )]
    height.map_or(0, |height| height as usize)
}

/// What shows more rows, and fetches more, where the end of those on the page is near.
fn more_near_end(
    list: NodeRef<html::Div>,
    rooms: Memo<Vec<Room>>,
    window: Window<Room>,
) -> impl Fn() + Copy + 'static {
    let desk = use_desk();
    let store = use_console().store;
    let (state, tab) = (store.list_state, store.tab);
    let more = move || {
        let near = list.get_untracked().is_some_and(|list| {
            // Nothing is near in a list that is not on the screen.
            let height = list.client_height();
            height > 0 && list.scroll_height() - height - list.scroll_top() < MORE_PX
        });
        if near
            && window.reach(rooms.with_untracked(Vec::len))
            && state.get_untracked() == ListState::Ready
        {
            desk.console().load_more(tab.get_untracked());
        }
    };
    // A first page that does not fill a tall screen is followed by the next at once. Only when
    // there are more than before: to look makes the browser lay out the list.
    let count = Memo::new(move || window.shown.with(Vec::len));
    effect(move || {
        count.track();
        state.track();
        request_animation_frame(more);
    });
    more
}

/// The chat of the row that the event comes from.
fn row_of(event: &web_sys::Event) -> Option<Room> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let row = target.closest(".row").ok()??;
    row.get_attribute("data-room")?.parse().ok()
}

/// Sets `held` while the pointer moves over the rows, and frees them when it rests.
fn hold_while_moving(held: RwSignal<bool>) -> impl Fn() + Clone {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    move || {
        if let Some(running) = timer.get_value() {
            running.clear();
        }
        if !held.get_untracked() {
            held.set(true);
        }
        let release = set_timeout_with_handle(
            move || {
                held.try_set(false);
            },
            HOLD,
        );
        timer.set_value(release.ok());
    }
}

/// Arrows go from row to row; Enter opens, as rows are links.
fn walk(event: leptos::ev::KeyboardEvent) {
    let Some(row) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|target| target.closest(".row").ok().flatten())
    else {
        return;
    };
    let next = match event.key().as_str() {
        // With Alt they open the next chat, whatever has the focus.
        _ if event.alt_key() => return,
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => None,
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        // Refused only for elements that cannot have focus.
        let _ = next.focus();
    }
}

/// The list's end: being fetched, failed, or more to ask for.
#[component]
fn More() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let desk = use_desk();
    let store = use_console().store;
    let (state, tab) = (store.list_state, store.tab);
    live(move || {
        match state.get() {
            ListState::Failed => view! {
                <Empty
                    sign=Icon::Alert
                    words=[texts.list_failed(), texts.list_failed_text()]
                    kind=EmptyKind::Error
                >
                    <button type="button" class="button" on:click=press(move |_| desk.console().load_more(tab.get_untracked()))>
                        {shared.try_again()}
                    </button>
                </Empty>
            }
            .into_any(),
            ListState::Ready => view! {
                <div class="rows__more">
                    <button
                        type="button"
                        class="button button--small"
                        on:click=press(move |_| desk.console().load_more(tab.get_untracked()))
                    >
                        {texts.show_more()}
                    </button>
                </div>
            }
            .into_any(),
            ListState::Loading | ListState::End => ().into_any(),
        }
    })
}

/// Why the list is empty, and what to do about it.
#[component]
fn NoRows(connected: bool, simulator: bool) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let store = use_console().store;
    live(move || {
        if store.narrowed.with(Option::is_some) {
            let texts = use_texts::<ListTexts>();
            let words = [texts.none_fits(), texts.none_fits_text()];
            return view! { <Empty sign=Icon::Filter words /> }.into_any();
        }
        let tab = store.tab.get();
        if !connected && tab == Tab::All {
            return view! {
                <Empty sign=Icon::Key words=[texts.no_channel(), texts.no_channel_text()]>
                    {simulator
                        .then(|| {
                            view! {
                                <a class="button button--primary" href="/_sim" rel="external">
                                    {texts.open_simulator()}
                                </a>
                            }
                        })}
                </Empty>
            }
            .into_any();
        }
        let (sign, words) = match tab {
            Tab::Waiting => {
                let nobody = use_texts::<Shared>().nobody_waits();
                (Icon::Inbox, [nobody, texts.empty_waiting_text()])
            }
            Tab::Mine => (Icon::User, [texts.empty_mine(), texts.empty_mine_text()]),
            Tab::All => (Icon::Chat, [texts.empty_all(), texts.empty_all_text()]),
            Tab::Closed => (
                Icon::Check,
                [texts.empty_closed(), texts.empty_closed_text()],
            ),
        };
        let all = ConsolePlace {
            tab: Tab::All,
            room: None,
        };
        view! {
            <Empty sign words>
                {(tab != Tab::All)
                    .then(|| {
                        view! {
                            <a class="button" href=all.href()>
                                {texts.see_all_chats()}
                            </a>
                        }
                    })}
            </Empty>
        }
        .into_any()
    })
}
