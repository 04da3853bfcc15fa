//! The host of an address: its name, where it ends, and in which letters it may be shown.

use super::punycode;

/// Longest name and longest label that there can be, in characters of ASCII.
const NAME_MAX: usize = 253;
const LABEL_MAX: usize = 63;

/// A host at the beginning of a text.
pub(super) struct Host {
    /// Bytes of it in the text.
    pub(super) length: usize,
    /// With punycode for labels that could be taken for others.
    pub(super) shown: String,
}

impl Host {
    /// Reads a name of at least two labels, or four numbers.
    pub(super) fn read(text: &str) -> Option<Self> {
        let end = text
            .find(|c: char| c != '.' && script(c).is_none())
            .unwrap_or(text.len());
        let end = text[..end].find("..").unwrap_or(end);
        let name = text[..end].trim_end_matches('.');
        let begin = name.rfind('.')? + 1;
        // The last label never mixes: letters of another kind behind it are the sentence's.
        let last = one_kind(&name[begin..]).trim_end_matches(['-', '_']);
        let name = &name[..begin + last.len()];
        if !(ends_as_a_name(last) || is_four_numbers(name)) || name.len() > NAME_MAX * 4 {
            return None;
        }
        let labels: Option<Vec<String>> = name.split('.').map(label).collect();
        let shown = labels?.join(".");
        (shown.len() <= NAME_MAX).then_some(Self {
            length: name.len(),
            shown,
        })
    }
}

/// How a label is shown.
fn label(label: &str) -> Option<String> {
    let shown = if is_plain(label) {
        label.to_owned()
    } else {
        format!("xn--{}", punycode::encode(&label.to_ascii_lowercase())?)
    };
    (1..=LABEL_MAX)
        .contains(&shown.chars().count())
        .then_some(shown)
}

/// Whether a label is of one script, and that not one whose letters pass for others.
fn is_plain(label: &str) -> bool {
    let mut all = label.chars().filter_map(script);
    let mut only = Script::Neutral;
    label.is_ascii()
        || all.all(|script| {
            if only == Script::Neutral {
                only = script;
            }
            script != Script::Other && (script == only || script == Script::Neutral)
        })
}

/// The beginning of a label that is either ASCII or not.
fn one_kind(label: &str) -> &str {
    let is_ascii = label.starts_with(|c: char| c.is_ascii());
    let end = label.find(|c: char| c.is_ascii() != is_ascii);
    &label[..end.unwrap_or(label.len())]
}

/// Top-level names have two characters and more, and begin with a letter: `0x1` is a number.
fn ends_as_a_name(last: &str) -> bool {
    last.chars().nth(1).is_some() && !last.starts_with(|c: char| c.is_ascii_digit() || c == '-')
}

fn is_four_numbers(name: &str) -> bool {
    let is_number = |part: &str| part.parse::<u8>().is_ok_and(|n| n.to_string() == part);
    name.split('.').count() == 4 && name.split('.').all(is_number)
}

/// To which letters one belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Digits and hyphens stand with all.
    Neutral,
    Latin,
    Thai,
    /// Chinese and Japanese.
    Han,
    Hangul,
    /// Any other; among them those that look like Latin ones.
    Other,
}

/// What can stand in a host's name; none for all else.
fn script(c: char) -> Option<Script> {
    Some(match c {
        '0'..='9' | '-' | '_' => Script::Neutral,
        'a'..='z' | 'A'..='Z' | 'ß'..='ö' | 'ø'..='ÿ' => Script::Latin,
        'ก'..='\u{0e3a}' | 'เ'..='\u{0e4e}' | '๐'..='๙' => Script::Thai,
        '々'..='〇'
        | 'ぁ'..='ゖ'
        | 'ゝ'..='ゟ'
        | 'ァ'..='ヺ'
        | 'ー'..='ヿ'
        | 'ㄅ'..='ㄯ'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '가'..='힣' => Script::Hangul,
        'À'..='Ö'
        | 'Ø'..='Þ'
        | '\u{100}'..='\u{2af}'
        | '\u{300}'..='\u{1fff}'
        | '\u{2c00}'..='\u{2dff}'
        | '\u{a000}'..='\u{abff}' => Script::Other,
        _ => return None,
    })
}
