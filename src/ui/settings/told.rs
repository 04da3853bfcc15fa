//! What became of the last form, at the top of its section.

use leptos::prelude::*;

use super::form::{Answer, Refused};
use super::texts::Texts;
use super::words::Words;
use crate::ui::components::{Icon, icon};
use crate::ui::words::{Lang, texts_in};

/// What became of the last form.
pub(super) fn told(lang: Lang, words: Words, answer: &Answer) -> Option<AnyView> {
    match answer {
        Answer::Nothing | Answer::Reworked(_) => None,
        Answer::Taken(flash) | Answer::Made(flash, _) => {
            let sentence = (words.flash)(lang, flash)?;
            let told = view! {
                <div class="flash" role="status">
                    {icon(Icon::Check)}
                    <p>{sentence}</p>
                </div>
            };
            Some(told.into_any())
        }
        Answer::Refused(refused) => Some(refusal(lang, &words, refused)),
    }
}

fn refusal(lang: Lang, words: &Words, refused: &Refused) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let summary = (words.refused)(lang, &refused.form).unwrap_or(texts.nothing_saved());
    let why = refused.code.map(|code| texts.of_code(code));
    // Of a field that nobody sees, what is wrong with it is said here.
    let (unseen, seen): (Vec<_>, Vec<_>) =
        refused.faults.iter().partition(|fault| fault.field == "id");
    let unseen = unseen.first();
    let unseen = unseen.map(|fault| words.sentence(lang, &fault.field, fault.why));
    let named = seen.into_iter().map(|fault| {
        let name =
            (words.field)(lang, &fault.field).map_or_else(|| fault.field.clone(), str::to_owned);
        let href = format!("#{}-{}", refused.form, fault.field);
        view! {
            " "
            <a href=href>{name}</a>
        }
    });
    let named: Vec<_> = named.collect();
    let check = match named.len() {
        0 => None,
        1 => Some(texts.check_field()),
        _ => Some(texts.check_fields()),
    };
    view! {
        <div class="flash" role="alert" data-kind="refused" tabindex="-1" autofocus>
            {icon(Icon::Alert)}
            <p>
                <b>{summary}</b>
                " "
                {why}
                {unseen}
                {check}
                {named}
            </p>
        </div>
    }
    .into_any()
}
