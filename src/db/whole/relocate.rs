//! Moving everything of a SQLite database into an empty PostgreSQL database, in one transaction:
//! all of it is there afterwards, or nothing.

mod error;
mod order;

use std::path::Path;
use std::str::FromStr;

use futures_util::TryStreamExt;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, SqliteConnection};
use uuid::Uuid;

pub use self::error::RelocateError;
use self::order::COUNTED;
use super::backup;
use crate::db::Db;

/// Bytes that are gathered before they are sent.
const CHUNK: usize = 256 * 1024;

/// What was moved of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// How many rows it has, here and there.
    pub rows: u64,
}

/// A column of the target, and how its values are written.
struct Column {
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Uuid,
    Bytes,
    Number,
    Truth,
    Text,
}

/// Moves the SQLite database in `file` into the PostgreSQL database at `url`. The file is left
/// as it is.
///
/// # Errors
/// [`RelocateError`]; the target is as empty as before then.
pub async fn relocate(file: &Path, url: &str) -> Result<Vec<Moved>, RelocateError> {
    // Every statement here is slow by nature; the log needs no warning of each.
    let mut target = PgConnectOptions::from_str(url)?
        .disable_statement_logging()
        .connect()
        .await?;
    let mut source = open_source(file).await?;
    let tables = order::tables(&mut source).await?;
    refuse_foreign(&mut target, &tables).await?;
    // Opening brings it to this version's schema.
    Db::open(url).await?.close().await;
    let mut there = target.begin().await?;
    for table in &tables {
        if count_there(&mut there, table).await? > 0 {
            return Err(RelocateError::NotEmpty(table.clone()));
        }
    }
    // One row would be changed over and over within this transaction; see `count_totals`.
    triggers(&mut there, &tables, "DISABLE").await?;
    let mut moved = Vec::new();
    for table in &tables {
        moved.push(copy_table(&mut source, &mut there, table).await?);
    }
    count_totals(&mut there).await?;
    triggers(&mut there, &tables, "ENABLE").await?;
    there.commit().await?;
    source.close().await?;
    run(&mut target, "ANALYZE".to_owned()).await?;
    target.close().await?;
    Ok(moved)
}

/// The SQLite database under this version's schema, held so that nobody else writes to it.
async fn open_source(file: &Path) -> Result<SqliteConnection, RelocateError> {
    let here = format!("sqlite://{}", file.display());
    Db::open_existing(&here).await?.close().await;
    backup::close_off(file).await.map_err(|error| {
        if error.is_busy() {
            RelocateError::InUse
        } else {
            RelocateError::Db(error)
        }
    })?;
    let mut source = SqliteConnectOptions::new()
        .filename(file)
        .disable_statement_logging()
        .connect()
        .await?;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut source).await?;
    Ok(source)
}

async fn run(connection: &mut PgConnection, sql: String) -> Result<(), RelocateError> {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(connection)
        .await?;
    Ok(())
}

/// Tables in a database that Sala never opened are somebody else's.
async fn refuse_foreign(target: &mut PgConnection, tables: &[String]) -> Result<(), RelocateError> {
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.tables \
         WHERE table_schema = current_schema() ORDER BY table_name",
    )
    .fetch_all(target)
    .await?;
    let ours = |name: &String| {
        name == "_sqlx_migrations" || COUNTED.contains(&name.as_str()) || tables.contains(name)
    };
    match found.into_iter().find(|name| !ours(name)) {
        Some(name) => Err(RelocateError::Foreign(name)),
        None => Ok(()),
    }
}

async fn count_there(there: &mut PgConnection, table: &str) -> Result<i64, RelocateError> {
    let sql = format!("SELECT count(*) FROM {table}");
    Ok(sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(there)
        .await?)
}

async fn columns(there: &mut PgConnection, table: &str) -> Result<Vec<Column>, RelocateError> {
    let found: Vec<(String, String)> = sqlx::query_as(
        "SELECT column_name::text, data_type::text FROM information_schema.columns \
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
    )
    .bind(table)
    .fetch_all(there)
    .await?;
    let columns = found.into_iter().map(|(name, kind)| Column {
        name,
        kind: match kind.as_str() {
            "uuid" => Kind::Uuid,
            "bytea" => Kind::Bytes,
            "bigint" => Kind::Number,
            "boolean" => Kind::Truth,
            _ => Kind::Text,
        },
    });
    Ok(columns.collect())
}

