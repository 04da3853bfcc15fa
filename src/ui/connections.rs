//! The administrators' page about connections. Server only: a document without script.

mod tables;
mod texts;

use http::request::Parts;
use leptos::prelude::*;

use self::tables::{EndedTable, OpenTable};
use self::texts::Texts;
use super::components::{Empty, EmptyKind, Icon, Logo, icon};
use super::page_facts::{Assets, PageFacts};
use super::rail::Texts as RailTexts;
use super::shell::ICONS;
use super::words::{Shared, texts_in};
use crate::protocol::connection::NodeConnections;

/// How often the browser asks anew, in seconds.
const REFRESH: &str = "5";

/// The whole document; without connections it says who may see them.
pub fn connections_page(parts: Parts, assets: &Assets, shown: Option<&NodeConnections>) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(parts);
        let facts = PageFacts::current();
        provide_context(facts.lang);
        provide_context(facts.habits);
        document(facts, assets, shown).to_html()
    })
}

fn document(
    facts: PageFacts,
    assets: &Assets,
    shown: Option<&NodeConnections>,
) -> impl IntoView + use<> {
    let texts = texts_in::<Texts>(facts.lang);
    let css = if assets.version.is_empty() {
        "/pkg/sala.css".to_owned()
    } else {
        format!("/pkg/sala.css?v={}", assets.version)
    };
    let body = match shown {
        Some(shown) => report(facts, texts, shown.clone()).into_any(),
        None => view! {
            <Empty
                sign=Icon::Lock
                words=[texts.forbidden(), texts.forbidden_text()]
                kind=EmptyKind::Error
            >
                <a class="button" href="/">
                    {texts_in::<Shared>(facts.lang).back_to_inbox()}
                </a>
            </Empty>
        }
        .into_any(),
    };
    view! {
        <!DOCTYPE html>
        <html lang=facts.lang.tag() data-theme=facts.theme.attribute()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                {shown.is_some().then(|| view! { <meta http-equiv="refresh" content=REFRESH /> })}
                <title>{format!("{} · Sala", texts.title())}</title>
                <meta name="robots" content="noindex" />
                <meta name="theme-color" content="#10231f" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
            </head>
            <body>
                <div class="sheet">
                    {rail(facts)}
                    <main class="sheet__main">{body}</main>
                </div>
                <div hidden inner_html=ICONS></div>
            </body>
        </html>
    }
}

fn rail(facts: PageFacts) -> impl IntoView {
    let texts = texts_in::<RailTexts>(facts.lang);
    let inbox = texts_in::<Shared>(facts.lang).inbox();
    view! {
        <nav class="rail" aria-label=texts.main_menu()>
            <Logo />
            <a class="rail__item" href="/">
                {icon(Icon::Inbox)}
                <span>{inbox}</span>
            </a>
            <a class="rail__item" href="/connections" aria-current="page">
                {icon(Icon::Users)}
                <span>{texts.connections()}</span>
            </a>
        </nav>
    }
}

fn report(facts: PageFacts, texts: Texts, shown: NodeConnections) -> impl IntoView {
    let NodeConnections {
        now,
        total,
        rooms,
        open,
        ended,
        resumes,
    } = shown;
    let figures = [
        (texts.open(), u64::from(total)),
        (texts.rooms(), u64::from(rooms)),
        (texts.resumed(), resumes.complete),
        (texts.too_far(), resumes.too_far),
        (texts.anew(), resumes.new),
    ];
    view! {
        <h1>{texts.title()}</h1>
        <p class="sheet__lead">{texts.lead()}</p>
        <dl class="figures">
            {figures
                .map(|(name, value)| {
                    view! {
                        <div class="figure">
                            <dt>{name}</dt>
                            <dd>{value}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
        <section aria-labelledby="open-head">
            <h2 id="open-head">{texts.open_head()}</h2>
            <OpenTable facts texts now open />
        </section>
        <section aria-labelledby="ended-head">
            <h2 id="ended-head">{texts.ended_head()}</h2>
            <EndedTable facts texts ended />
        </section>
    }
}
