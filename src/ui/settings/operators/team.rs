//! The team: who is there, as what, and since when not.

use leptos::prelude::*;

use super::person::who;
use super::shown::{Opened, Operators, forms};
use super::texts::Texts;
use crate::protocol::Presence;
use crate::protocol::capacity::Capacity;
use crate::protocol::team::TeamMember;
use crate::ui::components::{Icon, icon_small, presence_word};
use crate::ui::document::role_word;
use crate::ui::front::PageFacts;
use crate::ui::settings::Section;
use crate::ui::settings::card::{button_form, card as whole_card};
use crate::ui::settings::table::{Cell, Row, table};
use crate::ui::words::{texts_in, use_dates};

/// The card.
pub(super) fn card(facts: PageFacts, shown: &Operators) -> AnyView {
    let texts = texts_in::<Texts>(facts.lang);
    let mut heads = vec![
        texts.name(),
        texts.role(),
        texts.open_chats(),
        texts.last_seen(),
    ];
    if shown.manages {
        heads.push("");
    }
    let rows = shown.active().map(|member| row(facts, shown, member));
    let rows = table(&heads, texts.action(), rows.collect());
    let hint = (!shown.manages).then(|| texts.only_admins().to_owned());
    let body = view! {
        {rows}
        {disabled(facts, shown)}
    };
    whole_card(12, texts.team(), hint, body.into_any())
}

fn row(facts: PageFacts, shown: &Operators, member: &TeamMember) -> Row {
    let texts = texts_in::<Texts>(facts.lang);
    let mut cells = vec![
        who(member),
        Cell::value(role_word(facts.lang, member.role)),
        Cell::value(chats(texts, member)),
        Cell::value(seen(facts, shown, member)),
    ];
    if shown.manages {
        let href = format!("{}?edit={}#edit", Section::Operators.href(), member.id);
        cells.push(Cell::act(view! {
            <a class="button button--small" href=href aria-label=texts.edit_name(&member.name)>
                {icon_small(Icon::Edit)}
                {texts.edit()}
            </a>
        }));
    }
    let edited = matches!(shown.opened, Opened::Edit(id) if id == member.id);
    Row {
        cells,
        state: edited.then_some("selected"),
    }
}

/// How many chats they have, and of how many where that is their own number.
fn chats(texts: Texts, member: &TeamMember) -> String {
    let open = member.active_chats.to_string();
    match member.capacity {
        Capacity::Team => open,
        Capacity::Own(most) => texts.chats_of(&open, &most.to_string()),
    }
}

/// Whether they are here, or when they last were.
fn seen(facts: PageFacts, shown: &Operators, member: &TeamMember) -> AnyView {
    if member.status != Presence::Offline {
        return presence_word(member.status).into_any();
    }
    let texts = texts_in::<Texts>(facts.lang);
    let Some(at) = member.last_seen_at else {
        return view! { <span class="muted">{texts.not_signed_in()}</span> }.into_any();
    };
    let dates = use_dates();
    view! {
        <time datetime=at.to_string() title=dates.full(at, facts.zone)>
            {dates.short(at, shown.now, facts.zone)}
        </time>
    }
    .into_any()
}

/// Those who may not sign in, behind a line that says how many.
fn disabled(facts: PageFacts, shown: &Operators) -> Option<AnyView> {
    let texts = texts_in::<Texts>(facts.lang);
    let dates = use_dates();
    let gone = shown.team.operators.iter();
    let gone = gone.filter_map(|member| Some((member, member.disabled_at?)));
    let rows = gone.map(|(member, at)| {
        let mut cells = vec![
            who(member),
            Cell::value(role_word(facts.lang, member.role)),
            Cell::value(view! {
                <time datetime=at.to_string() title=dates.full(at, facts.zone)>
                    {dates.short(at, shown.now, facts.zone)}
                </time>
            }),
        ];
        if shown.manages {
            let button = view! {
                <button
                    class="button button--small"
                    aria-label=texts.enable_name(&member.name)
                >
                    {texts.enable()}
                </button>
            };
            let fields = vec![("id", member.id.to_string())];
            let button = button.into_any();
            let form = button_form(Section::Operators, forms::ENABLE, fields, button);
            cells.push(Cell::act(form));
        }
        Row {
            cells,
            state: Some("off"),
        }
    });
    let rows: Vec<_> = rows.collect();
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let mut heads = vec![texts.name(), texts.role(), texts.disabled_on()];
    if shown.manages {
        heads.push("");
    }
    (count > 0).then(|| {
        view! {
            <details class="more">
                <summary>
                    <span class="turn">{icon_small(Icon::Right)}</span>
                    {texts.disabled_operators(count)}
                </summary>
                {table(&heads, texts.action(), rows)}
            </details>
        }
        .into_any()
    })
}
