//! The opening handshake of RFC 6455, line by line, in raw bytes over TCP.

use crate::harness::raw_socket::{HANDSHAKE, RawSocket, frame};
use crate::harness::{TestApp, both_databases};

const KEY: &str = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// The usual request with one line replaced.
fn with(line: &str, other: &str) -> String {
    assert!(HANDSHAKE.contains(line), "{line}");
    format!("{}\r\n", HANDSHAKE.replace(line, other))
}

/// A request, the status that it gets, and beginnings of lines that the answer must hold.
type Asked = (String, u16, &'static [&'static str]);

const VERSION: &str = "Sec-WebSocket-Version: 13\r\n";
const UPGRADE: &str = "Upgrade: websocket\r\n";
const CONNECTION: &str = "Connection: Upgrade\r\n";
const HOST: &str = "Host: localhost\r\n";

const ACCEPTED: &[&str] = &[
    "upgrade: websocket",
    "connection: upgrade",
    "sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=",
];
const UPGRADE_REQUIRED: &[&str] = &[
    "sec-websocket-version: 13",
    "upgrade: websocket",
    "connection: upgrade",
];

fn accepted() -> Vec<Asked> {
    let protocol = format!("{KEY}Sec-WebSocket-Protocol: chat\r\n");
    let extension = format!("{KEY}Sec-WebSocket-Extensions: permessage-deflate\r\n");
    vec![
        (format!("{HANDSHAKE}\r\n"), 101, ACCEPTED),
        (
            with(CONNECTION, "connection: keep-alive, UPGRADE\r\n"),
            101,
            ACCEPTED,
        ),
        (with(UPGRADE, "upgrade: h3, WebSocket\r\n"), 101, ACCEPTED),
        (with(KEY, &protocol), 101, ACCEPTED),
        (with(KEY, &extension), 101, ACCEPTED),
    ]
}

fn not_asked() -> Vec<Asked> {
    let others = [
        (UPGRADE, ""),
        (UPGRADE, "Upgrade: h2c\r\n"),
        (CONNECTION, ""),
        (CONNECTION, "Connection: close\r\n"),
        (VERSION, ""),
        (VERSION, "Sec-WebSocket-Version: 12\r\n"),
        (VERSION, "Sec-WebSocket-Version: 8\r\n"),
        (VERSION, "Sec-WebSocket-Version: 113\r\n"),
        (VERSION, "Sec-WebSocket-Version: 13, 8\r\n"),
    ];
    let others = others.map(|(line, other)| (with(line, other), 426, UPGRADE_REQUIRED));
    others.into()
}

fn malformed() -> Vec<Asked> {
    let mut requests = Vec::new();
    for other in [
        "",
        "Host:\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
    ] {
        requests.push((with(HOST, other), 400, &[][..]));
    }
    for other in [
        String::new(),
        format!("{KEY}{KEY}"),
        format!("{KEY}Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"),
        format!("{KEY}Content-Length: 2\r\n"),
        "Sec-WebSocket-Key:\r\n".to_owned(),
        "Sec-WebSocket-Key: nonsense\r\n".to_owned(),
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ\r\n".to_owned(),
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSBsb25n\r\n".to_owned(),
    ] {
        requests.push((with(KEY, &other), 400, &[][..]));
    }
    requests.push((with(VERSION, &format!("{VERSION}{VERSION}")), 400, &[]));
    requests.push((with("HTTP/1.1", "HTTP/1.0"), 400, &[]));
    requests.push((with("GET", "POST"), 405, &["allow: get"]));
    requests.push((with("GET", "HEAD"), 405, &["allow: get"]));
    requests
}

both_databases!(a_handshake_is_taken_or_refused_as_rfc_6455_says, |app| {
    let mut wrong = Vec::new();
    let requests = [accepted(), not_asked(), malformed()];
    for (request, status, lines) in requests.into_iter().flatten() {
        let mut socket = RawSocket::connect(app.addr).await;
        let (answered, head) = socket.ask(&request).await;
        let head = head.to_ascii_lowercase();
        let all_lines = lines
            .iter()
            .all(|line| head.contains(&format!("\r\n{line}")));
        let unwanted = ["sec-websocket-protocol", "sec-websocket-extensions"];
        let negotiated = unwanted.iter().any(|name| head.contains(name));
        if answered != status || !all_lines || negotiated {
            wrong.push(format!("{request}{status} expected\n{head}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
});

both_databases!(a_frame_that_comes_with_the_handshake_is_read, |app| {
    let mut socket = RawSocket::connect(app.addr).await;
    let mut bytes = format!("{HANDSHAKE}\r\n").into_bytes();
    bytes.extend(frame(0x89, b"early"));
    bytes.extend(frame(0x88, b"\x03\xe8"));
    socket.send(&bytes).await;
    let (status, _) = socket.ask("").await;
    assert_eq!(status, 101);
    let frames = socket.rest().await;
    assert_eq!(frames[0].payload, b"early");
    assert_eq!(frames[1].close(), Some(1000));
});
