//! Chats that a rule closes: again and again nobody has written in any of them for two hours.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::dice::Dice;

/// The team's rule, saved by whoever was hired first.
const RULE: &str = r#"INSERT INTO team_settings (section, version, value, saved_by, saved_at)
    SELECT 'auto_close', 1, '{"after_minutes":60,"only_if_answered":false}', id, 0
    FROM operators ORDER BY email LIMIT 1"#;
/// What was written was written two hours ago.
const AGE: &str =
    "UPDATE conversations SET activity_at = activity_at - 7200000 WHERE state = 'active'";
/// It is looked at now.
const DUE: &str = "UPDATE timers SET due_at = 1 WHERE kind = 'close'";

/// Has silent chats closed from now on.
pub async fn rule(url: &str) {
    run(url, &[RULE]).await.expect("a store without a rule");
}

/// Until it is dropped.
pub async fn fall(url: &str, mut dice: Dice) {
    loop {
        tokio::time::sleep(dice.millis(300, 1_200)).await;
        // A store that is stopped, full or busy is silent some other time.
        let _ = run(url, &[AGE, DUE]).await;
    }
}

async fn run(url: &str, all: &[&'static str]) -> Result<(), sqlx::Error> {
    if let Some(path) = url.strip_prefix("sqlite://") {
        let options = SqliteConnectOptions::new().filename(path);
        let options = options.busy_timeout(Duration::from_secs(1));
        let mut connection = options.connect().await?;
        for &sql in all {
            sqlx::query(sql).execute(&mut connection).await?;
        }
        connection.close().await
    } else {
        let options: PgConnectOptions = url.parse()?;
        let mut connection = options.connect().await?;
        for &sql in all {
            sqlx::query(sql).execute(&mut connection).await?;
        }
        connection.close().await
    }
}
