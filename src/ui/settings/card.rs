//! Cards, and in them forms: rows of a name and its control, with the error beside the field.

use leptos::prelude::*;

use super::form::{Answer, Refused, WHICH, Why};
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
            Answer::Nothing | Answer::Taken(_) => None,
        };
        Self {
            lang,
            section,
            words,
            refused,
        }
    }

    /// For one of its forms.
    pub(super) fn form(self, name: &'static str) -> FormRows<'a> {
        FormRows {
            refused: self.refused.filter(|refused| refused.form == name),
            writing: self,
            name,
            rows: Vec::new(),
        }
    }
}

/// A text field.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TextField<'a> {
    /// In the form.
    pub name: &'static str,
    /// Says what one cannot see.
    pub hint: Option<&'static str>,
    /// As it is kept now.
    pub value: &'a str,
    /// `text`, where it is empty.
    pub kind: &'static str,
    /// For the browser.
    pub autocomplete: &'static str,
    /// Most characters.
    pub most: Option<u32>,
    /// Fewest characters.
    pub least: Option<u32>,
    /// Whether it is only shown.
    pub readonly: bool,
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
}

impl FormRows<'_> {
    /// What was typed before a refusal, else what is kept.
    fn value(&self, field: &str, kept: &str) -> String {
        let typed = self.refused.and_then(|refused| refused.typed.value(field));
        typed.unwrap_or(kept).to_owned()
    }

    fn label(&self, field: &'static str) -> &'static str {
        (self.writing.words.field)(self.writing.lang, field).unwrap_or(field)
    }

    /// The sentence for a field that is refused.
    fn fault(&self, field: &str) -> Option<&'static str> {
        let faults = &self.refused?.faults;
        let why = faults.iter().find(|fault| fault.field == field)?.why;
        let texts = texts_in::<Texts>(self.writing.lang);
        Some(match why {
            Why::Doubled => texts.doubled(),
            Why::Value(reason) => {
                let own = self.writing.words.why;
                own(self.writing.lang, field, reason).unwrap_or_else(|| texts.of_reason(reason))
            }
        })
    }

    /// Adds a row of one's own.
    pub(super) fn row(mut self, row: impl IntoAny) -> Self {
        self.rows.push(row.into_any());
        self
    }

    /// Adds a text field.
    pub(super) fn text(self, field: TextField<'_>) -> Self {
        let TextField {
            name,
            hint,
            value,
            kind,
            autocomplete,
            most,
            least,
            readonly,
        } = field;
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let error_id = format!("{id}-error");
        let fault = self.fault(name);
        let is_secret = kind == "password";
        let value = (!is_secret).then(|| self.value(name, value));
        let kind = if kind.is_empty() { "text" } else { kind };
        let again = (is_secret && self.refused.is_some() && fault.is_none())
            .then(|| texts_in::<Texts>(self.writing.lang).type_again());
        let row = view! {
            <div class="form__row">
                <label class="form__name" for=id.clone()>
                    {label}
                    {hint.map(|hint| view! { <small>{hint}</small> })}
                </label>
                <div class="form__control">
                    <span class="field" data-invalid=fault.map(|_| "")>
                        <input
                            id=id
                            name=(!readonly).then_some(name)
                            type=kind
                            value=value
                            autocomplete=autocomplete
                            maxlength=most.map(|most| most.to_string())
                            minlength=least.map(|least| least.to_string())
                            required=!readonly
                            readonly=readonly
                            aria-invalid=fault.map(|_| "true")
                            aria-describedby=fault.map(|_| error_id.clone())
                        />
                    </span>
                    {field_error(fault, error_id)}
                    {again.map(|again| view! { <span class="hint">{again}</span> })}
                </div>
            </div>
        };
        self.row(row)
    }

    /// Adds a choice of a few, all of them shown.
    pub(super) fn segment(
        self,
        name: &'static str,
        hint: Option<String>,
        choices: Vec<Choice>,
        kept: &str,
    ) -> Self {
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let fault = self.fault(name);
        let error_id = format!("{id}-error");
        let chosen = self.value(name, kept);
        let choices = choices.into_iter().map(|choice| {
            let checked = choice.value == chosen;
            view! {
                <label lang=choice.lang>
                    <input type="radio" name=name value=choice.value checked=checked />
                    {choice.label}
                </label>
            }
        });
        let choices: Vec<_> = choices.collect();
        let row = view! {
            <div class="form__row">
                <span class="form__name">
                    {label}
                    {hint.map(|hint| view! { <small>{hint}</small> })}
                </span>
                <div class="form__control">
                    <span
                        id=id
                        class="segment"
                        role="radiogroup"
                        aria-label=label
                        aria-describedby=fault.map(|_| error_id.clone())
                    >
                        {choices}
                    </span>
                    {field_error(fault, error_id)}
                </div>
            </div>
        };
        self.row(row)
    }

    /// Adds a switch.
    pub(super) fn switch(self, name: &'static str, hint: Option<String>, kept: bool) -> Self {
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let fault = self.fault(name);
        let error_id = format!("{id}-error");
        // The field of a switch that is off does not come with the form.
        let on = match self.refused {
            Some(refused) => refused.typed.value(name).is_some(),
            None => kept,
        };
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

    /// Ends a form that only stores something.
    pub(super) fn save(self) -> AnyView {
        let button = texts_in::<Texts>(self.writing.lang).save();
        self.act(button)
    }

    /// Ends the form with its button, which is quiet until something was touched.
    pub(super) fn act(self, button: &'static str) -> AnyView {
        view! {
            <form
                class="form"
                method="post"
                action=self.writing.section.href()
                data-changed=self.refused.map(|_| "")
            >
                <input type="hidden" name=WHICH value=self.name />
                {self.rows}
                <div class="form__foot">
                    <button class="button" data-save="">
                        {button}
                    </button>
                </div>
            </form>
        }
        .into_any()
    }
}

/// A card of `span` of the twelve columns.
pub(super) fn card(span: u8, title: &'static str, hint: Option<String>, body: AnyView) -> AnyView {
    view! {
        <section class="card" style=format!("--span:{span}")>
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
