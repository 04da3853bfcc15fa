//! Running `sala` in an empty folder.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output};
use std::time::{Duration, Instant};

use sala::app::Core;
use sala::config::{Config, Settings};
use tempfile::TempDir;

use crate::harness::customer::harness_client;
use crate::harness::line::Line;
use crate::harness::ws_client::PATIENCE;

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

/// A server process, ended by its id when dropped.
pub struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Serving {
    /// Starts what `sala` says, on this address and with this LINE, and waits until it is ready.
    pub async fn start(sala: &mut Command, addr: SocketAddr, line: &Line) -> Self {
        let child = sala
            .env("LINE_CHANNEL_SECRET", "demo-secret")
            .env("LINE_CHANNEL_ACCESS_TOKEN", "demo-token")
            .env("LINE_API_BASE", line.api_base())
            .env("LINE_DATA_API_BASE", line.data_api_base())
            .spawn()
            .expect("it starts");
        let serving = Self(child);
        let began = Instant::now();
        let ready = format!("http://{addr}/readyz");
        while !harness_client()
            .get(&ready)
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
        {
            assert!(began.elapsed() < PATIENCE, "it does not become ready");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        serving
    }

    /// The other end of what it writes to standard error, if that is a pipe.
    pub fn stderr(&mut self) -> Option<std::process::ChildStderr> {
        self.0.stderr.take()
    }

    /// Asks it to end and waits until it has.
    pub async fn ended(&mut self) -> ExitStatus {
        let asked = Command::new("kill").arg(self.0.id().to_string()).status();
        assert!(asked.expect("it is asked").success());
        let began = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().expect("it is ours") {
                return status;
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
