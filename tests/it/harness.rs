//! What the tests stand on: a real server on a throw-away database, with a simulated LINE.

pub mod app;
pub mod cluster;
pub mod customer;
pub mod database;
pub mod files;
pub mod line;
pub mod postgres;
pub mod push_service;
pub mod raw_socket;
pub mod redis;
pub mod session;
pub mod ws_client;

pub use app::TestApp;
pub use database::Database;

/// Runs one test on each database, each time with a server and a database of its own.
macro_rules! both_databases {
    ($name:ident, |$app:ident| $body:block) => {
        mod $name {
            use super::*;

            async fn test($app: &TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                crate::harness::app::run(crate::harness::Database::Sqlite, async |app| {
                    test(app).await;
                })
                .await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                crate::harness::app::run(crate::harness::Database::Postgres, async |app| {
                    test(app).await;
                })
                .await;
            }
        }
    };
}
pub(crate) use both_databases;

/// Runs one test on each database, in a time that it lets pass itself.
macro_rules! in_time_on_both {
    ($name:ident, |$app:ident, $time:ident| $body:block) => {
        mod $name {
            use super::*;

            async fn test($app: &TestApp, $time: &sala::clock::Shift) $body

            #[test]
            fn on_sqlite() {
                let kind = crate::harness::Database::Sqlite;
                crate::harness::app::run_in_time(kind, async |app, time| test(app, time).await);
            }

            #[test]
            fn on_postgres() {
                let kind = crate::harness::Database::Postgres;
                crate::harness::app::run_in_time(kind, async |app, time| test(app, time).await);
            }
        }
    };
}
pub(crate) use in_time_on_both;
