//! Texts that are ready to be sent, and what they leave open until they are put in: a name, a
//! date. The script that lists them fills them in (`public/trays/fill.mjs`).

use serde::{Deserialize, Serialize};

use super::{CannedId, OperatorId};

/// Most UTF-16 units of a shortcut.
pub const SHORTCUT_MAX_UTF16: usize = 32;

/// Most UTF-16 units of a title.
pub const TITLE_MAX_UTF16: usize = 100;

/// Most UTF-16 units of a category.
pub const CATEGORY_MAX_UTF16: usize = 50;

/// Longest, in characters, that is taken for the name of a variable.
const VARIABLE_CHARS: usize = 32;

/// A text that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CannedReply {
    /// Which.
    pub id: CannedId,
    /// What is typed behind `/` to find it; no two that one operator sees of one kind have the
    /// same, whatever their case.
    pub shortcut: String,
    /// What it is for.
    pub title: String,
    /// The text, with its variables.
    pub text: String,
    /// Under which heading it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Whether the whole team has it.
    pub shared: bool,
    /// Whose it is, where it is not shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<OperatorId>,
    /// How many messages were made of it.
    pub used: u32,
}

/// What a text may leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variable {
    /// What the customer is called: by our own name for them, else by LINE's.
    Name,
    /// Who answers.
    Operator,
    /// The title of the LINE account.
    Channel,
    /// Today.
    Date,
    /// The time of day.
    Time,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Operator,
        Self::Channel,
        Self::Date,
        Self::Time,
    ];

    /// How it is written between braces.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Operator => "operator",
            Self::Channel => "channel",
            Self::Date => "date",
            Self::Time => "time",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// The first variable of a text that there is not, without its braces.
pub fn unknown_variable(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        rest = &rest[at..];
        // A brace that begins nothing stands for itself.
        let length = variable_at_start(rest).unwrap_or(1);
        let word = rest.get(1..length.max(2) - 1).unwrap_or_default();
        if length > 1 && Variable::named(word).is_none() {
            return Some(word);
        }
        rest = &rest[length..];
    }
    None
}

/// How many bytes of a text are the variable that it begins with: a word in braces, of any script,
/// so that one that somebody has translated is noticed.
fn variable_at_start(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('{')?;
    let mut count = 0;
    for (at, c) in inner.char_indices() {
        if c == '}' {
            return (count > 0).then_some(at + 2);
        }
        let fits = c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-')
            || !(c.is_ascii() || c.is_whitespace());
        count += 1;
        if !fits || count > VARIABLE_CHARS {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_there_are_not_are_found_in_any_script() {
        for (text, unknown) in [
            ("{unknown}", Some("unknown")),
            ("{name} {Name}", Some("Name")),
            ("{ชื่อ}", Some("ชื่อ")),
            ("{名前} {name}", Some("名前")),
            ("{{x}}", Some("x")),
            ("{name}{time}", None),
            ("{ name } {} {a b} {:} {", None),
        ] {
            assert_eq!(unknown_variable(text), unknown, "{text}");
        }
        assert_eq!(unknown_variable(&format!("{{{}}}", "a".repeat(33))), None);
    }
}
