//! A table that becomes cards on narrow screens: each cell carries its column's name.

use leptos::prelude::*;

/// One cell of a row.
pub(super) struct Cell {
    /// What is in it.
    pub view: AnyView,
    /// What a cell is for that is not just a value.
    pub kind: CellKind,
}

/// How a cell stands in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    /// Heads the row.
    Head,
    /// A value under its column's name.
    Value,
    /// Holds the row's button.
    Act,
}

impl Cell {
    /// Heads the row.
    pub(super) fn head(view: impl IntoAny) -> Self {
        Self::of(view, CellKind::Head)
    }

    /// A value.
    pub(super) fn value(view: impl IntoAny) -> Self {
        Self::of(view, CellKind::Value)
    }

    /// The row's button.
    pub(super) fn act(view: impl IntoAny) -> Self {
        Self::of(view, CellKind::Act)
    }

    fn of(view: impl IntoAny, kind: CellKind) -> Self {
        Self {
            view: view.into_any(),
            kind,
        }
    }
}

/// One row.
pub(super) struct Row {
    /// In the order of the columns.
    pub cells: Vec<Cell>,
    /// `selected` or `off`, for rows that stand out.
    pub state: Option<&'static str>,
}

/// The whole table. An empty column name stands for a column of buttons, which `act` names.
pub(super) fn table(heads: &[&'static str], act: &'static str, rows: Vec<Row>) -> AnyView {
    let names: Vec<_> = heads
        .iter()
        .map(|&head| {
            if head.is_empty() {
                view! {
                    <th scope="col">
                        <span class="visually-hidden">{act}</span>
                    </th>
                }
            } else {
                view! {
                    <th scope="col">
                        <span>{head}</span>
                    </th>
                }
            }
        })
        .collect();
    let heads = heads.to_vec();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let cells = row.cells.into_iter().zip(heads.iter().copied());
            let cells: Vec<_> = cells.map(|(cell, head)| one(cell, head)).collect();
            view! { <tr data-state=row.state>{cells}</tr> }
        })
        .collect();
    view! {
        <table class="table" data-stack="">
            <thead>
                <tr>{names}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn one(cell: Cell, head: &'static str) -> AnyView {
    let Cell { view, kind } = cell;
    match kind {
        CellKind::Head => view! { <th scope="row">{view}</th> }.into_any(),
        CellKind::Value => view! { <td data-label=head>{view}</td> }.into_any(),
        CellKind::Act => view! {
            <td class="n" data-act="">
                {view}
            </td>
        }
        .into_any(),
    }
}
