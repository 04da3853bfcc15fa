//! A PostgreSQL server that can be stopped the hard way and started again.
//!
//! A shell holds it: it takes orders on its standard input, ends the server and removes its files
//! when that closes, however this program ends.

use std::path::PathBuf;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// `fsync` stays on: what a commit promised must be there after the stop.
const HOLD: &str = r#"
set -eu
bin=$1
dir=$(mktemp -d "${TMPDIR:-/tmp}/sala-chaos-XXXXXX")
end() {
    "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}
trap end EXIT
trap 'exit 1' INT TERM HUP
"$bin/initdb" -D "$dir/data" -U sala -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 \
    || { cat "$dir/initdb.log" >&2; exit 1; }
start() {
    until "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 \
        -o "-c listen_addresses= -c unix_socket_directories=$dir -c max_connections=200" \
        start >/dev/null 2>&1 </dev/null; do sleep 0.2; done
}
start
echo "$dir"
while read -r order; do
    case $order in
        stop) "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true ;;
        start) start ;;
    esac
    echo done
done
"#;

/// A PostgreSQL server of one's own.
pub struct Postgres {
    folder: String,
    orders: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
    child: Child,
}

impl Postgres {
    /// Makes a server and starts it.
    pub async fn start() -> Self {
        let mut child = command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell for PostgreSQL");
        let orders = child.stdin.take();
        let output = child.stdout.take().expect("its output was piped");
        let mut answers = BufReader::new(output).lines();
        let folder = answers.next_line().await.expect("the shell answers");
        let folder = folder.expect("PostgreSQL starts; its words are above");
        Self {
            folder,
            orders,
            answers,
            child,
        }
    }

    /// For `DATABASE_URL`.
    pub fn url(&self) -> String {
        format!("postgres://sala@localhost/postgres?host={}", self.folder)
    }

    /// `stop`: as after a crash, without a checkpoint. `start`: until it takes connections.
    pub async fn order(&mut self, what: &str) {
        let orders = self.orders.as_mut().expect("it is not ended yet");
        let line = format!("{what}\n");
        orders.write_all(line.as_bytes()).await.expect("a shell");
        let answer = self.answers.next_line().await.expect("the shell answers");
        assert_eq!(answer.as_deref(), Some("done"), "PostgreSQL's shell");
    }

    /// Ends the server and removes its files.
    pub async fn end(mut self) {
        self.orders = None;
        let _ = self.child.wait().await;
    }
}

/// PostgreSQL refuses to run as root; then Debian's own user for it takes over.
fn command() -> Command {
    use std::os::unix::fs::MetadataExt;
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let mut command = if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command
        .args(["-c", HOLD, "sala-chaos"])
        .arg(programs())
        .current_dir("/");
    command
}

/// Debian keeps PostgreSQL's programs out of the PATH.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let debian = versions.into_iter().flatten();
    let debian = debian.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut all = debian.chain(std::env::split_paths(&path));
    all.find(|bin| bin.join("initdb").exists()).expect(
        "PostgreSQL is not installed (apt-get install postgresql); SALA_TEST_DATABASES=sqlite does without",
    )
}
