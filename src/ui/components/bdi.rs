//! Words of other people beside ours.

use leptos::prelude::*;

use crate::ui::live::view;

/// Somebody's words, whose direction changes nothing of what stands beside them.
pub(crate) fn bdi(words: String) -> AnyView {
    view! { <bdi>{words}</bdi> }.into_any()
}
