//! One reply: another one, or one that is changed.

use leptos::prelude::*;

use super::shown::{Canned, Opened, forms, whose};
use super::texts::Texts;
use crate::protocol::CannedReply;
use crate::protocol::canned::Variable;
use crate::ui::settings::card::{Choice, FormRows, TextField, Writing, card_at};
use crate::ui::settings::section::Section;
use crate::ui::settings::texts::Texts as Common;
use crate::ui::words::{Lang, texts_in};

/// The list of headings that the field for one offers.
const CATEGORIES: &str = "categories";

/// The card for another reply.
pub(super) fn add(lang: Lang, writing: &Writing<'_>, shown: &Canned) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let form = rows(lang, writing.form(forms::ADD), shown, None);
    let categories = shown.categories.iter();
    let categories = categories.map(|it| view! { <option value=it.clone()></option> });
    let body = view! {
        {form.save()}
        <datalist id=CATEGORIES>{categories.collect_view()}</datalist>
    };
    let title = texts.new_reply().to_owned();
    card_at(Some("add"), 12, title, None, body.into_any())
}

/// The card, while a reply is changed.
pub(super) fn edit(lang: Lang, writing: &Writing<'_>, shown: &Canned) -> Option<AnyView> {
    let Opened::Edit(reply) = &shown.opened else {
        return None;
    };
    let texts = texts_in::<Texts>(lang);
    let form = writing.form(forms::EDIT).hidden("id", reply.id.to_string());
    let id = reply.id.to_string();
    let question = shown.listing.href(Section::Canned, &[("delete", &id)]);
    let delete = view! {
        <a class="button button--danger" href=question>
            {texts_in::<Common>(lang).delete()}
        </a>
    };
    let body = rows(lang, form, shown, Some(reply)).save_beside(delete);
    let title = texts.edit_reply(&reply.shortcut);
    Some(card_at(Some("edit"), 12, title, None, body))
}

fn rows<'a>(
    lang: Lang,
    form: FormRows<'a>,
    shown: &Canned,
    kept: Option<&CannedReply>,
) -> FormRows<'a> {
    let texts = texts_in::<Texts>(lang);
    let value = |of: fn(&CannedReply) -> &str| kept.map_or("", of);
    let form = form
        .text(TextField {
            name: "shortcut",
            hint: Some(texts.shortcut_hint()),
            value: value(|it| &it.shortcut),
            autocomplete: "off",
            ..TextField::default()
        })
        .text(TextField {
            name: "title",
            hint: Some(texts.title_hint()),
            value: value(|it| &it.title),
            autocomplete: "off",
            ..TextField::default()
        })
        .text(TextField {
            name: "text",
            hint: Some(texts.text_hint()),
            value: value(|it| &it.text),
            lines: true,
            below: Some(variables),
            ..TextField::default()
        })
        .text(TextField {
            name: "category",
            hint: Some(texts.category_hint()),
            value: value(|it| it.category.as_deref().unwrap_or_default()),
            autocomplete: "off",
            optional: true,
            list: Some(CATEGORIES),
            ..TextField::default()
        });
    if !shown.shares {
        return form.hidden("shared", whose::MINE.to_owned());
    }
    let choice = |value, label: &str| Choice {
        value,
        label: label.to_owned(),
        lang: None,
    };
    let choices = vec![
        choice(whose::SHARED, texts.shared()),
        choice(whose::MINE, texts.mine()),
    ];
    let kept = match kept {
        Some(reply) if !reply.shared => whose::MINE,
        Some(_) | None => whose::SHARED,
    };
    form.segment("shared", None, choices, kept)
}

/// What may stand in a text, below the words that say so.
fn variables() -> AnyView {
    let codes = Variable::ALL.map(|variable| {
        view! { <code>{format!("{{{}}}", variable.word())}</code> }
    });
    view! { <span class="inline">{codes.into_iter().collect_view()}</span> }.into_any()
}
