//! The root: what is settled for the page, and the routes.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use super::components::{Empty, EmptyKind, Icon};
use super::i18n::use_texts;
use super::inbox::InboxPage;
use super::login::LoginPage;
use super::page_facts::PageFacts;

/// All of the console.
#[component]
pub fn App() -> impl IntoView {
    let facts = PageFacts::current();
    provide_context(facts);
    provide_context(facts.lang);
    mark_hydrated();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=InboxPage ssr=SsrMode::Async>
                    <Route path=path!("/") view=|| () ssr=SsrMode::Async />
                    <Route path=path!("/c/:room") view=|| () ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Says on `<html>` that the browser has taken over, for style sheets and tests.
fn mark_hydrated() {
    Effect::new(|| {
        if let Some(html) = document().document_element() {
            // Fails only for names that are not names.
            let _ = html.set_attribute("data-hydrated", "");
        }
    });
}

/// For addresses that lead nowhere.
#[component]
fn NotFound() -> impl IntoView {
    let texts = use_texts();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <main class="lone">
            <Empty
                sign=Icon::Link
                words=[texts.not_found_title, texts.not_found_text]
                kind=EmptyKind::Error
            >
                <a class="button" href="/" rel="external">
                    {texts.back_to_inbox}
                </a>
            </Empty>
        </main>
    }
}
