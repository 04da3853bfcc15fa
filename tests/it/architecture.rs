//! The tidy test: keeps the house as `docs/architecture.md` draws it.
//!
//! It reads the sources as text. That is crude, and enough: paths are written `crate::…`
//! everywhere and rustfmt has laid the code out.

mod circles;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every top-level module and the modules that it may use, from the bottom of the house to the
/// top. A module may use only what stands above its own line, so that nothing points upwards.
const HOUSE: &str = "
    # Both sides: what server and browser say to each other.
    protocol

    # Small things.
    calendar    protocol
    clock       protocol
    secrets     protocol
    shutdown
    outcome     protocol
    metrics     outcome
    vitals
    media
    search
    csv

    # The outside world: LINE's vocabulary, LINE played by ourselves; settings.
    line
    simulator   clock line
    config      secrets
    telemetry   config metrics

    # Push services, sealed and signed.
    push

    # Storage; who is connected.
    db          clock metrics outcome protocol search secrets
    realtime    clock config metrics protocol

    # What people and LINE want done, and what is done in the background.
    service     calendar clock config csv db line media metrics protocol push realtime search secrets
    outbox      clock db line metrics outcome protocol realtime service
    fetch       clock config db line metrics protocol realtime service

    # The handles that every request gets.
    state       config db realtime service vitals

    # Both sides: calls (their bodies on the server only), the browser's engine, the screen.
    api         config protocol service state
    client      api protocol
    ui          api calendar client protocol

    # Transport in.
    http        api calendar clock config db line metrics protocol realtime service state ui

    # What puts it all together; the commands.
    app         clock config db fetch http line metrics outbox protocol push realtime secrets service state vitals
    cli         app clock config db line protocol realtime secrets service shutdown simulator state telemetry
";

/// Lines of a file that are not its tests.
const FILE_BAR: usize = 400;
/// Lines of a function, and of one that holds a `view!`.
const FUNCTION_BAR: usize = 60;
const VIEW_BAR: usize = 80;
/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &[
    "common", "helpers", "helper", "misc", "mod", "types", "util", "utils",
];

/// The lines of [`HOUSE`], in order.
fn house() -> Vec<(&'static str, Vec<&'static str>)> {
    HOUSE
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| {
            let mut names = line.split_whitespace();
            Some((names.next()?, names.collect()))
        })
        .collect()
}

/// A source file.
struct Source {
    /// Below the package's root.
    path: PathBuf,
    text: String,
}

impl Source {
    /// The code without its tests, which stand last.
    fn code(&self) -> &str {
        let stem = self.path.file_stem().and_then(|stem| stem.to_str());
        let in_tests = stem.is_some_and(|stem| stem == "tests" || stem.ends_with("_tests"));
        match self
            .text
            .find("\n#[cfg(test)]\nmod ")
            .or_else(|| self.text.find("\n#[cfg(all(test"))
        {
            _ if in_tests => "",
            Some(end) => &self.text[..=end],
            None => &self.text,
        }
    }

    /// `service` for `src/service.rs` and everything in `src/service/`.
    fn module(&self) -> Option<String> {
        let below = self.path.strip_prefix("src").ok()?;
        let first = below.components().next()?.as_os_str().to_str()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(name, "lib" | "main")).then(|| name.to_owned())
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).expect("a readable source file");
                let path = path.strip_prefix(root).expect("below the root").to_owned();
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The top-level modules named in `crate::…`, grouped imports included.
fn used_modules(code: &str) -> BTreeSet<String> {
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `some_crate::` are other things.
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c == '$' || c == '_' || c.is_alphanumeric()) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if rest.starts_with('{') {
            found.extend(group_heads(rest));
        } else {
            found.insert(identifier(rest));
        }
    }
    found
}

/// The first names of the branches of `{a::b, c::{d, e}, f}`.
fn group_heads(text: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = Vec::new();
    let mut at_head = false;
    for (at, c) in text.char_indices() {
        match c {
            '{' => {
                depth += 1;
                at_head = depth == 1;
            }
            '}' => depth -= 1,
            ',' => at_head = depth == 1,
            c if at_head && !c.is_whitespace() => {
                heads.push(identifier(&text[at..]));
                at_head = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| *c == '_' || c.is_alphanumeric())
        .collect()
}

/// Name, first line (from 1) and lines of each function, as rustfmt lays them out.
fn functions(code: &str) -> Vec<(String, usize, usize, bool)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let body = line.trim_start();
        let Some(name) = function_name(body) else {
            continue;
        };
        let end_line = format!("{}}}", &line[..line.len() - body.len()]);
        let one_line = line.ends_with('}') || line.ends_with(';');
        let length = lines[start..].iter().position(|line| *line == end_line);
        if let (false, Some(length)) = (one_line, length) {
            let has_view = lines[start..start + length]
                .iter()
                .any(|line| line.contains("view! {"));
            found.push((name, start + 1, length + 1, has_view));
        }
    }
    found
}

fn function_name(line: &str) -> Option<String> {
    let (before, after) = line.split_once("fn ")?;
    let only_keywords = before.split_whitespace().all(|word| {
        word.starts_with("pub")
            || matches!(word, "async" | "const" | "unsafe" | "in" | "super)")
            || word.ends_with(')')
    });
    let name = identifier(after);
    (only_keywords && !name.is_empty()).then_some(name)
}

/// Fails with all findings at once.
#[track_caller]
fn none_of(findings: &[String], rule: &str) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}

