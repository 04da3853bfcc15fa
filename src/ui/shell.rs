//! The document around the app: head, icons and the script that hydrates. Server only.

use leptos::prelude::*;

use super::app::App;
use super::front::{Assets, ELEMENT, Page, PageFacts};
use super::login::Texts as LoginTexts;
use super::page_texts::of_page;
use super::words::{self, texts_in};

/// All icons, each a `<symbol>`; once in every page, so that no icon needs a request.
pub(super) const ICONS: &str = include_str!("shell/icons.svg");

/// One whole page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let facts = PageFacts::current();
    let texts = texts_in::<LoginTexts>(facts.lang);
    let page = Page::current();
    let carried = of_page(&page, facts.lang);
    let assets = use_context::<Assets>().unwrap_or_default();
    let [css, script, wasm] = ["sala.css", "sala.js", "sala.wasm"].map(|it| assets.address(it));
    view! {
        <!DOCTYPE html>
        <html
            lang=facts.lang.tag()
            data-theme=facts.theme.attribute()
            data-zone=facts.zone.to_string()
            data-clock=facts.habits.clock()
            data-years=facts.habits.years()
        >
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                <title>"Sala"</title>
                <meta name="description" content=texts.welcome_text() />
                <meta name="robots" content="noindex" />
                <meta name="referrer" content="same-origin" />
                <meta name="format-detection" content="telephone=no" />
                <meta name="theme-color" content="#10231f" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="icon" href="/favicon.ico" sizes="32x32" />
                <link rel="apple-touch-icon" href="/icon-180.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="stylesheet" href=css />
                <link rel="modulepreload" href=script.clone() />
                <AutoReload options />
                <HydrateScript script wasm console=matches!(page, Page::Inbox { .. }) />
            </head>
            <body>
                <App />
                <div hidden inner_html=ICONS></div>
                <script
                    type="application/json"
                    id=ELEMENT
                    inner_html=page.to_script()
                ></script>
                <script
                    type="text/plain"
                    id=words::ELEMENT
                    nonce=use_nonce()
                    inner_html=carried
                ></script>
            </body>
        </html>
    }
}

/// What alerts need of a console. Before: what it says to them is kept for a script that is not there
/// yet. After: that script. So nothing of alerts is in the wasm.
const ALERTS: (&str, &str) = (
    "const e=globalThis.salaEarly=[];for(const n of[\"sala-frame\",\"sala-connection\"])\
     addEventListener(n,v=>e.done||e.length>199||e.push(v));",
    ".then(()=>import(\"/alerts/alerts.mjs\"))",
);

/// Loads the browser's half and lets it take over the page.
#[component]
fn HydrateScript(script: String, wasm: String, console: bool) -> impl IntoView {
    // Both are asked for at once. A preload link would make browsers without script complain.
    let (before, after) = if console { ALERTS } else { ("", "") };
    let code = format!(
        "{before}const w=fetch(\"{wasm}\");import(\"{script}\").then(m=>m.default({{module_or_path:w}}).then(()=>m.hydrate())){after}"
    );
    view! { <script type="module" nonce=use_nonce() inner_html=code></script> }
}
