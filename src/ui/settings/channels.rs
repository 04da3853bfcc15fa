//! LINE accounts: what messages cost, and what customers see of operators.

mod texts;

use leptos::prelude::*;

use self::texts::Texts;
use super::card::{Writing, card_at};
use super::flash::Flash;
use super::words::Words;
use crate::protocol::Timestamp;
use crate::protocol::quota::{ChannelQuota, next_month};
use crate::ui::front::PageFacts;
use crate::ui::quota;
use crate::ui::words::{Lang, texts_in, use_dates};

/// Names of the section's forms, and what is told after them.
pub(crate) mod forms {
    /// What customers see of operators.
    pub(crate) const ANSWERS: &str = "answers";
}

/// What the page shows.
pub(crate) struct Accounts {
    /// All of them.
    pub list: Vec<Account>,
    /// When this is.
    pub now: Timestamp,
}

/// A LINE account.
pub(crate) struct Account {
    /// In rooms.
    pub name: String,
    /// As LINE shows it.
    pub title: String,
    /// What LINE has told of its quota.
    pub quota: Option<ChannelQuota>,
    /// Whether answers bear their operator's name.
    pub show_sender: bool,
    /// Whether customers see that their operator has read.
    pub mark_as_read: bool,
    /// Whether LINE lets the account mark as read; absent until LINE has said.
    pub marks_by_hand: Option<bool>,
}

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash: |lang, flash: &Flash| {
        let saved = flash.key == forms::ANSWERS;
        saved.then(|| texts_in::<Texts>(lang).saved().to_owned())
    },
    refused: |_, _| None,
    field,
    why: |_, _, _| None,
};

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "show_sender" => texts.show_sender(),
        "mark_as_read" => texts.mark_as_read(),
        _ => return None,
    })
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang) -> &'static str {
    texts_in::<Texts>(lang).lead()
}

/// The section.
pub(super) fn view(facts: PageFacts, writing: &Writing<'_>, shown: Accounts) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    if shown.list.is_empty() {
        return view! { <p class="muted">{texts.none()}</p> }.into_any();
    }
    let now = shown.now;
    let month_end = use_dates().date(next_month(now), now, facts.zone);
    let cards = shown.list.into_iter().map(|account| {
        let use_of_month = match &account.quota {
            Some(known) => quota::block(texts_in::<quota::Texts>(facts.lang), known, &month_end),
            None => view! { <p class="muted">{texts.not_known()}</p> }.into_any(),
        };
        let title = account.title.clone();
        let answers = answers(texts, writing, &account);
        view! {
            {card_at(None, 6, title.clone(), None, use_of_month)}
            {card_at(None, 6, texts.answers().to_owned(), Some(title), answers)}
        }
    });
    cards.collect_view().into_any()
}

fn answers(texts: Texts, writing: &Writing<'_>, account: &Account) -> AnyView {
    let read_hint = match account.marks_by_hand {
        Some(false) => texts.marked_by_line(),
        Some(true) | None => texts.mark_as_read_hint(),
    };
    writing
        .form(forms::ANSWERS)
        .hidden("channel", account.name.clone())
        .switch(
            "show_sender",
            Some(texts.show_sender_hint().to_owned()),
            account.show_sender,
        )
        .switch(
            "mark_as_read",
            Some(read_hint.to_owned()),
            account.mark_as_read,
        )
        .save()
}
