//! The root: what is settled for the page, and which page it is.

use leptos::prelude::*;

use super::components::{Empty, EmptyKind, Icon};
use super::console::ConsoleScreen;
use super::front::{Page, PageFacts};
use super::live::{effect, view};
use super::login::LoginPage;
use super::words::{Shared, texts, use_texts};

texts! {
    page_failed: "The inbox could not be loaded", "โหลดกล่องแชทไม่สำเร็จ", "受信トレイを読み込めませんでした", "無法載入收件匣";
    page_failed_text: "Sala did not answer. Your drafts and queued messages are safe on this device.", "Sala ไม่ตอบ ฉบับร่างและข้อความที่รอส่งยังอยู่ในเครื่องนี้", "Salaから応答がありません。下書きと送信待ちのメッセージはこの端末に残っています。", "Sala 沒有回應。草稿與待傳送的訊息仍保留在此裝置。";
}

/// All of the console.
#[component]
pub fn App() -> impl IntoView {
    let facts = PageFacts::current();
    provide_context(facts);
    provide_context(facts.lang);
    provide_context(facts.habits);
    mark_hydrated();
    let texts = use_texts::<Texts>();
    let shared = use_texts::<Shared>();
    match Page::current() {
        Page::Login { next, error } => view! { <LoginPage next error /> }.into_any(),
        Page::Inbox { room, start } => view! { <ConsoleScreen room start=*start /> }.into_any(),
        Page::Failed => {
            let words = [texts.page_failed(), texts.page_failed_text()];
            view! { <Lone sign=Icon::Alert words action=shared.try_again() /> }.into_any()
        }
    }
}

/// Says on `<html>` that the browser has taken over, for style sheets and tests.
fn mark_hydrated() {
    effect(|| {
        if let Some(html) = document().document_element() {
            // Fails only for names that are not names.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
}

/// A page that can only say what is wrong, with the way back to the inbox.
#[component]
fn Lone(sign: Icon, words: [&'static str; 2], action: &'static str) -> impl IntoView {
    view! {
        <main class="lone">
            <Empty sign words kind=EmptyKind::Error>
                <a class="button button--primary" href="/" rel="external">
                    {action}
                </a>
            </Empty>
        </main>
    }
}
