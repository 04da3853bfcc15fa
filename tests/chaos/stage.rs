//! Everything that a scenario runs on: databases, servers, LINE, the network, a team.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::PoisonError;
use std::time::Duration;

use sala::app::Core;
use sala::config::{Config, Settings};
use sala::protocol::Role;
use sala::service::operators::NewOperator;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::console::Operator;
use super::dice::Dice;
use super::line::{Line, SECRET, TOKEN};
use super::machine::{Clock, Disk, LogPipe};
use super::network::Network;
use super::node::{Node, free_address};
use super::postgres::Postgres;
use super::redis::Redis;
use super::scenarios::{Database, Scenario, Trouble};

const PASSWORD: &str = "chaos-password";
const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A stage. Dropping it kills what runs on it.
pub struct Stage {
    /// The servers.
    pub nodes: Vec<Mutex<Node>>,
    addresses: Vec<SocketAddr>,
    /// LINE's control interface.
    pub line: Line,
    /// The way from clients to the servers.
    pub network: Network,
    /// `None` on SQLite.
    pub postgres: Mutex<Option<Postgres>>,
    /// `None` for a server that is alone.
    pub redis: Mutex<Option<Redis>>,
    /// For calls that are no part of the traffic.
    pub http: reqwest::Client,
    /// Where the data are.
    pub database_url: String,
    /// The machine under the servers.
    pub machine: Machine,
    complaints: std::sync::Mutex<Vec<String>>,
    blows: std::sync::Mutex<Vec<i64>>,
    simulator: Mutex<Node>,
    /// The way from LINE to the servers: never rough, since LINE does not say when it gave up.
    _webhooks: Network,
}

/// What can go wrong with a machine; `None` where a scenario leaves it well, or it cannot be had.
pub struct Machine {
    /// What the servers log into.
    pub log: Option<LogPipe>,
    /// Below the store.
    pub disk: Option<Disk>,
    /// The servers' time of day.
    pub clock: Option<Clock>,
}

impl Machine {
    fn under(scenario: &Scenario, folder: &Path) -> Self {
        let wants = |trouble| scenario.has(trouble).then_some(());
        let left_out = |what| println!("  LEFT OUT: {what}");
        let disk = wants(Trouble::FullDisk).and_then(|()| {
            let disk = Disk::mount(folder.join("disk"));
            if disk.is_none() {
                left_out("the full disk, since only root may mount one");
            }
            disk
        });
        let clock = wants(Trouble::WrongClock).and_then(|()| {
            let clock = Clock::right(folder);
            if clock.is_none() {
                left_out("the wrong clock, since the package faketime is not installed");
            }
            clock
        });
        Self {
            log: wants(Trouble::StalledLog).map(|()| LogPipe::default()),
            disk,
            clock,
        }
    }

    /// A server's settings on this machine.
    fn prepare(&self, mut node: Node) -> Node {
        if let Some(log) = &self.log {
            node = node.logging_to(log.clone()).with("SALA_LOG", "sala=debug");
        }
        for (name, value) in self.clock.iter().flat_map(Clock::settings) {
            node = node.with(name, value);
        }
        node
    }
}

impl Stage {
    /// Starts everything.
    pub async fn start(scenario: &Scenario, seed: u64, folder: &Path) -> Self {
        let postgres = match scenario.database {
            Database::Sqlite => None,
            Database::Postgres => Some(Postgres::start().await),
        };
        let machine = Machine::under(scenario, folder);
        let data = machine.disk.as_ref().map_or(folder, Disk::folder);
        let sqlite = || format!("sqlite://{}/sala.db", data.display());
        let database_url = postgres.as_ref().map_or_else(sqlite, Postgres::url);
        let redis = match scenario.nodes {
            1 => None,
            _ => Some(Redis::start(folder).await),
        };
        let addresses: Vec<_> = (0..scenario.nodes).map(|_| free_address()).collect();
        let network = Network::before(addresses.clone(), Dice::new(seed, "network")).await;
        let http = client();
        let webhooks = Network::before(addresses.clone(), Dice::new(seed, "webhooks")).await;
        let mut simulator = simulator(folder, &webhooks);
        simulator.start();
        simulator.serves(&http, "/_sim/settings").await;
        let line = Line::at(http.clone(), simulator.addr);
        line.redeliver().await;
        let redis_url = redis.as_ref().map(Redis::url);
        let mut nodes = Vec::new();
        for (number, &addr) in addresses.iter().enumerate() {
            let name = format!("node-{number}");
            let mut node = Node::new(&name, folder, addr, &["serve"])
                .with("SALA_ADDR", addr.to_string())
                .with("DATABASE_URL", &database_url)
                .with("SALA_SECRET_KEY", KEY)
                .with("LINE_CHANNEL_SECRET", SECRET)
                .with("LINE_CHANNEL_ACCESS_TOKEN", TOKEN)
                .with(
                    "LINE_API_BASE",
                    format!("http://{}/_sim/line", simulator.addr),
                )
                .with(
                    "LINE_DATA_API_BASE",
                    format!("http://{}/_sim/line-data", simulator.addr),
                )
                .with("SALA_PUSH_TO_THIS_MACHINE", "true")
                .with("SALA_LOG", "warn");
            if let Some(url) = &redis_url {
                node = node.with("REDIS_URL", url);
            }
            nodes.push(Mutex::new(machine.prepare(node)));
        }
        Self {
            nodes,
            addresses,
            line,
            network,
            postgres: Mutex::new(postgres),
            redis: Mutex::new(redis),
            http,
            database_url,
            machine,
            complaints: std::sync::Mutex::default(),
            blows: std::sync::Mutex::default(),
            simulator: Mutex::new(simulator),
            _webhooks: webhooks,
        }
    }