#[test]
fn the_table_of_the_house_points_down() {
    let mut above = BTreeSet::new();
    for (module, uses) in house() {
        for used in uses {
            assert!(
                above.contains(used),
                "{module} may not use {used}: it stands below"
            );
        }
        assert!(above.insert(module), "{module} is listed twice");
    }
}

#[test]
fn modules_use_only_what_the_house_allows() {
    let house: BTreeMap<_, _> = house().into_iter().collect();
    let mut findings = Vec::new();
    for source in sources("src") {
        let Some(module) = source.module() else {
            continue;
        };
        let Some(allowed) = house.get(module.as_str()) else {
            findings.push(format!(
                "{}: module {module} has no line in HOUSE",
                source.path.display()
            ));
            continue;
        };
        for used in used_modules(source.code()) {
            let known = house.contains_key(used.as_str());
            if known && used != module && !allowed.contains(&used.as_str()) {
                findings.push(format!("{}: {module} → {used}", source.path.display()));
            }
        }
    }
    none_of(
        &findings,
        "a module uses one that it may not (tests/it/architecture.rs, HOUSE):",
    );
}

#[test]
fn every_grant_is_used() {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources("src") {
        if let Some(module) = source.module() {
            let found = used_modules(source.code());
            used.entry(module).or_default().extend(found);
        }
    }
    let nothing = BTreeSet::new();
    let mut findings = Vec::new();
    for (module, granted) in house() {
        let used = used.get(module).unwrap_or(&nothing);
        for granted in granted.into_iter().filter(|name| !used.contains(*name)) {
            findings.push(format!("{module} → {granted}"));
        }
    }
    none_of(
        &findings,
        "a module may use one that it does not use; take the grant back (HOUSE):",
    );
}

#[test]
fn files_and_functions_stay_short() {
    let mut findings = Vec::new();
    for source in ["src", "benches"].into_iter().flat_map(sources) {
        let path = source.path.display();
        let lines = source.code().lines().count();
        if lines > FILE_BAR {
            findings.push(format!("{path}: {lines} lines, at most {FILE_BAR}"));
        }
        for (name, line, length, has_view) in functions(source.code()) {
            let bar = if has_view { VIEW_BAR } else { FUNCTION_BAR };
            if length > bar {
                findings.push(format!(
                    "{path}:{line}: fn {name} has {length} lines, at most {bar}"
                ));
            }
        }
    }
    none_of(&findings, "too long; split by what it is about:");
}

#[test]
fn files_are_named_after_what_they_hold() {
    let findings: Vec<String> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(sources)
        .filter(|source| {
            let names = source.path.with_extension("");
            names
                .iter()
                .any(|name| EMPTY_NAMES.iter().any(|empty| name == *empty))
        })
        .map(|source| source.path.display().to_string())
        .collect();
    none_of(
        &findings,
        "a name that says nothing (and folders have a file of their name, no mod.rs):",
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    let findings: Vec<String> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(sources)
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path.display().to_string())
        .collect();
    none_of(
        &findings,
        "the first line must be //! and say what the file is for:",
    );
}

#[test]
fn every_task_has_an_owner() {
    let mut findings = Vec::new();
    for source in sources("src") {
        for (at, line) in source.code().lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && spawns_without_owner(code) {
                findings.push(format!("{}:{}", source.path.display(), at + 1));
            }
        }
    }
    none_of(
        &findings,
        "a task that nobody waits for or ends: spawn it on a JoinSet or a TaskTracker:",
    );
}

/// `tokio::spawn`, however it is called. `spawn_blocking` hands its result to whoever awaits it.
fn spawns_without_owner(code: &str) -> bool {
    let free = [
        "tokio::spawn",
        "task::spawn(",
        "use tokio::task::spawn",
        "Handle::current().spawn(",
        "thread::spawn(",
    ];
    free.iter().any(|call| code.contains(call))
}

#[test]
fn tasks_without_owner_are_found_in_all_spellings() {
    for found in [
        "tokio::spawn(work());",
        "let _ = tokio::task::spawn(work());",
        "std::thread::spawn(|| ());",
    ] {
        assert!(spawns_without_owner(found), "{found}");
    }
    for fine in [
        "self.tasks.spawn(work());",
        "let hashed = tokio::task::spawn_blocking(move || hash());",
        "leptos::task::spawn_local(work());",
    ] {
        assert!(!spawns_without_owner(fine), "{fine}");
    }
}

#[test]
fn used_modules_are_found_in_all_spellings() {
    let code = "use crate::db::{Tx, rows};\nuse crate::{line::client, realtime::{Hub, broker}, state};\n\
                // crate::not_this\nlet x = crate::clock::now();\n$crate::nor_this!();\n";
    let found: Vec<String> = used_modules(code).into_iter().collect();
    assert_eq!(found, ["clock", "db", "line", "realtime", "state"]);
}

#[test]
fn functions_are_measured_as_rustfmt_lays_them_out() {
    let code = "impl X {\n    pub(crate) async fn long(\n        &self,\n    ) {\n        a();\n    }\n\n    fn short() {}\n}\n\
                pub(super) fn page() {\n    view! {\n    }\n}\n";
    let found = functions(code);
    assert_eq!(found[0], ("long".to_owned(), 2, 5, false));
    assert_eq!(found[1], ("page".to_owned(), 10, 4, true));
    assert_eq!(found.len(), 2);
}
