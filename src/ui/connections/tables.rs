//! Open connections, and those that ended lately.

use leptos::prelude::*;

use super::texts::{Texts, reason_of};
use crate::protocol::connection::{ConnectionState, EndedConnection, OpenConnection};
use crate::protocol::{ErrorCode, OperatorRef, Timestamp};
use crate::ui::components::{OperatorAvatar, bdi};
use crate::ui::page_facts::PageFacts;
use crate::ui::words::{Dates, texts_in};

/// One line an open connection.
#[component]
pub(super) fn OpenTable(
    facts: PageFacts,
    texts: Texts,
    now: Timestamp,
    open: Vec<OpenConnection>,
) -> impl IntoView {
    if open.is_empty() {
        return view! { <p class="sheet__none">{texts.nobody()}</p> }.into_any();
    }
    let dates = Dates::new(texts_in(facts.lang), facts.habits);
    let rows = open.into_iter().map(|one| {
        let (chip, state) = match one.state {
            ConnectionState::Live => ("chip chip--accent", texts.live()),
            ConnectionState::Quiet => ("chip chip--wait", texts.quiet()),
            ConnectionState::Behind => ("chip chip--late", texts.behind()),
            ConnectionState::Closing => ("chip", texts.closing()),
        };
        let since = dates.full(one.since, facts.zone);
        view! {
            <tr>
                {who(one.operator)}
                <td data-label=texts.state()>
                    <span class=chip>{state}</span>
                </td>
                <td data-label=texts.since() title=since>
                    {dates.wait(now.since(one.since))}
                </td>
                <td data-label=texts.heard()>{dates.wait(now.since(one.last_heard))}</td>
                <td data-label=texts.rooms()>{one.rooms}</td>
                <td data-label=texts.queued()>{one.queued}</td>
                <td data-label=texts.resumes()>{one.resumes}</td>
                <td data-label=texts.last_error()>{error_name(one.last_error)}</td>
            </tr>
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
    table(heads, rows.collect_view()).into_any()
}

/// One line a connection that ended.
#[component]
pub(super) fn EndedTable(
    facts: PageFacts,
    texts: Texts,
    ended: Vec<EndedConnection>,
) -> impl IntoView {
    if ended.is_empty() {
        return view! { <p class="sheet__none">{texts.none_ended()}</p> }.into_any();
    }
    let dates = Dates::new(texts_in(facts.lang), facts.habits);
    let rows = ended.into_iter().map(|one| {
        let ended = dates.full(one.ended, facts.zone);
        let code = one.code.map(|code| code.to_string());
        view! {
            <tr>
                {who(one.operator)}
                <td data-label=texts.ended()>{ended}</td>
                <td data-label=texts.lasted()>{dates.wait(one.ended.since(one.since))}</td>
                <td data-label=texts.reason()>
                    {reason_of(texts, one.code)}
                    {code.map(|code| view! { " " <code>{code}</code> })}
                </td>
                <td data-label=texts.resumes()>{one.resumes}</td>
                <td data-label=texts.last_error()>{error_name(one.last_error)}</td>
            </tr>
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
    table(heads, rows.collect_view()).into_any()
}

fn table<const N: usize>(heads: [&'static str; N], rows: impl IntoView) -> impl IntoView {
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <table class="table">
            <thead>
                <tr>{heads.collect_view()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn who(operator: OperatorRef) -> impl IntoView {
    view! {
        <th scope="row">
            <OperatorAvatar id=operator.id name=operator.name.clone() size=26 />
            <span>{bdi(operator.name)}</span>
        </th>
    }
}

/// As programs and the log name it; a dash for none.
fn error_name(error: Option<ErrorCode>) -> impl IntoView {
    let name = error.and_then(|code| serde_json::to_value(code).ok());
    let name = name.and_then(|name| name.as_str().map(str::to_owned));
    match name {
        Some(name) => view! { <code>{name}</code> }.into_any(),
        None => "–".into_any(),
    }
}
