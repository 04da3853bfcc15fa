//! Reading a table: `,`, `;` or a tab between its cells, whatever ends its lines.

use super::encoding::Encoding;
use super::{CsvError, MARK, unguarded};

/// One row, with what its cells hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet counts it: the head is 1.
    pub number: usize,
    /// In the order of the columns.
    pub cells: Vec<String>,
}

/// The first `most` rows of a file, without those that are empty.
///
/// # Errors
/// [`CsvError`].
pub fn read(file: &[u8], most: usize) -> Result<Vec<Row>, CsvError> {
    let text = Encoding::utf8(file).map_err(CsvError::Encoding)?;
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let mut reader = Reader {
        rest: text,
        between: between(text),
    };
    let mut rows = Vec::new();
    let mut number = 0;
    while rows.len() < most && !reader.rest.is_empty() {
        number += 1;
        let cells = reader.row(number)?;
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(rows)
}

/// What stands between cells: whatever the first line has most of outside of quotations.
fn between(text: &str) -> char {
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
            c if !quoted => {
                for (known, count) in &mut counts {
                    *count += usize::from(c == *known);
                }
            }
            _ => {}
        }
    }
    // Of equals the first.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(',', |(between, _)| *between)
}

struct Reader<'a> {
    rest: &'a str,
    between: char,
}

impl Reader<'_> {
    fn row(&mut self, number: usize) -> Result<Vec<String>, CsvError> {
        let mut cells = Vec::new();
        loop {
            cells.push(unguarded(self.cell(number)?));
            if let Some(rest) = self.rest.strip_prefix(self.between) {
                self.rest = rest;
                continue;
            }
            let ends = ["\r\n", "\n", "\r"];
            let rest = ends.iter().find_map(|end| self.rest.strip_prefix(end));
            self.rest = rest.unwrap_or(self.rest);
            return Ok(cells);
        }
    }

    fn cell(&mut self, number: usize) -> Result<String, CsvError> {
        let ends = [self.between, '\r', '\n'];
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let end = self.rest.find(ends).unwrap_or(self.rest.len());
            let (cell, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Ok(cell.to_owned());
        };
        let mut cell = String::new();
        let mut rest = quoted;
        loop {
            let (words, behind) = rest.split_once('"').ok_or(CsvError::Quote(number))?;
            cell.push_str(words);
            match behind.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    rest = more;
                }
                None if behind.is_empty() || behind.starts_with(ends) => {
                    self.rest = behind;
                    return Ok(cell);
                }
                None => return Err(CsvError::Quote(number)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(file: &[u8]) -> Vec<Vec<String>> {
        let rows = read(file, 100).expect("a table");
        rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn all_that_spreadsheets_save_is_read() {
        let wanted = [["a", "b"], ["1", "x\ny"]];
        for file in [
            "\u{feff}a,b\r\n1,\"x\ny\"\r\n",
            "a,b\n1,\"x\ny\"",
            "a;b\r1;\"x\ny\"\r",
            "a\tb\r\n\r\n1\t\"x\ny\"",
            "\"a\",\"b\"\n\"1\",\"x\ny\"\n\n",
        ] {
            assert_eq!(cells(file.as_bytes()), wanted, "{file:?}");
        }
        let quotes = "\"a;\";b\n\"say \"\"hi\"\"\";'=1\n";
        assert_eq!(
            cells(quotes.as_bytes()),
            [["a;", "b"], ["say \"hi\"", "=1"]]
        );
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        let rows = read(b"a\n\"1\n2\"\n\nb\n", 100).expect("a table");
        let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 2, 4]);
        assert_eq!(read(b"a\nb\nc", 2).expect("a table").len(), 2);
    }

    #[test]
    fn quotations_that_do_not_end_are_refused_with_their_row() {
        assert_eq!(read(b"a\n\"b", 9), Err(CsvError::Quote(2)));
        assert_eq!(read(b"\"a\"b\n", 9), Err(CsvError::Quote(1)));
        assert_eq!(read(b"", 9), Ok(Vec::new()));
    }
}
