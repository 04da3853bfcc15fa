//! `/` and `/c/{room}`, one page for both, so that opening a chat keeps everything else.

use leptos::prelude::*;

use super::keys::listen_to_keys;
use super::toasts::Toasts;
use crate::api::ConsoleStart;
use crate::client::signals::{Memo, RwSignal, Signal};
use crate::client::{provide_console, use_console};
use crate::protocol::look::ZONE_COOKIE;
use crate::protocol::{Conversation, Room};
use crate::ui::contact::ContactPanel;
use crate::ui::desk::{Desk, ViewState, use_desk, use_view};
use crate::ui::front::{Address, ConsolePlace, PageFacts, set_cookie};
use crate::ui::inbox::ConversationList;
use crate::ui::live::{effect, live, press, said, view};
use crate::ui::paint::later_than;
use crate::ui::rail::Rail;
use crate::ui::thread::ThreadPane;
use crate::ui::words::{Shared, Zone, texts, use_texts};

texts! {
    skip_to_thread: "Skip to the chat", "ข้ามไปที่แชท", "チャットへ移動", "跳至對話";
}

/// The four panes.
#[component]
pub(crate) fn ConsoleScreen(room: Option<Room>, start: ConsoleStart) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let address = Address::new(ConsolePlace {
        tab: start.tab,
        room,
    });
    let (simulator, connected) = (start.simulator, start.connected_channel);
    let console = provide_console(start);
    let store = console.store.clone();
    let no_letters = store.keys.no_single_keys.then_some("off");
    provide_context(Desk::new(console));
    let view_state = ViewState::new();
    provide_context(view_state);
    let zone = use_zone();
    follow_address(address);
    show_unread_in_title();
    listen_to_keys(address);
    effect(move || view_state.hydrated.set(true));
    let open = Memo::new(move || store.open.get());
    let lost = Memo::new(move || address.place().room.is_some() && open.with(Option::is_none));
    let pane = move || match (open.get(), view_state.panel.get()) {
        (None, _) if !lost.get() => "list",
        (Some(_), Some(true)) => "details",
        _ => "thread",
    };
    let panel = move || match (open.with(Option::is_some), view_state.panel.get()) {
        (false, _) => "none",
        (true, None) => "auto",
        (true, Some(true)) => "shown",
        (true, Some(false)) => "hidden",
    };
    view! {
        <div class="console" data-pane=said(pane) data-panel=said(panel) data-keys=no_letters>
            <a class="skip" href="#thread">
                {texts.skip_to_thread()}
            </a>
            <Rail simulator />
            <ConversationList zone connected simulator />
            <ThreadPane zone lost />
            <Panel zone />
            <Toasts />
        </div>
    }
}

/// The customer's panel with the scrim that closes it where it is a drawer.
#[component]
fn Panel(zone: Signal<Zone>) -> impl IntoView {
    let shared = use_texts::<Shared>();
    let store = use_console().store;
    let view_state = use_view();
    let (open, now) = (store.open, Signal::from(store.now));
    // The thread comes first, also one that is still on its way.
    let threads = store.clone();
    let there = Memo::new(move || {
        open.with(|room| {
            let thread = room.as_ref().and_then(|room| threads.thread(room));
            thread.is_none_or(|thread| thread.loaded.get())
        })
    });
    let open = later_than(there, Memo::new(move || open.get()));
    let conversations = store.clone();
    let known = Memo::new(move || {
        open.with(|room| {
            room.as_ref()
                .is_some_and(|room| conversations.conversation(room).is_some())
        })
    });
    let close = Callback::new(move |()| view_state.panel.set(Some(false)));
    live(move || {
        let room = open.get()?;
        if !known.get() {
            return None;
        }
        // Other chats come and go without being this one's business.
        let conversation = RwSignal::from(untrack(|| store.conversation(&room))?);
        let conversation: Memo<Conversation> = Memo::new(move || conversation.get());
        Some(view! {
            <button
                type="button"
                class="panel-scrim"
                aria-label=shared.close()
                tabindex="-1"
                on:click=press(move |_| close.run(()))
            ></button>
            <ContactPanel conversation now zone on_close=close />
        })
    })
}

/// The reader's time zone: as the server rendered it, then as the browser knows it.
fn use_zone() -> Signal<Zone> {
    let store = use_console().store;
    let rendered = use_context::<PageFacts>().unwrap_or_default().zone;
    let hydrated = use_view().hydrated;
    effect(move || {
        if let Some(zone) = store.zone.get() {
            set_cookie(ZONE_COOKIE, &zone.to_string());
        }
    });
    Signal::derive(move || {
        let known = store.zone.get().filter(|_| hydrated.get());
        known.unwrap_or(rendered)
    })
}

/// Keeps address and store together: links and the back button lead the store, and an action that
/// opens a chat leads the address.
fn follow_address(address: Address) {
    let desk = use_desk();
    let store = use_console().store;
    Effect::new(move |before: Option<()>| {
        let place = address.place();
        if before.is_none() {
            return;
        }
        if store.tab.get_untracked() != place.tab {
            desk.console().set_tab(place.tab);
        }
        if store.open.get_untracked() != place.room {
            desk.console().open(place.room);
        }
    });
    effect(move || {
        let room = store.open.get();
        if room.is_some() {
            let shown = address.place_untracked();
            address.go(ConsolePlace { room, ..shown });
        }
    });
}

/// `(3) Sala` while three messages are unread.
fn show_unread_in_title() {
    let store = use_console().store;
    let unread = Memo::new(move || store.counts.with(|counts| counts.unread));
    effect(move || {
        let title = match unread.get() {
            0 => "Sala".to_owned(),
            unread => format!("({unread}) Sala"),
        };
        document().set_title(&title);
    });
}
