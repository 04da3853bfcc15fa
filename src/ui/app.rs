//! The root: what is settled for the page, and which page it is.

use leptos::prelude::*;

use super::components::{Empty, EmptyKind, Icon};
use super::inbox::Inbox;
use super::live::effect;
use super::login::LoginPage;
use super::page::Page;
use super::page_facts::PageFacts;

/// All of the console.
#[component]
pub fn App() -> impl IntoView {
    let facts = PageFacts::current();
    provide_context(facts);
    provide_context(facts.lang);
    mark_hydrated();
    let texts = facts.lang.texts();
    match Page::current() {
        Page::Login { next, error } => view! { <LoginPage next error /> }.into_any(),
        Page::Inbox { room, start } => view! { <Inbox room start=*start /> }.into_any(),
        Page::Failed => {
            let words = [texts.page_failed_title, texts.page_failed_text];
            view! { <Lone sign=Icon::Alert words action=texts.try_again /> }.into_any()
        }
        Page::NotFound => {
            let words = [texts.not_found_title, texts.not_found_text];
            view! { <Lone sign=Icon::Link words action=texts.back_to_inbox /> }.into_any()
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
