//! A whole page that says one thing: that there is nothing here, that it is for others, that it
//! failed. Without the rail, which may be the cause.

use http::request::Parts;
use leptos::prelude::*;

use super::languages::languages;
use super::texts::Texts;
use super::whole::{Document, render};
use crate::protocol::Role;
use crate::ui::components::{Icon, Logo, icon_large};
use crate::ui::front::{Assets, PageFacts};
use crate::ui::words::{Lang, Shared, texts_in};

/// What such a page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Nothing is at this address.
    NotFound,
    /// The page is there, for people of at least this role.
    NotForYou(Role),
    /// We failed; it may be better in a moment.
    Failed,
}

impl Notice {
    fn icon(self) -> Icon {
        match self {
            Self::NotFound => Icon::Compass,
            Self::NotForYou(_) => Icon::Lock,
            Self::Failed => Icon::Alert,
        }
    }

    /// Heading and sentence.
    pub(crate) fn words(self, lang: Lang) -> [&'static str; 2] {
        let texts = texts_in::<Texts>(lang);
        match self {
            Self::NotFound => [texts.not_found(), texts.not_found_why()],
            Self::NotForYou(Role::Admin) => [texts.admins_only(), texts.ask_admin()],
            Self::NotForYou(Role::Supervisor | Role::Operator) => {
                [texts.supervisors_only(), texts.ask_admin()]
            }
            Self::Failed => [texts.failed(), texts.failed_why()],
        }
    }

    /// The kind by which the style sheet colours it.
    fn kind(self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::NotForYou(_) => None,
            Self::Failed => Some("error"),
        }
    }
}

/// The page; `address` is where it is shown, and where the ways to other languages lead.
pub(crate) fn notice_page(parts: Parts, assets: &Assets, notice: Notice) -> String {
    let path = parts.uri.path().to_owned();
    render(parts, assets, move |facts| {
        let [heading, _] = notice.words(facts.lang);
        Document {
            title: format!("{heading} · Sala"),
            refresh: None,
            script: None,
            body: body(facts, notice, path),
        }
    })
}

fn body(facts: PageFacts, notice: Notice, path: String) -> AnyView {
    let shared = texts_in::<Shared>(facts.lang);
    let [heading, sentence] = notice.words(facts.lang);
    let retry = (notice == Notice::Failed).then(|| {
        view! {
            <a class="button button--primary" href=path.clone()>
                {shared.try_again()}
            </a>
        }
    });
    let inbox = if retry.is_some() {
        "button"
    } else {
        "button button--primary"
    };
    let ways = view! {
        {retry}
        <a class=inbox href="/">
            {shared.back_to_inbox()}
        </a>
    };
    let said = Said {
        sign: notice.icon(),
        kind: notice.kind(),
        words: [heading, sentence],
    };
    let foot = view! { <code>{path.clone()}</code> };
    one_thing(facts.lang, &path, said, ways, foot)
}

/// The one thing that a page says.
pub(crate) struct Said {
    /// Stands above it.
    pub sign: Icon,
    /// The kind by which the style sheet colours it.
    pub kind: Option<&'static str>,
    /// Heading and sentence.
    pub words: [&'static str; 2],
}

/// A page that says one thing and has at most two ways out of it; `path` is its own address.
pub(crate) fn one_thing(
    lang: Lang,
    path: &str,
    said: Said,
    ways: impl IntoAny,
    foot: impl IntoAny,
) -> AnyView {
    let Said {
        sign,
        kind,
        words: [heading, sentence],
    } = said;
    view! {
        <main class="notice">
            <header>
                <Logo />
                <b>"Sala"</b>
                {languages(lang, path)}
            </header>
            <div class="empty" data-kind=kind>
                {icon_large(sign)}
                <h1>{heading}</h1>
                <p>{sentence}</p>
                <div class="inline">{ways.into_any()}</div>
            </div>
            <footer>{foot.into_any()}</footer>
        </main>
    }
    .into_any()
}
