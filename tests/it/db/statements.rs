//! Every SQL statement of the server, read from its sources, so that none escapes the tests.
//!
//! Statements are string literals, or literals put together by `concat!` and by macros of ours;
//! both are evaluated on the tokens. Text that is put together at run time is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Words that a statement begins with.
const BEGINNINGS: &[&str] = &["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// Files whose statements are not part of serving: copies and moves read everything on purpose.
const OFFLINE: &[&str] = &[
    "src/db/whole/backup.rs",
    "src/db/whole/relocate.rs",
    "src/db/whole/relocate/order.rs",
];

/// Puts nothing together but whole statements of the other files.
const JOINS: &str = "src/db/engine/pipeline.rs";

/// Files that run what others bring.
const BRING_NONE: &[&str] = &["src/db/engine/conn.rs", "src/db/engine/writer.rs", JOINS];

/// A statement and where it stands.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Below the package's root.
    pub file: String,
    pub sql: String,
}

/// A macro that stands for text: its parameters and its body.
struct TextMacro {
    parameters: Vec<String>,
    body: TokenStream,
}

type Macros = BTreeMap<String, Vec<TextMacro>>;

/// All statements that the server uses.
pub fn all() -> Vec<Statement> {
    let mut macros = Macros::new();
    let mut files = Vec::new();
    for (file, text) in sources() {
        let tokens: TokenStream = text.parse().unwrap_or_else(|e| panic!("{file}: {e}"));
        find_macros(&tokens, &mut macros);
        files.push((file, tokens));
    }
    let mut found = Vec::new();
    for (file, tokens) in files {
        let mut texts = Vec::new();
        find_texts(tokens, &macros, &mut texts);
        let statements = texts
            .into_iter()
            .filter(|text| BEGINNINGS.iter().any(|word| text.starts_with(word)));
        found.extend(statements.map(|sql| Statement {
            file: file.clone(),
            sql: completed(sql),
        }));
    }
    found
}

/// A list that `QueryBuilder` fills in has one place here.
fn completed(sql: String) -> String {
    if sql.ends_with("IN (") {
        sql + "$1)"
    } else {
        sql
    }
}

/// The server's code without its tests.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.extend(source(root, path));
            }
        }
    }
    found.sort();
    found
}

fn source(root: &Path, path: PathBuf) -> Option<(String, String)> {
    let text = fs::read_to_string(&path).expect("a readable source");
    let name = path.strip_prefix(root).expect("below the root");
    let name = name.to_str().expect("UTF-8").to_owned();
    if OFFLINE.contains(&name.as_str()) {
        return None;
    }
    let code = text.split("\n#[cfg(test)]\nmod ").next();
    Some((name, code.unwrap_or_default().to_owned()))
}

fn find_macros(tokens: &TokenStream, macros: &mut Macros) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match (tree, trees.get(at + 2), trees.get(at + 3)) {
            (
                TokenTree::Ident(word),
                Some(TokenTree::Ident(name)),
                Some(TokenTree::Group(arms)),
            ) if word == "macro_rules" => {
                let arms: Vec<TokenTree> = arms.stream().into_iter().collect();
                let groups = arms.iter().filter_map(group).collect::<Vec<_>>();
                let arms = groups.chunks_exact(2).map(|arm| TextMacro {
                    parameters: parameters(arm[0].stream()),
                    body: arm[1].stream(),
                });
                macros.entry(name.to_string()).or_default().extend(arms);
            }
            (TokenTree::Group(inner), ..) => find_macros(&inner.stream(), macros),
            _ => {}
        }
    }
}

fn group(tree: &TokenTree) -> Option<&Group> {
    match tree {
        TokenTree::Group(group) => Some(group),
        _ => None,
    }
}

/// The names in `$sort:literal, $end:literal`.
fn parameters(pattern: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = pattern.into_iter().collect();
    let pairs = trees.windows(2).filter(|pair| pair[0].to_string() == "$");
    pairs.map(|pair| pair[1].to_string()).collect()
}

/// Every text that stands in the tokens, put together where it is in parts.
fn find_texts(tokens: TokenStream, macros: &Macros, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < trees.len() {
        if trees[at].to_string() == "macro_rules" {
            at += 4;
        } else if let Some((text, length)) = text_at(&trees[at..], macros, &BTreeMap::new()) {
            found.push(text);
            at += length;
        } else {
            if let TokenTree::Group(inner) = &trees[at] {
                let is_attribute = at > 0 && trees[at - 1].to_string() == "#";
                if !is_attribute {
                    find_texts(inner.stream(), macros, found);
                }
            }
            at += 1;
        }
    }
}

