//! Cards, and in them forms: rows of a name and its control, with the error beside the field.

mod choices;
mod columns;
mod file;
mod text;

use leptos::prelude::*;

pub(super) use self::file::FileField;
pub(super) use self::text::{TextField, Unit};
use super::form::{Answer, FieldFault, FileFault, Refused, WHICH};
use super::section::Section;
use super::texts::Texts;
use super::words::Words;
use crate::ui::document::field_error;
use crate::ui::words::{Lang, texts_in};

/// What rows need to know: the language, and what became of the last form.
#[derive(Clone, Copy)]
pub(super) struct Writing<'a> {
    /// Of the page.
    pub lang: Lang,
    section: Section,
    words: Words,
    refused: Option<&'a Refused>,
}

impl<'a> Writing<'a> {
    /// For a section.
    pub(super) fn new(lang: Lang, section: Section, words: Words, answer: &'a Answer) -> Self {
        let refused = match answer {
            Answer::Refused(refused) => Some(refused),
            Answer::Nothing | Answer::Taken(_) | Answer::Made(..) | Answer::Reworked(_) => None,
        };
        Self {
            lang,
            section,
            words,
            refused,
        }
    }

    /// Why a field is refused.
    pub(super) fn sentence(self, fault: &FieldFault) -> &'static str {
        self.words.sentence(self.lang, &fault.field, fault.why)
    }

    /// Whether this form was refused.
    pub(super) fn is_refused(self, form: &str) -> bool {
        self.refused.is_some_and(|refused| refused.form == form)
    }

    /// For one of its forms.
    pub(super) fn form(self, name: &'static str) -> FormRows<'a> {
        FormRows {
            refused: self.refused.filter(|refused| refused.form == name),
            writing: self,
            name,
            rows: Vec::new(),
            columns: Vec::new(),
            has_file: false,
        }
    }
}

/// One of a few colours.
pub(super) struct Swatch {
    /// In the form and in the style sheet.
    pub value: &'static str,
    /// What it is called.
    pub label: &'static str,
}

/// One of a few choices.
pub(super) struct Choice {
    /// In the form.
    pub value: &'static str,
    /// On the screen.
    pub label: String,
    /// The label's language, where it is not the page's.
    pub lang: Option<&'static str>,
}

/// A form that is being written.
pub(super) struct FormRows<'a> {
    writing: Writing<'a>,
    name: &'static str,
    /// The refusal, if it is this form's.
    refused: Option<&'a Refused>,
    rows: Vec<AnyView>,
    /// Rows that stand in columns beside each other.
    columns: Vec<AnyView>,
    /// Whether one of them is a file, for which browsers write forms in another way.
    has_file: bool,
}

impl FormRows<'_> {
    /// What was typed before a refusal, else what is kept.
    pub(super) fn value(&self, field: &str, kept: &str) -> String {
        let typed = self.refused.and_then(|refused| refused.typed.value(field));
        typed.unwrap_or(kept).to_owned()
    }

    fn label(&self, field: &'static str) -> &'static str {
        (self.writing.words.field)(self.writing.lang, field).unwrap_or(field)
    }

    /// The sentence for a field that is refused.
    pub(super) fn fault(&self, field: &str) -> Option<&'static str> {
        let faults = &self.refused?.faults;
        let why = faults.iter().find(|fault| fault.field == field)?.why;
        let Writing { words, lang, .. } = self.writing;
        Some(words.sentence(lang, field, why))
    }

    /// What is wrong with the file that came with it.
    pub(super) fn file_faults(&self) -> &[FileFault] {
        self.refused.map_or(&[], |refused| refused.file.as_slice())
    }

    /// Adds a row of one's own.
    pub(super) fn row(mut self, row: impl IntoAny) -> Self {
        self.rows.push(row.into_any());
        self
    }

    /// Adds a switch.
    pub(super) fn switch(self, name: &'static str, hint: Option<String>, kept: bool) -> Self {
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let fault = self.fault(name);
        let error_id = format!("{id}-error");
        let on = self.is_on(name, kept);
        let row = view! {
            <label class="form__row" data-switch="">
                <span class="form__name">
                    {label}
                    {hint.map(|hint| view! { <small>{hint}</small> })}
                    {field_error(fault, error_id)}
                </span>
                <span class="form__control">
                    <input
                        id=id
                        class="switch"
                        type="checkbox"
                        role="switch"
                        name=name
                        value="on"
                        checked=on
                    />
                </span>
            </label>
        };
        self.row(row)
    }

    /// Adds a value that is not shown.
    pub(super) fn hidden(self, name: &'static str, value: String) -> Self {
        self.row(view! { <input type="hidden" name=name value=value /> })
    }

    /// Ends a form that only stores something.
    pub(super) fn save(self) -> AnyView {
        let button = texts_in::<Texts>(self.writing.lang).save();
        self.act(button)
    }

    /// Ends the form with its button, which is quiet until something was touched.
    pub(super) fn act(self, button: &'static str) -> AnyView {
        self.act_beside(button, ())
    }

    /// As [`FormRows::save`], with more beside the button.
    pub(super) fn save_beside(self, more: impl IntoAny) -> AnyView {
        let button = texts_in::<Texts>(self.writing.lang).save();
        self.act_beside(button, more)
    }

    /// As [`FormRows::act`], with more beside the button.
    pub(super) fn act_beside(self, button: &'static str, more: impl IntoAny) -> AnyView {
        let more = more.into_any();
        view! {
            <form
                class="form"
                method="post"
                action=self.writing.section.href()
                enctype=self.has_file.then_some("multipart/form-data")
                data-changed=self.refused.map(|_| "")
            >
                <input type="hidden" name=WHICH value=self.name />
                {self.rows}
                <div class="form__foot">
                    <button class="button" data-save="">
                        {button}
                    </button>
                    {more}
                </div>
            </form>
        }
        .into_any()
    }
}

/// A text as it stands in a `textarea`, where Leptos's marks behind texts would show. HTML leaves
/// out a line break that comes first.
pub(super) fn as_written(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// A card of `span` of the twelve columns.
pub(super) fn card(span: u8, title: &'static str, hint: Option<String>, body: AnyView) -> AnyView {
    card_at(None, span, title.to_owned(), hint, body)
}

/// A card to which links lead.
pub(super) fn card_at(
    id: Option<&'static str>,
    span: u8,
    title: String,
    hint: Option<String>,
    body: AnyView,
) -> AnyView {
    view! {
        <section id=id class="card" style=format!("--span:{span}")>
            <header>
                <h2>{title}</h2>
                {hint.map(|hint| view! { <small>{hint}</small> })}
            </header>
            {body}
        </section>
    }
    .into_any()
}

/// A form of one button: ends a log-in, takes an invitation back.
pub(super) fn button_form(
    section: Section,
    form: &'static str,
    fields: Vec<(&'static str, String)>,
    button: AnyView,
) -> AnyView {
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect();
    view! {
        <form method="post" action=section.href()>
            <input type="hidden" name=WHICH value=form />
            {fields}
            {button}
        </form>
    }
    .into_any()
}
