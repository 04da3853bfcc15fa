//! Timers: what very many that are not due cost, and how long others wait while many are due at once.

use std::time::{Duration, Instant};

use sala::clock;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::latency;
use crate::figures::{Aim, Report, percentile};
use crate::hall::Hall;
use crate::plan::Plan;
use crate::server::Server;

/// Chats that somebody has, each with a timer.
const CHATS: i64 = 100_000;
/// How many are due at once.
const DUE: i64 = 1_000;
/// After so many minutes without a word a chat is closed.
const SILENCE_MIN: i64 = 60;
/// So long the idle server is watched.
const WATCHED: Duration = Duration::from_secs(10);
/// How often it is looked whether all are done.
const LOOK: Duration = Duration::from_millis(20);
/// When they are due, after the measuring of the others has begun: it waits a second itself.
const LATER: Duration = Duration::from_millis(1_500);

pub async fn run(plan: &Plan, sala: Hall<'_>, report: &mut Report) {
    let Hall::Sala(server) = sala else { return };
    if plan.servers {
        eprintln!("timers: on SQLite alone, whose rows this makes itself");
        return;
    }
    close_silent_chats(server).await;
    let before = idle_cost(server).await;
    let mut db = fill(server).await;
    let after = idle_cost(server).await;
    let what = ("timers", "ms of processor a second, none due", "ms/s");
    report.add(what, after, Some(before), Aim::None);

    let quiet = latency::measure(plan, sala, (0, "")).await;
    let (beside, took) = tokio::join!(
        latency::measure(plan, sala, (plan.webhooks, "")),
        all_done(&mut db)
    );
    let what = ("timers", "1,000 due at once, until all are done", "s");
    report.add(what, took.as_secs_f64(), None, Aim::AtMost(2.0));
    let what = ("timers", "webhook to the others (bare: none due)");
    report.add_latencies(what, &beside, &quiet, Aim::None);
    let ratio = percentile(&beside, 99) / percentile(&quiet, 99);
    let what = ("timers", "p99 beside 1,000 due, by that without", "");
    report.add(what, ratio, None, Aim::AtMost(2.0));
    db.close().await.unwrap();
}

/// Turns the rule on.
async fn close_silent_chats(server: &Server) {
    let value = json!({ "after_minutes": SILENCE_MIN, "only_if_answered": true });
    let asking = server
        .http
        .post(format!("http://{}/api/save_settings", server.addr))
        .header("accept", "application/json")
        .bearer_auth(&server.token)
        .json(&json!({ "section": "auto_close", "version": 0, "value": value }));
    let answer = asking.send().await.unwrap();
    let status = answer.status();
    assert!(status.is_success(), "{}", answer.text().await.unwrap());
}

/// What the server needs of a processor while nothing happens, in milliseconds a second.
async fn idle_cost(server: &Server) -> f64 {
    // What was asked for before is done by then.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (process, began) = (server.process(), Instant::now());
    let used = process.cpu();
    tokio::time::sleep(WATCHED).await;
    (process.cpu() - used) * 1_000.0 / began.elapsed().as_secs_f64()
}

/// How long it takes until all that become due at once have happened.
async fn all_done(db: &mut SqliteConnection) -> Duration {
    tokio::time::sleep(LATER).await;
    let since = clock::now().0 - 2 * SILENCE_MIN * 60_000;
    for sql in [SILENT, DUE_NOW] {
        let query = sqlx::query(sql).bind(DUE).bind(since);
        query.execute(&mut *db).await.unwrap();
    }
    let began = Instant::now();
    loop {
        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM timers WHERE due_at <= $1")
            .bind(since)
            .fetch_one(&mut *db)
            .await
            .unwrap();
        if left == 0 {
            return began.elapsed();
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Makes the chats, all of them the administrator's, with timers that are not due.
async fn fill(server: &Server) -> SqliteConnection {
    let mut db = SqliteConnectOptions::new()
        .filename(server.database())
        .busy_timeout(Duration::from_mins(1))
        .connect()
        .await
        .unwrap();
    // What is measured is not how their names come into the search index.
    let drop = sqlx::query("DROP TRIGGER contacts_to_find");
    drop.execute(&mut db).await.unwrap();
    for sql in [CONTACTS, CONVERSATIONS, SESSIONS, TIMERS] {
        let query = sqlx::query(sql).bind(CHATS).bind(clock::now().0);
        query.execute(&mut db).await.unwrap();
    }
    db
}

macro_rules! numbered {
    ($insert:literal, $select:literal) => {
        concat!(
            $insert,
            " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) ",
            $select
        )
    };
}

const CONTACTS: &str = numbered!(
    "INSERT INTO contacts (id, channel_id, line_user_id, kind, display_name, \
     profile_fetched_at, created_at)",
    "SELECT unhex(printf('01%030x', i)), (SELECT id FROM channels), printf('U%032x', i), \
     'user', printf('Customer %d', i), $2, $2 FROM n"
);

const CONVERSATIONS: &str = numbered!(
    "INSERT INTO conversations (id, channel_id, contact_id, rev, unread, state, owner_id, \
     session_id, activity_at, updated_at, created_at)",
    "SELECT unhex(printf('02%030x', i)), (SELECT id FROM channels), \
     unhex(printf('01%030x', i)), 1, 0, 'active', (SELECT id FROM operators WHERE role = 'admin'), \
     unhex(printf('03%030x', i)), $2, $2, $2 FROM n"
);

const SESSIONS: &str = numbered!(
    "INSERT INTO sessions (id, conversation_id, status, operator_id, opened_at)",
    "SELECT unhex(printf('03%030x', i)), unhex(printf('02%030x', i)), 'active', \
     (SELECT id FROM operators WHERE role = 'admin'), $2 FROM n"
);

const TIMERS: &str = numbered!(
    "INSERT INTO timers (conversation_id, kind, due_at)",
    "SELECT unhex(printf('02%030x', i)), 'close', $2 + 3600000 FROM n"
);

const SILENT: &str = "UPDATE conversations SET activity_at = $2 \
     WHERE id <= unhex(printf('02%030x', $1)) AND id > unhex(printf('02%030x', 0))";

const DUE_NOW: &str = "UPDATE timers SET due_at = $2 \
     WHERE conversation_id <= unhex(printf('02%030x', $1)) AND conversation_id > unhex(printf('02%030x', 0))";
