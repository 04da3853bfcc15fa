//! `.ci/setup` fetches its tools where it can, compiles them where it cannot, and says what it does.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A cargo that has no tools yet. `$BINSTALL` and `$LOCKED` say what works; what it is asked for
/// stands in `asked`.
const CARGO: &str = r#"#!/usr/bin/env bash
echo "$*" >>"$HOME/asked"
case "$1 ${2:-}" in
  "binstall -V") [[ $BINSTALL != absent ]] ;;
  "binstall "*) [[ $BINSTALL == works ]] ;;
  "install --locked") [[ $LOCKED == works ]] ;;
  "install "*) true ;;
  *) exit 101 ;;
esac
"#;

/// A tool that only has to be there.
const PRESENT: &str = "#!/usr/bin/env bash\necho 20\n";

/// Node's half is set up already.
const RUSTC: &str = "#!/usr/bin/env bash\necho \"$HOME\"\n";

struct Machine {
    home: TempDir,
}

struct Told {
    works: bool,
    /// What cargo was asked for.
    asked: Vec<String>,
    /// What a person reads.
    text: String,
}

impl Machine {
    fn new() -> Self {
        let home = TempDir::new().expect("a folder");
        let at = home.path();
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in [".ci", "bin", "end2end/node_modules"] {
            std::fs::create_dir_all(at.join(folder)).expect("a folder");
        }
        for file in [
            ".ci/setup",
            ".ci/say.sh",
            "Cargo.lock",
            "end2end/package-lock.json",
        ] {
            std::fs::copy(source.join(file), at.join(file)).expect("a copy");
        }
        std::fs::write(at.join("end2end/node_modules/.package-lock.json"), "{}").expect("a file");
        let tools = [
            ("cargo", CARGO),
            ("rustc", RUSTC),
            ("wasm-bindgen", "#!/bin/false\n"),
        ];
        let present = ["cc", "node", "npm", "perl"].map(|name| (name, PRESENT));
        for (name, script) in tools.into_iter().chain(present) {
            let path = at.join("bin").join(name);
            std::fs::write(&path, script).expect("a script");
            let runs = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(&path, runs).expect("a program");
        }
        Self { home }
    }

    fn set_up(&self, binstall: &str, locked: &str) -> Told {
        let at = self.home.path();
        let path = format!("{}:/usr/bin:/bin", at.join("bin").display());
        let output = Command::new("bash")
            .arg(at.join(".ci/setup"))
            .env_clear()
            .envs([("BINSTALL", binstall), ("LOCKED", locked), ("PATH", &path)])
            .env("HOME", at)
            .env("CARGO_HOME", at.join("no-cargo"))
            .output()
            .expect("bash");
        let asked = std::fs::read_to_string(at.join("asked")).unwrap_or_default();
        let both = [output.stdout, output.stderr].concat();
        Told {
            works: output.status.success(),
            asked: asked.lines().map(str::to_owned).collect(),
            text: String::from_utf8_lossy(&both).into_owned(),
        }
    }
}

impl Told {
    fn compiled(&self) -> Vec<&String> {
        let compiled = |line: &&String| line.starts_with("install ");
        self.asked.iter().filter(compiled).collect()
    }
}

#[test]
fn tools_are_fetched_ready_made_where_binstall_reaches_its_source() {
    let told = Machine::new().set_up("works", "works");
    assert!(told.works, "{}", told.text);
    for tool in ["wasm-bindgen-cli", "cargo-leptos"] {
        let fetched =
            |line: &String| line.starts_with("binstall --no-confirm") && line.ends_with(tool);
        assert!(told.asked.iter().any(fetched), "{:?}", told.asked);
    }
    assert_eq!(told.compiled(), Vec::<&String>::new());
}

#[test]
fn tools_are_compiled_where_binstall_is_absent_or_reaches_nothing() {
    for binstall in ["absent", "fails"] {
        let told = Machine::new().set_up(binstall, "works");
        assert!(told.works, "{}", told.text);
        let compiled = told.compiled();
        assert_eq!(compiled.len(), 2, "{:?}", told.asked);
        assert!(compiled.iter().all(|line| line.contains("--locked")));
        assert!(!told.text.contains("WARNING"), "{}", told.text);
    }
}

#[test]
fn wasm_bindgen_is_never_built_unlocked_in_silence() {
    let told = Machine::new().set_up("absent", "fails");
    let unlocked = told
        .asked
        .iter()
        .find(|line| line.starts_with("install wasm-bindgen-cli"));
    assert!(unlocked.is_some(), "{:?}", told.asked);
    assert!(told.text.contains("WARNING"), "{}", told.text);
    // cargo-leptos has no such way out, and the end names what to do.
    assert!(!told.works);
    assert!(
        told.text
            .contains("Try:  cargo install cargo-leptos --locked"),
        "{}",
        told.text
    );
}
