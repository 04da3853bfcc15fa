//! A server of one's own, in this process but over real sockets.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::Router;
use sala::app::{App, Bound};
use sala::clock::Shift;
use sala::config::{Config, Settings};
use sala::protocol::Role;
use sala::service::auth::Passwords;
use sala::service::operators::{NewOperator, Operators};
use sala::simulator::{Simulator, SimulatorConfig};
use sala::state::AppState;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::customer::{self, Customer};
use super::database::{self, Database, TestDatabase};
use super::session::{PASSWORD, Session};
use super::ws_client::{PATIENCE, WsClient};

/// E-mail address, name, role.
pub const OPERATORS: [(&str, &str, Role); 3] = [
    ("admin@example.com", "Admin", Role::Admin),
    ("mali@example.com", "Mali", Role::Operator),
    ("somchai@example.com", "Somchai", Role::Operator),
];

/// A running server with three operators and a simulated LINE.
pub struct TestApp {
    /// Where.
    pub addr: SocketAddr,
    /// Its services, for looking behind the curtain.
    pub state: AppState,
    stop: CancellationToken,
    running: Mutex<Option<JoinHandle<std::io::Result<()>>>>,
    /// Kept for its end: it goes last.
    _database: TestDatabase,
}

/// Runs a test on one database, unless that is left out.
pub async fn run(kind: Database, test: impl AsyncFnOnce(&TestApp)) {
    if !kind.is_wanted() {
        return;
    }
    let app = TestApp::start(kind, &[]).await;
    test(&app).await;
    app.stop().await;
}

/// Runs a test on one database, unless that is left out, in a time of its own: the test lets it pass.
pub fn run_in_time(kind: Database, test: impl AsyncFnOnce(&TestApp, &Shift)) {
    let time = Shift::default();
    let theirs = time.clone();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .on_thread_start(move || theirs.rule_here())
        .enable_all()
        .build()
        .expect("a runtime");
    time.rule_here();
    runtime.block_on(run(kind, async |app| test(app, &time).await));
    // Another test may follow on this thread.
    Shift::default().rule_here();
}

impl TestApp {
    /// Starts a server on a new database; `settings` go above the usual ones.
    pub async fn start(kind: Database, settings: &[(&str, &str)]) -> Self {
        Self::start_on(TestDatabase::make(kind).await, settings).await
    }

    /// Starts a server on this empty database.
    pub async fn start_on(database: TestDatabase, settings: &[(&str, &str)]) -> Self {
        let app = Self::on(database, settings).await;
        let operators = Operators::new(
            app.state.db.clone(),
            Passwords::light(),
            app.state.auth.clone(),
        );
        for (email, name, role) in OPERATORS {
            let new = NewOperator {
                email: email.to_owned(),
                name: name.to_owned(),
                role,
            };
            operators
                .add(new, PASSWORD, None)
                .await
                .expect("an operator");
        }
        app
    }

