//! What has an end: it is removed in pieces, and nobody waits for it. The log's room too.

use sala::clock;
use sala::db::{Conn, Db, DbError};
use sala::protocol::Timestamp;
use sala::protocol::time::DAY_MS;
use sala::service::retention::Retention;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::harness::Database;
use crate::harness::database::number;
use crate::stage::{Stage, on_both};

/// Runs a text past the program, which never writes such rows.
async fn run(stage: &Stage, sql: String) {
    let url = stage.url();
    let sql = AssertSqlSafe(sql);
    if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(&url).await.expect("connects");
        sqlx::raw_sql(sql)
            .execute(&mut connection)
            .await
            .expect("runs");
    } else {
        let mut connection = PgConnection::connect(&url).await.expect("connects");
        sqlx::raw_sql(sql)
            .execute(&mut connection)
            .await
            .expect("runs");
    }
}

async fn count(stage: &Stage, sql: &'static str) -> i64 {
    number(&stage.db, sql, "").await
}

/// A UUID that is this one number.
fn id(stage: &Stage, number: &str) -> String {
    if stage.url().starts_with("sqlite") {
        // Sixteen bytes.
        format!("CAST(printf('%016d', {number}) AS BLOB)")
    } else {
        format!("lpad(CAST({number} AS text), 32, '0')::uuid")
    }
}

fn days_ago(days: i64) -> i64 {
    clock::now().plus_ms(-days * DAY_MS).0
}

/// So many rows, numbered in `n.i`.
fn many(rows: i64, insert: &str, values: &str) -> String {
    format!(
        "INSERT INTO {insert} WITH RECURSIVE n(i) AS \
         (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) SELECT {values} FROM n;"
    )
}

on_both!(
    what_has_come_to_its_end_goes_in_small_pieces_and_the_rest_stays,
    stage,
    {
        let (old, young) = (days_ago(31), days_ago(29));
        let channel = "(SELECT id FROM channels)";
        let events = "webhook_events (channel_id, webhook_event_id, received_at)";
        let unsends = "early_unsends (channel_id, line_message_id, received_at)";
        let audit = "audit (id, at, action)";
        let mut sql = many(5_000, events, &format!("{channel}, 'e' || i, {old}"));
        sql += &many(70, events, &format!("{channel}, 'f' || i, {young}"));
        sql += &many(1_500, unsends, &format!("{channel}, 'e' || i, {old}"));
        sql += &many(7, unsends, &format!("{channel}, 'f' || i, {young}"));
        let (ancient, recent) = (days_ago(401), days_ago(399));
        sql += &many(1_500, audit, &format!("{}, {ancient}, 'x'", id(stage, "i")));
        let later = id(stage, "i + 2000");
        sql += &many(7, audit, &format!("{later}, {recent}, 'x'"));
        run(stage, sql).await;

        let sweeping = async {
            let mut retention = Retention::new(stage.db.clone());
            retention.sweep(clock::now()).await.expect("sweeps")
        };
        // Customers are served meanwhile.
        let (swept, ()) = tokio::join!(sweeping, stage.customer_writes());
        assert_eq!(swept.rows, 8_000);
        assert!(swept.pieces >= 8, "at most 1,000 rows at a time: {swept:?}");
        let events = "SELECT count(*) FROM webhook_events WHERE webhook_event_id LIKE 'f%' \
             OR webhook_event_id LIKE 'e%' OR $1 <> ''";
        assert_eq!(count(stage, events).await, 70);
        let unsends = "SELECT count(*) FROM early_unsends WHERE $1 = ''";
        assert_eq!(count(stage, unsends).await, 7);
        let audit = "SELECT count(*) FROM audit WHERE action = 'x' AND $1 = ''";
        assert_eq!(count(stage, audit).await, 7);
        let mut again = Retention::new(stage.db.clone());
        assert_eq!(again.sweep(clock::now()).await.expect("sweeps").rows, 0);
    }
);

