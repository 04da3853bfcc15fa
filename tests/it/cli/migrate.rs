//! `sala migrate-to`: what a real server made on SQLite goes on on PostgreSQL.

use std::net::SocketAddr;

use sala::db::Db;
use serde_json::{Value, json};

use super::program::{Place, errors};
use crate::harness::Database;
use crate::harness::app::Served;
use crate::harness::customer::{self, Customer, harness_client};
use crate::harness::database::{TestDatabase, change, number};
use crate::harness::line::{Line, free_addr};
use crate::harness::session::{PASSWORD, Session};
use crate::harness::ws_client::{PATIENCE, WsClient};

/// A server whose LINE is at `line`.
async fn serve(addr: SocketAddr, line: &Line, url: &str, key: Option<&str>) -> Served {
    let addr = addr.to_string();
    let (base, data) = (line.api_base(), line.data_api_base());
    let mut settings = vec![
        ("SALA_ADDR", addr.as_str()),
        ("DATABASE_URL", url),
        ("LINE_API_BASE", &base),
        ("LINE_DATA_API_BASE", &data),
    ];
    match key {
        Some(key) => settings.push(("SALA_SECRET_KEY", key)),
        // Only the first start: the second must read them from the database it was moved to.
        None => settings.extend([
            ("LINE_CHANNEL_SECRET", "demo-secret"),
            ("LINE_CHANNEL_ACCESS_TOKEN", "demo-token"),
        ]),
    }
    Served::start(&settings).await
}

/// A conversation with its lines, and both lists, as the console sees them.
async fn seen(session: &Session, room: &str) -> Value {
    let (status, thread) = session.call("thread", json!({ "room": room })).await;
    assert_eq!(status, 200, "{thread}");
    let mut lists = Vec::new();
    for tab in ["all", "mine"] {
        lists.push(session.call("conversations", json!({ "tab": tab })).await);
    }
    json!({ "thread": thread, "lists": lists })
}

