//! Short words on what just happened; they go by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::components::{Icon, icon};
use super::inbox::{use_desk, use_view};
use super::live::{effect, live};
use super::words::{Shared, texts, use_texts};
use crate::client::{ToastKind, ToastText, use_console};
use crate::protocol::{ErrorCode, ErrorPayload};

texts! {
    dismiss: "Dismiss", "ปิดข้อความนี้", "閉じる", "關閉";
    err_claimed_by(name): "{0} was faster and has this chat", "{0} รับแชทนี้ไปก่อนแล้ว", "{0}さんが先に対応を始めました", "{0} 已先接手這則對話";
    err_claimed: "Someone was faster and has this chat", "มีคนรับแชทนี้ไปก่อนแล้ว", "他のメンバーが先に対応を始めました", "已有同事先接手這則對話";
    err_not_claimed: "This chat is not yours, so nothing was sent", "คุณไม่ได้ดูแลแชทนี้ จึงยังไม่ได้ส่งข้อความ", "このチャットの担当者ではないため、送信しませんでした", "您不是這則對話的負責人，因此沒有傳送";
    err_no_case: "This chat has no open case", "แชทนี้ไม่มีเคสที่เปิดอยู่", "このチャットは対応中ではありません", "這則對話沒有處理中的服務";
    err_forbidden: "Your role does not allow this", "บทบาทของคุณไม่มีสิทธิ์ทำรายการนี้", "現在の役割にはこの操作の権限がありません", "您的角色沒有此權限";
    err_too_long: "This message is too long. LINE takes up to 5,000 characters.", "ข้อความยาวเกินไป LINE รับได้ไม่เกิน 5,000 ตัวอักษร", "メッセージが長すぎます。LINEで送れるのは5,000文字までです。", "訊息過長。LINE 最多可傳送 5,000 字。";
    err_rate: "Too many actions at once. Wait a moment and try again.", "ทำรายการถี่เกินไป รอสักครู่แล้วลองใหม่", "操作が集中しています。少し待ってからもう一度お試しください。", "操作過於頻繁，請稍候再試一次";
    err_not_found: "This chat no longer exists", "ไม่มีแชทนี้แล้ว", "このチャットはもう存在しません", "這則對話已不存在";
    err_unreachable: "Sala could not be reached. Nothing was changed.", "ติดต่อ Sala ไม่ได้ ยังไม่มีอะไรเปลี่ยนแปลง", "Salaに接続できませんでした。変更は行われていません。", "無法連線到 Sala，未做任何變更";
    err_unanswered: "The connection dropped before Sala answered. Check whether it went through.", "การเชื่อมต่อขาดก่อนได้รับคำตอบ โปรดตรวจดูว่าสำเร็จหรือไม่", "応答の前に接続が切れました。反映されているか確認してください。", "連線在收到回應前中斷，請確認操作是否成功";
    err_internal: "Something went wrong in Sala. Nothing was lost.", "Sala มีปัญหา แต่ไม่มีอะไรหาย", "Salaで問題が発生しました。データは失われていません。", "Sala 發生問題，資料沒有遺失";
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
                on:click=move |_| dismiss.run(())
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
        ToastText::Refused(error) => refusal(error),
        ToastText::Unanswered => texts.err_unanswered().to_owned(),
        ToastText::Unreachable => texts.err_unreachable().to_owned(),
        ToastText::RoomGone => texts.err_not_found().to_owned(),
        ToastText::NothingWaits => use_texts::<Shared>().nobody_waits().to_owned(),
    }
}

/// Why the server refused, in the reader's language.
pub(super) fn refusal(error: &ErrorPayload) -> String {
    let texts = use_texts::<Texts>();
    match (error.code, &error.operator) {
        (ErrorCode::AlreadyClaimed, Some(winner)) => texts.err_claimed_by(&winner.name),
        (ErrorCode::AlreadyClaimed, None) => texts.err_claimed().to_owned(),
        (ErrorCode::NotClaimed, _) => texts.err_not_claimed().to_owned(),
        (ErrorCode::SessionNotFound, _) => texts.err_no_case().to_owned(),
        (ErrorCode::Forbidden, _) => texts.err_forbidden().to_owned(),
        (ErrorCode::MessageTooLong, _) => texts.err_too_long().to_owned(),
        (ErrorCode::RateLimitExceeded, _) => texts.err_rate().to_owned(),
        (ErrorCode::RoomNotFound | ErrorCode::NotInRoom, _) => texts.err_not_found().to_owned(),
        (ErrorCode::ValidationError, _) => error.message.clone(),
        _ => texts.err_internal().to_owned(),
    }
}
