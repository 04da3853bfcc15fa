//! What serves everybody and ends too early ends the process, in order and with a reason; a panic
//! ends only what it happens in.

use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use sala::app::{App, Bound};
use sala::config::{Config, Settings};
use sala::metrics;
use sala::state::AppState;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::harness::customer::harness_client;
use crate::harness::database::TestDatabase;
use crate::harness::ws_client::PATIENCE;
use crate::harness::{Database, TestApp, both_databases};

/// A server with routes that panic.
struct Server {
    origin: String,
    state: AppState,
    stop: CancellationToken,
    running: JoinHandle<std::io::Result<()>>,
    _database: TestDatabase,
}

async fn panics() -> &'static str {
    panic!("on purpose")
}

impl Server {
    async fn start(kind: Database) -> Self {
        let database = TestDatabase::make(kind).await;
        let pairs = [
            ("SALA_ADDR", "127.0.0.1:0".to_owned()),
            ("DATABASE_URL", database.url()),
            ("SALA_SECRET_KEY", "0123456789abcdef".repeat(2)),
        ];
        let pairs = pairs.map(|(name, text)| (name.to_owned(), text));
        let settings = Settings::from_pairs(pairs).expect("known settings");
        let config = Config::load(&settings).expect("valid settings");
        let bound = Bound::listen(config).await.expect("a free port");
        let more = Router::new()
            .route("/_panic", get(panics))
            .route("/api/_panic", get(panics));
        let app = App::build_on(bound, more).await.expect("a server");
        let stop = CancellationToken::new();
        Self {
            origin: format!("http://{}", app.addr()),
            state: app.state().clone(),
            stop: stop.clone(),
            running: tokio::spawn(app.run(stop)),
            _database: database,
        }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let url = format!("{}{path}", self.origin);
        harness_client().get(url).send().await.expect("an answer")
    }

    async fn end(self) -> std::io::Result<()> {
        let ended = tokio::time::timeout(Duration::from_secs(20), self.running).await;
        ended.expect("it ends by itself").expect("no panic")
    }
}

async fn is_named_and_ends_the_process(kind: Database) {
    if !kind.is_wanted() {
        return;
    }
    let server = Server::start(kind).await;
    assert_eq!(server.get("/readyz").await.status(), 200);
    server.state.vitals.lose("outbox");
    let answer = server.get("/readyz").await;
    assert_eq!(answer.status(), 503);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["failing"], json!(["outbox"]));
    let error = server.end().await.expect_err("it did not end as it should");
    assert!(error.to_string().contains("outbox"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_serves_everybody_and_is_lost_is_named_and_ends_the_process_on_sqlite() {
    is_named_and_ends_the_process(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_serves_everybody_and_is_lost_is_named_and_ends_the_process_on_postgres() {
    is_named_and_ends_the_process(Database::Postgres).await;
}

fn broken(what: &str) -> u64 {
    let mut text = metrics::text::Text::default();
    metrics::write(&mut text);
    let name = format!("sala_panics_total{{what=\"{what}\"}} ");
    let text = text.into_string();
    let line = text.lines().find_map(|line| line.strip_prefix(&name));
    line.expect("the metric").parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_in_a_request_is_a_500_that_is_counted_and_harms_no_neighbour() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let server = Server::start(Database::Sqlite).await;
    let before = broken("request");
    let answer = server.get("/_panic").await;
    assert_eq!(answer.status(), 500);
    assert!(answer.headers().contains_key("x-request-id"));
    let text = answer.text().await.expect("a text");
    assert_eq!(text, "Something went wrong in Sala.\n");
    let answer = server.get("/api/_panic").await;
    assert_eq!(answer.status(), 500);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["code"], "internal_error", "{body}");
    assert!(broken("request") >= before + 2);
    assert_eq!(server.get("/readyz").await.status(), 200);
    server.stop.cancel();
    server.end().await.expect("an end in order");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_in_a_sockets_task_is_counted_and_leaves_the_others() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let server = Server::start(Database::Sqlite).await;
    let before = broken("socket");
    server.state.sockets.open(async { panic!("on purpose") });
    let began = Instant::now();
    while broken("socket") == before {
        assert!(began.elapsed() < PATIENCE, "nobody counted it");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(server.get("/readyz").await.status(), 200);
    server.stop.cancel();
    server.end().await.expect("an end in order");
}

/// What was committed stays so, whatever happens to those who hear of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_in_a_change_or_behind_it_ends_that_change_alone() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let server = Server::start(Database::Sqlite).await;
    let db = &server.state.db;
    let before = broken("change");
    let in_it: Result<(), sala::db::DbError> =
        db.write(|_| Box::pin(async { panic!("on purpose") })).await;
    assert!(in_it.is_err());
    let behind_it: Result<(), sala::db::DbError> = db
        .write_and(
            |_| Box::pin(async { Ok(()) }),
            |()| -> ((), Vec<sala::db::Telling>) { panic!("on purpose") },
        )
        .await;
    assert!(behind_it.is_err());
    let telling: sala::db::Telling = Box::new(|| panic!("on purpose"));
    let told: Result<(), sala::db::DbError> = db
        .write_and(|_| Box::pin(async { Ok(()) }), |()| ((), vec![telling]))
        .await;
    assert!(told.is_ok());
    db.ping().await.expect("it writes on");
    assert!(broken("change") >= before + 3);
    assert!(server.state.vitals.lost().is_empty());
    server.stop.cancel();
    server.end().await.expect("an end in order");
}

both_databases!(a_socket_that_is_cut_off_leaves_no_seat_behind, |app| {
    let client = app.console("mali@example.com").await;
    assert_eq!(app.state.hub.size().0, 1);
    app.state.sockets.cut();
    let began = Instant::now();
    while app.state.hub.size().0 > 0 {
        assert!(began.elapsed() < PATIENCE, "the hub still knows it");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(client);
});
