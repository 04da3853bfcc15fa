//! What came with a form, what is wrong with it, and what a page fills its fields with again.

use crate::protocol::ErrorCode;
use crate::protocol::fault::Reason;
use crate::protocol::team::PasswordLink;

use super::flash::Flash;

/// Fields that are never sent back.
const SECRET: [&str; 3] = ["old", "new", "password"];

/// The hidden field that says which of a section's forms it is.
pub(crate) const WHICH: &str = "form";

/// All fields of a form, in the order in which the browser sent them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
    file: Option<FormFile>,
}

/// A file that came with a form.
#[derive(Clone)]
pub(crate) struct FormFile {
    /// The name of its field.
    pub field: String,
    /// Nothing of one that has more bytes than any of ours.
    pub bytes: Option<Vec<u8>>,
}

impl std::fmt::Debug for FormFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let size = self.bytes.as_ref().map(Vec::len);
        write!(f, "{} of {size:?} bytes", self.field)
    }
}

/// Why a field is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It came more than once, so that nobody can tell which is meant.
    Doubled,
    /// For what is in it.
    Value(Reason),
}

/// One field that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldFault {
    /// Its name in the form.
    pub field: String,
    /// Why.
    pub why: Why,
}

impl FieldFault {
    /// Of this field.
    pub(crate) fn new(field: &str, why: Why) -> Self {
        Self {
            field: field.to_owned(),
            why,
        }
    }
}

/// A form that was refused, as its page shows it again.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// Which form of the section.
    pub form: String,
    /// All that is wrong with its fields.
    pub faults: Vec<FieldFault>,
    /// Why it was refused where that is about none of its fields.
    pub code: Option<ErrorCode>,
    /// What was typed, without secrets and files.
    pub typed: Form,
    /// What is wrong with the file that came with it.
    pub file: Vec<FileFault>,
}

/// What is wrong with a file that came with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// It is in an encoding that is not taken; its name, where it is known.
    Encoding(Option<&'static str>),
    /// This row has a quotation that does not end.
    Quote(usize),
    /// It has no such column.
    Column(&'static str),
    /// There are no rows in it.
    Empty,
    /// It has more rows than are taken.
    TooManyRows,
    /// A row's cell is refused.
    Cell(usize, FieldFault),
}

/// A link that a form has made. It is in the answer to that form and nowhere else.
#[derive(Clone, Debug)]
pub(crate) struct MadeLink {
    /// The link.
    pub link: PasswordLink,
    /// Whether it is for somebody who is an operator already, and has another password now.
    pub known: bool,
    /// Whose.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// What became of the form that was sent last.
#[derive(Clone, Debug, Default)]
pub(crate) enum Answer {
    /// None was.
    #[default]
    Nothing,
    /// It was taken.
    Taken(Flash),
    /// It was taken and has made a link.
    Made(Flash, MadeLink),
    /// It was refused, and nothing has changed.
    Refused(Refused),
    /// It is another one now, and nothing else has changed: a row was taken out of it.
    Reworked(Form),
}

impl Form {
    /// Of these fields.
    pub(crate) fn new(fields: Vec<(String, String)>) -> Self {
        Self { fields, file: None }
    }

    /// Of these fields and a file.
    pub(crate) fn with_file(fields: Vec<(String, String)>, file: Option<FormFile>) -> Self {
        Self { fields, file }
    }

    fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let named = self.fields.iter().filter(move |(field, _)| field == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The field's value, if it came once.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let mut values = self.all(name);
        values.next().filter(|_| values.next().is_none())
    }

    /// The first field whose value has this character.
    pub(crate) fn field_with(&self, character: char) -> Option<&str> {
        let found = |(_, value): &&(String, String)| value.contains(character);
        self.fields
            .iter()
            .find(found)
            .map(|(name, _)| name.as_str())
    }

    /// Which form of its section it is; nothing for none of ours.
    pub(crate) fn which(&self) -> &str {
        self.value(WHICH).unwrap_or_default()
    }

    /// The same without what is never sent back, as no page can send a file.
    pub(crate) fn without_secrets(mut self) -> Self {
        self.file = None;
        self.fields
            .retain(|(name, _)| !SECRET.contains(&name.as_str()));
        self
    }

    /// Reads fields and gathers what is wrong with them, so that all is told at once.
    pub(crate) fn reader(&self) -> FormReader<'_> {
        FormReader {
            form: self,
            faults: Vec::new(),
        }
    }
}

/// Reads a form field by field.
pub(crate) struct FormReader<'a> {
    form: &'a Form,
    faults: Vec<FieldFault>,
}

