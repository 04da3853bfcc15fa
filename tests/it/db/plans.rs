//! No statement reads the whole of a table that grows: the plans of both databases are read.

use std::collections::{BTreeMap, BTreeSet};

use sala::db::Db;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

use super::statements::{self, Statement};
use crate::harness::Database;
use crate::harness::database::TestDatabase;

/// Tables that hold a handful of rows however long Sala runs. All others grow.
const SMALL: &[&str] = &[
    "operators",
    "invitations",
    "channels",
    "channel_quotas",
    "conversation_totals",
    "untold_returns",
    "media_totals",
    "push_devices",
    "push_key",
    "search_state",
    "_sqlx_migrations",
];

/// Indexes of what waits to be done: they may be read from end to end, since rows leave them.
const SHORT: &[&str] = &[
    "contacts_wanting_profile",
    "conversations_unread",
    "conversations_waiting",
    "group_members_wanting_profile",
    "media_due",
    "outbox_by_conversation",
    "push_outbox_due",
    "read_tokens_wanted",
    "sessions_active_by_operator",
];

/// Words of statements that only PostgreSQL understands, or that are asked there only: by nodes
/// that have been cut off from the others.
const POSTGRES_ONLY: &[&str] = &[
    "SKIP LOCKED",
    "FOR UPDATE",
    "FOR SHARE",
    "EXTRACT(EPOCH",
    "pg_",
    "to_regclass",
    "current_database()",
    "WHERE updated_at >= $1",
    "ANY(",
    "unnest(",
];

/// Words that only SQLite understands.
const SQLITE_ONLY: &[&str] = &["sqlite_master", "json_each("];

fn is_for(statement: &Statement, database: Database) -> bool {
    let has = |word: &str| statement.sql.contains(word);
    let postgres_only = POSTGRES_ONLY.iter().any(|word| has(word));
    let sqlite_only = SQLITE_ONLY.iter().any(|word| has(word));
    match database {
        Database::Sqlite => !postgres_only,
        Database::Postgres => !sqlite_only,
    }
}

/// Fails with all findings at once.
fn none_of(findings: &[String]) {
    assert!(
        findings.is_empty(),
        "{} findings:\n\n{}\n",
        findings.len(),
        findings.join("\n\n")
    );
}

#[tokio::test]
async fn sqlite_finds_every_row_by_an_index() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Sqlite).await;
    Db::open(&database.url())
        .await
        .expect("a database")
        .close()
        .await;
    let mut connection = SqliteConnection::connect(&database.url())
        .await
        .expect("a connection");
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
            .fetch_all(&mut connection)
            .await
            .expect("tables");
    let mut findings = Vec::new();
    for statement in statements::all() {
        if !is_for(&statement, Database::Sqlite) {
            continue;
        }
        let explain = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        let steps = sqlx::query(AssertSqlSafe(explain))
            .fetch_all(&mut connection)
            .await
            .unwrap_or_else(|error| panic!("{error}: {statement:?}"));
        let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
        for step in &steps {
            if let Some(why) = sqlite_objection(step, &steps, &statement.sql, &tables) {
                findings.push(format!("{}: {why}\n  {}", statement.file, statement.sql));
            }
        }
    }
    none_of(&findings);
}

/// What is wrong with a step of a plan, such as `SCAN m` or `SCAN c USING INDEX conversations_open`.
fn sqlite_objection(step: &str, steps: &[String], sql: &str, tables: &[String]) -> Option<String> {
    let name = step.strip_prefix("SCAN ")?.split_whitespace().next()?;
    // A plain INSERT reads nothing. What SQLite lists for one into a parent table with a trigger
    // is its look for children that waited for this parent; while there is no violation to mend
    // `FkIfZero` jumps over it.
    let plain_insert = sql.starts_with("INSERT ") && sql.contains(" VALUES (");
    // A list that came with the statement: `json_each($1) w`. What it is looked up in has a step of
    // its own.
    let given_list = (1..=30).any(|n| sql.contains(&format!("json_each(${n}) {name}")))
        && step.contains(" VIRTUAL TABLE ");
    if plain_insert || given_list || step.starts_with("SCAN CONSTANT ROW") {
        return None;
    }
    let made_here = ["CO-ROUTINE ", "MATERIALIZE "]
        .iter()
        .any(|word| steps.iter().any(|step| *step == format!("{word}{name}")));
    let Some(table) = table_of(name, sql, tables) else {
        return (!made_here).then(|| format!("what is {name} in {step}?"));
    };
    let by_short_index = SHORT
        .iter()
        .any(|index| step.ends_with(&format!(" INDEX {index}")));
    let harmless = SMALL.contains(&table.as_str()) || by_short_index;
    (!harmless).then(|| step.to_owned())
}

