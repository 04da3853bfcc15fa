//! How far a line has come, in words, signs and buttons.

use leptos::prelude::*;

use super::grouping::Standing;
use super::texts::Texts;
use crate::client::signals::{Memo, RwSignal, Signal, StoredValue};
use crate::client::{Entry, LocalState};
use crate::protocol::message::Direction;
use crate::protocol::{ErrorPayload, Message, MessageStatus, Room};
use crate::ui::components::{Icon, icon_small};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::live::{press, view};
use crate::ui::refusal::refusal;
use crate::ui::words::{Shared, Zone, use_dates, use_texts};

/// What the reader is told of a line's way to LINE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SendState {
    /// From the customer, a note, an event: nothing to tell.
    None,
    /// Its file is on its way to the server.
    Uploading,
    /// On this device only.
    Queued,
    /// On its way.
    Sending,
    /// LINE accepted it.
    Sent,
    /// LINE refused it, or it never left.
    Failed,
    /// Sala refused it; it is on this device only.
    Refused(ErrorPayload),
    /// Nobody can tell.
    Unconfirmed,
}

impl SendState {
    /// Judges an entry of the thread.
    pub(super) fn of(entry: &Entry) -> Self {
        match &entry.local {
            LocalState::Uploading => Self::Uploading,
            LocalState::Queued => Self::Queued,
            LocalState::Sending => Self::Sending,
            LocalState::Refused(error) => Self::Refused(error.clone()),
            LocalState::Stored => match (entry.message.direction, entry.message.status) {
                (Direction::Out, MessageStatus::Queued) => Self::Sending,
                (Direction::Out, MessageStatus::Sent | MessageStatus::Received) => Self::Sent,
                (_, MessageStatus::Failed) => Self::Failed,
                (_, MessageStatus::Unconfirmed) => Self::Unconfirmed,
                _ => Self::None,
            },
        }
    }

    /// As in `data-state`.
    pub(super) const fn attribute(&self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Uploading => Some("uploading"),
            Self::Queued => Some("queued"),
            Self::Sending => Some("sending"),
            Self::Sent => Some("sent"),
            Self::Failed | Self::Refused(_) => Some("failed"),
            Self::Unconfirmed => Some("unconfirmed"),
        }
    }

    /// The words while it is under way.
    pub(super) fn in_flight(&self, texts: Texts) -> Option<&'static str> {
        match self {
            Self::Queued => Some(texts.queued()),
            Self::Sending => Some(texts.sending()),
            _ => None,
        }
    }
}

/// Time and tick beside the last bubble of a group; the state while under way.
pub(super) fn meta(
    message: Memo<Message>,
    state: &SendState,
    standing: Standing,
    zone: Signal<Zone>,
) -> Option<AnyView> {
    let (texts, dates) = (use_texts::<Texts>(), use_dates());
    if *state == SendState::Uploading {
        // How much of it is there, which the script knows.
        let key = message.with_untracked(|m| m.id.to_string());
        let view = view! {
            <span class="message__meta">
                <sala-file data-key=key data-words></sala-file>
            </span>
        };
        return Some(view.into_any());
    }
    if let Some(words) = state.in_flight(texts) {
        let view = view! {
            <span class="message__meta">
                <span>{icon_small(Icon::Clock)} {words}</span>
            </span>
        };
        return Some(view.into_any());
    }
    let failed = matches!(
        state,
        SendState::Failed | SendState::Refused(_) | SendState::Unconfirmed
    );
    let (at, edited) = message.with(|m| (m.created_at, m.edited_at.is_some()));
    if failed || !(standing.last || edited) {
        return None;
    }
    let zone = zone.get();
    let tick = (*state == SendState::Sent).then(|| {
        view! {
            {icon_small(Icon::Check)}
            <span class="visually-hidden">{texts.sent()}</span>
        }
    });
    Some(
        view! {
            <span class="message__meta">
                {edited.then(|| view! { <span>{texts.edited()}</span> })}
                <span>
                    {tick}
                    <time datetime=at.to_string() title=dates.full(at, zone)>
                        {dates.clock(at, zone)}
                    </time>
                </span>
            </span>
        }
        .into_any(),
    )
}

/// Why a line did not arrive, and what can be done.
pub(super) fn fail_row(
    entry: RwSignal<Entry>,
    room: StoredValue<Room>,
    state: &SendState,
) -> Option<AnyView> {
    let (texts, shared) = (use_texts::<Texts>(), use_texts::<Shared>());
    let desk = use_desk();
    let view_state = use_view();
    let error = entry.with(|entry| entry.message.error.clone());
    let (words, again, sign) = match state {
        SendState::Failed => {
            let words = error.map_or_else(
                || texts.not_sent().to_owned(),
                |error| texts.not_sent_line(&error),
            );
            (words, shared.try_again(), Icon::Alert)
        }
        SendState::Refused(error) => {
            let words = texts.not_sent_because(&refusal(error));
            (words, shared.try_again(), Icon::Alert)
        }
        SendState::Unconfirmed => (
            texts.not_confirmed().to_owned(),
            texts.send_again(),
            Icon::Clock,
        ),
        _ => return None,
    };
    let discard = matches!(state, SendState::Refused(_)).then(|| {
        view! {
            <button
                type="button"
                class="button button--link"
                on:click=press(move |_| desk.console().discard(&room.get_value(), entry.with_untracked(|entry| entry.key)))
            >
                {texts.delete()}
            </button>
        }
    });
    Some(
        view! {
            <div class="message__fail" role="alert">
                {icon_small(sign)}
                <span>{words}</span>
                <button
                    type="button"
                    class="button button--small"
                    on:click=press(move |_| {
                        let again = entry
                            .with_untracked(|entry| desk.console().retry(&room.get_value(), entry));
                        if again.is_err() {
                            view_state.tell(texts.queue_full());
                        }
                    })
                >
                    {icon_small(Icon::Retry)}
                    {again}
                </button>
                {discard}
            </div>
        }
        .into_any(),
    )
}

/// Whether another attempt makes sense.
pub(super) fn may_retry(entry: &Entry) -> bool {
    matches!(
        SendState::of(entry),
        SendState::Failed | SendState::Refused(_) | SendState::Unconfirmed
    )
}
