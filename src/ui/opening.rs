//! What a script of ours opens at a button, and what is said where the script cannot be had.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::MouseEvent;

use super::desk::use_view;
use super::live::{effect, press};
use super::words::{texts, use_texts};
use crate::client::script::Script;

texts! {
    missing: "This part of Sala could not be loaded. Try again, or reload the page.", "โหลดส่วนนี้ของ Sala ไม่สำเร็จ ลองใหม่หรือโหลดหน้านี้อีกครั้ง", "Salaのこの部分を読み込めませんでした。再試行するか、ページを再読み込みしてください。", "無法載入 Sala 的這個部分。請再試一次，或重新載入頁面。";
}

/// The console is usable before a script is loaded that nobody has asked for yet.
const AT_REST: Duration = Duration::from_millis(300);

/// What a script that fills places of the console is asked for first.
const START: &str = "start";

/// What pressing a button does: the script opens `what` there.
pub(crate) fn opens(script: &'static Script, what: &'static str) -> Box<dyn FnMut(MouseEvent)> {
    let (view_state, texts) = (use_view(), use_texts::<Texts>());
    press(move |event| {
        let from = event_target(&event);
        spawn_local(async move {
            if script.open(what, &from, "").await.is_err() {
                view_state.tell(texts.missing());
            }
        });
    })
}

/// Has a script fill its places once the console has come to rest.
pub(crate) fn at_rest(script: &'static Script) {
    effect(move || {
        let start = move || {
            if let Some(page) = document().document_element() {
                // Who then wants something of it is told that it could not be had.
                spawn_local(async move {
                    let _ = script.open(START, &page, "").await;
                });
            }
        };
        set_timeout(start, AT_REST);
    });
}
