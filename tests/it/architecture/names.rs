//! Names that are no longer said: one word for one thing, and one thing behind a word.

use super::{Source, none_of, sources};

/// What is not said any more, and what is said instead.
const NO_LONGER_SAID: &[(&str, &str)] = &[
    ("LineResult", "Outcome"),
    ("Verdict", "Outcome"),
    ("Decision", "Outcome"),
    ("SystemLine", "SystemMessage"),
    ("add_line", "add_message"),
    (
        "note_event",
        "record_event; a note is what only the team sees",
    ),
    ("note_inbound", "record_inbound"),
    ("note_outbound", "record_outbound"),
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

/// Parameters that are taken apart in the signature.
fn pairs_in(source: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    for (at, line) in source.code().lines().enumerate() {
        let is_pair = line
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split_once("): "))
            .is_some_and(|(names, kind)| {
                let name = |c: char| c == '_' || c == ',' || c == ' ' || c.is_alphanumeric();
                names.chars().all(name) && kind.ends_with(',')
            });
        if is_pair {
            findings.push(format!("{}:{}", source.path.display(), at + 1));
        }
    }
    findings
}

#[test]
fn each_parameter_stands_by_itself() {
    let findings: Vec<String> = sources("src").iter().flat_map(pairs_in).collect();
    none_of(
        &findings,
        "a pair of parameters; name and pass each, or make it a type:",
    );
}

#[test]
fn words_are_found_by_themselves_and_pairs_in_signatures() {
    assert!(says("let x: Verdict = y;", "Verdict"));
    assert!(!says("Verdicts", "Verdict"));
    let text = "fn f(\n    (a, b): (u8, u8),\n    c: u8,\n) {\n    let x = (a, b);\n}\n";
    let source = Source {
        path: "src/f.rs".into(),
        text: text.to_owned(),
    };
    assert_eq!(pairs_in(&source), ["src/f.rs:2"]);
}
