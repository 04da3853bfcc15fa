//! The thread's head: who it is, whose it is, who else looks, and what can be done.

use leptos::prelude::*;

use super::reach::Reach;
use super::texts::Texts;
use crate::client::signals::{Memo, Signal};
use crate::client::use_console;
use crate::protocol::{Conversation, Mode, OperatorRef, SessionStatus, Timestamp};
use crate::ui::components::{
    ContactAvatar, Icon, Menu, OperatorAvatar, Wait, WaitTimer, icon, icon_small,
};
use crate::ui::desk::use_view;
use crate::ui::front::ConsolePlace;
use crate::ui::inbox::lists::{mode_item, snooze_button};
use crate::ui::live::{live, press, said, view, when};
use crate::ui::words::{Shared, Zone, day, lang_of, use_dates, use_texts};

/// The head of an open thread.
#[component]
pub(super) fn ThreadHead(
    conversation: Memo<Conversation>,
    reach: Memo<Reach>,
    viewers: Signal<Vec<OperatorRef>>,
    zone: Signal<Zone>,
) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    let store = use_console().store;
    let view_state = use_view();
    let back = move || {
        ConsolePlace {
            tab: store.tab.get(),
            room: None,
        }
        .href()
    };
    let contact = Memo::new(move || conversation.with(|c| c.contact.clone()));
    let lang = said(move || {
        contact.with(|contact| lang_of(contact.shown_name(), contact.language.as_deref()))
    });
    let wait = Memo::new(move || conversation.with(Wait::of).filter(|wait| wait.is_target()));
    let has_target = Memo::new(move || wait.get().is_some());
    let may_pass = Memo::new(move || matches!(reach.get(), Reach::Mine | Reach::Other(_, true)));
    view! {
        <header class="thread-head">
            <a class="icon-button back" href=said(back) aria-label=shared.back() title=shared.back()>
                {icon(Icon::Left)}
            </a>
            <ContactAvatar contact />
            <div class="grow">
                <h2 class="cut" lang=lang>
                    <bdi>{live(move || contact.with(|contact| contact.shown_name().to_owned()))}</bdi>
                </h2> <Standing conversation zone />
            </div>
            {when(has_target, move || view! { <WaitTimer wait now=store.now.into() /> })}
            <Viewers viewers />
            {snooze_button(conversation, may_pass)}
            {live(move || {
                may_pass
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                aria-label=texts.transfer()
                                on:click=press(move |_| view_state.transfer.set(true))
                            >
                                {icon(Icon::Swap)}
                                {texts.transfer()}
                                <kbd aria-hidden="true">"T"</kbd>
                            </button>
                            <button
                                type="button"
                                class="button button--primary"
                                on:click=press(move |_| view_state.close.set(true))
                            >
                                {icon(Icon::Check)}
                                {texts.close_chat()}
                                <kbd aria-hidden="true">"E"</kbd>
                            </button>
                        }
                    })
            })}
            <MoreMenu conversation may_pass />
        </header>
    }
}

/// All actions once more, for small screens, and those that need no button of their own.
#[component]
fn MoreMenu(conversation: Memo<Conversation>, may_pass: Memo<bool>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    let view_state = use_view();
    view! {
        <button
            type="button"
            class="icon-button"
            popovertarget="thread-menu"
            aria-haspopup="true"
            aria-label=texts.more()
            title=texts.more()
        >
            {icon(Icon::More)}
        </button>
        <Menu id="thread-menu" label=texts.more() class="thread-head__menu">
            {live(move || {
                let pass = [
                    (Icon::Swap, texts.transfer(), view_state.transfer),
                    (Icon::Check, texts.close_chat(), view_state.close),
                ];
                may_pass
                    .get()
                    .then(|| {
                        pass.map(|(sign, label, opens)| {
                            item("menu__item narrow", sign, label, "", move || opens.set(true))
                        })
                        .collect_view()
                    })
            })}
            {mode_item(conversation)}
            {item("menu__item", Icon::User, texts.details(), "\\", move || view_state.toggle_panel())}
            {act("menu__item", Icon::Search, texts.find(), "F")}
            {act("menu__item with-keys", Icon::Keyboard, texts.keyboard(), "?")}
        </Menu>
    }
}

