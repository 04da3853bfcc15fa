//! Operators and roles: who answers, who administers, who is invited.

mod dialogs;
mod edit;
mod invite;
mod person;
pub(super) mod shown;
mod team;
mod texts;

use leptos::prelude::*;

use self::shown::{Opened, Operators, forms, told};
use self::texts::Texts;
use super::card::Writing;
use super::flash::Flash;
use super::words::Words;
use crate::protocol::Presence;
use crate::protocol::fault::Reason;
use crate::ui::components::{Icon, icon_small};
use crate::ui::front::PageFacts;
use crate::ui::words::{Lang, texts_in};

/// What the section says about its forms.
pub(super) const WORDS: Words = Words {
    flash,
    refused,
    field,
    why,
};

fn flash(lang: Lang, flash: &Flash) -> Option<String> {
    let texts = texts_in::<Texts>(lang);
    let about = |at: usize| flash.about.get(at).map(String::as_str);
    Some(match flash.key.as_str() {
        told::INVITED => texts.invited(about(0)?),
        told::LINK => texts.link_made(about(0)?),
        told::CHANGED => texts.changed(about(0)?),
        told::DISABLED => match about(1) {
            None => texts.disabled(about(0)?),
            Some(to) => texts.disabled_to(about(0)?, to),
        },
        told::ENABLED => texts.enabled(about(0)?),
        told::WITHDRAWN => texts.withdrawn().to_owned(),
        _ => return None,
    })
}

fn refused(lang: Lang, form: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match form {
        forms::INVITE => texts.not_invited(),
        forms::EDIT => texts.not_changed(),
        forms::DISABLE => texts.not_disabled(),
        forms::ENABLE => texts.not_enabled(),
        forms::RESET => texts.no_link_made(),
        forms::WITHDRAW => texts.not_withdrawn(),
        _ => return None,
    })
}

fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    Some(match name {
        "name" => texts.name(),
        "email" => texts.email(),
        "role" => texts.role(),
        "capacity" => texts.capacity(),
        "chats" => texts.open_chats(),
        "hand_over_to" => texts.colleague(),
        _ => return None,
    })
}

fn why(lang: Lang, field: &str, reason: Reason) -> Option<&'static str> {
    let texts = texts_in::<Texts>(lang);
    match (field, reason) {
        ("name", Reason::TooLong) => Some(texts.name_too_long()),
        ("email", Reason::Malformed) => Some(texts.no_address()),
        ("email", Reason::Taken) => Some(texts.address_taken()),
        ("capacity", _) => Some(texts.capacity_wrong()),
        ("id", Reason::Oneself) => Some(texts.not_yourself()),
        ("hand_over_to", Reason::Unknown) => Some(texts.cannot_take()),
        _ => None,
    }
}

/// Beside the section's name.
pub(super) fn lead(lang: Lang, shown: &Operators) -> String {
    let count = |number: usize| number.to_string();
    let here = shown
        .active()
        .filter(|member| member.status != Presence::Offline);
    let (here, all) = (count(here.count()), count(shown.active().count()));
    texts_in::<Texts>(lang).online_of(&here, &all)
}

/// The way to the form for somebody new.
pub(super) fn action(lang: Lang, shown: &Operators) -> Option<AnyView> {
    let texts = texts_in::<Texts>(lang);
    let invite = view! {
        <a class="button" href="#invite">
            {icon_small(Icon::Plus)}
            {texts.invite()}
        </a>
    };
    shown.manages.then(|| invite.into_any())
}

/// The dialog over the page: a question, or a link for another password.
pub(super) fn over(facts: PageFacts, writing: &Writing<'_>, shown: &Operators) -> Option<AnyView> {
    if let Some(made) = shown.made.as_ref().filter(|made| made.known) {
        return Some(dialogs::password(facts.lang, made));
    }
    match &shown.opened {
        Opened::Disable(leaving) => dialogs::disable(facts.lang, writing, shown, leaving),
        Opened::Nothing | Opened::Edit(_) => None,
    }
}

/// The section.
pub(super) fn view(facts: PageFacts, writing: &Writing<'_>, shown: &Operators) -> AnyView {
    let form = shown.manages.then(|| invite::form(facts.lang, writing));
    let open = invite::open(facts, shown);
    // A link that was made just now comes before the form for another one.
    let invitations = if shown.made.is_some() {
        (Some(open), form)
    } else {
        (form, Some(open))
    };
    view! {
        {team::card(facts, shown)}
        {edit::card(facts, writing, shown)}
        {invitations.0}
        {invitations.1}
    }
    .into_any()
}
