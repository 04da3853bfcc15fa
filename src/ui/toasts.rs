//! Short words on what just happened; they go by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::components::{Icon, icon};
use super::i18n::{Texts, fill, use_texts};
use super::inbox::{use_desk, use_view};
use super::live::{effect, live};
use crate::client::{ToastKind, ToastText, use_console};
use crate::protocol::{ErrorCode, ErrorPayload};

/// How long a toast stays.
const SHOWN: Duration = Duration::from_secs(7);

/// All that is to be told, newest at the foot.
#[component]
pub(super) fn Toasts() -> impl IntoView {
    let texts = use_texts();
    let toasts = use_console().store.toasts;
    let notice = use_view().notice;
    let desk = use_desk();
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                {
                    let id = toast.id;
                    let dismiss = Callback::new(move |()| desk.console().dismiss_toast(id));
                    view! { <OneToast kind=toast.kind words=words(texts, &toast.text) dismiss /> }
                }
            </For>
            {live(move || {
                notice
                    .get()
                    .map(|words| {
                        let dismiss = Callback::new(move |()| notice.set(None));
                        view! { <OneToast kind=ToastKind::Error words=words.to_owned() dismiss /> }
                    })
            })}
        </div>
    }
}

/// One of them, with a button that puts it away sooner.
#[component]
fn OneToast(kind: ToastKind, words: String, dismiss: Callback<()>) -> impl IntoView {
    let texts = use_texts();
    effect(move || {
        let timer = set_timeout_with_handle(move || dismiss.run(()), SHOWN);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    let (kind, sign) = match kind {
        ToastKind::Error => ("error", Icon::Alert),
        ToastKind::Info => ("info", Icon::Check),
    };
    view! {
        <div class="toast" data-kind=kind>
            {icon(sign)}
            <span class="grow">{words}</span>
            <button
                type="button"
                class="icon-button icon-button--small"
                aria-label=texts.dismiss
                title=texts.dismiss
                on:click=move |_| dismiss.run(())
            >
                {icon(Icon::X)}
            </button>
        </div>
    }
}

/// The sentence.
fn words(texts: &Texts, text: &ToastText) -> String {
    match text {
        ToastText::Refused(error) => refusal(texts, error),
        ToastText::Unanswered => texts.err_unanswered.to_owned(),
        ToastText::Unreachable => texts.err_unreachable.to_owned(),
        ToastText::RoomGone => texts.err_not_found.to_owned(),
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
