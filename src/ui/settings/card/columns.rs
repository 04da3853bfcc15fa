//! Rows in columns beside each other, and what rows of one's own ask of their form.

use leptos::prelude::*;

use super::FormRows;

impl FormRows<'_> {
    /// Whether a switch is on. The field of one that is off does not come with the form.
    pub(in crate::ui::settings) fn is_on(&self, name: &str, kept: bool) -> bool {
        match self.refused {
            Some(refused) => refused.typed.value(name).is_some(),
            None => kept,
        }
    }

    /// Ends a column: the rows since the one before.
    pub(in crate::ui::settings) fn column(mut self) -> Self {
        let rows = std::mem::take(&mut self.rows);
        self.columns.push(view! { <div>{rows}</div> }.into_any());
        self
    }

    /// Puts the columns beside each other.
    pub(in crate::ui::settings) fn columns(mut self) -> Self {
        let columns = std::mem::take(&mut self.columns);
        self.row(view! { <div class="form__columns">{columns}</div> })
    }
}
