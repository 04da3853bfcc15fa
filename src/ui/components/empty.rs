//! What a place shows when it has nothing, or nothing yet.

use leptos::prelude::*;

use crate::ui::live::view;

use super::icon::{Icon, icon_large};

/// Whether emptiness is fine or a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum EmptyKind {
    /// All is well.
    #[default]
    Fine,
    /// Something failed.
    Error,
}

/// An icon, a heading, a sentence, and a way out as children.
#[component]
pub(crate) fn Empty(
    sign: Icon,
    words: [&'static str; 2],
    #[prop(optional)] kind: EmptyKind,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty" data-kind=(kind == EmptyKind::Error).then_some("error")>
            {icon_large(sign)}
            <h3>{words[0]}</h3>
            <p>{words[1]}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// The shape of rows that are on their way; shown after a moment by the style sheet.
#[component]
pub(crate) fn ListSkeleton(label: &'static str) -> impl IntoView {
    let widths = [(46, 88), (38, 72), (52, 80), (40, 64), (48, 76)];
    view! {
        <div class="rows-skeleton" role="status" aria-label=label>
            {widths
                .map(|(name, words)| {
                    view! {
                        <div class="rows-skeleton__row">
                            <span class="skeleton skeleton--round"></span>
                            <span class="rows-skeleton__lines">
                                <span class="skeleton" style=format!("inline-size:{name}%")></span>
                                <span class="skeleton" style=format!("inline-size:{words}%")></span>
                            </span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}
