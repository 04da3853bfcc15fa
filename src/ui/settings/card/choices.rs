//! Rows in which one thing is chosen of several.

use leptos::prelude::*;

use super::{Choice, FormRows, Swatch};
use crate::ui::document::field_error;

impl FormRows<'_> {
    /// Adds a choice of a few, all of them shown.
    pub(in crate::ui::settings) fn segment(
        self,
        name: &'static str,
        hint: Option<String>,
        choices: Vec<Choice>,
        kept: &str,
    ) -> Self {
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
        self.radios(name, hint, "segment", choices)
    }

    /// Adds a choice that opens, for narrow places.
    pub(in crate::ui::settings) fn select(
        self,
        name: &'static str,
        choices: Vec<Choice>,
        kept: &str,
    ) -> Self {
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let fault = self.fault(name);
        let error_id = format!("{id}-error");
        let chosen = self.value(name, kept);
        let choices = choices.into_iter().map(|choice| {
            let selected = choice.value == chosen;
            view! {
                <option value=choice.value selected=selected>
                    {choice.label}
                </option>
            }
        });
        let choices: Vec<_> = choices.collect();
        let row = view! {
            <div class="form__row">
                <label class="form__name" for=id.clone()>
                    {label}
                </label>
                <div class="form__control">
                    <span class="field" data-invalid=fault.map(|_| "")>
                        <select
                            id=id
                            name=name
                            aria-invalid=fault.map(|_| "true")
                            aria-describedby=fault.map(|_| error_id.clone())
                        >
                            {choices}
                        </select>
                    </span>
                    {field_error(fault, error_id)}
                </div>
            </div>
        };
        self.row(row)
    }

    /// Adds a choice of a few, each with a word on what it means.
    pub(in crate::ui::settings) fn options(
        self,
        name: &'static str,
        choices: Vec<(Choice, &'static str)>,
        kept: &str,
    ) -> Self {
        let chosen = self.value(name, kept);
        let choices = choices.into_iter().map(|(choice, meaning)| {
            let checked = choice.value == chosen;
            view! {
                <label class="option">
                    <input type="radio" name=name value=choice.value checked=checked />
                    <span>{choice.label}</span>
                    <small>{meaning}</small>
                </label>
            }
        });
        let choices: Vec<_> = choices.collect();
        self.radios(name, None, "options", choices)
    }

    /// Adds a choice of a few colours.
    pub(in crate::ui::settings) fn swatches(
        self,
        name: &'static str,
        swatches: &[Swatch],
        kept: &str,
    ) -> Self {
        let chosen = self.value(name, kept);
        let swatches = swatches.iter().map(|swatch| {
            let checked = swatch.value == chosen;
            view! {
                <label data-colour=swatch.value title=swatch.label>
                    <input type="radio" name=name value=swatch.value checked=checked />
                    <span class="visually-hidden">{swatch.label}</span>
                </label>
            }
        });
        let swatches: Vec<_> = swatches.collect();
        self.radios(name, None, "swatches", swatches)
    }

    /// Adds a row of radio buttons that look as `class` says.
    fn radios(
        self,
        name: &'static str,
        hint: Option<String>,
        class: &'static str,
        choices: impl IntoView + 'static,
    ) -> Self {
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let fault = self.fault(name);
        let error_id = format!("{id}-error");
        let row = view! {
            <div class="form__row">
                <span class="form__name">
                    {label}
                    {hint.map(|hint| view! { <small>{hint}</small> })}
                </span>
                <div class="form__control">
                    <span
                        id=id
                        class=class
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
}
