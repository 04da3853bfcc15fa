//! One's own picture with the menu behind it: presence, language, appearance, sign out.

use leptos::prelude::*;

use super::Texts;
use crate::client::signals::{Memo, RwSignal, Signal};
use crate::client::use_console;
use crate::protocol::Presence;
use crate::protocol::look::{LANG_COOKIE, THEME_COOKIE};
use crate::ui::components::{Icon, Menu, MenuTick, OperatorAvatar, bdi, icon, presence_word};
use crate::ui::desk::use_desk;
use crate::ui::front::{PageFacts, Theme, set_cookie};
use crate::ui::live::{press, said, view};
use crate::ui::words::{Lang, Shared, use_lang, use_texts};

/// What one can be.
const PRESENCES: [(Presence, &str); 3] = [
    (Presence::Online, "online"),
    (Presence::Away, "away"),
    (Presence::Busy, "busy"),
];

/// The picture and its menu.
#[component]
pub(super) fn Me() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let desk = use_desk();
    let store = use_console().store;
    let status = Memo::new(move || store.me.with(|me| me.status));
    let me = store.me.get_untracked();
    let name = me.name.clone();
    view! {
        <div class="rail__me">
            <button
                type="button"
                popovertarget="my-menu"
                aria-haspopup="true"
                aria-label=texts.my_menu()
                title=texts.my_menu()
            >
                <OperatorAvatar
                    id=me.id
                    name=name.clone()
                    size=38
                    presence=Signal::derive(move || Some(status.get()))
                />
            </button>
            <Menu id="my-menu" label=texts.my_menu() class="rail__menu">
                <p class="menu__who">{bdi(name)}</p>
                <h3>{texts.my_presence()}</h3>
                {PRESENCES
                    .map(|(presence, attribute)| {
                        view! {
                            <button
                                type="button"
                                class="menu__item"
                                aria-pressed=said(move || (status.get() == presence).to_string())
                                on:click=press(move |_| desk.console().set_presence(presence))
                            >
                                <span class="presence-dot" data-presence=attribute></span>
                                {presence_word(presence)}
                                <MenuTick />
                            </button>
                        }
                    })
                    .collect_view()}
                <Languages />
                <Themes />
                <hr />
                <button
                    type="button"
                    class="menu__item"
                    on:click=press(move |_| desk.console().sign_out(texts.sign_out_loses()))
                >
                    {icon(Icon::Out)}
                    {texts.sign_out()}
                </button>
            </Menu>
        </div>
    }
}

/// The choice of language; the page is loaded anew in it.
#[component]
fn Languages() -> impl IntoView {
    let shared = use_texts::<Shared>();
    let current = use_lang();
    let items = Lang::ALL.map(|lang| {
        view! {
            <button
                type="button"
                class="menu__item"
                lang=lang.tag()
                aria-pressed=(lang == current).to_string()
                on:click=press(move |_| {
                    set_cookie(LANG_COOKIE, lang.tag());
                    // Leaves the page; there is nothing to do if the browser will not.
                    let _ = window().location().reload();
                })
            >
                {lang.name()}
                <MenuTick />
            </button>
        }
    });
    view! {
        <h3>{shared.language()}</h3>
        {items.collect_view()}
    }
}

/// The choice of light and dark.
#[component]
fn Themes() -> impl IntoView {
    let texts = use_texts::<Texts>();
    let facts = use_context::<PageFacts>().unwrap_or_default();
    let current = RwSignal::new(facts.theme);
    let choose = move |theme: Theme| {
        current.set(theme);
        set_cookie(THEME_COOKIE, theme.attribute().unwrap_or("auto"));
        if let Some(html) = document().document_element() {
            // Both fail only for names that are not names.
            let _ = match theme.attribute() {
                Some(value) => html.set_attribute("data-theme", value),
                None => html.remove_attribute("data-theme"),
            };
        }
    };
    let names = [texts.theme_auto(), texts.theme_light(), texts.theme_dark()];
    let items = Theme::ALL.into_iter().zip(names).map(|(theme, name)| {
        view! {
            <button
                type="button"
                class="menu__item"
                data-look=theme.attribute().unwrap_or("auto")
                aria-pressed=said(move || (current.get() == theme).to_string())
                on:click=press(move |_| choose(theme))
            >
                {name}
                <MenuTick />
            </button>
        }
    });
    view! {
        <h3>{texts.theme()}</h3>
        {items.collect_view()}
    }
}
