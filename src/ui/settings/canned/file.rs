//! The replies as a file, out and in.

use leptos::prelude::*;

use super::shown::{Canned, forms};
use super::texts::Texts;
use crate::ui::components::{Icon, icon_small};
use crate::ui::settings::card::{FileField, Writing, card as whole_card};
use crate::ui::settings::form::FileFault;
use crate::ui::settings::listing::encoded;
use crate::ui::words::{Lang, texts_in};

/// Where the file is.
pub(crate) const CSV: &str = "/canned.csv";

/// The card.
pub(super) fn card(lang: Lang, writing: &Writing<'_>, shown: &Canned) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let query = &shown.listing.query;
    let (href, words) = if query.is_empty() {
        (CSV.to_owned(), texts.download())
    } else {
        (
            format!("{CSV}?q={}", encoded(query)),
            texts.download_found(),
        )
    };
    let form = writing.form(forms::IMPORT);
    let faults = form.file_faults().iter();
    let faults = faults.map(|it| view! { <li>{sentence(lang, writing, it)}</li> });
    let faults: Vec<_> = faults.collect();
    let faults = (!faults.is_empty()).then(|| view! { <ul class="plain">{faults}</ul> }.into_any());
    let field = FileField {
        name: "file",
        hint: texts.file_hint(),
        taken: None,
        accept: ".csv,text/csv",
        required: true,
    };
    let form = form.file(field, None, faults).act(texts.import());
    let download = (shown.counts != [0, 0]).then(|| {
        view! {
            <p class="inline">
                <a class="button" href=href download="">
                    {icon_small(Icon::Download)}
                    {words}
                </a>
            </p>
        }
    });
    let body = view! {
        {download}
        {form}
    };
    whole_card(12, texts.csv(), None, body.into_any())
}

/// One thing that is wrong with a file.
fn sentence(lang: Lang, writing: &Writing<'_>, fault: &FileFault) -> String {
    let texts = texts_in::<Texts>(lang);
    match fault {
        FileFault::Encoding(Some(name)) => texts.encoded_in(name),
        FileFault::Encoding(None) => texts.encoded_unknown().to_owned(),
        FileFault::Quote(row) => texts.quote_open(&row.to_string()),
        FileFault::Column(name) => texts.no_column(name),
        FileFault::Empty => texts.no_rows().to_owned(),
        FileFault::TooManyRows => texts.too_many().to_owned(),
        FileFault::Cell(row, fault) => {
            let why = writing.sentence(fault);
            texts.in_row(&row.to_string(), &fault.field, why)
        }
    }
}
