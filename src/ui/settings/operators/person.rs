//! Somebody of the team, as tables and heads name them.

use leptos::prelude::*;

use crate::protocol::team::TeamMember;
use crate::ui::components::OperatorAvatar;
use crate::ui::settings::table::Cell;
use crate::ui::words::lang_of;

/// A name, in its own language and direction.
pub(super) fn person(name: &str) -> AnyView {
    let lang = lang_of(name, None);
    view! { <bdi lang=lang>{name.to_owned()}</bdi> }.into_any()
}

/// Heads a row: letter, name, address.
pub(super) fn who(member: &TeamMember) -> Cell {
    let presence = member.disabled_at.is_none().then_some(member.status);
    Cell::head(view! {
        <span class="cell cell--who">
            <OperatorAvatar id=member.id name=member.name.clone() size=30 presence />
            <span>{person(&member.name)} <small>{member.email.clone()}</small></span>
        </span>
    })
}
