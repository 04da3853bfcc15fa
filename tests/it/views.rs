//! No text that people read stands in a view: all of it comes from the language layer.
//!
//! Views are read as tokens. What is shown are the literals between tags and those of a few
//! attributes; classes, addresses and the like are not.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What is the same in all languages.
const NAMES: &[&str] = &["LINE · 5G", "Sala", "ศาลา"];

/// Attributes and properties that people read or hear.
const READ: &[&str] = &[
    "label",
    "title",
    "placeholder",
    "alt",
    "words",
    "remark",
    "action",
];

/// The literals of all views below the tokens that people would read.
fn shown_in_views(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let is_view =
            at >= 2 && is_punct(&tokens[at - 1], '!') && is_ident(&tokens[at - 2], "view");
        if is_view {
            shown_in_view(group.stream(), found);
        }
        shown_in_views(group.stream(), found);
    }
}

/// The literals of one view: those between tags, and those of attributes that are [`READ`].
fn shown_in_view(view: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = view.into_iter().collect();
    let mut in_tag = false;
    // `use_texts::<Texts>()` within a tag is no tag.
    let mut in_turbofish = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '<' if before.is_some_and(|token| is_punct(token, ':')) => in_turbofish = true,
                '<' => in_tag = true,
                '>' if in_turbofish => in_turbofish = false,
                '>' => in_tag = false,
                _ => {}
            },
            TokenTree::Literal(literal) if !in_tag => add(&literal.to_string(), found),
            TokenTree::Literal(literal) => {
                let is_value = before.is_some_and(|token| is_punct(token, '='));
                let name = at.checked_sub(2).map(|at| &tokens[at]);
                if is_value && name.is_some_and(|name| READ.iter().any(|read| is_ident(name, read)))
                {
                    add(&literal.to_string(), found);
                }
            }
            TokenTree::Group(group) if !in_tag && group.delimiter() == Delimiter::Brace => {
                shown_in_block(group.stream(), found);
            }
            _ => {}
        }
    }
}

/// The literals to which a block between tags comes.
fn shown_in_block(block: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = block.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Literal(literal) => {
                let alone = [at.checked_sub(1), Some(at + 1)]
                    .into_iter()
                    .flatten()
                    .filter_map(|at| tokens.get(at))
                    .all(|token| matches!(token, TokenTree::Group(_)) || is_punct(token, ','));
                if alone {
                    add(&literal.to_string(), found);
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let is_view = at > 0 && is_punct(&tokens[at - 1], '!');
                if !is_view {
                    shown_in_block(group.stream(), found);
                }
            }
            _ => {}
        }
    }
}

/// Adds a literal that says something: more than one letter, and not a name.
fn add(literal: &str, found: &mut Vec<String>) {
    let Some(text) = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return;
    };
    // The address to which a form goes.
    if text.starts_with('/') {
        return;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    // A form's `action` is an address.
    if letters > 1 && !NAMES.contains(&text) && !text.starts_with('/') {
        found.push(text.to_owned());
    }
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

fn views_below(folder: &Path, findings: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            views_below(&path, findings);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).expect("a readable source file");
            let tokens = text.parse().expect("Rust");
            let mut found = Vec::new();
            shown_in_views(tokens, &mut found);
            let file = path.display();
            findings.extend(found.iter().map(|text| format!("{file}: “{text}”")));
        }
    }
}

#[test]
fn every_text_in_a_view_comes_from_the_language_layer() {
    let mut findings = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
    views_below(&root, &mut findings);
    assert!(
        findings.is_empty(),
        "put it into a `texts!` beside the view:\n  {}\n",
        findings.join("\n  ")
    );
}

#[test]
fn literals_are_found_wherever_they_would_be_read() {
    let code = r#"
        view! {
            <p class="muted" aria-label="One" title=texts.fine()>"Two" " · " {texts.fine()}</p>
            <b title=use_texts::<Texts>().fine() id="fine">{if late { "Three" } else { "·" }}</b>
            {shown.then(|| view! { <Empty label="Four" href="/fine">"C" "Sala"</Empty> })}
            {match kind { Kind::A => "Five", _ => ("fine", 1) }}
            <i class=if late { "fine late" } else { "fine" }>{format!("{}%", 1)}</i>
        }
    "#;
    let mut found = Vec::new();
    shown_in_views(code.parse().expect("Rust"), &mut found);
    found.sort_unstable();
    assert_eq!(found, ["Four", "One", "Three", "Two"]);
}
