//! A server with few open files and many clients that only hold them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::program::Place;
use crate::harness::line::free_addr;
use crate::harness::ws_client::PATIENCE;

/// Files that the server may have, and connections that want to be silent.
const FILES: usize = 256;
const SILENT: usize = 300;

/// A running server, ended with this.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(place: &Place, addr: SocketAddr) -> Running {
    let sala = place.sala(&["serve", "--addr", &addr.to_string()]);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "ulimit -n \"$0\" && exec \"$@\""])
        .arg(FILES.to_string())
        .arg(sala.get_program())
        .args(sala.get_args())
        .current_dir(sala.get_current_dir().expect("it has one"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for (name, value) in sala.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    Running(limited.spawn().expect("it runs"))
}

/// The status of an answer, if there is one.
fn ask(addr: SocketAddr, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(addr).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head[9..]).ok()?.parse().ok()
}

#[test]
fn three_hundred_silent_connections_do_not_stop_a_server_with_256_files() {
    let place = Place::new();
    let addr = free_addr();
    let _running = start(&place, addr);
    let began = Instant::now();
    while ask(addr, "/readyz") != Some(200) {
        assert!(began.elapsed() < 3 * PATIENCE, "it does not start");
        std::thread::park_timeout(Duration::from_millis(50));
    }
    let upgrade = "GET /ws/live-chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\
         Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let said = [
        "",
        "GET / HTTP/1.1\r\nHo",
        "POST /line/webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf",
        "\u{16}\u{3}\u{1}",
        upgrade,
    ];
    let mut silent = Vec::new();
    for text in said.iter().cycle().take(SILENT) {
        let mut stream = TcpStream::connect(addr).expect("it listens");
        // One that had to give way already hears nothing of it.
        let _ = stream.write_all(text.as_bytes());
        silent.push(stream);
    }
    for path in ["/healthz", "/readyz", "/login"] {
        assert_eq!(ask(addr, path), Some(200), "{path}");
    }
    drop(silent);
}
