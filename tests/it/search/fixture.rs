//! 200 texts and what is found in them: the same on both databases, however the index stands. What
//! is to be found was worked out by another program, a plain scan.

use std::collections::HashMap;

use sala::protocol::MessageId;

use super::desk::{found, settle, store};
use crate::stage::{Stage, on_both};

const TEXTS: &str = include_str!("texts.txt");
const QUERIES: &str = include_str!("queries.txt");

fn texts() -> Vec<String> {
    TEXTS.lines().map(str::to_owned).collect()
}

/// What is typed and the numbers of the lines that are found, from 1 on.
fn queries() -> Vec<(&'static str, Vec<usize>)> {
    let read = |line: &'static str| {
        let (typed, numbers) = line.split_once('\t').expect("a tab");
        let numbers = numbers.split_whitespace();
        let numbers = numbers.map(|number| number.parse().expect("a number"));
        (typed, numbers.collect())
    };
    QUERIES.lines().map(read).collect()
}

/// Asks everything of texts that were stored once or several times; the newest comes first.
async fn all_is_found(stage: &Stage, ids: &[MessageId], how: &str) {
    let times = ids.len() / texts().len();
    let numbers = (0..times).flat_map(|_| 1..=texts().len());
    let numbers: HashMap<MessageId, usize> = ids.iter().copied().zip(numbers).collect();
    let mut wrong = Vec::new();
    for (typed, mut wanted) in queries() {
        wanted.reverse();
        let wanted = wanted.repeat(times);
        let found = found(stage, typed).await;
        let found: Vec<usize> = found
            .iter()
            .filter_map(|id| numbers.get(id).copied())
            .collect();
        if found != wanted {
            wrong.push(format!("{typed}: {found:?} instead of {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{how}:\n{}", wrong.join("\n"));
}

on_both!(every_query_finds_its_texts, stage, {
    assert!(texts().len() >= 200 && queries().len() >= 150);
    stage.customer_writes().await;
    let ids = store(stage, &texts()).await;
    all_is_found(stage, &ids, "before anything is in the index").await;
    settle(stage).await;
    let more = store(stage, &texts()).await;
    settle(stage).await;
    let all: Vec<MessageId> = ids.into_iter().chain(more).collect();
    all_is_found(stage, &all, "twice, in segments that were merged").await;
});
