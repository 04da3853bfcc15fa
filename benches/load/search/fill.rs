//! The store of the bench: an installation that was there before the index.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sala::clock;
use sala::protocol::ChannelId;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};
use uuid::Uuid;

use super::Size;
use super::speech::Speech;
use crate::postgres::Postgres;

/// Rows of one transaction.
const CHUNK: usize = 20_000;

/// Over how long the messages were written, in milliseconds.
const SPAN_MS: usize = 2 * 365 * 86_400_000;

/// Rows of a table as both databases take them.
#[derive(Default)]
struct Rows {
    ids: Vec<Uuid>,
    of: Vec<Uuid>,
    words: Vec<String>,
    at: Vec<i64>,
}

/// Where the store is.
pub enum Place {
    Sqlite(PathBuf),
    Postgres(Box<Postgres>),
}

enum Connected {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The LINE account of all.
pub fn channel() -> ChannelId {
    ChannelId(Uuid::from_u128(1))
}

/// LINE's id of the customer with this number.
pub fn line_id(number: usize) -> String {
    format!("U{number:032x}")
}

/// An id that begins with a time, as ours do.
fn id_at(kind: u128, ms: i64, number: usize) -> Uuid {
    let ms = u128::from(ms.unsigned_abs());
    Uuid::from_u128((ms << 80) | (7 << 76) | (2 << 62) | (kind << 56) | number as u128)
}

/// A statement for one row here, and for all at once there.
const CONTACTS: (&str, &str) = (
    "INSERT INTO contacts (id, channel_id, line_user_id, kind, display_name, \
     profile_fetched_at, created_at) VALUES ($1, $5, $2, 'user', $3, $4, $4)",
    "INSERT INTO contacts (id, channel_id, line_user_id, kind, display_name, \
     profile_fetched_at, created_at) SELECT r.id, $5, 'U' || replace(r.of_it::text, '-', ''), \
     'user', r.words, r.at, r.at FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) \
     AS r(id, of_it, words, at)",
);
const CONVERSATIONS: (&str, &str) = (
    "INSERT INTO conversations (id, channel_id, contact_id, state, activity_at, updated_at, \
     created_at) VALUES ($1, $5, $2, CASE WHEN $3 = '' THEN 'closed' END, $4, $4, $4)",
    "INSERT INTO conversations (id, channel_id, contact_id, state, activity_at, updated_at, \
     created_at) SELECT r.id, $5, r.of_it, CASE WHEN r.words = '' THEN 'closed' END, r.at, r.at, \
     r.at FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) AS r(id, of_it, words, at)",
);
const MESSAGES: (&str, &str) = (
    "INSERT INTO messages (id, conversation_id, channel_id, created_rev, rev, direction, kind, \
     status, sender_type, sender_name, text, created_at, placed_at) \
     VALUES ($1, $2, $5, 1, 1, 'in', 'text', 'received', 'customer', 'Somebody', $3, $4, $4)",
    "INSERT INTO messages (id, conversation_id, channel_id, created_rev, rev, direction, kind, \
     status, sender_type, sender_name, text, created_at, placed_at) SELECT r.id, r.of_it, $5, 1, \
     1, 'in', 'text', 'received', 'customer', 'Somebody', r.words, r.at, r.at \
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[]) AS r(id, of_it, words, at)",
);
const CHANNEL: &str = "INSERT INTO channels (id, name, title, secret, access_token, created_at) \
     VALUES ($1, 'default', 'Bench', $2, $2, 0)";

impl Place {
    /// An empty one.
    pub async fn start(servers: bool) -> Self {
        if servers {
            return Self::Postgres(Box::new(Postgres::start().await));
        }
        let name = format!("sala-search-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self::Sqlite(folder)
    }

    fn file(folder: &Path) -> PathBuf {
        folder.join("search.db")
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", Self::file(folder).display()),
            Self::Postgres(server) => server.url(),
        }
    }

    async fn connect(&self) -> Connected {
        match self {
            Self::Sqlite(folder) => {
                let options = SqliteConnectOptions::new()
                    .filename(Self::file(folder))
                    .busy_timeout(Duration::from_mins(1))
                    .pragma("synchronous", "OFF")
                    .pragma("cache_size", "-500000");
                Connected::Sqlite(options.connect().await.unwrap())
            }
            Self::Postgres(server) => {
                let options: PgConnectOptions = server.url().parse().unwrap();
                Connected::Postgres(options.connect().await.unwrap())
            }
        }
    }

    /// Whether what comes is left out of the index, as before there was one.
    pub async fn be_from_before(&self, is_before: bool) {
        let here = include_str!("../../../migrations/sqlite/0022_search.sql");
        let triggers = &here[here.find("CREATE TRIGGER").unwrap()..];
        let sql = match (self, is_before) {
            (Self::Sqlite(_), true) => {
                "DROP TRIGGER messages_to_find; DROP TRIGGER contacts_to_find"
            }
            (Self::Sqlite(_), false) => triggers,
            (Self::Postgres(_), true) => {
                "ALTER TABLE messages DISABLE TRIGGER messages_to_find; \
                 ALTER TABLE contacts DISABLE TRIGGER contacts_to_find"
            }
            (Self::Postgres(_), false) => {
                "ALTER TABLE messages ENABLE TRIGGER messages_to_find; \
                 ALTER TABLE contacts ENABLE TRIGGER contacts_to_find"
            }
        };
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self.connect().await {
            Connected::Sqlite(mut c) => sql.execute(&mut c).await.map(|_| ()),
            Connected::Postgres(mut c) => sql.execute(&mut c).await.map(|_| ()),
        }
        .unwrap();
    }

