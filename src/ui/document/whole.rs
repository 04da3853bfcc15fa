//! One document: its head, its icons, and the body that is written into it.

use http::request::Parts;
use leptos::nonce::Nonce;
use leptos::prelude::*;

use crate::ui::front::{Assets, PageFacts};
use crate::ui::shell::ICONS;

/// The few lines of script that a document may have.
const SCRIPT: &str = include_str!("document.js");

/// One document: what stands in its head, and its body.
pub(crate) struct Document {
    /// What the window is called.
    pub title: String,
    /// Seconds after which the browser asks anew, for pages about what changes by itself.
    pub refresh: Option<u32>,
    /// Lets our few lines of script run on this page, for what a document cannot do by itself: copy,
    /// and leave a dialog by a key. The answer's policy must name it.
    pub script: Option<Nonce>,
    /// All that is seen.
    pub body: AnyView,
}

/// The whole of a document, in the language and look that the request asks for.
pub(crate) fn render(
    parts: Parts,
    assets: &Assets,
    write: impl FnOnce(PageFacts) -> Document,
) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(parts);
        let facts = PageFacts::current();
        provide_context(facts);
        provide_context(facts.lang);
        provide_context(facts.habits);
        whole(facts, assets, write(facts)).to_html()
    })
}

fn whole(facts: PageFacts, assets: &Assets, document: Document) -> impl IntoView + use<> {
    let css = assets.address("sala.css");
    let refresh = document.refresh.map(|seconds| {
        view! { <meta http-equiv="refresh" content=seconds.to_string() /> }
    });
    let script = document.script.map(|nonce| {
        view! { <script nonce=nonce.to_string() inner_html=SCRIPT></script> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=facts.lang.tag() data-theme=facts.theme.attribute()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                {refresh}
                // As HTML: Leptos sets marks behind texts, which a title would show as letters.
                <title inner_html=escaped(&document.title)></title>
                <meta name="robots" content="noindex" />
                <meta name="referrer" content="same-origin" />
                <meta name="format-detection" content="telephone=no" />
                <meta name="theme-color" content="#10231f" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="icon" href="/favicon.ico" sizes="32x32" />
                <link rel="apple-touch-icon" href="/icon-180.png" />
                <link rel="stylesheet" href=css />
                {script}
            </head>
            <body>{document.body} <div hidden inner_html=ICONS></div></body>
        </html>
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
