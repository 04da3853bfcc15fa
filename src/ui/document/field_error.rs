//! What is wrong with a field, beside it.

use leptos::prelude::*;

use crate::ui::components::{Icon, icon_small};

/// The sentence, if there is one; the field names `id` as what describes it.
pub(crate) fn field_error(fault: Option<&'static str>, id: impl Into<String>) -> Option<AnyView> {
    let (fault, id) = (fault?, id.into());
    let error = view! {
        <span id=id class="field-error" role="alert">
            {icon_small(Icon::Alert)}
            <span>{fault}</span>
        </span>
    };
    Some(error.into_any())
}
