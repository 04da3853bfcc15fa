//! `/` and `/c/:room`: fetches what the first paint needs, then lays out the panes.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use super::keys_dialog::KeysDialog;
use super::list::ConversationList;
use super::{Desk, Place, ViewState, use_desk, use_view};
use crate::api::{self, ConsoleStart};
use crate::client::{provide_console, use_console};
use crate::protocol::{Conversation, ErrorCode};
use crate::ui::chat::ThreadPane;
use crate::ui::components::{Empty, EmptyKind, Icon};
use crate::ui::contact::ContactPanel;
use crate::ui::i18n::{Zone, use_texts};
use crate::ui::keys::listen_to_keys;
use crate::ui::live::live;
use crate::ui::page_facts::{PageFacts, ZONE_COOKIE, set_cookie};
use crate::ui::rail::Rail;
use crate::ui::toasts::Toasts;

/// The page; one for both addresses, so that opening a chat keeps everything else.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let location = use_location();
    let query = use_query_map();
    let place = Memo::new(move |_| {
        let tab = query.with(|query| query.get("tab"));
        location
            .pathname
            .with(|path| Place::parse(path, tab.as_deref()))
    });
    let start = Resource::new_blocking(
        || (),
        move |()| {
            let place = place.get_untracked();
            async move { api::inbox::console(place.tab, place.room).await }
        },
    );
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => view! { <Console start place /> }.into_any(),
                    Err(error) if error.code == ErrorCode::NotAuthenticated => {
                        let next = place.get_untracked().href();
                        view! { <Redirect path=format!("/login?next={next}") /> }.into_any()
                    }
                    Err(_) => view! { <Failed /> }.into_any(),
                }
            })}
        </Suspense>
        <Outlet />
    }
}

/// The server could not say what to show.
#[component]
fn Failed() -> impl IntoView {
    let texts = use_texts();
    view! {
        <main class="lone">
            <Empty
                sign=Icon::Alert
                words=[texts.page_failed_title, texts.page_failed_text]
                kind=EmptyKind::Error
            >
                <a class="button button--primary" href="/" rel="external">
                    {texts.try_again}
                </a>
            </Empty>
        </main>
    }
}

/// The four panes.
#[component]
fn Console(start: ConsoleStart, place: Memo<Place>) -> impl IntoView {
    let texts = use_texts();
    let (simulator, connected) = (start.simulator, start.connected_channel);
    let console = provide_console(start);
    let store = console.store.clone();
    provide_context(Desk::new(console));
    let view_state = ViewState::new();
    provide_context(view_state);
    let zone = use_zone();
    follow_address(place);
    show_unread_in_title();
    listen_to_keys(place);
    Effect::new(move || view_state.hydrated.set(true));
    let open = Memo::new(move |_| store.open.get());
    let pane = move || match (open.get(), view_state.panel.get()) {
        (None, _) => "list",
        (Some(_), Some(true)) => "details",
        (Some(_), _) => "thread",
    };
    let panel = move || match (open.with(Option::is_some), view_state.panel.get()) {
        (false, _) => "none",
        (true, None) => "auto",
        (true, Some(true)) => "shown",
        (true, Some(false)) => "hidden",
    };
    view! {
        <div class="console" data-pane=pane data-panel=panel>
            <a class="skip" href="#thread">
                {texts.skip_to_thread}
            </a>
            <Rail simulator />
            <ConversationList zone connected simulator />
            <ThreadPane zone />
            <Panel zone />
            <KeysDialog />
            <Toasts />
        </div>
    }
}

/// The customer's panel with the scrim that closes it where it is a drawer.
#[component]
fn Panel(zone: Signal<Zone>) -> impl IntoView {
    let texts = use_texts();
    let store = use_console().store;
    let view_state = use_view();
    let (open, now) = (store.open, Signal::from(store.now));
    let open = Memo::new(move |_| open.get());
    let conversations = store.clone();
    let known = Memo::new(move |_| {
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
        let conversation = RwSignal::from(store.conversation(&room)?);
        let conversation: Memo<Conversation> = Memo::new(move |_| conversation.get());
        Some(view! {
            <button
                type="button"
                class="panel-scrim"
                aria-label=texts.close
                tabindex="-1"
                on:click=move |_| close.run(())
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
    Effect::new(move || {
        set_cookie(ZONE_COOKIE, &store.tz_offset_minutes.get().to_string());
    });
    Signal::derive(move || {
        if hydrated.get() {
            Zone(store.tz_offset_minutes.get())
        } else {
            rendered
        }
    })
}

/// Keeps address and store together: links and the back button lead the store, and an action that
/// opens a chat leads the address.
fn follow_address(place: Memo<Place>) {
    let desk = use_desk();
    let store = use_console().store;
    Effect::new(move |before: Option<()>| {
        let place = place.get();
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
    let navigate = use_navigate();
    Effect::new(move |_| {
        let room = store.open.get();
        let shown = place.get_untracked();
        if room != shown.room && room.is_some() {
            let target = Place { room, ..shown };
            navigate(
                &target.href(),
                NavigateOptions {
                    scroll: false,
                    ..NavigateOptions::default()
                },
            );
        }
    });
}

/// `(3) Sala` while three messages are unread.
fn show_unread_in_title() {
    let store = use_console().store;
    let unread = Memo::new(move |_| store.counts.with(|counts| counts.unread));
    Effect::new(move || {
        let title = match unread.get() {
            0 => "Sala".to_owned(),
            unread => format!("({unread}) Sala"),
        };
        document().set_title(&title);
    });
}
