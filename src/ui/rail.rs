//! The rail: where one can go, who is on the team, and one's own menu.

mod me;

use leptos::prelude::*;

use super::live::{live, memo};

use self::me::Me;
use crate::client::use_console;
use crate::protocol::text::isolated;
use crate::protocol::{OperatorPresence, Role};
use crate::ui::components::{Icon, Logo, OperatorAvatar, icon};
use crate::ui::i18n::{counted, use_texts};
use crate::ui::inbox::Place;

/// Most colleagues that the rail has room for.
const TEAM_SHOWN: usize = 7;

/// The navigation at the left, at the foot on small screens.
#[component]
pub(super) fn Rail(simulator: bool) -> impl IntoView {
    let texts = use_texts();
    let store = use_console().store;
    let administrates = store.me.with_untracked(|me| me.role == Role::Admin);
    let unread = memo(move || store.counts.with(|counts| counts.unread));
    let href = move || {
        Place {
            tab: store.tab.get(),
            room: None,
        }
        .href()
    };
    view! {
        <nav class="rail" aria-label=texts.main_menu>
            <Logo />
            <a class="rail__item" href=href aria-current="page">
                {icon(Icon::Inbox)}
                <span>{texts.inbox}</span>
                {live(move || {
                    let unread = unread.get();
                    (unread > 0)
                        .then(|| {
                            let label = counted(texts.unread_one, texts.unread_many, unread);
                            let shown = if unread > 99 {
                                "99+".to_owned()
                            } else {
                                unread.to_string()
                            };
                            view! {
                                <span class="badge" role="img" aria-label=label>
                                    {shown}
                                </span>
                            }
                        })
                })}
            </a>
            {administrates
                .then(|| {
                    view! {
                        <a class="rail__item" href="/connections" rel="external">
                            {icon(Icon::Users)}
                            <span>{texts.connections}</span>
                        </a>
                    }
                })}
            {simulator
                .then(|| {
                    view! {
                        <a class="rail__item" href="/_sim" rel="external" target="sala-simulator">
                            {icon(Icon::Phone)}
                            <span>{texts.simulator}</span>
                        </a>
                    }
                })}
            <Team />
            <Me />
        </nav>
    }
}

/// One of them, with what the pointer tells.
#[component]
fn Colleague(member: OperatorPresence) -> impl IntoView {
    let texts = use_texts();
    let status = texts.presence[member.status as usize];
    let chats = counted(
        texts.active_chats_one,
        texts.active_chats,
        member.active_chats,
    );
    let title = format!("{} · {status} · {chats}", isolated(&member.name));
    view! {
        <li>
            <OperatorAvatar
                id=member.id
                name=member.name
                size=30
                presence=Some(member.status)
                title=title.clone()
            />
            <span class="visually-hidden">{title}</span>
        </li>
    }
}

/// Colleagues and whether they are at the desk.
#[component]
fn Team() -> impl IntoView {
    let texts = use_texts();
    let store = use_console().store;
    let colleagues = move || {
        let me = store.me.with(|me| me.id);
        let mut team = store.presence.get();
        team.retain(|member| member.id != me);
        team.truncate(TEAM_SHOWN);
        team
    };
    view! {
        <div class="rail__team">
            <ul aria-label=texts.team>
                {live(move || {
                    colleagues()
                        .into_iter()
                        .map(|member| view! { <Colleague member /> })
                        .collect_view()
                })}
            </ul>
            <small>{texts.team}</small>
        </div>
    }
}
