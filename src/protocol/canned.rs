//! Texts that are ready to be sent, and what they leave open until they are put in: a name, a
//! date. Filling them is one function that server and browser share.

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

/// A text that is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// As it is sent.
    pub text: String,
    /// Variables for which there was nothing, each once.
    pub empty: Vec<Variable>,
}

/// Puts values in place of a text's variables, in one pass: what a value says is never taken for a
/// variable, so that a customer who is called `{operator}` stays so.
pub fn fill<'v>(text: &str, value: impl Fn(Variable) -> &'v str) -> Filled {
    let mut filled = Filled {
        text: String::with_capacity(text.len()),
        empty: Vec::new(),
    };
    for piece in Pieces(text) {
        let (word, known) = match piece {
            Piece::Words(words) => (words, None),
            Piece::Variable { whole, word } => (whole, Variable::named(word)),
        };
        let Some(variable) = known else {
            filled.text.push_str(word);
            continue;
        };
        let value = value(variable);
        if value.is_empty() && !filled.empty.contains(&variable) {
            filled.empty.push(variable);
        }
        filled.text.push_str(value);
    }
    filled
}

/// The first variable of a text that there is not, without its braces.
pub fn unknown_variable(text: &str) -> Option<&str> {
    Pieces(text).find_map(|piece| match piece {
        Piece::Variable { word, .. } if Variable::named(word).is_none() => Some(word),
        Piece::Variable { .. } | Piece::Words(_) => None,
    })
}

enum Piece<'a> {
    Words(&'a str),
    Variable { whole: &'a str, word: &'a str },
}

/// What is left of a text, cut into words and variables.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let text = self.0;
        if let Some(length) = variable_at_start(text) {
            let whole = &text[..length];
            self.0 = &text[length..];
            let word = &whole[1..length - 1];
            return Some(Piece::Variable { whole, word });
        }
        // A brace that begins nothing stands for itself.
        let from = text.chars().next()?.len_utf8();
        let starts = text.match_indices('{').map(|(at, _)| at);
        let mut starts = starts.filter(|at| *at >= from);
        let end = starts.find(|at| variable_at_start(&text[*at..]).is_some());
        let (words, rest) = text.split_at(end.unwrap_or(text.len()));
        self.0 = rest;
        Some(Piece::Words(words))
    }
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

    fn filled(text: &str, name: &str) -> Filled {
        fill(text, |variable| match variable {
            Variable::Name => name,
            Variable::Operator => "มะลิ",
            Variable::Channel => "Baan Silk",
            Variable::Date => "24 พ.ย.",
            Variable::Time => "14:05",
        })
    }

    #[test]
    fn each_variable_has_its_value() {
        let text = "คุณ{name} {date} {time} {channel} — {operator}";
        let said = "คุณนัท 24 พ.ย. 14:05 Baan Silk — มะลิ";
        assert_eq!(filled(text, "นัท").text, said);
        assert_eq!(filled("{name}{name}", "N").text, "NN");
        assert_eq!(filled("", "N").text, "");
    }

    #[test]
    fn a_value_is_never_read_again() {
        for name in ["{operator}", "{name}", "{", "}", "{{time}}", "{op"] {
            let said = filled("{name}erator} {operator}", name).text;
            assert_eq!(said, format!("{name}erator}} มะลิ"));
        }
    }

    #[test]
    fn what_is_no_variable_stays_as_it_is() {
        for text in [
            "{}",
            "{ name }",
            "{a b}",
            "{\"json\": 1}",
            "{name",
            "name}",
            "}{",
            "{{}}",
            "{Name}",
            "{unknown}",
            "{a{b",
        ] {
            assert_eq!(filled(text, "N").text, text);
        }
        assert_eq!(filled("{{name}}", "N").text, "{N}");
        assert_eq!(filled("{a{name}", "N").text, "{aN");
    }

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

    #[test]
    fn what_stayed_empty_is_told_once() {
        let said = filled("{name}, {name}: {time}", "");
        assert_eq!(said.text, ", : 14:05");
        assert_eq!(said.empty, [Variable::Name]);
        assert_eq!(filled("hello", "").empty, []);
    }
}
