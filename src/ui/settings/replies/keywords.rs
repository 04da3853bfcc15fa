//! Words by which customers ask for a person while a bot answers.

use leptos::prelude::*;

use super::shown::{Replies, forms, keywords_field};
use super::texts::Texts;
use crate::protocol::preferences::Language;
use crate::ui::settings::card::{self, TextField, Writing};
use crate::ui::words::{Lang, texts_in};

/// The card.
pub(super) fn card(lang: Lang, writing: &Writing<'_>, shown: &Replies) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let all: Vec<_> = shown.hand_over.keywords.all().collect();
    let lists: [String; 4] = std::array::from_fn(|at| all[at].join(", "));
    let fields: [TextField<'_>; 4] = std::array::from_fn(|at| TextField {
        name: keywords_field(Language::ALL[at]),
        value: &lists[at],
        autocomplete: "off",
        optional: true,
        ..TextField::default()
    });
    let form = writing
        .form(forms::KEYWORDS)
        .hidden("version", shown.hand_over_version.to_string())
        .grid(fields)
        .save_beside(view! { <span class="hint">{texts.keywords_hint()}</span> });
    let beside = Some(texts.keywords_when().to_owned());
    card::card(12, texts.keywords(), beside, form)
}
