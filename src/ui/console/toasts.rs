//! Short words on what just happened; they go by themselves.

use std::time::Duration;

use leptos::prelude::*;

use crate::client::{ToastKind, ToastText, use_console};
use crate::ui::components::{Icon, icon};
use crate::ui::desk::{use_desk, use_view};
use crate::ui::live::{effect, live, press, view};
use crate::ui::refusal;
use crate::ui::words::{Shared, texts, use_texts};

texts! {
    dismiss: "Dismiss", "ปิดข้อความนี้", "閉じる", "關閉";
    err_unreachable: "Sala could not be reached. Nothing was changed.", "ติดต่อ Sala ไม่ได้ ยังไม่มีอะไรเปลี่ยนแปลง", "Salaに接続できませんでした。変更は行われていません。", "無法連線到 Sala，未做任何變更";
    err_unanswered: "The connection dropped before Sala answered. Check whether it went through.", "การเชื่อมต่อขาดก่อนได้รับคำตอบ โปรดตรวจดูว่าสำเร็จหรือไม่", "応答の前に接続が切れました。反映されているか確認してください。", "連線在收到回應前中斷，請確認操作是否成功";
}

/// How long a toast stays.
const SHOWN: Duration = Duration::from_secs(7);

/// All that is to be told, newest at the foot.
#[component]
pub(super) fn Toasts() -> impl IntoView {
    let toasts = use_console().store.toasts;
    let notice = use_view().notice;
    let desk = use_desk();
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                {
                    let id = toast.id;
                    let dismiss = Callback::new(move |()| desk.console().dismiss_toast(id));
                    view! { <OneToast kind=toast.kind words=words(&toast.text) dismiss /> }
                }
            </For>
            {live(move || {
                notice
                    .get()
                    .map(|(kind, words)| {
                        let dismiss = Callback::new(move |()| notice.set(None));
                        view! { <OneToast kind words=words.to_owned() dismiss /> }
                    })
            })}
        </div>
    }
}

/// One of them, with a button that puts it away sooner.
#[component]
fn OneToast(kind: ToastKind, words: String, dismiss: Callback<()>) -> impl IntoView {
    let texts = use_texts::<Texts>();
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
                aria-label=texts.dismiss()
                title=texts.dismiss()
                on:click=press(move |_| dismiss.run(()))
            >
                {icon(Icon::X)}
            </button>
        </div>
    }
}

/// The sentence.
fn words(text: &ToastText) -> String {
    let texts = use_texts::<Texts>();
    match text {
        ToastText::Refused(error) => refusal::refusal(error),
        ToastText::Unanswered => texts.err_unanswered().to_owned(),
        ToastText::Unreachable => texts.err_unreachable().to_owned(),
        ToastText::RoomGone => use_texts::<refusal::Texts>().err_not_found().to_owned(),
        ToastText::NothingWaits => use_texts::<Shared>().nobody_waits().to_owned(),
    }
}
