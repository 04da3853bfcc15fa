//! Where a note names colleagues.

use super::super::line_details::{LineDetails, LineMention};
use super::super::message::utf16_len;
use super::super::{OperatorId, OperatorRef};

/// The places of `@name` in a note, for each of those whom it mentions; `me` is the reader.
pub fn named(note: &str, mentions: &[OperatorRef], me: OperatorId) -> LineDetails {
    let mut line = LineDetails::default();
    for (at, sign) in note.char_indices() {
        if !matches!(sign, '@' | '＠') {
            continue;
        }
        let behind = &note[at + sign.len_utf8()..];
        for person in mentions {
            if behind.starts_with(person.name.as_str()) {
                let units = |text: &str| u32::try_from(utf16_len(text)).unwrap_or(u32::MAX);
                line.mentions.push(LineMention {
                    #[cfg(feature = "ssr")]
                    target: "user".to_owned(),
                    index: units(&note[..at]),
                    // Both signs are one unit.
                    length: units(&person.name) + 1,
                    #[cfg(feature = "ssr")]
                    user_id: None,
                    is_self: person.id == me,
                });
            }
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::super::{Piece, pieces};
    use super::*;

    #[test]
    fn names_stand_out_wherever_they_are_and_only_those_who_were_told() {
        let person = |number: u128, name: &str| OperatorRef {
            id: OperatorId(uuid::Uuid::from_u128(number)),
            name: name.to_owned(),
        };
        let note = "🌿 @มะลิ ＠มะลิ @Ken";
        let mali = person(1, "มะลิ");
        let line = named(note, std::slice::from_ref(&mali), mali.id);
        let shown: Vec<String> = pieces(note, &line)
            .into_iter()
            .map(|piece| match piece {
                Piece::Mention { words, is_self } => format!("[{words} {is_self}]"),
                Piece::Words(words) => words,
                Piece::Address(_) | Piece::Emoji { .. } => String::new(),
            })
            .collect();
        assert_eq!(shown.concat(), "🌿 [@มะลิ true] [＠มะลิ true] @Ken");
    }
}
