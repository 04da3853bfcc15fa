//! The server under load: the release binary, on an empty database, with nobody else's settings.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::{Child, Command};

/// Signs the bench's webhooks.
pub const SECRET: &str = "bench-secret";

/// A running server, ended with [`Server::stop`].
pub struct Server {
    child: Child,
    folder: PathBuf,
    /// Where it listens.
    pub addr: SocketAddr,
    /// Good for any number of sockets.
    pub token: String,
    /// For posting webhooks.
    pub http: reqwest::Client,
}

impl Server {
    /// Starts a server and waits until it is ready.
    pub async fn start() -> Self {
        let addr = free_address();
        let folder = std::env::temp_dir().join(format!("sala-load-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let line = silent_line().await;
        let child = Command::new(env!("CARGO_BIN_EXE_sala"))
            .arg("serve")
            .current_dir(&folder)
            .env_clear()
            .env("SALA_ADDR", addr.to_string())
            .env(
                "DATABASE_URL",
                format!("sqlite://{}/load.db", folder.display()),
            )
            .env("SALA_ADMIN_EMAIL", "admin@example.com")
            .env("SALA_ADMIN_PASSWORD", "load-password")
            .env("LINE_CHANNEL_SECRET", SECRET)
            .env("LINE_CHANNEL_ACCESS_TOKEN", "bench-token")
            .env("LINE_API_BASE", format!("http://{line}"))
            .env("LINE_DATA_API_BASE", format!("http://{line}"))
            .env("SALA_LOG", "error")
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the release binary starts");
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        wait_ready(&http, addr).await;
        let token = log_in(&http, addr).await;
        Self {
            child,
            folder,
            addr,
            token,
            http,
        }
    }

    /// The file of its database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("load.db")
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let status = self.proc_file("status");
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        line.split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<u64>()
            .unwrap()
            * 1_024
    }

    /// Processor time used so far, in seconds (Linux counts hundredths).
    pub fn cpu(&self) -> f64 {
        let stat = self.proc_file("stat");
        let fields: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap()
            .split_whitespace()
            .collect();
        let ticks: u32 = fields[11].parse::<u32>().unwrap() + fields[12].parse::<u32>().unwrap();
        f64::from(ticks) / 100.0
    }

    fn proc_file(&self, name: &str) -> String {
        let pid = self.child.id().expect("the server runs");
        std::fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap()
    }

    /// Ends the server and removes its data.
    pub async fn stop(mut self) {
        let _ = self.child.kill().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn free_address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// A LINE that has no profile of anybody, so that the server's own work is what is measured.
async fn silent_line() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let router = axum::Router::new()
        .fallback(|| async { (http::StatusCode::NOT_FOUND, r#"{"message":"Not found"}"#) });
    tokio::spawn(async move { axum::serve(listener, router).await });
    addr
}

async fn wait_ready(http: &reqwest::Client, addr: SocketAddr) {
    for _ in 0..200 {
        let answer = http.get(format!("http://{addr}/readyz")).send().await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the server did not become ready within 10 s");
}

async fn log_in(http: &reqwest::Client, addr: SocketAddr) -> String {
    let body = json!({ "email": "admin@example.com", "password": "load-password" });
    let answer = http
        .post(format!("http://{addr}/api/login"))
        .json(&body)
        .send()
        .await
        .unwrap();
    let answer: Value = answer.json().await.unwrap();
    answer["token"]
        .as_str()
        .expect("the log-in succeeds")
        .to_owned()
}