async fn copy_table(
    source: &mut SqliteConnection,
    there: &mut PgConnection,
    table: &str,
) -> Result<Moved, RelocateError> {
    let columns = columns(there, table).await?;
    let names: Vec<String> = columns
        .iter()
        .map(|column| format!("\"{}\"", column.name))
        .collect();
    let names = names.join(", ");
    let here: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(&mut *source)
        .await?;
    let mut rows = sqlx::query(AssertSqlSafe(format!("SELECT {names} FROM {table}"))).fetch(source);
    let mut copy = there
        .copy_in_raw(&format!("COPY {table} ({names}) FROM STDIN"))
        .await?;
    let mut lines = Vec::with_capacity(2 * CHUNK);
    loop {
        match rows.try_next().await.and_then(|row| {
            row.map(|row| add_message(&mut lines, &row, &columns))
                .transpose()
        }) {
            Ok(Some(())) if lines.len() < CHUNK => {}
            Ok(Some(())) => {
                copy.send(lines.as_slice()).await?;
                lines.clear();
            }
            Ok(None) => break,
            Err(error) => {
                copy.abort("the source cannot be read").await?;
                return Err(error.into());
            }
        }
    }
    copy.send(lines.as_slice()).await?;
    let rows = copy.finish().await?;
    let there = count_there(there, table).await?;
    let table = table.to_owned();
    if here != there {
        return Err(RelocateError::Count { table, here, there });
    }
    Ok(Moved { table, rows })
}

/// One row in COPY's text form (PostgreSQL's manual, "COPY", "Text Format").
fn add_message(
    lines: &mut Vec<u8>,
    row: &SqliteRow,
    columns: &[Column],
) -> Result<(), sqlx::Error> {
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            lines.push(b'\t');
        }
        let text = match column.kind {
            Kind::Uuid => row.try_get::<Option<Uuid>, _>(at)?.map(|id| id.to_string()),
            Kind::Number => row.try_get::<Option<i64>, _>(at)?.map(|n| n.to_string()),
            Kind::Truth => row.try_get::<Option<bool>, _>(at)?.map(|b| b.to_string()),
            Kind::Text => row.try_get::<Option<String>, _>(at)?,
            Kind::Bytes => {
                add_bytes(lines, row.try_get(at)?);
                continue;
            }
        };
        match text {
            Some(text) => add_text(lines, &text),
            None => lines.extend(b"\\N"),
        }
    }
    lines.push(b'\n');
    Ok(())
}

fn add_text(lines: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'\\' => lines.extend(b"\\\\"),
            b'\n' => lines.extend(b"\\n"),
            b'\r' => lines.extend(b"\\r"),
            b'\t' => lines.extend(b"\\t"),
            // SQLite stores it in a text, PostgreSQL does not.
            0 => lines.extend("\u{fffd}".as_bytes()),
            byte => lines.push(byte),
        }
    }
}

fn add_bytes(lines: &mut Vec<u8>, bytes: Option<Vec<u8>>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let Some(bytes) = bytes else {
        return lines.extend(b"\\N");
    };
    lines.extend(b"\\\\x");
    for byte in bytes {
        lines.push(DIGITS[usize::from(byte >> 4)]);
        lines.push(DIGITS[usize::from(byte & 15)]);
    }
}

async fn triggers(
    there: &mut PgConnection,
    tables: &[String],
    what: &str,
) -> Result<(), RelocateError> {
    for table in tables {
        run(there, format!("ALTER TABLE {table} {what} TRIGGER USER")).await?;
    }
    Ok(())
}

async fn count_totals(there: &mut PgConnection) -> Result<(), RelocateError> {
    let sql = "UPDATE conversation_totals SET \
         open = (SELECT count(*) FROM conversations WHERE state <> 'closed'), \
         closed = (SELECT count(*) FROM conversations WHERE state = 'closed') WHERE shard = 0; \
         UPDATE media_totals SET bytes = \
         (SELECT COALESCE(sum(size), 0) FROM media WHERE state = 'ready') WHERE shard = 0";
    run(there, sql.to_owned()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_text_form_uses_itself_is_escaped() {
        let mut lines = Vec::new();
        add_text(&mut lines, "a\\N\tb\r\nค\0");
        assert_eq!(lines, "a\\\\N\\tb\\r\\nค\u{fffd}".as_bytes());
    }

    #[test]
    fn bytes_are_hexadecimal_and_nothing_is_nothing() {
        let mut lines = Vec::new();
        add_bytes(&mut lines, Some(vec![0, 0xaf, 9]));
        lines.push(b'\t');
        add_bytes(&mut lines, None);
        assert_eq!(lines, b"\\\\x00af09\t\\N");
    }
}
