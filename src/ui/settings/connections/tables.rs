//! Open connections, and those that ended lately.

use leptos::prelude::*;

use super::texts::Texts;
use crate::protocol::connection::{ConnectionState, EndedConnection, OpenConnection};
use crate::protocol::{ErrorCode, OperatorRef, Timestamp, Zone};
use crate::ui::components::{OperatorAvatar, bdi};
use crate::ui::settings::table::{Cell, Row, table};
use crate::ui::words::use_dates;

/// One line an open connection.
pub(super) fn open_table(
    zone: Zone,
    texts: Texts,
    now: Timestamp,
    open: Vec<OpenConnection>,
) -> AnyView {
    if open.is_empty() {
        return none(texts.nobody());
    }
    let dates = use_dates();
    let rows = open.into_iter().map(|one| {
        let (chip, state) = match one.state {
            ConnectionState::Live => ("chip chip--accent", texts.live()),
            ConnectionState::Quiet => ("chip chip--wait", texts.quiet()),
            ConnectionState::Behind => ("chip chip--late", texts.behind()),
            ConnectionState::Closing => ("chip", texts.closing()),
        };
        let since = dates.full(one.since, zone);
        Row {
            cells: vec![
                who(one.operator),
                Cell::value(view! { <span class=chip>{state}</span> }),
                Cell::value(view! {
                    <span title=since>{dates.wait(now.since(one.since))}</span>
                }),
                Cell::value(dates.wait(now.since(one.last_heard))),
                Cell::value(one.rooms),
                Cell::value(one.queued),
                Cell::value(one.resumes),
                Cell::value(error_name(one.last_error)),
            ],
            state: None,
        }
    });
    let heads = [
        texts.operator(),
        texts.state(),
        texts.since(),
        texts.heard(),
        texts.rooms(),
        texts.queued(),
        texts.resumes(),
        texts.last_error(),
    ];
    table(&heads, "", rows.collect())
}

/// One line a connection that ended.
pub(super) fn ended_table(zone: Zone, texts: Texts, ended: Vec<EndedConnection>) -> AnyView {
    if ended.is_empty() {
        return none(texts.none_ended());
    }
    let dates = use_dates();
    let rows = ended.into_iter().map(|one| {
        let code = one.code.map(|code| code.to_string());
        Row {
            cells: vec![
                who(one.operator),
                Cell::value(dates.full(one.ended, zone)),
                Cell::value(dates.wait(one.ended.since(one.since))),
                Cell::value(view! {
                    <span>
                        {texts.reason_of(one.code)}
                        {code.map(|code| view! { " " <code>{code}</code> })}
                    </span>
                }),
                Cell::value(one.resumes),
                Cell::value(error_name(one.last_error)),
            ],
            state: None,
        }
    });
    let heads = [
        texts.operator(),
        texts.ended(),
        texts.lasted(),
        texts.reason(),
        texts.resumes(),
        texts.last_error(),
    ];
    table(&heads, "", rows.collect())
}

fn none(sentence: &'static str) -> AnyView {
    view! { <p class="muted">{sentence}</p> }.into_any()
}

fn who(operator: OperatorRef) -> Cell {
    Cell::head(view! {
        <span class="cell">
            <OperatorAvatar id=operator.id name=operator.name.clone() size=24 />
            <span>{bdi(operator.name)}</span>
        </span>
    })
}

/// As programs and the log name it; a dash for none.
fn error_name(error: Option<ErrorCode>) -> AnyView {
    let name = error.and_then(|code| serde_json::to_value(code).ok());
    let name = name.and_then(|name| name.as_str().map(str::to_owned));
    match name {
        Some(name) => view! { <code>{name}</code> }.into_any(),
        None => "–".into_any(),
    }
}
