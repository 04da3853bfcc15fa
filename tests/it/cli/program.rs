//! Running `sala` in an empty folder.

use std::path::PathBuf;
use std::process::{Command, Output};

use sala::app::Core;
use sala::config::{Config, Settings};
use tempfile::TempDir;

/// A folder to run in; goes with its content.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// One where a server was started before: with a database and a key, without operators.
    pub fn started() -> Self {
        let place = Self::new();
        let pair = ("DATABASE_URL".to_owned(), place.url());
        let settings = Settings::from_pairs([pair]).expect("known settings");
        let config = Config::load(&settings).expect("valid settings");
        // Tests may be in a runtime already.
        let make = || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(async {
                let core = Core::open(&config).await.expect("made");
                core.db.close().await;
            });
        };
        std::thread::scope(|scope| scope.spawn(make).join()).expect("no panic");
        place
    }

    /// For `DATABASE_URL`: where a server in this folder has its database.
    pub fn url(&self) -> String {
        format!("sqlite://{}", self.path("data/sala.db").display())
    }

    /// What is in the folder `data`, in order; nothing when there is none.
    pub fn data(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("data")).into_iter().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("readable").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    pub fn path(&self, name: &str) -> PathBuf {
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
