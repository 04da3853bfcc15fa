//! A long list: the words that are looked for in it, and its pages. The address holds both.

use leptos::prelude::*;

use super::section::Section;
use super::texts::Texts;
use crate::ui::components::{Icon, icon_small};
use crate::ui::words::{Lang, texts_in};

/// Rows of a page.
const PAGE: usize = 50;

/// Which part of a list is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// What is looked for; nothing for all.
    pub query: String,
    /// Which page, from 0 on.
    pub page: usize,
}

/// One page of what was found.
pub(crate) struct Found<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// The number of the first of them, from 0 on.
    pub first: usize,
    /// How many were found in all.
    pub count: usize,
}

impl Listing {
    /// The page of these; the last one where there are not so many.
    pub(crate) fn of<T>(&mut self, found: Vec<T>) -> Found<T> {
        let count = found.len();
        self.page = self.page.min(count.saturating_sub(1) / PAGE);
        let first = self.page * PAGE;
        let rows = found.into_iter().skip(first).take(PAGE).collect();
        Found { rows, first, count }
    }

    /// The address of this part of the list, with something more to be asked for.
    pub(super) fn href(&self, section: Section, more: &[(&str, &str)]) -> String {
        let mut address = section.href();
        let mut between = '?';
        let page = self.page.to_string();
        let query = (!self.query.is_empty()).then_some(("q", self.query.as_str()));
        let page = (self.page > 0).then_some(("page", page.as_str()));
        let own = query.into_iter().chain(page);
        for (name, value) in own.chain(more.iter().copied()) {
            address.push(between);
            address.push_str(name);
            address.push('=');
            address.push_str(&encoded(value));
            between = '&';
        }
        address
    }
}

/// A value as it stands in an address.
pub(super) fn encoded(value: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            text.push(char::from(byte));
        } else {
            // Writing to a String never fails.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// The field for what is looked for; `all` is how many there are without looking.
pub(super) fn filter_bar(
    lang: Lang,
    section: Section,
    listing: &Listing,
    label: &'static str,
    all: usize,
) -> Option<AnyView> {
    if all <= PAGE / 5 && listing.query.is_empty() {
        return None;
    }
    let texts = texts_in::<Texts>(lang);
    let clear = (!listing.query.is_empty()).then(|| {
        view! {
            <a class="button" href=section.href()>
                {texts.clear()}
            </a>
        }
    });
    let bar = view! {
        <form class="filter-bar" method="get" action=section.href() role="search">
            <span class="field" data-size="m">
                <input
                    type="search"
                    name="q"
                    value=listing.query.clone()
                    aria-label=label
                    placeholder=label
                    autocomplete="off"
                    maxlength="100"
                />
            </span>
            <button class="button">{texts.find()}</button>
            {clear}
        </form>
    };
    Some(bar.into_any())
}

/// The way to the other pages, where there are any.
pub(super) fn pager<T>(
    lang: Lang,
    section: Section,
    listing: &Listing,
    found: &Found<T>,
) -> Option<AnyView> {
    if found.count <= PAGE {
        return None;
    }
    let texts = texts_in::<Texts>(lang);
    let end = found.first + found.rows.len();
    let [from, to, all] = [found.first + 1, end, found.count].map(|number| number.to_string());
    let link = |there: bool, page: usize, words: &'static str| {
        let listing = Listing {
            page,
            ..listing.clone()
        };
        if there {
            let href = listing.href(section, &[]);
            view! {
                <a class="button button--small" href=href>
                    {words}
                </a>
            }
            .into_any()
        } else {
            view! {
                <span class="button button--small" aria-disabled="true">
                    {words}
                </span>
            }
            .into_any()
        }
    };
    let page = listing.page;
    let pager = view! {
        <nav class="pager" aria-label=texts.range(&from, &to, &all)>
            <span>{texts.range(&from, &to, &all)}</span>
            <span class="grow"></span>
            {link(page > 0, page.saturating_sub(1), texts.previous())}
            {link(end < found.count, page + 1, texts.next())}
        </nav>
    };
    Some(pager.into_any())
}

/// The button that opens a row's form.
pub(super) fn edit_link(lang: Lang, href: String, name: String) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    view! {
        <a class="button button--small" href=href aria-label=name>
            {icon_small(Icon::Edit)}
            {texts.edit()}
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_last_is_the_last() {
        let mut listing = Listing {
            page: 9,
            ..Listing::default()
        };
        let found = listing.of((0..101).collect());
        assert_eq!((listing.page, found.first, found.count), (2, 100, 101));
        assert_eq!(found.rows, [100]);
        let found = listing.of(Vec::<u8>::new());
        assert_eq!((listing.page, found.first, found.count), (0, 0, 0));
    }

    #[test]
    fn addresses_hold_what_is_looked_for_whatever_it_is() {
        let mut listing = Listing::default();
        let href = |listing: &Listing| listing.href(Section::Tags, &[("edit", "1")]);
        assert_eq!(href(&listing), "/settings/tags?edit=1");
        listing.query = "ก &=?".to_owned();
        listing.page = 2;
        let wanted = "/settings/tags?q=%E0%B8%81%20%26%3D%3F&page=2&edit=1";
        assert_eq!(href(&listing), wanted);
    }
}
