//! Names that are no longer said: one word for one thing, and one thing behind a word.

use super::{Source, none_of, sources};

/// What is not said any more, and what is said instead.
const NO_LONGER_SAID: &[(&str, &str)] = &[
    ("LineResult", "Outcome"),
    ("Verdict", "Outcome"),
    ("Decision", "Outcome"),
];

/// Whether `word` stands in the text by itself.
fn says(text: &str, word: &str) -> bool {
    let part = |c: char| c == '_' || c.is_alphanumeric();
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !before.ends_with(part) && !after.starts_with(part)
    })
}

fn found_in(source: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    for (at, line) in source.text.lines().enumerate() {
        for (word, instead) in NO_LONGER_SAID.iter().filter(|(word, _)| says(line, word)) {
            let path = source.path.display();
            findings.push(format!("{path}:{}: {word}; say {instead}", at + 1));
        }
    }
    findings
}

#[test]
fn names_that_were_given_up_are_not_said() {
    let findings: Vec<String> = ["src", "benches"]
        .into_iter()
        .flat_map(sources)
        .flat_map(|source| found_in(&source))
        .collect();
    none_of(&findings, "a name that is no longer said:");
}

#[test]
fn words_are_found_by_themselves() {
    assert!(says("let x: Verdict = y;", "Verdict"));
    assert!(!says("Verdicts", "Verdict"));
}
