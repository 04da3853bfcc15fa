//! Any part of a text finds it, and nothing else does.

use std::collections::HashMap;

use sala::db::search::Corpus;
use sala::protocol::MessageId;
use sala::search::fold::fold;

use super::desk::{found, index_is_right, settle, store};
use crate::stage::on_both;

/// Few characters of many scripts, so that much is alike.
const CHARACTERS: &[&str] = &[
    "ก",
    "ข",
    "า",
    "ำ",
    "้",
    "่",
    "น",
    "ス",
    "ｽ",
    "ﾞ",
    "カ",
    "が",
    "か",
    "入",
    "荷",
    "未",
    "絲",
    "한",
    "국",
    "값",
    "a",
    "A",
    "b",
    "é",
    "e",
    "\u{301}",
    "ß",
    "s",
    "ﬁ",
    "㌔",
    "1",
    "１",
    "🍎",
    "👩‍👧",
    "🏽",
    " ",
    "　",
    "\n",
    "\"",
    "%",
    "_",
    "'",
    "*",
    "-",
];

/// Numbers that look like chance and are the same each time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("below a usize")
    }

    fn text(&mut self, most: usize) -> String {
        let length = 1 + self.below(most);
        (0..length)
            .map(|_| CHARACTERS[self.below(CHARACTERS.len())])
            .collect()
    }
}

on_both!(any_part_of_a_text_finds_it_and_nothing_else_does, stage, {
    stage.customer_writes().await;
    let mut dice = Dice(0x5a1a);
    let texts: Vec<String> = (0..120).map(|_| dice.text(14)).collect();
    let ids = store(stage, &texts[..70]).await;
    settle(stage).await;
    let late = store(stage, &texts[70..]).await;
    settle(stage).await;
    let ids: Vec<MessageId> = ids.into_iter().chain(late).collect();
    let (segments, _) = index_is_right(stage, Corpus::Messages).await;
    assert!(segments > 3, "{segments}");
    let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let numbers: HashMap<MessageId, usize> = ids.iter().copied().zip(0..).collect();
    for _ in 0..250 {
        let whole: Vec<char> = folded[dice.below(folded.len())].chars().collect();
        let from = dice.below(whole.len());
        let length = 1 + dice.below((whole.len() - from).min(8));
        let part: String = whole[from..from + length].iter().collect();
        let found = found(stage, &format!("\"{}\"", part.replace('"', "\"\""))).await;
        let found: Vec<usize> = found
            .iter()
            .filter_map(|id| numbers.get(id).copied())
            .collect();
        let wanted = (0..folded.len())
            .rev()
            .filter(|at| folded[*at].contains(&part));
        assert_eq!(found, wanted.collect::<Vec<_>>(), "{part:?}");
    }
});
