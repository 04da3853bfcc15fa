//! Somebody's name and role, and what else may be done about them.

use leptos::prelude::*;

use super::shown::{Opened, Operators, ROLES, forms, name_of};
use super::texts::Texts;
use crate::protocol::team::TeamMember;
use crate::ui::document::role_word;
use crate::ui::front::PageFacts;
use crate::ui::settings::Section;
use crate::ui::settings::card::{Choice, TextField, Unit, Writing, card_at};
use crate::ui::settings::form::WHICH;
use crate::ui::words::{texts_in, use_dates};

/// The form that the button for another password sends; it stands beside the card's own.
const RESET: &str = "reset-form";

/// The card, while somebody is edited.
pub(super) fn card(facts: PageFacts, writing: &Writing<'_>, shown: &Operators) -> Option<AnyView> {
    let Opened::Edit(id) = shown.opened else {
        return None;
    };
    let member = shown.member(id)?;
    let texts = texts_in::<Texts>(facts.lang);
    let since = use_dates().date(member.created_at, shown.now, facts.zone);
    let hint = texts.address_since(&member.email, &since);
    let capacity = member.capacity.own();
    let capacity = capacity.map_or(String::new(), |number| number.to_string());
    let form = writing
        .form(forms::EDIT)
        .hidden("id", id.to_string())
        .text(TextField {
            name: "name",
            hint: Some(texts.name_hint()),
            value: &member.name,
            autocomplete: "off",
            ..TextField::default()
        })
        .select("role", roles(facts), name_of(member.role))
        .text(TextField {
            name: "capacity",
            hint: Some(texts.capacity_hint()),
            value: &capacity,
            kind: "number",
            unit: Some(Unit::Chats),
            autocomplete: "off",
            optional: true,
            ..TextField::default()
        });
    let body = if id == shown.me || member.disabled_at.is_some() {
        form.save()
    } else {
        let form = form.save_beside(more(texts, member));
        let reset = view! {
            <form id=RESET method="post" action=Section::Operators.href() hidden>
                <input type="hidden" name=WHICH value=forms::RESET />
                <input type="hidden" name="id" value=id.to_string() />
            </form>
        };
        view! {
            {form}
            {reset}
        }
        .into_any()
    };
    let title = texts.edit_name(&member.name);
    Some(card_at(Some("edit"), 12, title, Some(hint), body))
}

fn roles(facts: PageFacts) -> Vec<Choice> {
    let choice = |(value, role)| Choice {
        value,
        label: role_word(facts.lang, role).to_owned(),
        lang: None,
    };
    ROLES.into_iter().map(choice).collect()
}

fn more(texts: Texts, member: &TeamMember) -> impl IntoView + use<> {
    let question = format!("{}?disable={}", Section::Operators.href(), member.id);
    view! {
        <button class="button" form=RESET>
            {texts.reset_password()}
        </button>
        <a class="button button--danger" href=question>
            {texts.disable_asks()}
        </a>
    }
}
