//! A PostgreSQL server for this run of the tests, and a new database for each test.
//!
//! A shell watches over the server: it ends it, by its process id, and removes its files as soon
//! as its standard input closes, which happens however the tests end.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};
use tokio::sync::OnceCell;

const WATCH: &str = r#"
set -eu
dir=$(mktemp -d "${TMPDIR:-/tmp}/sala-postgres-XXXXXX")
trap 'rm -rf "$dir"' EXIT
"$1/initdb" -D "$dir/data" -U sala -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 \
    || { cat "$dir/initdb.log" >&2; exit 1; }
"$1/postgres" -D "$dir/data" -c listen_addresses= -c unix_socket_directories="$dir" \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 \
    >"$dir/server.log" 2>&1 </dev/null &
server=$!
echo "$dir"
cat >/dev/null
kill -INT "$server"
wait "$server" || true
"#;

/// How long the server may take to start.
const START: Duration = Duration::from_mins(1);

struct Server {
    /// Where its socket is.
    folder: String,
    /// The shell, the pipe whose end it waits for and the one it complains through.
    _watch: (Child, ChildStdin, ChildStderr),
}

/// The address of a new, empty database.
pub async fn new_database() -> String {
    static SERVER: OnceCell<Server> = OnceCell::const_new();
    let server = SERVER.get_or_init(start).await;
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    let mut connection = connect(server).await.expect("the server takes connections");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .expect("a new database");
    format!("postgres://sala@localhost/{name}?host={}", server.folder)
}

async fn start() -> Server {
    let mut child = command()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell for PostgreSQL");
    let input = child.stdin.take().expect("its input was piped");
    let output = child.stdout.take().expect("its output was piped");
    let mut errors = child.stderr.take().expect("its errors were piped");
    let mut folder = String::new();
    BufReader::new(output)
        .read_line(&mut folder)
        .expect("the shell's first line");
    if folder.is_empty() {
        let mut words = String::new();
        // What it said before it broke off is enough.
        let _ = errors.read_to_string(&mut words);
        panic!("PostgreSQL did not start: {}", words.trim());
    }
    let server = Server {
        folder: folder.trim().to_owned(),
        _watch: (child, input, errors),
    };
    let began = Instant::now();
    while let Err(error) = connect(&server).await {
        assert!(began.elapsed() < START, "PostgreSQL did not start: {error}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    server
}

async fn connect(server: &Server) -> Result<PgConnection, sqlx::Error> {
    PgConnectOptions::new_without_pgpass()
        .socket(&server.folder)
        .username("sala")
        .database("postgres")
        .connect()
        .await
}

/// PostgreSQL refuses to run as root; then Debian's own user for it takes over.
fn command() -> Command {
    let bin = programs();
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| {
        use std::os::unix::fs::MetadataExt;
        own.uid() == 0
    });
    let mut command = if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command
        .args(["-c", WATCH, "sala-tests"])
        .arg(bin)
        .current_dir("/");
    command
}

/// Debian keeps PostgreSQL's programs out of the PATH.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    found.extend(
        std::env::var_os("PATH")
            .iter()
            .flat_map(std::env::split_paths),
    );
    let bin = found.into_iter().find(|bin| bin.join("initdb").exists());
    bin.expect("PostgreSQL is not installed (apt-get install postgresql); SALA_TEST_DATABASES=sqlite does without")
}
