//! The half of a page at the door that says what Sala is.

use leptos::prelude::*;

use super::scene::Scene;
use crate::ui::components::Logo;
use crate::ui::live::view;

/// The pavilion, the name, and two sentences.
#[component]
pub(in crate::ui) fn Art(
    #[prop(into)] welcome: String,
    #[prop(into)] sentence: String,
) -> impl IntoView {
    view! {
        <section class="login__art">
            <Scene />
            <div class="login__brand">
                <Logo />
                "Sala"
                <span lang="th">"ศาลา"</span>
            </div>
            <div class="login__words">
                <p class="login__welcome">{welcome}</p>
                <p>{sentence}</p>
            </div>
        </section>
    }
}
