//! The open conversation.

mod actions;
mod album;
mod banner;
mod claim_bar;
mod close;
mod composer;
mod content;
mod event_line;
mod figures;
mod grouping;
mod head;
mod lead;
pub(crate) mod lightbox;
mod line;
mod message_list;
mod playing;
mod quota_banner;
mod reach;
mod remark;
mod scroll;
mod standings;
mod state;
mod texts;
mod transfer;
mod undo;

use leptos::prelude::*;

use super::live::{effect, live, press, said, view};

pub(super) use self::actions::Texts as ActionTexts;
use self::actions::{Actions, ForwardDialog, MessageSheet, MessageTools, Pointing};
pub(super) use self::banner::ConnectionBanner;
use self::claim_bar::ClaimBar;
use self::close::CloseDialog;
#[cfg(feature = "ssr")]
pub(super) use self::composer::AttachTexts;
pub(super) use self::composer::ToolTexts;
use self::composer::{Composer, start_attaching};
use self::head::ThreadHead;
use self::lightbox::{Lightbox, LightboxDialog};
use self::message_list::{Arrivals, JumpPill, MessageList};
pub(super) use self::reach::Reach;
use self::scroll::Scroll;
pub(super) use self::texts::Texts;
use self::transfer::TransferDialog;
use self::undo::UndoCard;
use crate::client::signals::{Memo, RwSignal, Signal, StoredValue};
use crate::client::{Thread, use_console};
use crate::protocol::{Conversation, Room};
use crate::ui::components::{Empty, Icon, ListSkeleton};
use crate::ui::desk::{ComposeMode, use_desk, use_view};
use crate::ui::words::{Shared, Zone, use_texts};

/// The main pane: the open conversation, or what to do without one.
#[component]
pub(super) fn ThreadPane(
    zone: Signal<Zone>,
    /// The address names a conversation that does not exist.
    lost: Memo<bool>,
) -> impl IntoView {
    let store = use_console().store;
    let open = Memo::new(move || store.open.get());
    start_attaching();
    view! {
        <main class="thread" id="thread" tabindex="-1">
            {live(move || match open.get() {
                Some(room) => view! { <OpenThread room zone /> }.into_any(),
                None if lost.get() => view! { <Lost /> }.into_any(),
                None => view! { <NoThread /> }.into_any(),
            })}
        </main>
    }
}

/// Nothing is open: offer the chat that has waited longest.
#[component]
fn NoThread() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let desk = use_desk();
    let counts = use_console().store.counts;
    let waiting = Memo::new(move || counts.with(|counts| counts.waiting > 0));
    view! {
        <ConnectionBanner />
        <Empty sign=Icon::Chat words=[texts.choose_chat(), texts.choose_chat_text()]>
            <button
                type="button"
                class="button button--primary"
                disabled=said(move || !waiting.get())
                on:click=press(move |_| desk.console().claim_next())
            >
                {texts.claim_next()}
                <kbd aria-hidden="true">"C"</kbd>
            </button>
        </Empty>
    }
}

/// The address leads to no conversation, or to one that is gone.
#[component]
fn Lost() -> impl IntoView {
    let texts = use_texts::<Texts>();
    view! {
        <ConnectionBanner />
        <Empty sign=Icon::Chat words=[texts.no_such_chat(), texts.no_such_chat_text()]>
            <a class="button button--primary" href="/">
                {use_texts::<Shared>().back_to_inbox()}
            </a>
        </Empty>
    }
}

/// One conversation, as soon as it is known.
#[component]
fn OpenThread(room: Room, zone: Signal<Zone>) -> impl IntoView {
    let shared = use_texts::<Shared>();
    let store = use_console().store;
    let room = StoredValue::new(room);
    let known = Memo::new(move || {
        room.with_value(|room| {
            let thread = store.thread(room);
            store.conversation(room).is_some() && thread.is_some_and(|thread| thread.loaded.get())
        })
    });
    let store = use_console().store;
    live(move || {
        if known.get() {
            let pair = untrack(|| {
                room.with_value(|room| store.conversation(room).zip(store.thread(room)))
            });
            if let Some((conversation, thread)) = pair {
                let conversation = RwSignal::from(conversation);
                let conversation = Memo::new(move || conversation.get());
                return view! { <Loaded room conversation thread zone /> }.into_any();
            }
        }
        view! {
            <ConnectionBanner />
            <ListSkeleton label=shared.loading() />
        }
        .into_any()
    })
}

