//! Inviting somebody, and who is invited.

use leptos::prelude::*;

use super::person::person;
use super::shown::{Operators, ROLES, forms};
use super::texts::Texts;
use crate::protocol::Role;
use crate::protocol::Timestamp;
use crate::protocol::team::OpenInvitation;
use crate::ui::components::{Icon, icon_small};
use crate::ui::document::role_word;
use crate::ui::front::PageFacts;
use crate::ui::settings::card::{Choice, TextField, Writing, button_form, card, card_at};
use crate::ui::settings::table::{Cell, Row, table};
use crate::ui::settings::{MadeLink, Section};
use crate::ui::words::{Lang, texts_in, use_dates};

/// Milliseconds that a link still has when its end is near.
const NEAR_MS: i64 = 3 * 60 * 60 * 1_000;

/// The card with the form for somebody new.
pub(super) fn form(lang: Lang, writing: &Writing<'_>) -> AnyView {
    let texts = texts_in::<Texts>(lang);
    let email = TextField {
        name: "email",
        kind: "email",
        autocomplete: "off",
        ..TextField::default()
    };
    let name = TextField {
        name: "name",
        autocomplete: "off",
        ..TextField::default()
    };
    let roles = ROLES.map(|(value, role)| {
        let choice = Choice {
            value,
            label: role_word(lang, role).to_owned(),
            lang: None,
        };
        let meaning = match role {
            Role::Operator => texts.operator_does(),
            Role::Supervisor => texts.supervisor_does(),
            Role::Admin => texts.admin_does(),
        };
        (choice, meaning)
    });
    let hint = view! { <span class="hint">{texts.no_email_sent()}</span> };
    let form = writing
        .form(forms::INVITE)
        .grid([email, name])
        .options("role", roles.into(), "operator")
        .act_beside(texts.make_link(), hint);
    card_at(
        Some("invite"),
        6,
        texts.invite_someone().to_owned(),
        None,
        form,
    )
}

/// The card with those who are invited.
pub(super) fn open(facts: PageFacts, shown: &Operators) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    let made = shown.made.as_ref().filter(|made| !made.known);
    let once = made.map(|made| once(texts, made, shown.now));
    let rows = shown.team.invitations.iter();
    let rows: Vec<_> = rows
        .map(|invitation| row(facts, shown, invitation))
        .collect();
    let mut heads = vec![texts.invitation(), texts.role(), texts.left()];
    if shown.manages {
        heads.push("");
    }
    let list = if rows.is_empty() {
        view! { <p class="muted">{texts.nobody_invited()}</p> }.into_any()
    } else {
        table(&heads, texts.action(), rows)
    };
    let body = view! {
        {once}
        {list}
    };
    let span = if shown.manages { 6 } else { 12 };
    card(span, texts.open_invitations(), None, body.into_any())
}

/// Hours and minutes until then.
fn until(end: Timestamp, now: Timestamp) -> [String; 2] {
    let minutes = end.since(now).max(0) / 60_000;
    [minutes / 60, minutes % 60].map(|number| number.to_string())
}

/// The link, this once.
fn once(texts: Texts, made: &MadeLink, now: Timestamp) -> AnyView {
    let [hours, minutes] = until(made.link.expires_at, now);
    view! {
        <div class="once">
            <div class="inline once__whom">
                <b class="strong">{person(&made.name)} " · " {made.email.clone()}</b>
                <span class="chip chip--info">
                    {icon_small(Icon::Clock)} {texts.valid_for(&hours, &minutes)}
                </span>
            </div>
            {value(texts, &made.link.url)}
            <span class="hint">{texts.once_hint()}</span>
        </div>
    }
    .into_any()
}

/// A value to be copied: whole, chosen by one press, with a button where script runs.
pub(super) fn value(texts: Texts, value: &str) -> AnyView {
    view! {
        <span class="field">
            <output class="mono" aria-label=texts.link()>
                {value.to_owned()}
            </output>
            <button
                type="button"
                class="button button--small"
                data-needs-script=""
                data-copied=texts.copied()
            >
                {icon_small(Icon::Copy)}
                <span aria-live="polite">{texts.copy()}</span>
            </button>
        </span>
    }
    .into_any()
}

fn row(facts: PageFacts, shown: &Operators, invitation: &OpenInvitation) -> Row {
    let texts = texts_in::<Texts>(facts.lang);
    let over = invitation.expires_at <= shown.now;
    let mut cells = vec![
        Cell::head(view! {
            <span>{invitation.email.clone()} <small>{person(&invitation.name)}</small></span>
        }),
        Cell::value(role_word(facts.lang, invitation.role)),
        Cell::value(left(facts, shown, invitation)),
    ];
    if shown.manages {
        let act = if over {
            renew(texts, invitation)
        } else {
            withdraw(texts, invitation)
        };
        cells.push(Cell::act(act));
    }
    Row {
        cells,
        state: over.then_some("off"),
    }
}

fn left(facts: PageFacts, shown: &Operators, invitation: &OpenInvitation) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    let end = invitation.expires_at;
    let full = use_dates().full(end, facts.zone);
    let rest = end.since(shown.now);
    let words = if rest <= 0 {
        texts.ended().to_owned()
    } else {
        let [hours, minutes] = until(end, shown.now);
        texts.hours_left(&hours, &minutes)
    };
    let near = (1..NEAR_MS).contains(&rest).then_some("wait");
    view! {
        <time class="left" datetime=end.to_string() title=full data-kind=near>
            {words}
        </time>
    }
    .into_any()
}

fn withdraw(texts: Texts, invitation: &OpenInvitation) -> AnyView {
    let button = view! {
        <button class="button button--small" aria-label=texts.withdraw_from(&invitation.email)>
            {texts.withdraw()}
        </button>
    };
    let fields = vec![("id", invitation.id.to_string())];
    button_form(
        Section::Operators,
        forms::WITHDRAW,
        fields,
        button.into_any(),
    )
}

fn renew(texts: Texts, invitation: &OpenInvitation) -> AnyView {
    let button = view! {
        <button class="button button--small" aria-label=texts.new_link_for(&invitation.email)>
            {texts.new_link()}
        </button>
    };
    let fields = vec![
        ("email", invitation.email.clone()),
        ("name", invitation.name.clone()),
        ("role", super::shown::name_of(invitation.role).to_owned()),
    ];
    button_form(Section::Operators, forms::INVITE, fields, button.into_any())
}
