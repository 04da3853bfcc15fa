//! Tags: the words that chats are marked with.

pub(super) mod shown;
mod texts;

use leptos::prelude::*;

use self::shown::{Opened, Tags, forms, told};
use self::texts::Texts;
use super::card::{FormRows, Swatch, TextField, Writing, card, card_at};
use super::dialog::{Deletion, deletion};
use super::flash::Flash;
use super::listing::{edit_link, filter_bar, pager};
use super::section::Section;
use super::table::{Cell, Row, table};
use super::texts::Texts as Common;
use super::words::Words;
use crate::protocol::fault::Reason;
use crate::protocol::tag::{TagColor, UsedTag};
use crate::ui::components::{Icon, bdi, icon_small};
use crate::ui::front::PageFacts;
use crate::ui::words::{Lang, Shared, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused,
    field,
    why,
};

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    let texts = texts_in::<Texts>(lang);
    let about = flash.about.first().map(String::as_str);
    Some(match flash.key.as_str() {
        told::ADDED => texts.added(about?),
        told::CHANGED => texts.changed(about?),
        told::DELETED => texts.deleted(about?),
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
        _ => return None,
    })
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "name" => texts.name(),
        "color" => texts.color(),
        "operators" => texts.rule_operators(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    match (field, reason) {
        ("name", Reason::TooLong) => Some(texts.name_long()),
        ("name", Reason::Taken) => Some(texts.name_taken()),
        _ => None,
    }
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang, shown: &Tags) -> String {
    let count = u32::try_from(shown.count).unwrap_or(u32::MAX);
    texts_in::<Texts>(lang).lead(count)
}

/// The way to the form for another tag.
pub(super) fn action(lang: Lang) -> AnyView {
    view! {
        <a class="button" href="#add">
            {icon_small(Icon::Plus)}
            {texts_in::<Texts>(lang).new_tag()}
        </a>
    }
    .into_any()
}

/// The question before a tag is deleted.
pub(super) fn over(lang: Lang, shown: &Tags) -> Option<AnyView> {
    let Opened::Delete(tag) = &shown.opened else {
        return None;
    };
    let texts = texts_in::<Texts>(lang);
    Some(deletion(Deletion {
        section: Section::Tags,
        form: forms::DELETE,
        id: tag.id.to_string(),
        below: shown.listing.href(Section::Tags, &[]),
        asks: texts.delete_asks(&tag.name),
        lead: texts.delete_lead(tag.used),
        keep: texts.keep(&tag.name),
        delete: texts.delete(&tag.name),
    }))
}

/// The section.
pub(super) fn view(facts: PageFacts, writing: &Writing<'_>, shown: &Tags) -> AnyView {
    let lang = facts.lang;
    view! {
        {edit(lang, writing, shown)}
        {list(lang, shown)}
        {add(lang, writing)}
        {rule(lang, writing, shown)}
    }
    .into_any()
}

fn list(lang: Lang, shown: &Tags) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let common = texts_in::<Common>(lang);
    let rows: Vec<Row> = shown
        .found
        .rows
        .iter()
        .map(|it| row(lang, shown, it))
        .collect();
    let list = match (shown.count, rows.is_empty()) {
        (0, _) => view! { <p class="muted">{texts.none_yet()}</p> }.into_any(),
        (_, true) => view! { <p class="muted">{common.nothing_found()}</p> }.into_any(),
        (_, false) => {
            let heads = [texts.tag(), texts.chats(), ""];
            table(&heads, common.action(), rows)
        }
    };
    let body = view! {
        {filter_bar(lang, Section::Tags, &shown.listing, texts.find(), shown.count)}
        {list}
        {pager(lang, Section::Tags, &shown.listing, &shown.found)}
    };
    card(12, texts.all_tags(), None, body.into_any())
}

fn row(lang: Lang, shown: &Tags, tag: &UsedTag) -> Row {
    let id = tag.id.to_string();
    let href = shown.listing.href(Section::Tags, &[("edit", &id)]);
    let name = texts_in::<Texts>(lang).edit_tag(&tag.name);
    let cells = vec![
        Cell::head(view! {
            <span class="cell">
                <span class="tag" data-colour=tag.color.name()>
                    {bdi(tag.name.clone())}
                </span>
            </span>
        }),
        Cell::value(texts_in::<Shared>(lang).chats(tag.used)),
        Cell::act(edit_link(lang, format!("{href}#edit"), name)),
    ];
    let edited = matches!(&shown.opened, Opened::Edit(opened) if opened.id == tag.id);
    Row {
        cells,
        state: edited.then_some("selected"),
    }
}

/// The card for another tag.
fn add(lang: Lang, writing: &Writing<'_>) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let form = rows(lang, writing.form(forms::ADD), None).save();
    card_at(Some("add"), 12, texts.new_tag().to_owned(), None, form)
}

/// The card, while a tag is changed.
fn edit(lang: Lang, writing: &Writing<'_>, shown: &Tags) -> Option<AnyView> {
    let Opened::Edit(tag) = &shown.opened else {
        return None;
    };
    let id = tag.id.to_string();
    let question = shown.listing.href(Section::Tags, &[("delete", &id)]);
    let form = writing.form(forms::EDIT).hidden("id", id);
    let delete = view! {
        <a class="button button--danger" href=question>
            {texts_in::<Common>(lang).delete()}
        </a>
    };
    let body = rows(lang, form, Some(tag)).save_beside(delete);
    let title = texts_in::<Texts>(lang).edit_tag(&tag.name);
    Some(card_at(Some("edit"), 12, title, None, body))
}

fn rows<'a>(lang: Lang, form: FormRows<'a>, kept: Option<&UsedTag>) -> FormRows<'a> {
    let texts = texts_in::<Texts>(lang);
    let swatch = |color: TagColor| Swatch {
        value: color.name(),
        label: match color {
            TagColor::Gold => texts.gold(),
            TagColor::Blue => texts.blue(),
            TagColor::Teal => texts.teal(),
            TagColor::Plum => texts.plum(),
            TagColor::Rose => texts.rose(),
            TagColor::Clay => texts.clay(),
        },
    };
    let color = kept.map_or(TagColor::ALL[0], |tag| tag.color);
    form.text(TextField {
        name: "name",
        hint: Some(texts.name_hint()),
        value: kept.map_or("", |tag| tag.name.as_str()),
        autocomplete: "off",
        ..TextField::default()
    })
    .swatches("color", &TagColor::ALL.map(swatch), color.name())
}

/// Who may change tags; for administrators.
fn rule(lang: Lang, writing: &Writing<'_>, shown: &Tags) -> Option<AnyView> {
    let (operators, version) = shown.rule?;
    let texts = texts_in::<Texts>(lang);
    let form = writing
        .form(forms::RULE)
        .hidden("version", version.to_string())
        .switch("operators", Some(texts.rule_hint().to_owned()), operators)
        .save();
    Some(card(12, texts.rule(), None, form))
}
