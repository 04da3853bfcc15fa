//! Running `sala` in an empty folder.

use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder to run in; goes with its content.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// `sala` with these words, without any settings of whoever runs the tests.
    pub fn sala(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sala"));
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let is_setting = text.starts_with("SALA_") || text.starts_with("LINE_");
            if is_setting || text == "DATABASE_URL" || text == "REDIS_URL" {
                command.env_remove(&name);
            }
        }
        command.args(words).current_dir(self.0.path());
        command
    }

    /// Runs it to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.sala(words).output().expect("it runs")
    }

    /// Runs it to its end and answers what it printed; fails the test if the command fails.
    pub fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", errors(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

/// What it said about going wrong.
pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
