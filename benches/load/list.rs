//! `make bench ARGS=list`: first pages of the lists and of threads in a large installation.
//!
//! Fills the server's SQLite database with statements that make their rows inside SQLite, then
//! asks through the server as a console does. Lines lie in the file in the order of their time,
//! as they do when they come one by one, so that a thread's lines are spread over all of it.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::figures::{Aim, Report};
use crate::server::Server;

/// Rows of one transaction, so that the write-ahead log stays small.
const CHUNK: u64 = 100_000;

/// One answer takes no longer, or the bench ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// How large, and how often to ask.
struct Size {
    conversations: u64,
    messages: u64,
    requests: u64,
}

impl Size {
    fn from_args(mut args: impl Iterator<Item = String>) -> Self {
        let mut size = Self {
            conversations: 500_000,
            messages: 5_000_000,
            requests: 1_000,
        };
        while let Some(name) = args.next() {
            let value = args.next().and_then(|value| value.parse::<u64>().ok());
            match (name.as_str(), value.filter(|value| *value > 0)) {
                ("--conversations", Some(value)) => size.conversations = value,
                ("--messages", Some(value)) => size.messages = value,
                ("--requests", Some(value)) => size.requests = value,
                _ => {
                    eprintln!("list: what is {name}? --conversations --messages --requests");
                    std::process::exit(2);
                }
            }
        }
        size.messages = size.messages.max(size.conversations);
        size
    }
}

/// Fills, asks, reports.
pub async fn run(args: impl Iterator<Item = String>) {
    let size = Size::from_args(args);
    let server = Server::start(0, false).await;
    let mut report = Report::default();
    let began = Instant::now();
    let file = server.database();
    fill(&file, &size).await;
    let filled = ("list", "filled in", "s");
    report.add(filled, began.elapsed().as_secs_f64(), None, Aim::None);
    let bytes = std::fs::metadata(&file).unwrap().len() as f64;
    report.add(("list", "database", "GB"), bytes / 1e9, None, Aim::None);
    for tab in ["waiting", "mine", "all", "closed"] {
        let (took, page) = ask(&server, &size, "conversations", |_| json!({ "tab": tab })).await;
        let rows = page["conversations"].as_array().map_or(0, Vec::len);
        eprintln!("{tab}: {rows} rows, {}", page["counts"]);
        assert!(rows > 0, "{tab} is empty: {page}");
        let what = format!("{tab}, first page");
        report.add_latencies(("list", &what), &took, &[], Aim::AtMost(20.0));
    }
    let open =
        |n| json!({ "room": format!("conversation:{}", line_id(n * 7_919 % size.conversations)) });
    let (took, page) = ask(&server, &size, "thread", open).await;
    assert!(!page["messages"].as_array().unwrap().is_empty(), "{page}");
    let what = ("list", "thread, newest lines");
    report.add_latencies(what, &took, &[], Aim::AtMost(20.0));
    report.print();
    server.stop().await;
}

/// LINE's id of the customer with this number, as the statements below make it.
fn line_id(number: u64) -> String {
    format!("U{number:032x}")
}

/// Asks one after the other; answers how long each took, and the last answer.
async fn ask(
    server: &Server,
    size: &Size,
    call: &str,
    arguments: impl Fn(u64) -> Value,
) -> (Vec<Duration>, Value) {
    let mut took = Vec::new();
    let mut last = Value::Null;
    // The first one is not measured: it opens the connection.
    for number in 0..=size.requests {
        let request = server
            .http
            .post(format!("http://{}/api/{call}", server.addr))
            .header("accept", "application/json")
            .bearer_auth(&server.token)
            .timeout(PATIENCE)
            .json(&arguments(number));
        let began = Instant::now();
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{call}: {}", answer.status());
        let body = answer.bytes().await.unwrap();
        if number > 0 {
            took.push(began.elapsed());
        }
        if number == size.requests {
            last = serde_json::from_slice(&body).unwrap();
        }
    }
    (took, last)
}

async fn fill(file: &Path, size: &Size) {
    let mut db = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(Duration::from_mins(1))
        .pragma("synchronous", "OFF")
        .pragma("cache_size", "-500000")
        .pragma("temp_store", "MEMORY")
        .connect()
        .await
        .unwrap();
    // Built over all rows at the end they take minutes less than kept up to date row by row.
    let indexes: Vec<(String, String)> = sqlx::query_as(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL \
         AND tbl_name IN ('contacts', 'conversations', 'sessions', 'messages', 'reply_tokens')",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    for (name, _) in &indexes {
        run_text(&mut db, format!("DROP INDEX {name}")).await;
    }
    // What is measured is not how five million lines come into the search index.
    for name in ["messages_to_find", "contacts_to_find"] {
        run_text(&mut db, format!("DROP TRIGGER {name}")).await;
    }
    run_text(&mut db, ACTIVE_OWNERS.to_owned()).await;
    let mut batch = Batch { db, size };
    batch.all(CONTACTS, size.conversations).await;
    batch.all(CONVERSATIONS, size.conversations).await;
    batch.all(SESSIONS, size.conversations).await;
    batch.all(POINT_AT_SESSION, size.conversations).await;
    batch.all(MESSAGES, size.messages).await;
    batch.all(REPLY_TOKENS, size.conversations).await;
    for (_, sql) in indexes {
        run_text(&mut batch.db, sql).await;
    }
    run_text(&mut batch.db, "PRAGMA wal_checkpoint(TRUNCATE)".to_owned()).await;
    batch.db.close().await.unwrap();
}

