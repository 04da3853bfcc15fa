//! Tables as spreadsheets read and write them: RFC 4180, in UTF-8 that begins with a byte-order
//! mark, and no cell that a spreadsheet would take for a formula.

mod encoding;
mod records;

pub use encoding::Encoding;
pub use records::{Row, read};

/// What a file begins with, so that spreadsheets take it for UTF-8.
const MARK: char = '\u{feff}';

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvError {
    /// It is not in UTF-8.
    Encoding(Encoding),
    /// This row begins a quotation that does not end, or writes on behind the end of one.
    Quote(usize),
}

/// One cell to be written.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// What somebody wrote.
    Text(&'a str),
    /// What Sala writes: numbers, dates, words of its own.
    Own(&'a str),
}

/// Writes a table.
pub struct Writer(String);

impl Default for Writer {
    fn default() -> Self {
        Self(MARK.to_string())
    }
}

impl Writer {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            match cell {
                Cell::Own(text) => self.cell(text, false),
                Cell::Text(text) => self.cell(text, is_risky(text)),
            }
        }
        self.0.push_str("\r\n");
    }

    fn cell(&mut self, text: &str, guarded: bool) {
        let quoted = text.contains([',', ';', '\t', '"', '\r', '\n'])
            || text.starts_with(char::is_whitespace)
            || text.ends_with(char::is_whitespace);
        if quoted {
            self.0.push('"');
        }
        if guarded {
            self.0.push('\'');
        }
        if quoted {
            self.0.push_str(&text.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(text);
        }
    }

    /// The file.
    pub fn finish(self) -> String {
        self.0
    }
}

/// Whether a spreadsheet may take a text for a formula, or the guard of another one for its own.
fn is_risky(text: &str) -> bool {
    let behind = text.trim_start_matches('\'');
    behind.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// A cell as it was before it was guarded.
fn unguarded(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell<'_>]) -> String {
        let mut file = Writer::new();
        file.row(cells.iter().copied());
        file.finish()
    }

    #[test]
    fn what_may_be_a_formula_is_guarded_and_what_sala_writes_is_not() {
        for formula in [
            "=1", "+1-1", "-1", "@a", "\ta", "\ra", "＝1", "＋1", "－1", "＠a", "'=1",
        ] {
            let file = written(&[Cell::Text(formula)]);
            let cell = file.trim_start_matches([MARK, '"']);
            assert!(cell.starts_with('\''), "{formula:?}");
        }
        let file = written(&[Cell::Own("-5"), Cell::Text("a=1"), Cell::Text("'quoted'")]);
        assert_eq!(file, "\u{feff}-5,a=1,'quoted'\r\n");
    }

    #[test]
    fn what_was_written_is_read() {
        let rows = [
            ["plain", "a,b", "say \"hi\""],
            ["line\r\nbreak", "semi;colon", "tab\there"],
            ["'=x", "''=x", "'x"],
            ["", " ", "\"\""],
            ["ส่ง", "入荷", "😀"],
        ];
        let mut file = Writer::new();
        for row in rows {
            file.row(row.map(Cell::Text));
        }
        let read = read(file.finish().as_bytes(), 100).expect("a table");
        let cells: Vec<_> = read.iter().map(|row| row.cells.clone()).collect();
        assert_eq!(cells, rows);
    }
}
