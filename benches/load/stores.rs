//! The stores under the server: its own SQLite file, or a PostgreSQL and a Redis of the bench's own.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use uuid::Uuid;

use crate::postgres::Postgres;

/// Adds an operator with the administrator's password.
const ADD: &str = "INSERT INTO operators (id, email, name, role, password_hash, created_at) \
     SELECT $1, $2, $2, 'operator', password_hash, created_at FROM operators \
     WHERE email = 'admin@example.com'";

/// Where the server keeps things.
pub enum Stores {
    /// In a file.
    Sqlite,
    /// As a node of several would; every commit is on the disk before it is answered.
    Servers(Box<Servers>),
}

/// PostgreSQL and Redis.
pub struct Servers {
    postgres: Postgres,
    redis: (SocketAddr, Child),
}

impl Stores {
    /// Starts what the server needs.
    pub async fn start(servers: bool, free: fn() -> SocketAddr) -> Self {
        if !servers {
            return Self::Sqlite;
        }
        let addr = free();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .args(["--port", &addr.port().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Redis is installed (apt-get install redis-server)");
        while TcpStream::connect(addr).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self::Servers(Box::new(Servers {
            postgres: Postgres::start().await,
            redis: (addr, child),
        }))
    }

    /// The server's settings for them; `file` is for SQLite.
    pub fn settings(&self, file: &Path) -> Vec<(&'static str, String)> {
        match self {
            Self::Sqlite => vec![("DATABASE_URL", format!("sqlite://{}", file.display()))],
            Self::Servers(servers) => vec![
                ("DATABASE_URL", servers.postgres.url()),
                ("REDIS_URL", format!("redis://{}", servers.redis.0)),
            ],
        }
    }

    /// Adds operators with these addresses and the administrator's password.
    pub async fn add_operators(&self, file: &Path, emails: &[String]) {
        match self {
            Self::Sqlite => {
                let options = SqliteConnectOptions::new()
                    .filename(file)
                    .busy_timeout(Duration::from_secs(5));
                let mut connection = options.connect().await.unwrap();
                for email in emails {
                    let add = sqlx::query(ADD).bind(Uuid::now_v7()).bind(email);
                    add.execute(&mut connection).await.unwrap();
                }
                connection.close().await.unwrap();
            }
            Self::Servers(servers) => {
                let options: PgConnectOptions = servers.postgres.url().parse().unwrap();
                let mut connection = options.connect().await.unwrap();
                for email in emails {
                    let add = sqlx::query(ADD).bind(Uuid::now_v7()).bind(email);
                    add.execute(&mut connection).await.unwrap();
                }
                connection.close().await.unwrap();
            }
        }
    }

    /// Ends them.
    pub async fn stop(self) {
        if let Self::Servers(mut servers) = self {
            let _ = servers.redis.1.kill().await;
            servers.postgres.end().await;
        }
    }
}