    async fn on(database: TestDatabase, settings: &[(&str, &str)]) -> Self {
        let url = database.url();
        let usual = [
            ("SALA_ADDR", "127.0.0.1:0"),
            ("DATABASE_URL", url.as_str()),
            ("SALA_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
            ("LINE_CHANNEL_SECRET", "demo-secret"),
            ("LINE_CHANNEL_ACCESS_TOKEN", "demo-token"),
        ];
        let pairs = usual
            .iter()
            .chain(settings)
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let settings = Settings::from_pairs(pairs).expect("known settings");
        let mut config = Config::load(&settings).expect("valid settings");
        config.simulator = true;
        let mut bound = Bound::listen(config).await.expect("a free port");
        let stop = CancellationToken::new();
        let simulator = simulator(&mut bound, &stop);
        let app = App::build_on(bound, simulator.router())
            .await
            .expect("a server");
        let (addr, state) = (app.addr(), app.state().clone());
        let running = Mutex::new(Some(tokio::spawn(app.run(stop.clone()))));
        Self {
            addr,
            state,
            stop,
            running,
            _database: database,
        }
    }

    /// Ends the server in order, within the ten seconds that it may take.
    pub async fn stop(&self) {
        self.stop.cancel();
        let running = self.running.lock().expect("no panic under the lock").take();
        if let Some(running) = running {
            let limit = Duration::from_secs(11);
            let ended = tokio::time::timeout(limit, running)
                .await
                .expect("it ends in time");
            ended.expect("no panic").expect("no failure");
        }
    }

    /// Where `path` is.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// Signs an operator in.
    pub async fn log_in(&self, email: &str) -> Session {
        Session::start(self.addr, email).await
    }

    /// A token for the socket.
    pub async fn token(&self, email: &str) -> String {
        self.log_in(email).await.token
    }

    /// An authenticated socket.
    pub async fn console(&self, email: &str) -> WsClient {
        WsClient::connect(self.addr, &self.token(email).await).await
    }

    /// The operator's id.
    pub async fn operator_id(&self, email: &str) -> String {
        let sql = "SELECT name FROM operators WHERE email = $1";
        assert_eq!(
            database::texts(&self.state.db, sql, email).await.len(),
            1,
            "{email}"
        );
        let all = self.state.operators.list().await.expect("operators");
        all.into_iter()
            .find(|row| row.email == email)
            .expect("it was there")
            .id
            .to_string()
    }

    /// Disables an operator.
    pub async fn disable(&self, email: &str) {
        self.state
            .operators
            .disable(email, None)
            .await
            .expect("disabled");
    }

    /// A new customer.
    pub async fn customer(&self, name: &str) -> Customer {
        Customer::new(self.addr, name).await
    }

    /// Makes the next sends to LINE end otherwise.
    pub async fn fault(&self, fault: Value) {
        customer::fault(self.addr, fault).await;
    }

    /// Posts raw webhook events; answers the webhook's status.
    pub async fn webhook(&self, events: Value) -> u64 {
        customer::events(self.addr, events).await
    }

    /// A raw webhook event with a text.
    #[expect(clippy::unused_self, reason = "reads better where it is used")]
    pub fn text_event(&self, customer: &Customer, text: &str) -> Value {
        let message_id = Uuid::new_v4().as_u128() % 1_000_000_000_000_000_000;
        json!({
            "type": "message",
            "mode": "active",
            "timestamp": sala::clock::now().0,
            "source": { "type": "user", "userId": customer.id },
            "webhookEventId": Uuid::new_v4().simple().to_string(),
            "deliveryContext": { "isRedelivery": false },
            "replyToken": Uuid::new_v4().simple().to_string(),
            "message": {
                "id": message_id.to_string(),
                "type": "text",
                "text": text,
                "quoteToken": Uuid::new_v4().simple().to_string(),
            },
        })
    }

    /// A new idempotency key.
    #[expect(clippy::unused_self, reason = "reads better where it is used")]
    pub fn client_id(&self) -> String {
        Uuid::new_v4().to_string()
    }

    /// The payload of `send_message` with a text.
    pub fn text(&self, customer: &Customer, text: &str) -> Value {
        json!({ "room": customer.room(), "client_id": self.client_id(), "text": text })
    }

    /// Waits until nothing is on its way to LINE.
    pub async fn outbox_empty(&self) {
        let began = Instant::now();
        let sql = "SELECT count(*) FROM outbox WHERE $1 = ''";
        while database::number(&self.state.db, sql, "").await > 0 {
            assert!(began.elapsed() < PATIENCE, "messages stay in the outbox");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What the audit log says about a conversation, oldest first.
    pub async fn audited(&self, room: &str) -> Vec<String> {
        let id = room.rsplit(':').next().expect("a room");
        let sql = "SELECT a.action FROM audit a JOIN conversations c ON c.id = a.conversation_id \
             JOIN contacts k ON k.id = c.contact_id WHERE k.line_user_id = $1 ORDER BY a.at, a.id";
        database::texts(&self.state.db, sql, id).await
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // After a failed test too; the runtime's end takes the task with it.
        self.stop.cancel();
    }
}

fn simulator(bound: &mut Bound, stop: &CancellationToken) -> Simulator {
    let own = format!("http://{}", bound.addr());
    bound.config.line.api_base = format!("{own}/_sim/line");
    bound.config.line.data_api_base = format!("{own}/_sim/line-data");
    let config = SimulatorConfig {
        webhook_url: Some(format!("{own}/line/webhook")),
        ..SimulatorConfig::default()
    };
    Simulator::new(config, stop.clone()).expect("a simulator")
}

/// A server without a simulated LINE, as `sala serve` is one.
pub struct Served {
    pub state: AppState,
    stop: CancellationToken,
    running: JoinHandle<std::io::Result<()>>,
}

impl Served {
    /// Starts it with these settings and no others.
    pub async fn start(settings: &[(&str, &str)]) -> Self {
        let pairs = settings
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let settings = Settings::from_pairs(pairs).expect("known settings");
        let config = Config::load(&settings).expect("valid settings");
        let bound = Bound::listen(config).await.expect("a free port");
        let app = App::build_on(bound, Router::new()).await.expect("a server");
        let stop = CancellationToken::new();
        Self {
            state: app.state().clone(),
            stop: stop.clone(),
            running: tokio::spawn(app.run(stop)),
        }
    }

    /// Ends it and waits until it has let go of its database.
    pub async fn ended(self) {
        self.stop.cancel();
        self.running.await.expect("no panic").expect("no failure");
    }
}
