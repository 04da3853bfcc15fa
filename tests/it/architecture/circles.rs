//! Circles of files: each of them needs the others, so that none can be read alone.
//!
//! A folder's own file and what is in the folder are one thing told in parts, and do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, identifier, none_of, sources};

/// Where a crate begins.
const ROOTS: [&str; 2] = ["src", "benches/load"];

/// Circles that are to stay; each costs a word here.
const KEPT: &[&[&str]] = &[];

/// A file's place in its crate: `["db", "outbox"]`.
type Place = Vec<String>;

/// A file as far as circles go.
struct Node {
    name: String,
    place: Place,
    /// What it names: places with the names of things behind them.
    uses: BTreeSet<Place>,
    /// What it passes on: each name, and where that is.
    passes_on: BTreeMap<String, Place>,
}

impl Node {
    fn new(source: &Source, root: &str) -> Option<Self> {
        let below = source.path.strip_prefix(root).ok()?.with_extension("");
        let mut place: Place = below
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        place.retain(|part| part != "lib" && part != "main");
        let code: String = source
            .code()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        Some(Self {
            name: source.path.display().to_string(),
            uses: uses(&code, &place),
            passes_on: passed_on(&code, &place),
            place,
        })
    }
}

/// What is named from the crate's root or from the folder above.
fn uses(code: &str, place: &[String]) -> BTreeSet<Place> {
    let mut found = BTreeSet::new();
    for word in ["crate::", "super::"] {
        for (at, _) in code.match_indices(word) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| matches!(c, '$' | ':' | '_') || c.is_alphanumeric()) {
                continue;
            }
            let (base, rest) = base_of(&code[at..], place);
            let mut tree = Vec::new();
            read_tree(rest, &base, &mut tree);
            found.extend(tree);
        }
    }
    found
}

/// What `pub use` passes on.
fn passed_on(code: &str, place: &[String]) -> BTreeMap<String, Place> {
    let mut found = BTreeMap::new();
    for (at, _) in code.match_indices("use ") {
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        let visibility = code[line..at].trim();
        let is_passed_on = visibility == "pub" || visibility.starts_with("pub(");
        if !is_passed_on {
            continue;
        }
        let tree = &code[at + "use ".len()..];
        let (base, rest) = base_of(tree, place);
        let mut paths = Vec::new();
        read_tree(rest, &base, &mut paths);
        for path in paths {
            if let Some(name) = path.last() {
                found.insert(name.clone(), path.clone());
            }
        }
    }
    found
}

/// Where a path begins, and what follows.
fn base_of<'a>(path: &'a str, place: &[String]) -> (Place, &'a str) {
    if let Some(rest) = path.strip_prefix("crate::") {
        return (Vec::new(), rest);
    }
    let (mut base, mut rest) = (place.to_vec(), path);
    while let Some(above) = rest.strip_prefix("super::") {
        base.pop();
        rest = above;
    }
    (base, rest.strip_prefix("self::").unwrap_or(rest))
}

/// Reads `a::b` or `a::{b, c::d}`; answers what follows.
fn read_tree<'a>(text: &'a str, base: &[String], found: &mut Vec<Place>) -> &'a str {
    let mut path = base.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            rest = group.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                let after = read_tree(rest, &path, found).trim_start();
                // Whatever cannot be read ends the group.
                let next = after.strip_prefix(',').unwrap_or(after).trim_start();
                if next.len() == rest.len() {
                    return "";
                }
                rest = next;
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let name = identifier(rest);
        if name.is_empty() {
            found.push(path);
            return rest.strip_prefix('*').unwrap_or(rest);
        }
        rest = &rest[name.len()..];
        path.push(name);
        let Some(more) = rest.strip_prefix("::") else {
            found.push(path);
            let renamed = rest.trim_start().strip_prefix("as ");
            return renamed.map_or(rest, |rest| {
                rest.trim_start_matches(|c| c != ',' && c != ';')
            });
        };
        rest = more;
    }
}

