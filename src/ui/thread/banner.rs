//! What the reader should know of the connection.

use leptos::prelude::*;

use super::quota_banner::QuotaBanner;
use super::texts::Texts;
use crate::client::signals::{Memo, RwSignal};
use crate::client::{Connection, use_console};
use crate::ui::components::{Icon, icon};
use crate::ui::desk::use_desk;
use crate::ui::live::{live, press, view};
use crate::ui::words::{Shared, use_texts};

/// One line above the thread; nothing while all is well.
#[component]
pub(in crate::ui) fn ConnectionBanner() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let desk = use_desk();
    let store = use_console().store;
    let connection = Memo::new(move || store.connection.get());
    let queued = Memo::new(move || store.queued.get());
    let of = move || {
        Look::of(
            connection.get(),
            store.nodes_apart.get(),
            store.files_wait.get(),
        )
    };
    let words = move || match of() {
        Some(Look::Apart) => texts.nodes_apart_text().to_owned(),
        Some(Look::FilesWait) => texts.files_wait_text().to_owned(),
        _ => words(texts, connection.get(), queued.get(), &store.now),
    };
    // The line is built anew when its kind changes, not with each second of the count-down.
    let look = Memo::new(of);
    let connection = live(move || {
        let look = look.get()?;
        let button = look.button(texts).map(|label| {
            view! {
                <button
                    type="button"
                    class="button button--small"
                    on:click=press(move |_| desk.console().reconnect_now())
                >
                    {label}
                </button>
            }
        });
        let sign_in = (look == Look::SignedOut).then(|| {
            view! {
                <a class="button button--small" href="/login" rel="external">
                    {use_texts::<Shared>().sign_in()}
                </a>
            }
        });
        Some(view! {
            <div class="banner" role="status" data-kind=look.kind()>
                {icon(look.sign())}
                <span>
                    <b>{look.title(texts)}</b>
                    " "
                    <span aria-live="off">{live(words)}</span>
                </span>
                {button}
                {sign_in}
            </div>
        })
    });
    view! {
        {connection}
        <QuotaBanner />
    }
}

/// The kinds of banner.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Lost,
    Offline,
    Polling,
    CaughtUp,
    SignedOut,
    /// Connected, but to a server that does not hear the others.
    Apart,
    /// Connected, to a server without room for customers' files.
    FilesWait,
}

impl Look {
    fn of(connection: Connection, apart: bool, files_wait: bool) -> Option<Self> {
        match connection {
            Connection::Live if apart => Some(Self::Apart),
            Connection::Live if files_wait => Some(Self::FilesWait),
            Connection::Starting | Connection::Live => None,
            Connection::Reconnecting { .. } | Connection::Connecting => Some(Self::Lost),
            Connection::Offline => Some(Self::Offline),
            Connection::Polling => Some(Self::Polling),
            Connection::CaughtUp => Some(Self::CaughtUp),
            Connection::SignedOut => Some(Self::SignedOut),
        }
    }

    /// As in `data-kind`.
    const fn kind(self) -> Option<&'static str> {
        match self {
            Self::Lost => None,
            Self::Offline | Self::SignedOut => Some("offline"),
            Self::Polling | Self::Apart | Self::FilesWait => Some("info"),
            Self::CaughtUp => Some("good"),
        }
    }

    const fn sign(self) -> Icon {
        match self {
            Self::Lost | Self::Offline => Icon::Offline,
            Self::Polling => Icon::Retry,
            Self::CaughtUp => Icon::Check,
            Self::SignedOut => Icon::Lock,
            Self::Apart | Self::FilesWait => Icon::Alert,
        }
    }

    fn title(self, texts: Texts) -> &'static str {
        match self {
            Self::Lost => texts.lost(),
            Self::Offline => texts.you_are_offline(),
            Self::Polling => texts.blocked_live(),
            Self::CaughtUp => texts.you_are_back(),
            Self::SignedOut => texts.signed_out(),
            Self::Apart => texts.nodes_apart(),
            Self::FilesWait => texts.files_wait(),
        }
    }

    fn button(self, texts: Texts) -> Option<&'static str> {
        match self {
            Self::Lost => Some(texts.reconnect_now()),
            Self::Offline => Some(texts.try_now()),
            _ => None,
        }
    }
}

/// What stands after the title.
fn words(
    texts: Texts,
    connection: Connection,
    queued: u32,
    now: &RwSignal<crate::protocol::Timestamp>,
) -> String {
    let with_queue = |words: String| match queued {
        0 => words,
        queued => format!("{words} · {}", texts.queued_here(queued)),
    };
    match connection {
        Connection::Reconnecting { retry_at } => {
            let seconds = (retry_at.since(now.get()).max(0) + 999) / 1_000;
            with_queue(texts.reconnecting_in(&seconds.to_string()))
        }
        Connection::Connecting => with_queue(texts.reconnecting().to_owned()),
        Connection::Offline => texts.queued_here(queued),
        Connection::Polling => with_queue(texts.checking().to_owned()),
        Connection::CaughtUp => texts.up_to_date().to_owned(),
        Connection::SignedOut => texts.signed_out_text().to_owned(),
        Connection::Starting | Connection::Live => String::new(),
    }
}