impl<'a> FormReader<'a> {
    /// The value of a field that must be there once. Empty, and noted, where it is not.
    pub(crate) fn text(&mut self, name: &str) -> &'a str {
        let mut values = self.form.all(name);
        let why = match (values.next(), values.next()) {
            (Some(value), None) => return value,
            (Some(_), Some(_)) => Why::Doubled,
            (None, _) => Why::Value(Reason::Missing),
        };
        self.faults.push(FieldFault::new(name, why));
        ""
    }

    /// The value of a field of a known set; another one is noted.
    pub(crate) fn choice<T>(
        &mut self,
        name: &str,
        known: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let before = self.faults.len();
        let text = self.text(name);
        if self.faults.len() > before {
            return None;
        }
        let chosen = known(text);
        if chosen.is_none() {
            self.refuse(name, Reason::Unknown);
        }
        chosen
    }

    /// Whether a switch is on: browsers send the field of one that is, and nothing otherwise.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        match self.form.all(name).count() {
            0 => false,
            1 => true,
            _ => {
                self.faults.push(FieldFault::new(name, Why::Doubled));
                false
            }
        }
    }

    /// The file of a field, if one was chosen. One that is too large is noted.
    pub(crate) fn file(&mut self, name: &str) -> Option<&'a [u8]> {
        let file = self.form.file.as_ref().filter(|file| file.field == name)?;
        if file.bytes.is_none() {
            self.refuse(name, Reason::TooLarge);
        }
        file.bytes.as_deref()
    }

    /// Notes what only the reader of the value sees.
    pub(crate) fn refuse(&mut self, name: &str, reason: Reason) {
        self.faults.push(FieldFault::new(name, Why::Value(reason)));
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// All that is wrong, if anything is.
    pub(crate) fn done(self) -> Result<(), Vec<FieldFault>> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(self.faults)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let pairs = pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Form::new(pairs.collect())
    }

    #[test]
    fn a_missing_and_a_doubled_field_are_named_together() {
        let form = form(&[("name", "a"), ("name", "b"), ("language", "th")]);
        let mut reader = form.reader();
        assert_eq!(reader.text("language"), "th");
        assert_eq!(reader.text("name"), "");
        assert_eq!(reader.text("clock"), "");
        let missing = Why::Value(Reason::Missing);
        let faults = [
            FieldFault::new("name", Why::Doubled),
            FieldFault::new("clock", missing),
        ];
        assert_eq!(reader.done(), Err(faults.into()));
    }

    #[test]
    fn what_is_not_among_the_choices_is_unknown_and_what_is_missing_is_only_missing() {
        let form = form(&[("clock", "13"), ("on", "on")]);
        let mut reader = form.reader();
        let known = |text: &str| (text == "24").then_some(24);
        assert_eq!(reader.choice("clock", known), None);
        assert_eq!(reader.choice("theme", known), None);
        assert!(reader.switch("on"));
        assert!(!reader.switch("off"));
        let whys: Vec<Why> = reader
            .done()
            .expect_err("refused")
            .into_iter()
            .map(|fault| fault.why)
            .collect();
        let reasons = [Reason::Unknown, Reason::Missing];
        assert_eq!(whys, reasons.map(Why::Value));
    }

    #[test]
    fn passwords_are_not_kept() {
        let kept = form(&[("old", "x"), ("new", "y"), ("name", "z")]).without_secrets();
        assert_eq!(kept.value("old").or(kept.value("new")), None);
        assert_eq!(kept.value("name"), Some("z"));
    }
}
