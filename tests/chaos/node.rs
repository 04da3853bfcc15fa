//! Programs of ours as processes of their own, which can be killed.

use std::fs::{File, OpenOptions};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use super::machine::LogPipe;

/// The longest that a debug build takes to start on a busy machine.
const START: Duration = Duration::from_mins(1);

/// A `sala` process, or the place where one was.
pub struct Node {
    /// Where it listens, each time that it runs.
    pub addr: SocketAddr,
    name: String,
    arguments: Vec<String>,
    settings: Vec<(String, String)>,
    folder: PathBuf,
    child: Option<Child>,
    pipe: Option<LogPipe>,
    /// What it did by itself that it should not have done.
    complaints: Vec<String>,
}

impl Node {
    /// A program that is not started yet. Its logs go to `folder`.
    pub fn new(name: &str, folder: &Path, addr: SocketAddr, arguments: &[&str]) -> Self {
        Self {
            addr,
            name: name.to_owned(),
            arguments: arguments.iter().map(|&it| it.to_owned()).collect(),
            settings: Vec::new(),
            folder: folder.to_owned(),
            child: None,
            pipe: None,
            complaints: Vec::new(),
        }
    }

    /// With a setting in its environment.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.settings.push((name.to_owned(), value.into()));
        self
    }

    /// Logs into this pipe instead of straight into a file.
    pub fn logging_to(mut self, pipe: LogPipe) -> Self {
        self.pipe = Some(pipe);
        self
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join(format!("{}.log", self.name))
    }

    fn log(&self) -> File {
        let mut options = OpenOptions::new();
        let opened = options.create(true).append(true).open(self.log_file());
        opened.expect("a log file in our own folder")
    }

    /// Starts it, without waiting until it serves.
    pub fn start(&mut self) {
        let errors = match self.pipe {
            Some(_) => Stdio::piped(),
            None => self.log().into(),
        };
        let child = Command::new(env!("CARGO_BIN_EXE_sala"))
            .args(&self.arguments)
            .current_dir(&self.folder)
            .env_clear()
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(self.log())
            .stderr(errors)
            .kill_on_drop(true)
            .spawn();
        let mut child = child.expect("the program starts");
        if let (Some(pipe), Some(log)) = (&self.pipe, child.stderr.take()) {
            // Ends with the program, whose end of the pipe it is.
            tokio::spawn(pipe.clone().carry(log, self.log()));
        }
        self.child = Some(child);
    }

    /// Waits until `path` is answered with 200.
    pub async fn serves(&mut self, http: &reqwest::Client, path: &str) {
        let began = Instant::now();
        let url = format!("http://{}{path}", self.addr);
        loop {
            let answer = http.get(&url).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            self.look_after();
            assert!(
                began.elapsed() < START,
                "{} does not serve; see {}",
                self.name,
                self.log_file().display()
            );
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// Ends it with `SIGKILL`.
    pub async fn kill(&mut self) {
        self.look_after();
        if let Some(mut child) = self.child.take() {
            child.kill().await.expect("a process of ours can be killed");
        }
    }

    /// Starts a program again that ended by itself, and notes that down.
    fn look_after(&mut self) {
        let ended = self.child.as_mut().and_then(|it| it.try_wait().ok()?);
        if let Some(status) = ended {
            let (name, log) = (&self.name, self.log_file());
            let what = format!("{name} ended by itself: {status}; see {}", log.display());
            self.complaints.push(what);
            self.start();
        }
    }

    /// What it did that it should not have done, panics included.
    pub fn complaints(&mut self) -> Vec<String> {
        self.look_after();
        let mut complaints = self.complaints.clone();
        let log = std::fs::read_to_string(self.log_file()).unwrap_or_default();
        let panics = log.lines().filter(|line| line.contains("panicked at"));
        complaints.extend(panics.map(|line| format!("{}: {line}", self.name)));
        complaints
    }
}

/// Ports below those that systems give to outgoing connections: while a killed server is away, a
/// client's own connection could otherwise sit on its port.
const PORTS: std::ops::Range<u16> = 12_000..30_000;

/// An address that nobody listens at, and that no call answers again.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let count = u32::from(PORTS.end - PORTS.start);
    loop {
        let turn = NEXT.fetch_add(1, Ordering::Relaxed);
        // Runs beside each other begin in different places.
        let place = (std::process::id()
            .wrapping_mul(97)
            .wrapping_add(u32::from(turn)))
            % count;
        let port = PORTS.start + u16::try_from(place).expect("it is below the count");
        if let Ok(listener) = std::net::TcpListener::bind(("127.0.0.1", port)) {
            return listener.local_addr().expect("it is bound");
        }
    }
}