async fn run_text(db: &mut SqliteConnection, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(db).await.unwrap();
}

struct Batch<'a> {
    db: SqliteConnection,
    size: &'a Size,
}

impl Batch<'_> {
    /// Makes rows 0 to `count`, some at a time. A statement gets the first number as `$1`, the
    /// number after the last as `$2`, the number of conversations as `$3` and of lines as `$4`.
    async fn all(&mut self, sql: &'static str, count: u64) {
        let mut first = 0;
        while first < count {
            let end = (first + CHUNK).min(count);
            let mut query = sqlx::query(sql);
            for number in [first, end, self.size.conversations, self.size.messages] {
                query = query.bind(i64::try_from(number).unwrap());
            }
            query.execute(&mut self.db).await.unwrap();
            first = end;
        }
    }
}

/// Forty colleagues, so that not everything active is the administrator's.
const ACTIVE_OWNERS: &str = "INSERT INTO operators \
     (id, email, name, role, password_hash, created_at) \
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) \
     SELECT unhex(printf('0f%030x', i)), printf('o%d@example.com', i), printf('Operator %d', i), \
         'operator', '', 0 FROM n";

macro_rules! numbered {
    ($insert:literal, $select:literal) => {
        concat!(
            $insert,
            " WITH RECURSIVE n(i) AS \
             (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2) ",
            $select
        )
    };
}

const CONTACTS: &str = numbered!(
    "INSERT INTO contacts (id, channel_id, line_user_id, kind, display_name, \
     profile_fetched_at, created_at)",
    "SELECT unhex(printf('01%030x', i)), (SELECT id FROM channels), printf('U%032x', i), \
     'user', printf('Customer %d', i), 1, 1 FROM n"
);

/// Of a hundred conversations one waits, three are active, one was never opened and the rest
/// are closed; of the active ones each owner has a share, the administrator too. The newest
/// line is the last of the rounds that the lines below make.
const CONVERSATIONS: &str = numbered!(
    "INSERT INTO conversations (id, channel_id, contact_id, rev, unread, state, owner_id, \
     queue_at, waiting_since, last_message_id, activity_at, updated_at, created_at)",
    "SELECT unhex(printf('02%030x', i)), (SELECT id FROM channels), \
     unhex(printf('01%030x', i)), $4 / $3 + 1, \
     CASE WHEN i % 100 < 2 THEN 3 ELSE 0 END, \
     CASE WHEN i % 100 = 0 THEN 'waiting' WHEN i % 100 < 4 THEN 'active' \
         WHEN i % 100 = 4 THEN 'none' ELSE 'closed' END, \
     CASE WHEN i % 100 BETWEEN 1 AND 3 THEN CASE WHEN i / 100 % 41 = 0 \
         THEN (SELECT id FROM operators WHERE role = 'admin') \
         ELSE unhex(printf('0f%030x', i / 100 % 41)) END END, \
     CASE WHEN i % 100 = 0 THEN 1700000000000 + i END, \
     CASE WHEN i % 100 < 2 THEN 1700000000000 + i END, \
     unhex(printf('04%030x', ($4 / $3 - 1) * $3 + i)), \
     1700000000000 + (($4 / $3 - 1) * $3 + i) * 100, 1700000000000, 1 FROM n"
);

const SESSIONS: &str = numbered!(
    "INSERT INTO sessions (id, conversation_id, status, operator_id, opened_at)",
    "SELECT unhex(printf('03%030x', i)), c.id, CASE c.state WHEN 'none' THEN 'closed' \
     ELSE c.state END, c.owner_id, 1700000000000 \
     FROM n JOIN conversations c ON c.id = unhex(printf('02%030x', i))"
);

const POINT_AT_SESSION: &str = "UPDATE conversations SET session_id = \
     unhex('03' || substr(hex(id), 3)) \
     WHERE id >= unhex(printf('02%030x', $1)) AND id < unhex(printf('02%030x', $2)) \
     AND state <> 'none' AND $3 = $3 AND $4 = $4";

/// Round by round through all conversations, a line a tenth of a second.
const MESSAGES: &str = numbered!(
    "INSERT INTO messages (id, conversation_id, channel_id, session_id, created_rev, rev, \
     direction, kind, status, line_message_id, sender_type, sender_id, sender_name, text, \
     created_at)",
    "SELECT unhex(printf('04%030x', i)), unhex(printf('02%030x', i % $3)), \
     (SELECT id FROM channels), unhex(printf('03%030x', i % $3)), i / $3 + 1, i / $3 + 1, \
     CASE WHEN i / $3 % 2 THEN 'out' ELSE 'in' END, 'text', \
     CASE WHEN i / $3 % 2 THEN 'sent' ELSE 'received' END, printf('%d', i), \
     CASE WHEN i / $3 % 2 THEN 'operator' ELSE 'customer' END, NULL, 'Somebody', \
     printf('Line %d: how much is the red one, three metres of it, and when can you send it?', i), \
     1700000000000 + i * 100 FROM n WHERE $4 = $4"
);

const REPLY_TOKENS: &str = numbered!(
    "INSERT INTO reply_tokens (id, conversation_id, token, received_at)",
    "SELECT unhex(printf('05%030x', i)), unhex(printf('02%030x', i)), printf('token%d', i), \
     1700000000000 + i FROM n WHERE i % 10 = 0 AND $3 = $3 AND $4 = $4"
);
