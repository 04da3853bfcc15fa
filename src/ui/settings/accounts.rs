//! Whose settings are shown, where LINE accounts may have their own.

use leptos::prelude::*;

use super::section::Section;

/// A LINE account that may have settings of its own.
pub(crate) struct Account {
    /// In addresses.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Whether it has.
    pub own: bool,
}

/// What the choice of an account says.
#[derive(Clone, Copy)]
pub(super) struct Said {
    /// What is chosen.
    pub label: &'static str,
    /// The first account, which stands for all without their own.
    pub all: &'static str,
    /// Beside one that has its own.
    pub own: &'static str,
}

/// Links to the settings of each account, where there are several.
pub(super) fn choice(
    section: Section,
    accounts: &[Account],
    chosen: &str,
    said: Said,
) -> Option<AnyView> {
    if accounts.len() < 2 {
        return None;
    }
    let links = accounts.iter().enumerate().map(|(at, account)| {
        let (title, href) = if at == 0 {
            (said.all.to_owned(), section.href())
        } else {
            let href = format!("{}?channel={}", section.href(), account.name);
            (account.title.clone(), href)
        };
        let own = (at > 0 && account.own).then(|| {
            view! { <span class="count">{said.own}</span> }
        });
        view! {
            <a href=href aria-current=(account.name == chosen).then_some("true")>
                {title}
                {own}
            </a>
        }
    });
    let links: Vec<_> = links.collect();
    let segment = view! {
        <span class="segment" role="group" aria-label=said.label>
            {links}
        </span>
    };
    Some(segment.into_any())
}
