//! A Redis server of a test's own, which it may stop and start.
//!
//! A shell watches over the server and ends it as soon as its standard input closes, which
//! happens however the test ends.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

const WATCH: &str = r#"
redis-server --port "$1" --bind 127.0.0.1 --save "" --appendonly no --daemonize no >/dev/null &
server=$!
echo "$server"
cat >/dev/null
kill -KILL "$server"
wait "$server" 2>/dev/null
"#;

/// A server on a loopback port.
pub struct Redis {
    port: u16,
    /// The shell, and the server's process id.
    watch: Option<(Child, String)>,
}

impl Redis {
    /// A port for a server that is not started yet.
    pub fn stopped() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("bound").port();
        Self { port, watch: None }
    }

    /// A server that starts.
    pub fn start_new() -> Self {
        let mut redis = Self::stopped();
        redis.start();
        redis
    }

    /// For `REDIS_URL`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it; it answers a moment later.
    pub fn start(&mut self) {
        let mut watch = Command::new("sh")
            .args(["-c", WATCH, "sala-tests"])
            .arg(self.port.to_string())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell for Redis");
        let mut server = String::new();
        BufReader::new(watch.stdout.take().expect("it was piped"))
            .read_line(&mut server)
            .expect("the shell's first line");
        self.watch = Some((watch, server.trim().to_owned()));
    }

    /// Ends it at once, as a crash would.
    pub fn stop(&mut self) {
        if let Some((mut watch, _)) = self.watch.take() {
            drop(watch.stdin.take());
            watch.wait().expect("the shell ends");
        }
    }

    /// Lets it hang: connections stay, nothing answers.
    pub fn pause(&self) {
        self.signal("STOP");
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let (_, server) = self.watch.as_ref().expect("a server");
        let sent = Command::new("kill").args(["-s", name, server]).status();
        assert!(sent.expect("kill runs").success(), "{name} {server}");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
    }
}
