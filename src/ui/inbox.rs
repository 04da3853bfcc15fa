//! tmp
pub(crate) mod preview;
use leptos::prelude::*;
#[component]
pub(super) fn InboxPage() -> impl IntoView { view!{ <p>"x"</p> } }
