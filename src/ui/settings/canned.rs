//! Canned replies: everybody's own, and those that the team shares.

mod file;
mod list;
mod reply;
pub(super) mod shown;
mod texts;

use leptos::prelude::*;

pub(crate) use self::file::CSV as CANNED_CSV;
use self::shown::{Canned, Opened, forms, told};
use self::texts::Texts;
use super::card::{Writing, card};
use super::dialog::{Deletion, deletion};
use super::flash::Flash;
use super::section::Section;
use super::words::Words;
use crate::protocol::fault::Reason;
use crate::ui::components::{Icon, icon_small};
use crate::ui::front::PageFacts;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused,
    field,
    why,
};

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    let texts = texts_in::<Texts>(lang);
    let about = |at: usize| flash.about.get(at).map(String::as_str);
    Some(match flash.key.as_str() {
        told::ADDED => texts.added(about(0)?),
        told::CHANGED => texts.changed(about(0)?),
        told::DELETED => texts.deleted(about(0)?),
        told::IMPORTED => texts.imported(about(0)?, about(1)?),
        told::RULE => texts.rule_saved().to_owned(),
        _ => return None,
    })
}

fn refused(lang: Lang, form: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match form {
        forms::ADD => texts.not_added(),
        forms::EDIT => texts.not_changed(),
        forms::DELETE => texts.not_deleted(),
        forms::IMPORT => texts.not_imported(),
        _ => return None,
    })
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "shortcut" => texts.shortcut(),
        "title" => texts.title(),
        "text" => texts.text(),
        "category" => texts.category(),
        "shared" => texts.whose(),
        "file" => texts.file(),
        "operators" => texts.rule_operators(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    match (field, reason) {
        ("shortcut", Reason::Malformed) => Some(texts.shortcut_form()),
        ("shortcut", Reason::TooLong) => Some(texts.shortcut_long()),
        ("shortcut", Reason::Taken) => Some(texts.shortcut_taken()),
        ("text", Reason::Unknown) => Some(texts.text_unknown()),
        ("text", Reason::TooLong) => Some(texts.text_long()),
        ("shared", Reason::Unknown) => Some(texts.whose_unknown()),
        ("shared", Reason::Unsupported) => Some(texts.not_yours()),
        ("file", Reason::Missing) => Some(texts.file_missing()),
        ("file", Reason::Malformed) => Some(texts.file_wrong()),
        _ => None,
    }
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang, shown: &Canned) -> String {
    let [shared, own] = shown.counts.map(|count| count.to_string());
    texts_in::<Texts>(lang).lead(&shared, &own)
}

/// The way to the form for another reply.
pub(super) fn action(lang: Lang) -> AnyView {
    view! {
        <a class="button" href="#add">
            {icon_small(Icon::Plus)}
            {texts_in::<Texts>(lang).new_reply()}
        </a>
    }
    .into_any()
}

/// The question before a reply is deleted.
pub(super) fn over(lang: Lang, shown: &Canned) -> Option<AnyView> {
    let Opened::Delete(reply) = &shown.opened else {
        return None;
    };
    let texts = texts_in::<Texts>(lang);
    Some(deletion(Deletion {
        section: Section::Canned,
        form: forms::DELETE,
        id: reply.id.to_string(),
        below: shown.listing.href(Section::Canned, &[]),
        asks: texts.delete_asks(&reply.shortcut),
        lead: texts.delete_lead(reply.used),
        keep: texts.keep(&reply.shortcut),
        delete: texts.delete(&reply.shortcut),
    }))
}

/// The section.
pub(super) fn view(facts: PageFacts, writing: &Writing<'_>, shown: &Canned) -> AnyView {
    let lang = facts.lang;
    view! {
        {reply::edit(lang, writing, shown)}
        {list::card(lang, shown)}
        {reply::add(lang, writing, shown)}
        {file::card(lang, writing, shown)}
        {rule(lang, writing, shown)}
    }
    .into_any()
}

/// Who may change shared ones; for administrators.
fn rule(lang: Lang, writing: &Writing<'_>, shown: &Canned) -> Option<AnyView> {
    let (operators, version) = shown.rule?;
    let texts = texts_in::<Texts>(lang);
    let form = writing
        .form(forms::RULE)
        .hidden("version", version.to_string())
        .switch("operators", Some(texts.rule_hint().to_owned()), operators)
        .save();
    Some(card(12, texts.rule(), None, form))
}