/// One entry of the menu, with its key if it has one.
fn item(
    class: &'static str,
    sign: Icon,
    label: &'static str,
    key: &'static str,
    run: impl Fn() + 'static,
) -> AnyView {
    let key = (!key.is_empty()).then(|| view! { <kbd aria-hidden="true">{key}</kbd> });
    view! {
        <button type="button" class=class popovertarget="thread-menu" on:click=press(move |_| run())>
            {icon(sign)}
            {label}
            {key}
        </button>
    }
    .into_any()
}

/// One entry that does what its key does, see `ui::console::keys`.
fn act(class: &'static str, sign: Icon, label: &'static str, key: &'static str) -> AnyView {
    view! {
        <button type="button" class=class popovertarget="thread-menu" data-act=key.to_ascii_lowercase()>
            {icon(sign)}
            {label}
            <kbd aria-hidden="true">{key}</kbd>
        </button>
    }
    .into_any()
}

/// The line under the name: whose chat it is, or how long it waits.
#[component]
fn Standing(conversation: Memo<Conversation>, zone: Signal<Zone>) -> impl IntoView {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    let store = use_console().store;
    let now = store.now;
    let session = Memo::new(move || conversation.with(|c| c.session.clone()));
    let place = Memo::new(move || {
        conversation.with(|c| (!c.channel.is_default()).then(|| c.channel.to_string()))
    });
    // Filled in by `public/lists/hours.mjs` while it is closed.
    let account = said(move || conversation.with(|c| c.channel.to_string()));
    let today = Memo::new(move || day(zone.get(), now.get()));
    let at = move |at: Timestamp| {
        today.track();
        dates.short(at, now.get_untracked(), zone.get())
    };
    let is_bot = Memo::new(move || conversation.with(|c| c.mode == Mode::Bot));
    let words = live(move || {
        if is_bot.get() {
            return view! { <span class="cut">{texts.bar_bot()}</span> }.into_any();
        }
        let Some(session) = session.get() else {
            return view! { <span class="cut">{texts.no_case()}</span> }.into_any();
        };
        match (session.status, session.operator) {
            (SessionStatus::Active, Some(owner)) => {
                let since = at(session.claimed_at.unwrap_or(session.opened_at));
                let mine = store.me.with(|me| me.id == owner.id);
                owned(texts, &owner, mine, &since)
            }
            (SessionStatus::Closed, _) => {
                let when = at(session.closed_at.unwrap_or(session.opened_at));
                view! { <span class="cut">{texts.closed_at(&when)}</span> }.into_any()
            }
            _ => {
                let since = conversation
                    .with(|c| c.waiting_since)
                    .unwrap_or(session.opened_at);
                view! {
                    <span class="cut">
                        {live(move || texts.waiting_for(&dates.wait(now.get().since(since))))}
                    </span>
                }
                .into_any()
            }
        }
    });
    view! {
        <p class="cut">
            {words} {live(move || place.get().map(|place| view! { <span>{format!("· {place}")}</span> }))}
            <span class="thread-head__hours" data-account=account></span>
        </p>
    }
}

/// The owner's letter and since when.
fn owned(texts: Texts, owner: &OperatorRef, mine: bool, since: &str) -> AnyView {
    let words = if mine {
        texts.yours_since(since)
    } else {
        texts.owned_since(&owner.name, since)
    };
    view! {
        <OperatorAvatar id=owner.id name=owner.name.clone() size=18 />
        <span class="cut">{words}</span>
    }
    .into_any()
}

/// Colleagues who have the thread open as well.
#[component]
fn Viewers(viewers: Signal<Vec<OperatorRef>>) -> impl IntoView {
    let texts = use_texts::<Texts>();
    live(move || {
        let viewers = viewers.get();
        (!viewers.is_empty()).then(|| {
            let faces = viewers
                .into_iter()
                .take(4)
                .map(|viewer| {
                    let words = texts.viewing(&viewer.name);
                    view! {
                        <OperatorAvatar
                            id=viewer.id
                            name=viewer.name
                            size=24
                            title=words.clone()
                        />
                        <span class="visually-hidden">{words.clone()}</span>
                    }
                })
                .collect_view();
            view! {
                <span class="thread-head__viewers">
                    {icon_small(Icon::Eye)} <span class="stack">{faces}</span>
                </span>
            }
        })
    })
}
