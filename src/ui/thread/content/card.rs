//! A card as what it says. Its buttons are the customer's to press, so here they are words.

use leptos::prelude::*;

use crate::protocol::Contact;
use crate::protocol::line_details::LineCard;
use crate::ui::components::{Icon, icon_small};
use crate::ui::live::view;
use crate::ui::thread::texts::Texts;
use crate::ui::words::{lang_of, use_texts};

/// The words under their head; `title` is what LINE shows where it cannot show the card.
pub(super) fn card(
    title: Option<&str>,
    card: Option<&LineCard>,
    contact: &Contact,
    quote: Option<AnyView>,
) -> AnyView {
    let texts = use_texts::<Texts>();
    let lang = |words: &str| lang_of(words, contact.language.as_deref());
    let line = |words: &String| {
        view! {
            <span lang=lang(words) dir="auto">
                {words.clone()}
            </span>
        }
    };
    let button = |words: &String| {
        view! {
            <li lang=lang(words) dir="auto">
                {words.clone()}
            </li>
        }
    };
    let all = card.map_or(&[][..], |card| &card.lines);
    let lines = all.iter().filter(|words| Some(words.as_str()) != title);
    let lines = lines.map(line).collect::<Vec<_>>();
    let buttons = card.map_or(&[][..], |card| &card.buttons).iter();
    let buttons = buttons.map(button).collect::<Vec<_>>();
    let title = title.map(|words| {
        view! {
            <b lang=lang(words) dir="auto">
                {words.to_owned()}
            </b>
        }
    });
    view! {
        <div class="bubble">
            {quote} <div class="card-words">
                <header>{icon_small(Icon::List)} {texts.card_in_words()}</header>
                {title}
                {lines}
                {(!buttons.is_empty())
                    .then(|| view! { <ul aria-label=texts.buttons()>{buttons}</ul> })}
            </div>
        </div>
    }
}
