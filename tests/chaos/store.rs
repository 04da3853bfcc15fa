//! What the store holds, read past the server.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use uuid::Uuid;

use super::record::{Line, SessionEvent, Stored, StoredLine};

const LINES: &str = "SELECT k.line_user_id, m.id, m.rev, m.created_rev, m.direction, m.status, \
     m.text, m.client_id, m.sender_id, m.content, m.error, m.created_at, m.placed_at FROM messages m \
     JOIN conversations c ON c.id = m.conversation_id JOIN contacts k ON k.id = c.contact_id \
     ORDER BY m.created_rev";
const ROOMS: &str = "SELECT k.line_user_id, c.rev, c.state, c.unread FROM conversations c \
     JOIN contacts k ON k.id = c.contact_id";
const SESSIONS: &str = "SELECT k.line_user_id, s.status, s.operator_id FROM sessions s \
     JOIN conversations c ON c.id = s.conversation_id JOIN contacts k ON k.id = c.contact_id \
     WHERE s.status <> 'closed'";
const OUTBOX: &str = "SELECT count(*) FROM outbox";
/// Those that a chaos has made due.
const DUE: &str = "SELECT count(*) FROM timers WHERE due_at < 1000";

type LineRow = (
    String,
    Uuid,
    i64,
    i64,
    String,
    String,
    Option<String>,
    Option<Uuid>,
    Option<String>,
    String,
    Option<String>,
    i64,
    i64,
);
type SessionRow = (String, String, Option<Uuid>);

/// The rows of one snapshot.
struct Rows {
    lines: Vec<LineRow>,
    rooms: Vec<(String, i64, String, i64)>,
    sessions: Vec<SessionRow>,
    outbox: i64,
    due: i64,
}

/// The store's state at one moment.
pub struct Snapshot {
    /// By customer.
    pub rooms: Vec<Stored>,
    /// Messages on their way to LINE.
    pub outbox: i64,
    /// Timers whose time has come.
    pub due: i64,
}

macro_rules! read_all {
    ($transaction:expr) => {
        Rows {
            lines: sqlx::query_as(LINES).fetch_all(&mut *$transaction).await?,
            rooms: sqlx::query_as(ROOMS).fetch_all(&mut *$transaction).await?,
            sessions: sqlx::query_as(SESSIONS)
                .fetch_all(&mut *$transaction)
                .await?,
            outbox: sqlx::query_scalar(OUTBOX)
                .fetch_one(&mut *$transaction)
                .await?,
            due: sqlx::query_scalar(DUE)
                .fetch_one(&mut *$transaction)
                .await?,
        }
    };
}

/// Reads the store at `url` in one snapshot; `customers` are LINE's ids, by number.
pub async fn read(url: &str, customers: &[String]) -> Result<Snapshot, sqlx::Error> {
    let rows = if let Some(path) = url.strip_prefix("sqlite://") {
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        let mut connection = options.connect().await?;
        let mut transaction = connection.begin().await?;
        read_all!(transaction)
    } else {
        let options: PgConnectOptions = url.parse()?;
        let mut connection = options.connect().await?;
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        let mut transaction = connection.begin_with(begin).await?;
        read_all!(transaction)
    };
    Ok(sort(rows, customers))
}

fn sort(rows: Rows, customers: &[String]) -> Snapshot {
    let numbers: HashMap<&str, usize> = customers
        .iter()
        .enumerate()
        .map(|(number, id)| (id.as_str(), number))
        .collect();
    let mut rooms = vec![Stored::default(); customers.len()];
    // Strangers, who are nobody's customers, are passed over.
    for (customer, rev, state, unread) in rows.rooms {
        if let Some(&number) = numbers.get(customer.as_str()) {
            let room = &mut rooms[number];
            (room.rev, room.waits, room.unread) = (rev, state == "waiting", unread);
        }
    }
    for (customer, status, owner) in rows.sessions {
        let Some(&number) = numbers.get(customer.as_str()) else {
            continue;
        };
        let room = &mut rooms[number];
        room.open_sessions += 1;
        if status == "active" {
            room.owners.push(owner.map(|owner| owner.to_string()));
        }
    }
    for row in rows.lines {
        if let Some(&number) = numbers.get(row.0.as_str()) {
            rooms[number].lines.push(stored_line(row));
        }
    }
    Snapshot {
        rooms,
        outbox: rows.outbox,
        due: rows.due,
    }
}

fn stored_line(row: LineRow) -> StoredLine {
    let (
        _,
        id,
        rev,
        created_rev,
        direction,
        status,
        text,
        client_id,
        sender,
        content,
        error,
        at,
        place,
    ) = row;
    let content: Value = serde_json::from_str(&content).unwrap_or_default();
    StoredLine {
        line: Line {
            id: id.to_string(),
            direction,
            text,
            status,
            says_why: error.is_some_and(|error| !error.is_empty()),
            rev,
            at,
            place,
        },
        created_rev,
        client_id: client_id.map(|id| id.to_string()),
        sender,
        event: session_event(&content["event"]),
    }
}

fn session_event(event: &Value) -> Option<SessionEvent> {
    let id = |who: &str| event[who]["id"].as_str().map(str::to_owned);
    match event["name"].as_str()? {
        "claimed" => id("operator").map(SessionEvent::Claimed),
        "reopened" => id("operator").map(SessionEvent::Reopened),
        "taken_over" => id("operator").map(SessionEvent::Passed),
        "transferred" => Some(id("to").map_or(SessionEvent::Queued, SessionEvent::Passed)),
        "given_back" => Some(SessionEvent::Queued),
        "closed" => Some(SessionEvent::Closed),
        _ => None,
    }
}