    /// Starts the servers and signs everybody in, of a team of this size.
    pub async fn open(&self, size: usize) -> Vec<Operator> {
        for node in &self.nodes {
            let mut node = node.lock().await;
            node.start();
            node.serves(&self.http, "/readyz").await;
        }
        let mut team = Vec::new();
        for number in 0..size {
            team.push(self.log_in(number).await);
        }
        team
    }

    /// Makes a team of this size in an empty store.
    pub async fn hire(&self, size: usize) {
        let pairs = [
            ("DATABASE_URL", self.database_url.as_str()),
            ("SALA_SECRET_KEY", KEY),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let settings = Settings::from_pairs(pairs).expect("known settings");
        let config = Config::load(&settings).expect("valid settings");
        let core = Core::open(&config).await.expect("a new database");
        for number in 0..size {
            let role = match number {
                0 => Role::Supervisor,
                _ => Role::Operator,
            };
            let new = NewOperator {
                email: email(number),
                name: format!("Operator {number}"),
                role,
            };
            let added = core.operators.add(new, PASSWORD, None).await;
            added.expect("a new operator");
        }
        core.db.close().await;
    }

    /// Signs in who was hired as this number.
    pub async fn log_in(&self, number: usize) -> Operator {
        let addr = self.addresses[0];
        let body = json!({ "email": email(number), "password": PASSWORD });
        let request = self.http.post(format!("http://{addr}/api/login"));
        let request = request.header("accept", "application/json").json(&body);
        let answer = request.send().await.expect("an answer to the log-in");
        let answer: Value = answer.json().await.expect("JSON");
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Operator {
            id: text(&answer["operator"]["id"]).expect("the log-in succeeds"),
            token: text(&answer["token"]).expect("the log-in gives a token"),
            supervises: number == 0,
        }
    }

    /// Where a server listens, past the network.
    pub fn address(&self, number: usize) -> SocketAddr {
        self.addresses[number]
    }

    /// Whether a node says before long that it is not ready; what it has said holds for a second.
    pub async fn gets_unready(&self, number: usize) -> bool {
        for _ in 0..100 {
            if !self.is_ready(number).await {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    async fn is_ready(&self, number: usize) -> bool {
        // Past the lock, which somebody may hold who waits for the node.
        let addr = self.addresses[number];
        let answer = self.http.get(format!("http://{addr}/readyz")).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// Notes something down that must not be.
    pub fn complain(&self, what: &str) {
        let mut complaints = self
            .complaints
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        complaints.push(what.to_owned());
    }

    /// A server is killed at this moment, or a database stopped or started.
    pub fn strike(&self) {
        let mut blows = self.blows.lock().unwrap_or_else(PoisonError::into_inner);
        blows.push(sala::clock::now().0);
    }

    /// When that was, in Unix milliseconds.
    pub fn blows(&self) -> Vec<i64> {
        let blows = self.blows.lock().unwrap_or_else(PoisonError::into_inner);
        blows.clone()
    }

    /// What the programs did that they should not have done.
    pub async fn complaints(&self) -> Vec<String> {
        let mut complaints = {
            let known = self.complaints.lock();
            known.unwrap_or_else(PoisonError::into_inner).clone()
        };
        for node in &self.nodes {
            complaints.extend(node.lock().await.complaints());
        }
        complaints.extend(self.simulator.lock().await.complaints());
        complaints
    }

    /// Ends everything.
    pub async fn end(self) {
        for node in &self.nodes {
            node.lock().await.kill().await;
        }
        self.simulator.lock().await.kill().await;
        if let Some(postgres) = self.postgres.into_inner() {
            postgres.end().await;
        }
    }
}

fn simulator(folder: &Path, webhooks: &Network) -> Node {
    let (addr, hook) = (
        free_address(),
        format!("http://{}/line/webhook", webhooks.addr),
    );
    let addr_text = addr.to_string();
    let arguments = [
        "simulator",
        "--addr",
        &addr_text,
        "--webhook-url",
        &hook,
        "--line-token",
        TOKEN,
        "--line-secret",
        SECRET,
    ];
    Node::new("simulator", folder, addr, &arguments).with("SALA_LOG", "warn")
}

fn email(number: usize) -> String {
    format!("operator-{number}@example.com")
}

/// A client that gives up on what does not answer.
pub fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy();
    let builder = builder.timeout(Duration::from_secs(30));
    builder.build().expect("a client")
}