/// Head, lines, composer.
#[component]
fn Loaded(
    room: StoredValue<Room>,
    conversation: Memo<Conversation>,
    thread: Thread,
    zone: Signal<Zone>,
) -> impl IntoView {
    let store = use_console().store;
    let view_state = use_view();
    if view_state.mode.get_untracked() != ComposeMode::Reply {
        view_state.mode.set(ComposeMode::Reply);
    }
    let contact = Memo::new(move || conversation.with(|c| c.contact.clone()));
    let reach = Memo::new(move || {
        let me = store.me.get();
        conversation.with(|c| Reach::of(c, &me, store.now.get()))
    });
    let me = store.me.with_untracked(|me| me.id);
    let all_viewers = RwSignal::from(thread.viewers.clone());
    let viewers = Signal::derive(move || {
        let mut viewers = all_viewers.get();
        viewers.retain(|viewer| viewer.id != me);
        viewers
    });
    let sought = view_state.seek.with_untracked(|sought| {
        let at = sought.as_ref().map(|(at, _)| at);
        at.is_some_and(|at| room.with_value(|room| room == at))
    });
    let scroll = Scroll::new(!sought);
    let arrivals = Arrivals::watch(&thread, contact, me, scroll);
    let may_reply = Memo::new(move || reach.get() == Reach::Mine);
    let lightbox = Lightbox::new(&thread);
    provide_context(lightbox);
    mark_seen(room, conversation, scroll);
    let retry_last = retry_last(room, &thread);
    let pointing = Pointing::new();
    let actions = Actions::new(room, &thread, may_reply);
    view! {
        <ThreadHead conversation reach viewers zone />
        <div class="find-place"></div>
        <ConnectionBanner />
        <MessageList room thread contact zone scroll pointing />
        <MessageTools actions bar=pointing.bar />
        <div class="visually-hidden" aria-live="polite">
            {live(move || arrivals.spoken.get())}
        </div>
        <Foot room conversation reach may_reply scroll arrivals retry_last />
        <TransferDialog room />
        <CloseDialog room />
        <LightboxDialog lightbox room may_reply zone />
        <MessageSheet actions />
        <ForwardDialog actions />
    }
}

/// The claim bar, the composer, or both.
#[component]
fn Foot(
    room: StoredValue<Room>,
    conversation: Memo<Conversation>,
    reach: Memo<Reach>,
    may_reply: Memo<bool>,
    scroll: Scroll,
    arrivals: Arrivals,
    retry_last: Callback<()>,
) -> impl IntoView {
    let view_state = use_view();
    let composes = Memo::new(move || may_reply.get() || view_state.mode.get() == ComposeMode::Note);
    let on_sent = Callback::new(move |()| scroll.to_end());
    view! {
        <div class="thread__foot">
            <JumpPill scroll arrivals />
            {live(move || {
                (!may_reply.get()).then(|| view! { <ClaimBar room conversation reach /> })
            })}
            {live(move || {
                composes
                    .get()
                    .then(|| {
                        view! {
                            <Composer
                                room
                                conversation
                                may_reply
                                on_retry_last=retry_last
                                on_sent
                            />
                        }
                    })
            })}
            <UndoCard room />
        </div>
    }
}

/// Looked at: the end is in view, and the window has the reader's attention.
fn mark_seen(room: StoredValue<Room>, conversation: Memo<Conversation>, scroll: Scroll) {
    let desk = use_desk();
    let me = use_console().store.me;
    let mine = Memo::new(move || {
        let me = me.with(|me| me.id);
        conversation.with(|c| c.session.as_ref().is_some_and(|s| s.is_active_for(me)))
    });
    let attentive = RwSignal::new(false);
    effect(move || {
        let look = move || {
            attentive.try_set(document().has_focus().unwrap_or(true));
        };
        look();
        let focus = window_event_listener(leptos::ev::focus, move |_| look());
        let blur = window_event_listener(leptos::ev::blur, move |_| look());
        on_cleanup(move || {
            focus.remove();
            blur.remove();
        });
    });
    // Of an owner the customer may see it, also where colleagues had looked before.
    effect(move || {
        if mine.get() && attentive.get() && scroll.pinned.get() {
            desk.console().seen(&room.get_value());
        }
    });
    effect(move || {
        let unread = conversation.with(|c| (c.unread, c.rev));
        if attentive.get() && scroll.pinned.get() && unread.0 > 0 {
            desk.console().seen(&room.get_value());
        }
    });
}

/// Tries the newest line again that did not arrive.
fn retry_last(room: StoredValue<Room>, thread: &Thread) -> Callback<()> {
    let desk = use_desk();
    let (texts, view_state) = (use_texts::<Texts>(), use_view());
    let entries = thread.entries.clone();
    Callback::new(move |()| {
        let failed = entries
            .values_untracked()
            .into_iter()
            .rev()
            .find(state::may_retry);
        if let Some(entry) = failed
            && desk.console().retry(&room.get_value(), &entry).is_err()
        {
            view_state.tell(texts.queue_full());
        }
    })
}
