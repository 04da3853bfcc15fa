//! Several nodes on one PostgreSQL and one Redis, with one simulated LINE beside them.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use sala::app::{App, Bound};
use sala::clock::Shift;
use sala::config::{Config, Rhythm, Settings};
use sala::db::Db;
use sala::service::auth::Passwords;
use sala::service::operators::{NewOperator, Operators};
use sala::simulator::{Simulator, SimulatorConfig};
use sala::state::AppState;
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::app::OPERATORS;
use super::customer::{Customer, harness_client};
use super::database::{Database, TestDatabase};
use super::redis::Redis;
use super::session::{PASSWORD, Session};
use super::ws_client::{PATIENCE, WsClient};

/// The first administrator, of the name "admin".
const ADMIN: &str = "admin@example.com";

/// Tests do not wait for 20 s.
const RHYTHM: Rhythm = Rhythm {
    announce: Duration::from_millis(500),
    lease: Duration::from_secs(6),
};

/// Everything that the nodes share, and the nodes.
pub struct Cluster {
    pub redis: Redis,
    /// The store, through a connection of its own.
    pub db: Db,
    nodes: Vec<Node>,
    sim: Simulator,
    line: SocketAddr,
    _playing: AbortOnDropHandle<()>,
    database: TestDatabase,
}

/// One node. It has a runtime of its own, whose end is as sudden as that of a process.
pub struct Node {
    pub addr: SocketAddr,
    pub state: AppState,
    /// What is wrong with its clock.
    pub clock: Shift,
    stop: CancellationToken,
    running: Option<JoinHandle<std::io::Result<()>>>,
    runtime: Option<Runtime>,
}

/// Runs a test on three nodes that are in touch, unless PostgreSQL is left out.
pub async fn run(test: impl AsyncFnOnce(&mut Cluster)) {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let mut cluster = Cluster::start(Redis::start_new(), 3).await;
    for n in 0..3 {
        cluster.ready(n).await;
    }
    test(&mut cluster).await;
    cluster.stop().await;
}

impl Cluster {
    /// Starts nodes with three operators; they may not be in touch yet. All start at the same
    /// moment, on an empty database.
    pub async fn start(redis: Redis, nodes: usize) -> Self {
        let database = TestDatabase::make(Database::Postgres).await;
        let sim = Simulator::new(SimulatorConfig::default(), CancellationToken::new())
            .expect("a simulator");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let line = listener.local_addr().expect("bound");
        let router = sim.router();
        let playing = async move {
            axum::serve(listener, router).await.expect("serves");
        };
        let playing = AbortOnDropHandle::new(tokio::spawn(playing));
        let starting = (0..nodes).map(|_| Node::start(database.url(), redis.url(), line));
        let nodes = futures_util::future::join_all(starting).await;
        let cluster = Self {
            db: Db::open(&database.url()).await.expect("opens"),
            redis,
            nodes,
            sim,
            line,
            _playing: playing,
            database,
        };
        cluster.add_operators().await;
        cluster
    }

    /// One node more; answers its number.
    pub async fn add_node(&mut self) -> usize {
        let (url, redis, line) = (self.database.url(), self.redis.url(), self.line);
        self.nodes.push(Node::start(url, redis, line).await);
        self.nodes.len() - 1
    }

    async fn add_operators(&self) {
        let state = &self.nodes[0].state;
        let operators = Operators::new(self.db.clone(), Passwords::light(), state.auth.clone());
        for (email, name, role) in OPERATORS {
            if email == ADMIN {
                // Made by the nodes themselves.
                continue;
            }
            let (email, name) = (email.to_owned(), name.to_owned());
            let new = NewOperator { email, name, role };
            operators.add(new, PASSWORD, None).await.expect("added");
        }
    }

    pub fn node(&self, n: usize) -> &Node {
        &self.nodes[n]
    }

    /// Waits until a node says that it is ready.
    pub async fn ready(&self, n: usize) {
        self.readiness(n, 200).await;
    }

