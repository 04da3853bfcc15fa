//! Short words on what just happened; they go by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::components::{Icon, icon};
use super::i18n::{Texts, fill, use_texts};
use crate::client::{Toast, ToastKind, ToastText, use_console};
use crate::protocol::{ErrorCode, ErrorPayload};

/// How long a toast stays.
const SHOWN: Duration = Duration::from_secs(7);

/// All that is to be told, newest at the foot.
#[component]
pub(super) fn Toasts() -> impl IntoView {
    let toasts = use_console().store.toasts;
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                <OneToast toast toasts />
            </For>
        </div>
    }
}

/// One of them, with a button that puts it away sooner.
#[component]
fn OneToast(toast: Toast, toasts: RwSignal<Vec<Toast>>) -> impl IntoView {
    let texts = use_texts();
    let id = toast.id;
    let dismiss = move || {
        toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    };
    Effect::new(move || set_timeout(dismiss, SHOWN));
    let (kind, sign) = match toast.kind {
        ToastKind::Error => ("error", Icon::Alert),
        ToastKind::Info => ("info", Icon::Check),
    };
    view! {
        <div class="toast" data-kind=kind>
            {icon(sign)}
            <span class="grow">{words(texts, &toast.text)}</span>
            <button
                type="button"
                class="icon-button icon-button--small"
                aria-label=texts.dismiss
                title=texts.dismiss
                on:click=move |_| dismiss()
            >
                {icon(Icon::X)}
            </button>
        </div>
    }
}

/// The sentence.
fn words(texts: &Texts, text: &ToastText) -> String {
    match text {
        ToastText::Refused { error, .. } => refusal(texts, error),
        ToastText::Unanswered { .. } => texts.err_unanswered.to_owned(),
        ToastText::Unreachable { .. } => texts.err_unreachable.to_owned(),
        ToastText::RoomGone { .. } => texts.err_not_found.to_owned(),
        ToastText::NothingWaits => texts.empty_waiting[0].to_owned(),
    }
}

/// Why the server refused, in the reader's language.
pub(super) fn refusal(texts: &Texts, error: &ErrorPayload) -> String {
    match (error.code, &error.operator) {
        (ErrorCode::AlreadyClaimed, Some(winner)) => fill(texts.err_claimed_by, &[&winner.name]),
        (ErrorCode::AlreadyClaimed, None) => texts.err_claimed.to_owned(),
        (ErrorCode::NotClaimed, _) => texts.err_not_claimed.to_owned(),
        (ErrorCode::SessionNotFound, _) => texts.err_no_session.to_owned(),
        (ErrorCode::Forbidden, _) => texts.err_forbidden.to_owned(),
        (ErrorCode::MessageTooLong, _) => texts.err_too_long.to_owned(),
        (ErrorCode::RateLimitExceeded, _) => texts.err_rate.to_owned(),
        (ErrorCode::RoomNotFound | ErrorCode::NotInRoom, _) => texts.err_not_found.to_owned(),
        (ErrorCode::ValidationError, _) => error.message.clone(),
        _ => texts.err_internal.to_owned(),
    }
}