    /// Stores customers and their messages.
    pub async fn store(&self, speech: &mut Speech, size: Size) {
        let mut there = self.connect().await;
        there.channel().await;
        let now = clock::now().0;
        let begin = now - i64::try_from(SPAN_MS).unwrap();
        for first in (0..size.contacts).step_by(CHUNK) {
            let (mut contacts, mut conversations) = (Rows::default(), Rows::default());
            for number in first..size.contacts.min(first + CHUNK) {
                let contact = id_at(1, begin, number);
                contacts.add(
                    contact,
                    Uuid::from_u128(number as u128),
                    speech.name(),
                    begin,
                );
                conversations.add(id_at(2, begin, number), contact, String::new(), begin);
            }
            there.insert(CONTACTS, &contacts).await;
            there.insert(CONVERSATIONS, &conversations).await;
        }
        for first in (0..size.messages).step_by(CHUNK) {
            let mut rows = Rows::default();
            for number in first..size.messages.min(first + CHUNK) {
                let at = begin + i64::try_from(number * (SPAN_MS / size.messages)).unwrap();
                let contact = speech.dice.rank(size.contacts);
                let of = id_at(2, begin, contact);
                rows.add(id_at(3, at, number), of, speech.message(), at);
            }
            there.insert(MESSAGES, &rows).await;
        }
        if let Connected::Postgres(c) = &mut there {
            sqlx::raw_sql("ANALYZE").execute(c).await.unwrap();
        }
    }

    /// Bytes of the index and, in a file, of everything else.
    pub async fn bytes(&self) -> i64 {
        let here = "SELECT (SELECT page_count FROM pragma_page_count) \
             - (SELECT freelist_count FROM pragma_freelist_count)";
        let there = "SELECT CAST(sum(pg_total_relation_size(CAST(c.relname AS regclass))) AS BIGINT) \
             FROM pg_class c WHERE c.relkind = 'r' AND c.relname LIKE 'search_%'";
        match self.connect().await {
            Connected::Sqlite(mut c) => {
                let pages: i64 = sqlx::query_scalar(here).fetch_one(&mut c).await.unwrap();
                pages * 4_096
            }
            Connected::Postgres(mut c) => {
                sqlx::query_scalar(there).fetch_one(&mut c).await.unwrap()
            }
        }
    }

    /// Bytes of all texts.
    pub async fn text_bytes(&self) -> i64 {
        let sql = "SELECT CAST(sum(octet_length(text)) AS BIGINT) FROM messages";
        match self.connect().await {
            Connected::Sqlite(mut c) => sqlx::query_scalar(sql).fetch_one(&mut c).await.unwrap(),
            Connected::Postgres(mut c) => sqlx::query_scalar(sql).fetch_one(&mut c).await.unwrap(),
        }
    }

    /// Ends it and removes it.
    pub async fn stop(self) {
        match self {
            Self::Sqlite(folder) => {
                let _ = std::fs::remove_dir_all(folder);
            }
            Self::Postgres(server) => (*server).end().await,
        }
    }
}

impl Rows {
    fn add(&mut self, id: Uuid, of: Uuid, words: String, at: i64) {
        self.ids.push(id);
        self.of.push(of);
        self.words.push(words);
        self.at.push(at);
    }
}

impl Connected {
    async fn channel(&mut self) {
        let key = vec![1_u8];
        match self {
            Self::Sqlite(c) => {
                let adding = sqlx::query(CHANNEL).bind(channel()).bind(key);
                adding.execute(c).await.unwrap();
            }
            Self::Postgres(c) => {
                let adding = sqlx::query(CHANNEL).bind(channel()).bind(key);
                adding.execute(c).await.unwrap();
            }
        }
    }

    async fn insert(&mut self, (here, there): (&'static str, &'static str), rows: &Rows) {
        match self {
            Self::Sqlite(c) => {
                let mut change = c.begin().await.unwrap();
                for at in 0..rows.ids.len() {
                    let mut row = sqlx::query(here).bind(rows.ids[at]);
                    row = if here == CONTACTS.0 {
                        row.bind(format!("U{}", rows.of[at].simple()))
                    } else {
                        row.bind(rows.of[at])
                    };
                    let row = row.bind(&rows.words[at]).bind(rows.at[at]).bind(channel());
                    row.execute(&mut *change).await.unwrap();
                }
                change.commit().await.unwrap();
            }
            Self::Postgres(c) => {
                let adding = sqlx::query(there).bind(&rows.ids).bind(&rows.of);
                let adding = adding.bind(&rows.words).bind(&rows.at).bind(channel());
                adding.execute(c).await.unwrap();
            }
        }
    }
}