on_both!(log_ins_that_have_ended_are_forgotten, stage, {
    let (operator, past, future) = (id(stage, "1"), days_ago(0) - 1, days_ago(-1));
    let logins = "logins (id, token_hash, operator_id, created_at, last_seen_at, expires_at)";
    let token = |number: &str| {
        if stage.url().starts_with("sqlite") {
            format!("CAST({number} AS BLOB)")
        } else {
            format!("CAST({number} AS text)::bytea")
        }
    };
    let mut sql = format!(
        "INSERT INTO operators (id, email, name, role, password_hash, created_at) \
         VALUES ({operator}, 'a@example.com', 'A', 'admin', '', 0);"
    );
    for (shift, rows, end) in [(0, 300, past), (1_000, 3, future)] {
        let number = format!("(i + {shift})");
        let values = format!(
            "{}, {}, {operator}, 0, 0, {end}",
            id(stage, &number),
            token(&number)
        );
        sql += &many(rows, logins, &values);
    }
    run(stage, sql).await;
    let mut retention = Retention::new(stage.db.clone());
    retention.sweep(clock::now()).await.expect("sweeps");
    let logins = "SELECT count(*) FROM logins WHERE $1 = ''";
    assert_eq!(count(stage, logins).await, 3);
});

on_both!(
    calls_and_tokens_go_when_they_are_over_and_stay_while_a_message_needs_them,
    stage,
    {
        stage.customer_writes().await;
        let now = clock::now();
        stage.queue("goes out", now).await;
        stage.step(now).await;
        let deliveries = "SELECT count(*) FROM deliveries WHERE $1 = ''";
        let tokens = "SELECT count(*) FROM reply_tokens WHERE $1 = ''";
        assert_eq!(
            (count(stage, deliveries).await, count(stage, tokens).await),
            (1, 1)
        );
        let after = |days: i64| now.plus_ms(days * DAY_MS);
        let mut retention = Retention::new(stage.db.clone());
        retention.sweep(after(6)).await.expect("sweeps");
        assert_eq!(
            (count(stage, deliveries).await, count(stage, tokens).await),
            (1, 1)
        );
        retention.sweep(after(8)).await.expect("sweeps");
        assert_eq!(
            (count(stage, deliveries).await, count(stage, tokens).await),
            (0, 0)
        );
        // One whose message still waits is needed.
        stage.customer_writes().await;
        stage.fault(sala::simulator::Fault {
            status: Some(500),
            ..sala::simulator::Fault::default()
        });
        stage.queue("waits", now).await;
        stage.step(now).await;
        retention.sweep(after(8)).await.expect("sweeps");
        assert_eq!(
            (count(stage, deliveries).await, count(stage, tokens).await),
            (1, 1)
        );
    }
);

#[tokio::test]
async fn the_log_gives_its_room_back_after_somebody_read_for_long() {
    crate::stage::run(Database::Sqlite, async |stage| {
        let log = async |stage: &Stage| stage.db.space().await.expect("reads").log;
        let mut reader = stage.db.reader().await.expect("a reader");
        let _pinned = reader.conn().channels().await.expect("reads");
        let mut number = 0;
        while log(stage).await < 80 << 20 {
            keep_large(&stage.db, stage.channel, number).await;
            number += 1;
        }
        // While the reader reads nothing can be given back, and nobody waits for that.
        stage.db.shrink_log().await.expect("no harm");
        assert!(log(stage).await >= 80 << 20);
        drop(reader);
        let began = std::time::Instant::now();
        while log(stage).await > 64 << 20 {
            assert!(began.elapsed() < crate::harness::ws_client::PATIENCE);
            assert!(stage.db.shrink_log().await.expect("shrinks"));
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(!stage.db.shrink_log().await.expect("nothing to do"));
        stage.customer_writes().await;
    })
    .await;
}

async fn keep_large(db: &Db, channel: sala::protocol::ChannelId, number: i64) {
    let (name, raw) = (format!("large {number}"), "x".repeat(1 << 20));
    let kept: Result<(), DbError> = db
        .write(move |mut conn: Conn<'_>| {
            Box::pin(async move {
                conn.keep_channel_event(channel, &name, &raw, Timestamp(number))
                    .await
            })
        })
        .await;
    kept.expect("kept");
}