    /// Waits until a node answers so when it is asked whether it is ready; answers what it says.
    pub async fn readiness(&self, n: usize, wanted: u16) -> Value {
        let url = format!("http://{}/readyz", self.nodes[n].addr);
        let (http, began) = (harness_client(), Instant::now());
        loop {
            let answer = http.get(&url).send().await.expect("an answer");
            if answer.status() == wanted {
                return answer.json().await.expect("JSON");
            }
            let text = answer.text().await.unwrap_or_default();
            assert!(began.elapsed() < PATIENCE, "node {n} says {text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// An authenticated socket at a node.
    pub async fn console(&self, n: usize, email: &str) -> WsClient {
        let addr = self.nodes[n].addr;
        WsClient::connect(addr, &Session::start(addr, email).await.token).await
    }

    /// From now on LINE posts its webhooks to that node.
    pub fn webhooks_to(&self, n: usize) {
        self.sim
            .set_webhook_url(format!("http://{}/line/webhook", self.nodes[n].addr));
    }

    /// A customer who wrote, and whose profile has arrived, so that from here on only the test
    /// changes the conversation.
    pub async fn known_customer(&self, text: &str) -> Customer {
        self.webhooks_to(0);
        let customer = Customer::new(self.line, "Nut").await;
        customer.writes(text).await;
        let sql = "SELECT count(*) FROM contacts WHERE line_user_id = $1 AND display_name = 'Nut'";
        let began = Instant::now();
        while super::database::number(&self.db, sql, &customer.id).await == 0 {
            assert!(began.elapsed() < PATIENCE, "no profile came");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        customer
    }

    /// Where LINE's control interface is.
    pub fn line(&self) -> SocketAddr {
        self.line
    }

    /// Waits until what was announced by now has been heard everywhere: an operator's presence
    /// goes round after it.
    pub async fn attendance_settled(&self) {
        let living = || self.nodes.iter().filter(|node| node.runtime.is_some());
        let mut witnesses = Vec::new();
        for node in living() {
            let token = Session::start(node.addr, "admin@example.com").await.token;
            witnesses.push(WsClient::connect(node.addr, &token).await);
        }
        // Busy and back, from each node in turn: its announcements keep their order.
        for n in 0..witnesses.len() {
            for status in ["busy", "online"] {
                witnesses[n]
                    .tell("set_presence", serde_json::json!({ "status": status }))
                    .await;
                for witness in &mut witnesses {
                    witness
                        .expect(|frame| {
                            let team = frame["payload"]["operators"].as_array();
                            let is =
                                |one: &Value| one["name"] == "admin" && one["status"] == status;
                            frame["type"] == "presence_update"
                                && team.is_some_and(|team| team.iter().any(is))
                        })
                        .await;
                    witness.settled("presence_update").await;
                }
            }
        }
        for witness in witnesses {
            witness.leave().await;
        }
    }

    /// Ends a node as `kill -9` does: no task of it runs any further.
    pub fn kill(&mut self, n: usize) {
        let node = &mut self.nodes[n];
        node.running = None;
        if let Some(runtime) = node.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Ends a node in order.
    pub async fn end(&mut self, n: usize) {
        self.nodes[n].end().await;
    }

    async fn stop(&mut self) {
        for node in &mut self.nodes {
            node.stop.cancel();
        }
        for node in &mut self.nodes {
            node.end().await;
        }
    }
}

impl Node {
    async fn start(database: String, redis: String, line: SocketAddr) -> Self {
        let clock = Shift::default();
        let theirs = clock.clone();
        let starting = tokio::task::spawn_blocking(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .on_thread_start(move || theirs.rule_here())
                .enable_all()
                .build()
                .expect("a runtime");
            let app = runtime.block_on(build(database, redis, line));
            (runtime, app)
        });
        let (runtime, app) = starting.await.expect("no panic");
        let stop = CancellationToken::new();
        let (addr, state) = (app.addr(), app.state().clone());
        let running = Some(runtime.spawn(app.run(stop.clone())));
        Self {
            addr,
            state,
            clock,
            stop,
            running,
            runtime: Some(runtime),
        }
    }

    async fn end(&mut self) {
        self.stop.cancel();
        if let Some(running) = self.running.take() {
            let limit = Duration::from_secs(11);
            let ended = tokio::time::timeout(limit, running).await;
            ended.expect("in time").expect("no panic").expect("well");
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn build(database: String, redis: String, line: SocketAddr) -> App {
    let pairs = [
        ("SALA_ADDR", "127.0.0.1:0"),
        ("DATABASE_URL", database.as_str()),
        ("REDIS_URL", redis.as_str()),
        ("SALA_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
        ("LINE_CHANNEL_SECRET", "demo-secret"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "demo-token"),
        ("SALA_ADMIN_EMAIL", ADMIN),
        ("SALA_ADMIN_PASSWORD", PASSWORD),
    ];
    let pairs = pairs.map(|(n, v)| (n.to_owned(), v.to_owned()));
    let settings = Settings::from_pairs(pairs).expect("known settings");
    let mut config = Config::load(&settings).expect("valid settings");
    config.simulator = true;
    config.rhythm = RHYTHM;
    config.line.api_base = format!("http://{line}/_sim/line");
    config.line.data_api_base = format!("http://{line}/_sim/line-data");
    let bound = Bound::listen(config).await.expect("a free port");
    App::build_on(bound, Router::new()).await.expect("a server")
}
