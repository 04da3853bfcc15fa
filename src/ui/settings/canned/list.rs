//! The list of replies.

use leptos::prelude::*;

use super::shown::{Canned, Opened};
use super::texts::Texts;
use crate::protocol::CannedReply;
use crate::ui::components::bdi;
use crate::ui::settings::card::card as whole_card;
use crate::ui::settings::listing::{edit_link, filter_bar, pager};
use crate::ui::settings::section::Section;
use crate::ui::settings::table::{Cell, Row, table};
use crate::ui::settings::texts::Texts as Common;
use crate::ui::words::{Lang, lang_of, texts_in};

/// The card.
pub(super) fn card(lang: Lang, shown: &Canned) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let common = texts_in::<Common>(lang);
    let all: usize = shown.counts.iter().sum();
    let rows: Vec<Row> = shown
        .found
        .rows
        .iter()
        .map(|it| row(lang, shown, it))
        .collect();
    let list = match (all, rows.is_empty()) {
        (0, _) => view! { <p class="muted">{texts.none_yet()}</p> }.into_any(),
        (_, true) => view! { <p class="muted">{common.nothing_found()}</p> }.into_any(),
        (_, false) => {
            let heads = [
                texts.shortcut(),
                texts.text(),
                texts.category(),
                texts.whose(),
                texts.used(),
                "",
            ];
            table(&heads, common.action(), rows)
        }
    };
    let hint = (!shown.shares).then(|| texts.only_supervisors().to_owned());
    let body = view! {
        {filter_bar(lang, Section::Canned, &shown.listing, texts.find(), all)}
        {list}
        {pager(lang, Section::Canned, &shown.listing, &shown.found)}
    };
    whole_card(12, texts.all_replies(), hint, body.into_any())
}

fn row(lang: Lang, shown: &Canned, reply: &CannedReply) -> Row {
    let texts = texts_in::<Texts>(lang);
    let id = reply.id.to_string();
    let language = lang_of(&reply.text, None);
    let whose = if reply.shared {
        texts.shared()
    } else {
        texts.mine()
    };
    let act = shown.may_change(reply).then(|| {
        let href = shown.listing.href(Section::Canned, &[("edit", &id)]);
        let name = texts.edit_reply(&reply.shortcut);
        edit_link(lang, format!("{href}#edit"), name)
    });
    let cells = vec![
        Cell::head(view! {
            <span>
                <b>"/" {bdi(reply.shortcut.clone())}</b>
                <small>{bdi(reply.title.clone())}</small>
            </span>
        }),
        Cell::value(view! {
            <span class="clamp" dir="auto" lang=language>
                {reply.text.clone()}
            </span>
        }),
        Cell::value(bdi(reply.category.clone().unwrap_or_default())),
        Cell::value(whose),
        Cell::value(texts.times(reply.used)),
        Cell::act(act),
    ];
    let edited = matches!(&shown.opened, Opened::Edit(opened) if opened.id == reply.id);
    Row {
        cells,
        state: edited.then_some("selected"),
    }
}
