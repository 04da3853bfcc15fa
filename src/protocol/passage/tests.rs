//! Ranges of all kinds over texts of all kinds.

use proptest::prelude::*;

use super::*;
use crate::protocol::line_details::{LineEmoji, LineMention};

fn emoji(index: u32, length: u32) -> LineEmoji {
    LineEmoji {
        index,
        length,
        product_id: "5ac1bfd5040ab15980c9b435".to_owned(),
        emoji_id: "001".to_owned(),
    }
}

fn mention(index: u32, length: u32, is_self: bool) -> LineMention {
    LineMention {
        target: "user".to_owned(),
        index,
        length,
        user_id: None,
        is_self,
    }
}

fn details(emojis: Vec<LineEmoji>, mentions: Vec<LineMention>) -> LineDetails {
    LineDetails {
        emojis,
        mentions,
        ..LineDetails::default()
    }
}

fn words(words: &str) -> Piece {
    Piece::Words(words.to_owned())
}

#[test]
fn emoji_mentions_and_addresses_stand_where_line_says() {
    let line = details(vec![emoji(15, 6)], vec![mention(3, 5, true)]);
    let found = pieces("🍎 @Baan ขอบคุณ(love)https://a.exampleครับ", &line);
    let picture = Piece::Emoji {
        words: "(love)".to_owned(),
        product_id: "5ac1bfd5040ab15980c9b435".to_owned(),
        emoji_id: "001".to_owned(),
    };
    let meant = Piece::Mention {
        words: "@Baan".to_owned(),
        is_self: true,
    };
    let address = Piece::Address("https://a.example".to_owned());
    let expected = [
        words("🍎 "),
        meant,
        words(" ขอบคุณ"),
        picture,
        address,
        words("ครับ"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_range_that_cannot_be_stays_words() {
    let text = "a🍎b(love)";
    for line in [
        details(vec![emoji(9, 6)], vec![]),
        details(vec![emoji(4, 7)], vec![]),
        details(vec![emoji(u32::MAX, u32::MAX)], vec![]),
        details(vec![emoji(4, 0)], vec![]),
        details(vec![emoji(2, 2)], vec![]),
        details(vec![emoji(1, 1)], vec![]),
        details(vec![emoji(4, 6), emoji(4, 6)], vec![]),
        details(vec![emoji(4, 6)], vec![mention(3, 2, true)]),
        details(vec![emoji(4, 3), emoji(5, 1), emoji(6, 4)], vec![]),
    ] {
        assert_eq!(pieces(text, &line), [words(text)], "{line:?}");
    }
    let mut foreign = emoji(4, 6);
    foreign.emoji_id = "../x".to_owned();
    assert_eq!(pieces(text, &details(vec![foreign], vec![])), [words(text)]);
}

/// The text of a piece.
fn said(piece: &Piece) -> &str {
    match piece {
        Piece::Words(words)
        | Piece::Address(words)
        | Piece::Emoji { words, .. }
        | Piece::Mention { words, .. } => words,
    }
}

proptest! {
    #[test]
    fn no_range_loses_or_doubles_a_character(
        text in "([a-z(@)]|[ก-๛]|[🍎🌙]|\u{200d}){0,16}",
        ranges in prop::collection::vec((0..20_u32, 0..8_u32, any::<bool>()), 0..6),
    ) {
        let (mut emojis, mut mentions) = (Vec::new(), Vec::new());
        for (index, length, is_emoji) in ranges {
            if is_emoji {
                emojis.push(emoji(index, length));
            } else {
                mentions.push(mention(index, length, false));
            }
        }
        let line = details(emojis, mentions);
        let found = pieces(&text, &line);
        prop_assert_eq!(found.iter().map(said).collect::<String>(), text);
        // Each mark is where LINE put it, unit by unit.
        let mut at = 0;
        for piece in &found {
            let length = said(piece).encode_utf16().count();
            let (index, units) = (u32::try_from(at).expect("short"), u32::try_from(length).expect("short"));
            match piece {
                Piece::Emoji { .. } => prop_assert!(line.emojis.contains(&emoji(index, units))),
                Piece::Mention { .. } => {
                    prop_assert!(line.mentions.contains(&mention(index, units, false)));
                }
                Piece::Words(_) | Piece::Address(_) => {}
            }
            at += length;
        }
    }
}
