//! A row in which a file is chosen.

use leptos::prelude::*;

use super::FormRows;
use crate::ui::document::field_error;

/// A field for one file.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui::settings) struct FileField {
    /// In the form.
    pub name: &'static str,
    /// Says what becomes of it.
    pub hint: &'static str,
    /// Says what is taken, below the field.
    pub taken: Option<&'static str>,
    /// The same for the browser.
    pub accept: &'static str,
    /// Whether one must be chosen.
    pub required: bool,
}

impl FormRows<'_> {
    /// Adds a file, with what it is now before the field and more behind it. The browser's own
    /// field stays in sight, since without script only that says what was chosen.
    pub(in crate::ui::settings) fn file(
        mut self,
        field: FileField,
        now: Option<AnyView>,
        more: Option<AnyView>,
    ) -> Self {
        let FileField {
            name,
            hint,
            taken,
            accept,
            required,
        } = field;
        let label = self.label(name);
        let id = format!("{}-{name}", self.name);
        let fault = self.fault(name);
        let (error_id, taken_id) = (format!("{id}-error"), format!("{id}-taken"));
        let described = [
            fault.map(|_| error_id.as_str()),
            taken.map(|_| taken_id.as_str()),
        ];
        let described: Vec<_> = described.into_iter().flatten().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let row = view! {
            <div class="form__row">
                <label class="form__name" for=id.clone()>
                    {label} <small>{hint}</small>
                </label>
                <div class="form__control">
                    <div class="portrait">
                        {now} <div class="form__control">
                            <input
                                id=id
                                class="file-field"
                                type="file"
                                name=name
                                accept=accept
                                required=required
                                aria-invalid=fault.map(|_| "true")
                                aria-describedby=described
                            />
                            {field_error(fault, error_id)}
                            {taken
                                .map(|taken| {
                                    view! {
                                        <span class="hint" id=taken_id>
                                            {taken}
                                        </span>
                                    }
                                })}
                            {more}
                        </div>
                    </div>
                </div>
            </div>
        };
        self.has_file = true;
        self.row(row)
    }
}
