//! A phone beside a form: what is written there, as a customer will see it. The server shows what is
//! kept, or what came back; `public/settings/preview.mjs` follows what is typed.

mod phone;
mod seen;
mod texts;
mod words;

use leptos::prelude::*;

use self::phone::phone;
use self::seen::{Seen, seen};
use self::texts::Texts;
use super::card::FormRows;
use crate::protocol::automatic::Translations;
use crate::protocol::preferences::Language;
use crate::protocol::text::visible;
use crate::ui::words::{Lang, texts_in};

/// A text that a form has in several languages.
pub(super) struct Text {
    /// What stands before the language in the names of its fields.
    pub field: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Whether it is written at all.
    pub on: bool,
    /// What the customer writes before; nothing where nothing needs to be written.
    pub before: Before,
    /// As they stand in the form; those of which nothing can be seen are not there.
    pub texts: Translations,
}

/// What a customer writes before a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing.
    Silence,
    /// When it is open.
    Question,
    /// That they want to speak to a person.
    Wish,
    /// Thanks.
    Thanks,
}

/// What stands around a question and comes after it, in one language.
#[derive(Clone, Copy)]
pub(crate) struct Answers {
    /// What stands on its buttons.
    pub buttons: [&'static str; 5],
    /// What is said after a press.
    pub thanks: &'static str,
}

/// A question with its buttons.
#[derive(Clone, Copy)]
pub(super) struct Question {
    /// What stands around it, by the language in which it is asked.
    pub answers: fn(Language) -> Answers,
    /// Minutes that it comes after the close.
    pub wait: u32,
}

/// What the phone shows.
pub(super) struct Preview<'a> {
    /// The LINE account's name.
    pub account: &'a str,
    /// Those that the form has; the first that is on is shown first.
    pub texts: &'a [Text],
    /// Where they are a question.
    pub question: Option<Question>,
}

/// A text as it stands in a form: what was typed, else what is kept.
pub(super) fn typed(
    form: &FormRows<'_>,
    kept: &Translations,
    field: impl Fn(Language) -> String,
) -> Translations {
    let mut all = Translations::default();
    for language in Language::ALL {
        let kept = kept.get(language).unwrap_or_default();
        *all.get_mut(language) = visible(Some(form.value(&field(language), kept)));
    }
    all
}

/// The language of customers that is the page's.
fn language_of(lang: Lang) -> Language {
    let mut all = Language::ALL.into_iter();
    let found = all.find(|language| Lang::of(*language) == lang);
    found.unwrap_or(Language::English)
}

/// A form with the phone beside it, below it on small screens.
pub(super) fn beside(lang: Lang, form: AnyView, preview: &Preview<'_>) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let first = preview.texts.iter().find(|text| text.on);
    let Some(text) = first.or(preview.texts.first()) else {
        return form;
    };
    let language = language_of(lang);
    let json = words::to_script(texts, preview);
    view! {
        <div class="with-phone">
            {form}
            <figure
                class="preview"
                aria-label=texts.preview()
                data-field=text.field
                data-language=language.tag()
            >
                {phone(preview, text, language)}
                {caption(texts, text, language)}
                <script type="application/json" inner_html=json></script>
            </figure>
        </div>
        <script type="module" src="/settings/preview.mjs"></script>
    }
    .into_any()
}

/// Which text is shown, and what else there is to know of it.
fn caption(texts: Texts, text: &Text, language: Language) -> AnyView {
    let customers = Lang::of(language);
    let (instead, nothing) = match seen(&text.texts, language) {
        Seen::Own(_) => (None, false),
        Seen::Instead(other, _) => {
            let said = texts.instead(customers.name(), Lang::of(other).name());
            (Some(said), false)
        }
        Seen::Nothing => (None, true),
    };
    let is_own = instead.is_none();
    view! {
        <figcaption>
            <p>
                <b data-said="title">{text.title}</b>
                " · "
                <span data-said="language" lang=customers.tag()>
                    {customers.name()}
                </span>
            </p>
            <p class="hint" data-said="instead" hidden=is_own>
                {instead}
            </p>
            <p class="hint" data-said="nothing" hidden=!nothing>
                {texts.nothing()}
            </p>
            <p class="hint" data-said="off" hidden=text.on>
                {texts.off()}
            </p>
        </figcaption>
    }
    .into_any()
}