/// The table that a name in a plan stands for: itself, or what it is another name of.
fn table_of(name: &str, sql: &str, tables: &[String]) -> Option<String> {
    if tables.iter().any(|table| table == name) {
        return Some(name.to_owned());
    }
    let words: Vec<&str> = sql
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let aliases: BTreeMap<&str, &str> = words
        .windows(2)
        .filter(|pair| tables.iter().any(|table| table == pair[0]))
        .map(|pair| (pair[1], pair[0]))
        .collect();
    aliases.get(name).map(|table| (*table).to_owned())
}

#[tokio::test]
async fn postgres_finds_every_row_by_an_index() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Postgres).await;
    Db::open(&database.url())
        .await
        .expect("a database")
        .close()
        .await;
    let mut connection = PgConnection::connect(&database.url())
        .await
        .expect("a connection");
    // An empty table makes other plans cheap; the question is whether an index could serve.
    let settings = "SET enable_seqscan = off; SET enable_hashjoin = off; \
         SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";
    sqlx::raw_sql(settings)
        .execute(&mut connection)
        .await
        .expect("settings");
    let mut findings = BTreeSet::new();
    for (number, statement) in statements::all().into_iter().enumerate() {
        if !is_for(&statement, Database::Postgres) {
            continue;
        }
        let plan = postgres_plan(&mut connection, number, &statement).await;
        for why in postgres_objections(&plan) {
            findings.insert(format!("{}: {why}\n  {}", statement.file, statement.sql));
        }
    }
    none_of(&Vec::from_iter(findings));
}

/// The plan that holds for all parameters, as the server's prepared statements get it.
async fn postgres_plan(
    connection: &mut PgConnection,
    number: usize,
    statement: &Statement,
) -> Value {
    let sql = &statement.sql;
    let prepare = format!("PREPARE s{number} AS {sql}");
    let parameters = (1..=30)
        .rev()
        .find(|n| sql.contains(&format!("${n}")))
        .unwrap_or(0);
    let nulls = vec!["NULL"; parameters].join(", ");
    let arguments = if nulls.is_empty() {
        String::new()
    } else {
        format!("({nulls})")
    };
    let explain = format!("EXPLAIN (FORMAT JSON) EXECUTE s{number}{arguments}");
    sqlx::raw_sql(AssertSqlSafe(prepare))
        .execute(&mut *connection)
        .await
        .unwrap_or_else(|error| panic!("{error}: {statement:?}"));
    sqlx::query_scalar(AssertSqlSafe(explain))
        .fetch_one(connection)
        .await
        .unwrap_or_else(|error| panic!("{error}: {statement:?}"))
}

/// Nodes that read a whole table, or a whole index of one.
fn postgres_objections(plan: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match plan {
        Value::Array(nodes) => found.extend(nodes.iter().flat_map(postgres_objections)),
        Value::Object(node) => {
            let text = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
            let (kind, table) = (text("Node Type"), text("Relation Name"));
            let index = text("Index Name");
            let whole_index =
                !index.is_empty() && !node.contains_key("Index Cond") && !SHORT.contains(&index);
            let small = |name: &str| SMALL.contains(&name);
            let of_small = small(table) || SMALL.iter().any(|name| index.starts_with(name));
            if (kind == "Seq Scan" || whole_index) && !of_small {
                found.push(format!("{kind} {table} {index}"));
            }
            found.extend(node.values().flat_map(postgres_objections));
        }
        _ => {}
    }
    found
}
