//! Rows in which a text is typed, or a number of something.

use leptos::prelude::*;

use super::{FormRows, as_written};
use crate::ui::document::field_error;
use crate::ui::settings::texts::Texts;
use crate::ui::words::{Lang, texts_in};

/// A text field.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui::settings) struct TextField<'a> {
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
    /// Whether nothing need be in it.
    pub optional: bool,
    /// The id of a list of what others have in it.
    pub list: Option<&'static str>,
    /// Whether it has several lines.
    pub lines: bool,
    /// Of what it is a number; such a field is short.
    pub unit: Option<Unit>,
    /// Of what is typed, where it is not the page's.
    pub lang: Option<Lang>,
    /// What stands below the hint.
    pub below: Option<fn() -> AnyView>,
}

/// Of what a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::settings) enum Unit {
    Minutes,
    Days,
    Chats,
}

impl Unit {
    fn name(self, lang: Lang) -> &'static str {
        let texts = texts_in::<Texts>(lang);
        match self {
            Self::Minutes => texts.minutes(),
            Self::Days => texts.days(),
            Self::Chats => texts.chats(),
        }
    }
}

impl FormRows<'_> {
    /// Adds a text field.
    pub(in crate::ui::settings) fn text(self, field: TextField<'_>) -> Self {
        let (name, hint) = (field.name, field.hint);
        let below = field.below.map(|below| below());
        let label = self.label(name);
        let control = self.control(field);
        let row = view! {
            <div class="form__row">
                <label class="form__name" for=format!("{}-{name}", self.name)>
                    {label}
                    {hint.map(|hint| view! { <small>{hint}</small> })}
                    {below}
                </label>
                <div class="form__control">{control}</div>
            </div>
        };
        self.row(row)
    }

    /// Adds a row of several text fields, each below its name.
    pub(in crate::ui::settings) fn grid<const N: usize>(self, fields: [TextField<'_>; N]) -> Self {
        let fields = self.below_names(fields);
        let row = view! {
            <div class="form__row">
                <div class="form__grid">{fields}</div>
            </div>
        };
        self.row(row)
    }

    /// As [`FormRows::grid`], beside what all of them are; `name` stands for them where none of them is
    /// to blame alone.
    pub(in crate::ui::settings) fn named_grid<const N: usize>(
        self,
        name: &'static str,
        hint: &'static str,
        fields: [TextField<'_>; N],
    ) -> Self {
        let fields = self.below_names(fields);
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let (title_id, error_id) = (format!("{id}-name"), format!("{id}-error"));
        let fault = self.fault(name);
        let row = view! {
            <div
                id=id
                class="form__row"
                role="group"
                tabindex="-1"
                aria-labelledby=title_id.clone()
                aria-describedby=fault.map(|_| error_id.clone())
            >
                <span class="form__name">
                    <span id=title_id.clone()>{label}</span>
                    <small>{hint}</small>
                    {field_error(fault, error_id.clone())}
                </span>
                <div class="form__grid">{fields}</div>
            </div>
        };
        self.row(row)
    }

    fn below_names<const N: usize>(&self, fields: [TextField<'_>; N]) -> Vec<AnyView> {
        let below_name = |field: TextField<'_>| {
            let (name, hint) = (field.name, field.hint);
            let field = view! {
                <div class="label">
                    <label
                        for=format!("{}-{name}", self.name)
                        lang=field.lang.map(Lang::tag)
                    >
                        {self.label(name)} {hint.map(|hint| view! { <small>{hint}</small> })}
                    </label>
                    {self.control(field)}
                </div>
            };
            field.into_any()
        };
        fields.into_iter().map(below_name).collect()
    }

    /// A text field with what is wrong with it.
    fn control(&self, field: TextField<'_>) -> AnyView {
        if field.lines {
            return self.area(field);
        }
        let TextField { name, readonly, .. } = field;
        let id = format!("{}-{name}", self.name);
        let fault = self.fault(name);
        let is_secret = field.kind == "password";
        let value = (!is_secret).then(|| self.value(name, field.value));
        let kind = if field.kind.is_empty() {
            "text"
        } else {
            field.kind
        };
        let lang = self.writing.lang;
        let again = (is_secret && self.refused.is_some() && fault.is_none())
            .then(|| texts_in::<Texts>(lang).type_again());
        let (error_id, unit_id) = (format!("{id}-error"), format!("{id}-unit"));
        let described = [
            fault.map(|_| error_id.as_str()),
            field.unit.map(|_| unit_id.as_str()),
        ];
        let described: Vec<_> = described.into_iter().flatten().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let unit = field.unit.map(|unit| {
            view! {
                <span class="unit" id=unit_id>
                    {unit.name(lang)}
                </span>
            }
        });
        view! {
            <span
                class="field"
                data-size=field.unit.map(|_| "xs")
                data-invalid=fault.map(|_| "")
            >
                <input
                    id=id
                    name=(!readonly).then_some(name)
                    type=kind
                    value=value
                    lang=field.lang.map(Lang::tag)
                    autocomplete=field.autocomplete
                    maxlength=field.most.map(|most| most.to_string())
                    minlength=field.least.map(|least| least.to_string())
                    list=field.list
                    required=!readonly && !field.optional
                    readonly=readonly
                    aria-invalid=fault.map(|_| "true")
                    aria-describedby=described
                />
                {unit}
            </span>
            {field_error(fault, error_id)}
            {again.map(|again| view! { <span class="hint">{again}</span> })}
        }
        .into_any()
    }

    /// A field of several lines.
    fn area(&self, field: TextField<'_>) -> AnyView {
        let TextField { name, most, .. } = field;
        let id = format!("{}-{name}", self.name);
        let error_id = format!("{id}-error");
        let fault = self.fault(name);
        let value = self.value(name, field.value);
        view! {
            <span class="field" data-invalid=fault.map(|_| "")>
                <textarea
                    id=id
                    name=name
                    lang=field.lang.map(Lang::tag)
                    maxlength=most.map(|most| most.to_string())
                    required=!field.optional
                    aria-invalid=fault.map(|_| "true")
                    aria-describedby=fault.map(|_| error_id.clone())
                    inner_html=as_written(&value)
                ></textarea>
            </span>
            {field_error(fault, error_id)}
        }
        .into_any()
    }
}
