//! The server under load: the release binary, on an empty database, with nobody else's settings.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::http::{Http, SECRET, webhook};
use crate::process::Process;
use crate::stores::Stores;

const ADMIN: &str = "admin@example.com";

/// Encrypts the bench's credentials.
const SECRET_KEY: &str = "YmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtYmVuY2gtISE=";

/// A running server, ended with [`Server::stop`].
pub struct Server {
    child: Child,
    folder: PathBuf,
    stores: Stores,
    /// Where it listens.
    pub addr: SocketAddr,
    metrics: SocketAddr,
    /// The administrator's.
    pub token: String,
    /// One for each operator, good for any number of sockets.
    pub tokens: Vec<String>,
    /// For what is asked now and then.
    pub http: reqwest::Client,
}

impl Server {
    /// Starts a server with so many operators and waits until it is ready; with PostgreSQL and
    /// Redis when `servers` says so.
    pub async fn start(operators: usize, servers: bool) -> Self {
        let (addr, metrics) = (free_address(), free_address());
        let stores = Stores::start(servers, free_address).await;
        let folder =
            std::env::temp_dir().join(format!("sala-load-{}-{}", std::process::id(), addr.port()));
        std::fs::create_dir_all(&folder).unwrap();
        let line = silent_line().await;
        // Another build than this one, to compare the two in one run.
        let other = std::env::var_os("SALA_LOAD_SERVER");
        let program = other.unwrap_or_else(|| env!("CARGO_BIN_EXE_sala").into());
        let child = Command::new(program)
            .arg("serve")
            .current_dir(&folder)
            .env_clear()
            .env("SALA_ADDR", addr.to_string())
            .env("SALA_METRICS_ADDR", metrics.to_string())
            .env("SALA_SECRET_KEY", SECRET_KEY)
            .envs(stores.settings(&folder.join("load.db")))
            .env("SALA_ADMIN_EMAIL", ADMIN)
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
        let emails: Vec<String> = (0..operators).map(email).collect();
        stores.add_operators(&folder.join("load.db"), &emails).await;
        let token = log_in(&http, addr, ADMIN).await;
        let mut tokens = Vec::with_capacity(operators);
        for email in &emails {
            tokens.push(log_in(&http, addr, email).await);
        }
        Self {
            child,
            folder,
            stores,
            addr,
            metrics,
            token,
            tokens,
            http,
        }
    }

    /// Makes the conversation of a customer.
    pub async fn add_customer(&self, customer: &str) {
        let mut http = Http::connect(self.addr).await;
        http.ask(&webhook(customer, 0, "hello")).await;
    }

    /// The file of its database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("load.db")
    }

    /// How many sockets it has closed because their clients read too slowly.
    pub async fn closed_as_too_slow(&self) -> usize {
        let url = format!("http://{}/metrics", self.metrics);
        let answer = self.http.get(url).send().await.unwrap();
        let text = answer.text().await.unwrap();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(r#"sala_connections_closed_total{code="4429"} "#));
        line.map_or(0, |count| count.parse().unwrap())
    }

    /// For what it has used.
    pub fn process(&self) -> Process {
        Process(self.child.id().expect("the server runs"))
    }

    /// Ends the server and removes its data.
    pub async fn stop(mut self) {
        let _ = self.child.kill().await;
        self.stores.stop().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn free_address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// A LINE that takes every message at once and has no profile of anybody, so that the server's own
/// work is what is measured.
async fn silent_line() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let accepted = || async { r#"{"sentMessages":[{"id":"1","quoteToken":"q"}]}"# };
    let router = axum::Router::new()
        .route("/v2/bot/message/push", axum::routing::post(accepted))
        .route("/v2/bot/message/reply", axum::routing::post(accepted))
        .fallback(|| async { (::http::StatusCode::NOT_FOUND, r#"{"message":"Not found"}"#) });
    tokio::spawn(async move { axum::serve(listener, router).await });
    addr
}

fn email(number: usize) -> String {
    format!("operator{number}@example.com")
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

async fn log_in(http: &reqwest::Client, addr: SocketAddr, email: &str) -> String {
    let body = json!({ "email": email, "password": "load-password" });
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