/// The text that begins here, and how many tokens it takes.
fn text_at(
    trees: &[TokenTree],
    macros: &Macros,
    given: &BTreeMap<String, String>,
) -> Option<(String, usize)> {
    match trees {
        [TokenTree::Literal(literal), ..] => Some((unquoted(&literal.to_string())?, 1)),
        [TokenTree::Punct(dollar), TokenTree::Ident(name), ..] if dollar.as_char() == '$' => {
            Some((given.get(&name.to_string())?.clone(), 2))
        }
        [
            TokenTree::Ident(name),
            TokenTree::Punct(bang),
            TokenTree::Group(inner),
            ..,
        ] if bang.as_char() == '!' && inner.delimiter() != Delimiter::None => {
            let parts = parts(inner.stream(), macros, given)?;
            let text = if name == "concat" {
                parts.concat()
            } else {
                called(macros.get(&name.to_string())?, parts, macros)?
            };
            Some((text, 3))
        }
        _ => None,
    }
}

/// The texts of a list with commas; nothing when anything else is among them.
fn parts(
    tokens: TokenStream,
    macros: &Macros,
    given: &BTreeMap<String, String>,
) -> Option<Vec<String>> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut parts = Vec::new();
    let mut rest = trees.as_slice();
    while !rest.is_empty() {
        let (text, length) = text_at(rest, macros, given)?;
        parts.push(text);
        rest = match &rest[length..] {
            [] => &[],
            [TokenTree::Punct(comma), more @ ..] if comma.as_char() == ',' => more,
            _ => return None,
        };
    }
    Some(parts)
}

fn called(arms: &[TextMacro], arguments: Vec<String>, macros: &Macros) -> Option<String> {
    let arm = arms
        .iter()
        .find(|arm| arm.parameters.len() == arguments.len())?;
    let given = arm.parameters.iter().cloned().zip(arguments).collect();
    let body: Vec<TokenTree> = arm.body.clone().into_iter().collect();
    let (text, length) = text_at(&body, macros, &given)?;
    (length == body.len()).then_some(text)
}

/// What a string literal says.
fn unquoted(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_matches('#');
        return Some(raw.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut rest = inner.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some('\n')) => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some('n')) => {
                rest.next();
                text.push('\n');
            }
            ('\\', Some(_)) => text.extend(rest.next()),
            _ => text.push(c),
        }
    }
    Some(text)
}

#[test]
fn statements_are_read_in_all_their_spellings() {
    let code = r#"
        macro_rules! columns { () => { "a, b" }; }
        macro_rules! select { ($end:literal, $more:literal) => {
            concat!("SELECT ", columns!(), " FROM t ", $end, $more)
        }; }
        const ONE: &str = "SELECT \
             1";
        fn two() { query(select!("WHERE a = $1", " LIMIT 2")) }
    "#;
    let tokens: TokenStream = code.parse().expect("tokens");
    let (mut macros, mut found) = (Macros::new(), Vec::new());
    find_macros(&tokens, &mut macros);
    find_texts(tokens, &macros, &mut found);
    assert_eq!(
        found,
        ["SELECT 1", "SELECT a, b FROM t WHERE a = $1 LIMIT 2"]
    );
}

#[test]
fn no_statement_is_put_together_at_run_time() {
    for (file, code) in sources() {
        assert!(!code.contains("AssertSqlSafe") || file == JOINS, "{file}");
        if code.contains("QueryBuilder") {
            assert_eq!(
                code.matches("QueryBuilder::<").count(),
                code.matches("::new(SQL)").count(),
                "{file}: a QueryBuilder begins with a whole statement up to its list"
            );
            let pushed = code.matches(".push(").count();
            assert_eq!(pushed, code.matches(".push(\")\")").count(), "{file}");
        }
    }
}

#[test]
fn every_file_of_the_store_is_read() {
    let found = all();
    for (file, code) in sources() {
        if code.contains("sqlx::query") && !BRING_NONE.contains(&file.as_str()) {
            assert!(
                found.iter().any(|statement| statement.file == file),
                "no statement was found in {file}"
            );
        }
    }
    assert!(found.len() > 100, "only {} statements", found.len());
}