/// The file of the only line that has one, once it is there.
async fn picture(session: &Session, addr: SocketAddr, room: &str) -> Vec<u8> {
    let url = loop {
        let (_, thread) = session.call("thread", json!({ "room": room })).await;
        let lines = thread["messages"].as_array().expect("lines").clone();
        let media = lines.iter().find(|line| line["media"]["state"] == "ready");
        if let Some(media) = media {
            break media["media"]["url"].as_str().expect("a url").to_owned();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    let request = harness_client().get(format!("http://{addr}{url}"));
    let answer = request.header("cookie", &session.cookie).send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.bytes().await.expect("a body").to_vec()
}

/// Whether one of the lines has this text.
fn has_text(seen: &Value, text: &str) -> bool {
    let lines = seen["thread"]["messages"].as_array();
    lines.is_some_and(|lines| lines.iter().any(|line| line["text"] == text))
}

/// A note as versions left it that took U+0000 from operators; PostgreSQL has no such text.
async fn leave_a_note_of_old(console: &mut WsClient, server: &Served, room: &str) {
    let note = json!({ "room": room, "client_id": uuid::Uuid::new_v4(), "note": "of old" });
    console.ask("send_message", note).await;
    let old = "UPDATE messages SET text = 'a' || char(0) || 'b' WHERE text = $1";
    change(&server.state.db, old, "of old").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_moves_and_goes_on() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let place = Place::started();
    let words = ["operator", "add", "mali@example.com", "--name", "Mali"];
    place.done(&[&words[..], &["--password", PASSWORD]].concat());
    let (here, addr) = (place.path("data/sala.db"), free_addr());
    let line = Line::start(addr).await;
    let url = format!("sqlite://{}", here.display());
    let before = serve(addr, &line, &url, None).await;
    let session = Session::start(addr, "mali@example.com").await;
    let customer = Customer::new(line.addr, "สมหญิง \\ \"t\"").await;
    let room = customer.room();
    customer.writes("one\ttab\nand \\N a line ค่ะ").await;
    customer.sends(json!({ "type": "image" })).await;
    let bytes = tokio::time::timeout(PATIENCE, picture(&session, addr, &room))
        .await
        .expect("the picture is fetched");
    // LINE has a bad day; what the operator writes waits in the outbox.
    customer::fault(line.addr, json!({ "next": 1_000, "status": 500 })).await;
    let mut console = WsClient::connect(addr, &session.token).await;
    console.join(&room).await;
    console.ask("claim_session", json!({ "room": room })).await;
    let client_id = uuid::Uuid::new_v4().to_string();
    let sending = json!({ "room": room, "client_id": client_id, "text": "on its way" });
    let sent = console.ask("send_message", sending.clone()).await;
    assert_eq!(sent["type"], "message_sent", "{sent}");
    leave_a_note_of_old(&mut console, &before, &room).await;
    console.leave().await;

    let target = TestDatabase::make(Database::Postgres).await;
    let refused = place.run(&["migrate-to", &target.url()]);
    assert!(errors(&refused).contains("in use"), "{}", errors(&refused));
    let shown = seen(&session, &room).await;
    before.ended().await;
    let said = place.done(&["migrate-to", &target.url()]);
    assert!(said.contains("secret.key"), "{said}");
    assert!(said.contains("messages"), "{said}");
    assert!(!here.exists() && place.path("data/sala.db.moved").exists());

    let key = std::fs::read_to_string(place.path("data/secret.key")).expect("the key");
    line.recovers().await;
    let after = serve(addr, &line, &target.url(), Some(key.trim())).await;
    assert_eq!(after.state.db.kind(), "postgres");
    // Who was logged in still is, and the lists are as they were but for what LINE took since.
    let again = seen(&session, &room).await;
    let lines = |seen: &Value| seen["thread"]["messages"].as_array().map(Vec::len);
    assert_eq!(lines(&again), lines(&shown));
    assert!(has_text(&again, "a\u{fffd}b"));
    assert_eq!(
        again["thread"]["messages"][0],
        shown["thread"]["messages"][0]
    );
    assert_eq!(
        again["lists"][0][1]["counts"],
        shown["lists"][0][1]["counts"]
    );
    assert_eq!(again["lists"][1][1]["counts"]["mine"], 1);
    assert_eq!(picture(&session, addr, &room).await, bytes);
    let rev = shown["thread"]["conversation"]["rev"]
        .as_i64()
        .expect("a rev");
    assert!(again["thread"]["conversation"]["rev"].as_i64() >= Some(rev));
    // The outbox goes on, once; and the same key again stores nothing twice.
    let began = std::time::Instant::now();
    while customer.texts().await.is_empty() {
        assert!(began.elapsed() < PATIENCE, "the outbox does not go on");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let fresh = Session::start(addr, "mali@example.com").await;
    let mut console = WsClient::connect(addr, &fresh.token).await;
    console.join(&room).await;
    let twice = console.ask("send_message", sending).await;
    assert_eq!(
        twice["payload"]["message"]["id"],
        sent["payload"]["message"]["id"]
    );
    customer.writes("hello again").await;
    console
        .expect(|frame| frame["payload"]["message"]["text"] == "hello again")
        .await;
    assert_eq!(customer.texts().await, ["on its way"]);
    let totals = "SELECT CAST(sum(open) AS BIGINT) FROM conversation_totals WHERE $1 = ''";
    assert_eq!(number(&after.state.db, totals, "").await, 1);
    after.ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_not_empty_is_refused() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let place = Place::started();
    place.done(&["operator", "add", "mali@example.com"]);
    let target = TestDatabase::make(Database::Postgres).await;
    let made = Db::open(&target.url()).await.expect("a database");
    made.close().await;
    let used = place
        .sala(&["operator", "add", "so@example.com"])
        .env("DATABASE_URL", target.url())
        .env("SALA_SECRET_KEY", "0123456789abcdef0123456789abcdef")
        .output()
        .expect("it runs");
    assert!(used.status.success(), "{}", errors(&used));
    let refused = place.run(&["migrate-to", &target.url()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        errors(&refused).contains("operators has rows"),
        "{}",
        errors(&refused)
    );
    assert!(place.done(&["operator", "list"]).contains("mali@"));
    let wrong = place.run(&["migrate-to", "mysql://localhost/sala"]);
    assert!(errors(&wrong).contains("postgres://"), "{}", errors(&wrong));
}
