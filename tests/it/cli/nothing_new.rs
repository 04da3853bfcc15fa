//! Commands in the wrong folder, or on the wrong database, make nothing new.

use sqlx::{Connection, PgConnection};

use super::program::{Place, errors};
use crate::harness::Database;
use crate::harness::database::TestDatabase;

/// Every command that works on a database that is there.
const COMMANDS: &[&[&str]] = &[
    &["operator", "add", "mali@example.com"],
    &["operator", "list"],
    &["operator", "reset-password", "mali@example.com"],
    &["operator", "disable", "mali@example.com"],
    &["check"],
    &["backup", "copy.db"],
    &["migrate-to", "postgres://127.0.0.1:1/sala"],
    &["restored"],
    &["rekey"],
    &["rekey", "--end"],
];

#[test]
fn a_command_in_the_wrong_folder_says_so_and_makes_nothing() {
    for words in COMMANDS {
        let place = Place::new();
        let output = place.run(words);
        let said = errors(&output) + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {said}");
        assert!(
            said.contains("there is no database at"),
            "{words:?}: {said}"
        );
        assert!(said.contains("data/sala.db"), "{words:?}: {said}");
        let made = std::fs::read_dir(place.path("")).expect("the folder");
        assert_eq!(made.count(), 0, "{words:?}");
    }
}

#[test]
fn a_command_without_the_key_makes_none() {
    let place = Place::started();
    std::fs::remove_file(place.path("data/secret.key")).expect("removed");
    place.done(&["operator", "add", "mali@example.com"]);
    place.done(&["operator", "list"]);
    let output = place.run(&["check"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("secret.key"), "{said}");
    let output = place.run(&["rekey"]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert!(!place.path("data/secret.key").exists());
}

#[tokio::test]
async fn a_command_on_an_empty_postgres_database_says_so_and_makes_nothing() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let target = TestDatabase::make(Database::Postgres).await;
    let place = Place::new();
    for words in COMMANDS
        .iter()
        .filter(|words| !["backup", "migrate-to"].contains(&words[0]))
    {
        let mut command = place.sala(words);
        command.env("DATABASE_URL", target.url());
        command.env("SALA_SECRET_KEY", "0123456789abcdef0123456789abcdef");
        let output = command.output().expect("it runs");
        let said = errors(&output) + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {said}");
        assert!(
            said.contains("there is no database at"),
            "{words:?}: {said}"
        );
    }
    let mut connection = PgConnection::connect(&target.url())
        .await
        .expect("a connection");
    let tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
    let tables: i64 = sqlx::query_scalar(tables)
        .fetch_one(&mut connection)
        .await
        .expect("a number");
    assert_eq!(tables, 0);
}