/// The file that holds what a path names.
fn file_of(path: &[String], nodes: &[Node]) -> Option<usize> {
    let mut path = path.to_vec();
    // A thing may be passed on more than once.
    for _ in 0..4 {
        let length = (1..=path.len())
            .rev()
            .find(|&length| nodes.iter().any(|node| node.place == path[..length]))?;
        let at = nodes.iter().position(|node| node.place == path[..length])?;
        let passed = path
            .get(length)
            .and_then(|name| nodes[at].passes_on.get(name));
        match passed {
            Some(further) if *further != path => {
                path = further.iter().chain(&path[length + 1..]).cloned().collect();
            }
            _ => return Some(at),
        }
    }
    None
}

/// Which files each file needs, family apart.
fn needs(nodes: &[Node]) -> Vec<BTreeSet<usize>> {
    let is_family =
        |a: &Node, b: &Node| a.place.starts_with(&b.place) || b.place.starts_with(&a.place);
    let of = |node: &Node| {
        let files = node.uses.iter().filter_map(|path| file_of(path, nodes));
        files.filter(|&at| !is_family(node, &nodes[at])).collect()
    };
    nodes.iter().map(of).collect()
}

/// All that can be reached.
fn reached(from: usize, needs: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        open.extend(needs[at].iter().copied().filter(|&next| found.insert(next)));
    }
    found
}

fn circles(nodes: &[Node]) -> BTreeSet<Vec<String>> {
    let needs = needs(nodes);
    let reach: Vec<_> = (0..nodes.len()).map(|at| reached(at, &needs)).collect();
    let in_circle = |at: &usize| reach[*at].contains(at);
    (0..nodes.len())
        .filter(in_circle)
        .map(|at| {
            let others = reach[at]
                .iter()
                .filter(|&&other| reach[other].contains(&at));
            others.map(|&other| nodes[other].name.clone()).collect()
        })
        .collect()
}

#[test]
fn files_stand_in_no_circle_beyond_those_that_are_kept() {
    let kept: BTreeSet<Vec<String>> = KEPT
        .iter()
        .map(|circle| circle.iter().map(|&file| file.to_owned()).collect())
        .collect();
    let mut found = BTreeSet::new();
    for root in ROOTS {
        let all = sources(root);
        let nodes: Vec<Node> = all
            .iter()
            .filter_map(|source| Node::new(source, root))
            .collect();
        found.extend(circles(&nodes));
    }
    let new = found.difference(&kept).map(|circle| circle.join(" ⇄ "));
    none_of(
        &new.collect::<Vec<_>>(),
        "files need each other; let what both need stand by itself:",
    );
    let gone = kept.difference(&found).map(|circle| circle.join(" ⇄ "));
    none_of(
        &gone.collect::<Vec<_>>(),
        "a circle that is no more is not kept (KEPT):",
    );
}

#[test]
fn circles_are_found_through_what_is_passed_on() {
    let source = |path: &str, text: &str| Source {
        path: path.into(),
        text: text.to_owned(),
    };
    let files = [
        source(
            "src/a.rs",
            "mod x;\nmod y;\npub use x::{Deep, One as Other};\n",
        ),
        source("src/a/x.rs", "use super::y::Two;\n"),
        source("src/a/y.rs", "use crate::b::{self, Far};\n"),
        source("src/b.rs", "fn far() { let _ = crate::a::Deep::new(); }\n"),
        source("src/c.rs", "use crate::a::Deep;\n// use crate::d;\n"),
        source(
            "src/d.rs",
            "use crate::c;\n#[cfg(test)]\nmod tests {\n    use crate::d;\n}\n",
        ),
    ];
    let nodes: Vec<Node> = files
        .iter()
        .filter_map(|file| Node::new(file, "src"))
        .collect();
    let expected = ["src/a/x.rs", "src/a/y.rs", "src/b.rs"].map(str::to_owned);
    assert_eq!(circles(&nodes), [expected.to_vec()].into());
}
