//! The log-in page.

mod form;
mod scene;

use leptos::prelude::*;

use self::form::LoginForm;
use self::scene::Scene;
use super::components::Logo;
use super::i18n::{Lang, use_lang, use_texts};
use super::live::effect;
use super::page_facts::{LANG_COOKIE, set_cookie};
use crate::protocol::ErrorCode;

/// `/login`: on the left what Sala is, on the right the form.
#[component]
pub(super) fn LoginPage(next: String, error: Option<ErrorCode>) -> impl IntoView {
    let texts = use_texts();
    effect(move || document().set_title(texts.sign_in_title));
    view! {
        <main class="login">
            <section class="login__art">
                <Scene />
                <div class="login__brand">
                    <Logo />
                    "Sala"
                    <span lang="th">"ศาลา"</span>
                </div>
                <div class="login__words">
                    <p class="login__welcome">{texts.welcome}</p>
                    <p>{texts.welcome_text}</p>
                </div>
            </section>
            <section class="login__form">
                <LoginForm next error />
                <LanguageLinks />
            </section>
        </main>
    }
}

/// Real links, so that the language changes without script as well.
#[component]
fn LanguageLinks() -> impl IntoView {
    let texts = use_texts();
    let current = use_lang();
    let links = Lang::ALL.map(|lang| {
        view! {
            <a
                href=format!("/login?lang={}", lang.tag())
                rel="external"
                lang=lang.tag()
                aria-current=(lang == current).then_some("true")
                on:click=move |_| set_cookie(LANG_COOKIE, lang.tag())
            >
                {lang.name()}
            </a>
        }
    });
    view! {
        <nav class="langs" aria-label=texts.language>
            {links.collect_view()}
        </nav>
    }
}
