//! The end in order: every socket hears of it, nothing is lost or doubled by it, and nothing that
//! hangs holds it up.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use sala::app::{App, Bound};
use sala::config::{Config, Settings};
use sala::protocol::Role;
use sala::service::auth::Passwords;
use sala::service::operators::{NewOperator, Operators};
use sala::simulator::{Simulator, SimulatorConfig};
use sala::state::AppState;
use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::harness::app::OPERATORS;
use crate::harness::customer::Customer;
use crate::harness::database::{self, TestDatabase};
use crate::harness::session::{PASSWORD, Session};
use crate::harness::ws_client::{PATIENCE, Received, WsClient};
use crate::harness::{Database, TestApp, both_databases};

/// What an operator may wait for a restart.
const LIMIT: Duration = Duration::from_secs(10);

const MALI: &str = "mali@example.com";

/// Ends the server and fails if that takes longer than it may.
async fn end(app: &TestApp) {
    let began = Instant::now();
    app.stop().await;
    assert!(began.elapsed() < LIMIT, "{:?}", began.elapsed());
}

both_databases!(every_socket_of_many_is_closed_with_1001, |app| {
    // Three parts.
    const SOCKETS: usize = 120;
    let mut sockets = Vec::new();
    for (email, ..) in OPERATORS {
        let token = app.token(email).await;
        for _ in 0..SOCKETS / OPERATORS.len() {
            sockets.push(WsClient::connect(app.addr, &token).await);
        }
    }
    sockets.push(WsClient::open(app.addr).await);
    let closed = join_all(sockets.iter_mut().map(WsClient::closed));
    let (closed, ()) = tokio::join!(closed, end(app));
    assert_eq!(closed, vec![Received::Closed(1001); SOCKETS + 1]);
    assert!(tokio::net::TcpStream::connect(app.addr).await.is_err());
});

both_databases!(a_socket_that_does_not_read_holds_nothing_up, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let token = app.token(MALI).await;
    let mut stalled = WsClient::connect_narrow(app.addr, &token).await;
    stalled.join(&customer.room()).await;
    let mut reader = app.console("somchai@example.com").await;
    reader.join(&customer.room()).await;
    let long = "ก".repeat(4_900);
    for _ in 0..3 {
        let events: Vec<_> = (0..50).map(|_| app.text_event(&customer, &long)).collect();
        assert_eq!(app.webhook(json!(events)).await, 200);
        for _ in 0..50 {
            reader.next("new_message").await;
        }
    }
    let (closed, ()) = tokio::join!(reader.closed(), end(app));
    assert_eq!(closed, Received::Closed(1001));
});

/// A store and a LINE that outlive the server.
struct Scene {
    sim: Simulator,
    line: SocketAddr,
    _playing: AbortOnDropHandle<()>,
    database: TestDatabase,
}

/// A server on them.
struct Node {
    addr: SocketAddr,
    state: AppState,
    stop: CancellationToken,
    running: JoinHandle<std::io::Result<()>>,
}

impl Scene {
    async fn on(kind: Database) -> Self {
        let sim = Simulator::new(SimulatorConfig::default(), CancellationToken::new());
        let sim = sim.expect("a simulator");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port");
        let line = listener.local_addr().expect("bound");
        let router = sim.router();
        let playing = async move {
            axum::serve(listener, router).await.expect("serves");
        };
        Self {
            sim,
            line,
            _playing: AbortOnDropHandle::new(tokio::spawn(playing)),
            database: TestDatabase::make(kind).await,
        }
    }

    async fn start(&self) -> Node {
        let settings = [
            ("SALA_ADDR", "127.0.0.1:0".to_owned()),
            ("DATABASE_URL", self.database.url()),
            ("SALA_SECRET_KEY", "0123456789abcdef".repeat(2)),
            ("LINE_CHANNEL_SECRET", "demo-secret".to_owned()),
            ("LINE_CHANNEL_ACCESS_TOKEN", "demo-token".to_owned()),
            ("LINE_API_BASE", format!("http://{}/_sim/line", self.line)),
            (
                "LINE_DATA_API_BASE",
                format!("http://{}/_sim/line-data", self.line),
            ),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value));
        let settings = Settings::from_pairs(settings).expect("known settings");
        let config = Config::load(&settings).expect("valid settings");
        let bound = Bound::listen(config).await.expect("a free port");
        let app = App::build_on(bound, axum::Router::new()).await;
        let app = app.expect("a server");
        let (addr, state, stop) = (app.addr(), app.state().clone(), CancellationToken::new());
        self.sim
            .set_webhook_url(format!("http://{addr}/line/webhook"));
        let running = tokio::spawn(app.run(stop.clone()));
        Node {
            addr,
            state,
            stop,
            running,
        }
    }

    async fn fault(&self, fault: serde_json::Value) {
        crate::harness::customer::fault(self.line, fault).await;
    }
}

