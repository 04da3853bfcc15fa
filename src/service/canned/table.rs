//! Canned replies as a table that spreadsheets open, and back.

use super::check::CannedDraft;
use crate::csv::{self, Cell, CsvError, Row};
use crate::protocol::CannedReply;

/// The columns, in their order.
const COLUMNS: [&str; 5] = ["shortcut", "title", "text", "category", "shared"];

/// Most rows of one file.
const ROWS_MAX: usize = 5_000;

/// Why a file is not the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// It is no CSV that can be read.
    Csv(CsvError),
    /// It has no such column.
    Column(&'static str),
    /// It has no rows but its head, or not even that.
    Empty,
    /// It has more than 5,000 rows.
    TooManyRows,
    /// This row says neither yes nor no in its column `shared`.
    Shared(usize),
}

impl From<CsvError> for TableFault {
    fn from(error: CsvError) -> Self {
        Self::Csv(error)
    }
}

/// The replies as a file.
pub fn to_csv(replies: &[CannedReply]) -> String {
    let mut file = csv::Writer::new();
    file.row(COLUMNS.map(Cell::Own));
    for reply in replies {
        file.row([
            Cell::Text(&reply.shortcut),
            Cell::Text(&reply.title),
            Cell::Text(&reply.text),
            Cell::Text(reply.category.as_deref().unwrap_or_default()),
            Cell::Own(if reply.shared { "yes" } else { "no" }),
        ]);
    }
    file.finish()
}

/// What a file wants, each with its row. Columns are known by their names and stand in any order,
/// others are passed over. Rows that do not say whether they are shared are as `shared` says.
///
/// # Errors
/// [`TableFault`].
pub fn from_csv(file: &[u8], shared: bool) -> Result<Vec<(usize, CannedDraft)>, TableFault> {
    let mut rows = csv::read(file, ROWS_MAX + 2)?.into_iter();
    let head = rows.next().ok_or(TableFault::Empty)?;
    let place = |name: &str| {
        let mut cells = head.cells.iter();
        cells.position(|cell| cell.trim().eq_ignore_ascii_case(name))
    };
    let needed = |name: &'static str| place(name).ok_or(TableFault::Column(name));
    let [shortcut, title, text] = [needed("shortcut")?, needed("title")?, needed("text")?];
    let (category, column) = (place("category"), place("shared"));
    let mut drafts = Vec::new();
    for row in rows {
        let cell = |at: usize| row.cells.get(at).cloned().unwrap_or_default();
        drafts.push((
            row.number,
            CannedDraft {
                id: None,
                shortcut: cell(shortcut),
                title: cell(title),
                text: cell(text),
                category: category.map(cell).filter(|category| !category.is_empty()),
                shared: is_shared(&row, column, shared)?,
            },
        ));
    }
    match drafts.len() {
        0 => Err(TableFault::Empty),
        1..=ROWS_MAX => Ok(drafts),
        _ => Err(TableFault::TooManyRows),
    }
}

fn is_shared(row: &Row, column: Option<usize>, otherwise: bool) -> Result<bool, TableFault> {
    let said = column.and_then(|at| row.cells.get(at));
    let said = said.map_or("", |said| said.trim()).to_ascii_lowercase();
    match said.as_str() {
        "" => Ok(otherwise),
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err(TableFault::Shared(row.number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{CannedId, OperatorId};

    fn reply(shortcut: &str, text: &str, shared: bool) -> CannedReply {
        CannedReply {
            id: CannedId::generate(),
            shortcut: shortcut.to_owned(),
            title: format!("=1+{shortcut}"),
            text: text.to_owned(),
            category: shared.then(|| "ส่ง; \"x\"".to_owned()),
            shared,
            owner_id: (!shared).then(OperatorId::generate),
            used: 7,
        }
    }

    #[test]
    fn a_table_comes_back_as_it_went() {
        let replies = [
            reply("ship", "a,b\r\n\"c\"\n\t{name}", true),
            reply("ส่ง", "=HYPERLINK(\"x\")", false),
            reply("送料", "'=not mine", true),
            reply("neg", "-1 ＝ ＋", false),
            reply("plain", " leading and trailing ", false),
        ];
        let file = to_csv(&replies);
        let drafts = from_csv(file.as_bytes(), true).expect("a table");
        let rows: Vec<usize> = drafts.iter().map(|(row, _)| *row).collect();
        assert_eq!(rows, [2, 3, 4, 5, 6]);
        for ((_, draft), reply) in drafts.iter().zip(&replies) {
            assert_eq!(draft.shortcut, reply.shortcut);
            assert_eq!(draft.title, reply.title);
            assert_eq!(draft.text, reply.text);
            assert_eq!(draft.category, reply.category);
            assert_eq!(draft.shared, reply.shared);
        }
    }

    #[test]
    fn columns_stand_in_any_order_and_what_is_missing_is_named() {
        let read = |file: &str| from_csv(file.as_bytes(), true);
        let drafts = read("Text;used;SHORTCUT;title\nhello;3;hi;Hi\n").expect("a table");
        assert_eq!(drafts[0].1.text, "hello");
        assert_eq!((drafts[0].1.shared, &drafts[0].1.category), (true, &None));
        assert_eq!(read("shortcut,title\na,b"), Err(TableFault::Column("text")));
        assert_eq!(read(""), Err(TableFault::Empty));
        assert_eq!(read("shortcut,title,text\n"), Err(TableFault::Empty));
        let unsaid = "shortcut,title,text,shared\na,b,c,no\nd,e,f,perhaps";
        assert_eq!(read(unsaid), Err(TableFault::Shared(3)));
    }
}