impl Node {
    async fn add_mali(&self) {
        let (db, auth) = (self.state.db.clone(), self.state.auth.clone());
        let new = NewOperator {
            email: MALI.to_owned(),
            name: "Mali".to_owned(),
            role: Role::Operator,
        };
        let operators = Operators::new(db, Passwords::light(), auth);
        operators.add(new, PASSWORD, None).await.expect("added");
    }

    /// Mali has claimed the customer's chat.
    async fn owner(&self, customer: &Customer) -> WsClient {
        let token = Session::start(self.addr, MALI).await.token;
        let mut owner = WsClient::connect(self.addr, &token).await;
        owner.join(&customer.room()).await;
        let room = json!({ "room": customer.room() });
        let claimed = owner.ask("claim_session", room).await;
        assert_eq!(claimed["type"], "session_claimed", "{claimed}");
        owner
    }

    /// The status of the only message from Mali.
    async fn status(&self) -> String {
        let sql = "SELECT status FROM messages WHERE direction = $1";
        let found = database::texts(&self.state.db, sql, "out").await;
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().expect("one")
    }

    /// Waits until the outbox has nothing more to do.
    async fn delivered(&self) {
        let began = Instant::now();
        let sql = "SELECT count(*) FROM outbox WHERE $1 = ''";
        while database::number(&self.state.db, sql, "").await > 0 {
            assert!(began.elapsed() < PATIENCE, "it stays in the outbox");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until LINE has the call: the attempt has been recorded.
    async fn calling(&self) {
        let began = Instant::now();
        let sql = "SELECT count(*) FROM outbox WHERE leased_until IS NOT NULL AND $1 = ''";
        while database::number(&self.state.db, sql, "").await == 0 {
            assert!(began.elapsed() < PATIENCE, "nobody sends it");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn end(self) {
        let began = Instant::now();
        self.stop.cancel();
        let ended = tokio::time::timeout(LIMIT, self.running).await;
        let ended = ended.unwrap_or_else(|_| panic!("not after {:?}", began.elapsed()));
        ended.expect("no panic").expect("no failure");
    }
}

/// A message is on its way to LINE, which ends so, when the server is stopped; what the customer
/// and the operator have after the next start.
async fn stopped_in_mid_call(kind: Database, fault: serde_json::Value) -> (Vec<String>, String) {
    let scene = Scene::on(kind).await;
    let node = scene.start().await;
    node.add_mali().await;
    let customer = Customer::new(scene.line, "Nok").await;
    customer.writes("hello").await;
    let mut owner = node.owner(&customer).await;
    scene.fault(fault).await;
    let client_id = uuid::Uuid::new_v4().to_string();
    let message = json!({ "room": customer.room(), "client_id": client_id, "text": "once" });
    let sent = owner.ask("send_message", message.clone()).await;
    assert_eq!(sent["type"], "message_sent", "{sent}");
    node.calling().await;
    let (closed, ()) = tokio::join!(owner.closed(), node.end());
    assert_eq!(closed, Received::Closed(1001));

    let node = scene.start().await;
    let token = Session::start(node.addr, MALI).await.token;
    let mut owner = WsClient::connect(node.addr, &token).await;
    owner.join(&customer.room()).await;
    // A client that never heard the answer asks again.
    let again = owner.ask("send_message", message).await;
    assert_eq!(again["type"], "message_sent", "{again}");
    node.delivered().await;
    let end = (customer.texts().await, node.status().await);
    node.end().await;
    end
}

async fn a_call_in_hand_is_finished(kind: Database) {
    if kind.is_wanted() {
        let fault = json!({ "next": 1, "delay_ms": 1_500 });
        let (read, status) = stopped_in_mid_call(kind, fault).await;
        assert_eq!((read, status.as_str()), (vec!["once".to_owned()], "sent"));
    }
}

/// The reply may or may not have arrived, and nobody can tell: that is what is said.
async fn a_call_that_hangs_is_left_behind(kind: Database) {
    if kind.is_wanted() {
        let fault = json!({ "next": 1, "delay_ms": 60_000, "accepted": true });
        let (read, status) = stopped_in_mid_call(kind, fault).await;
        let unconfirmed = (vec!["once".to_owned()], "unconfirmed");
        assert_eq!((read, status.as_str()), unconfirmed);
    }
}

/// LINE never took it, so it goes out after the next start.
async fn a_call_that_did_not_arrive_is_made_again(kind: Database) {
    if kind.is_wanted() {
        let fault = json!({ "next": 1, "delay_ms": 60_000, "accepted": false });
        let (read, status) = stopped_in_mid_call(kind, fault).await;
        assert_eq!((read, status.as_str()), (vec!["once".to_owned()], "sent"));
    }
}

/// Each on both databases.
macro_rules! on_both_kinds {
    ($($name:ident),*) => { $(
        mod $name {
            use crate::harness::Database;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(Database::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(Database::Postgres).await;
            }
        }
    )* };
}

on_both_kinds!(
    a_call_in_hand_is_finished,
    a_call_that_hangs_is_left_behind,
    a_call_that_did_not_arrive_is_made_again
);
