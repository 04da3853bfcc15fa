//! RFC 6455 case by case, in raw bytes over TCP: what a client may send, and what it must not.

use crate::harness::raw_socket::{RawFrame, RawSocket, frame};
use crate::harness::{TestApp, both_databases};

/// What a client sends, and what must come of it.
struct Case {
    name: String,
    /// Each piece is a write of its own.
    pieces: Vec<Vec<u8>>,
    /// Control frames and events, in order: `pong` and `error` are events, `PONG …` is a frame.
    answers: Vec<String>,
    /// How the server closes; where it does not, the client does, with 1000.
    close: Option<u16>,
}

const TEXT: u8 = 0x81;
const BINARY: u8 = 0x82;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8a;
const LAST: u8 = 0x80;

/// A text that is answered with `pong`, as long as it is to be.
fn hello(length: usize) -> Vec<u8> {
    let mut text = br#"{"type":"ping"}"#.to_vec();
    text.resize(length.max(text.len()), b' ');
    text
}

/// The same with these bytes in it.
fn saying(bytes: &[u8]) -> Vec<u8> {
    [br#"{"type":"ping","payload":{"x":""#, bytes, br#""}}"#].concat()
}

fn close(code: u16, reason: &[u8]) -> Vec<u8> {
    frame(CLOSE, &[&code.to_be_bytes()[..], reason].concat())
}

fn served(name: impl Into<String>, bytes: Vec<u8>, answers: &[&str]) -> Case {
    Case {
        name: name.into(),
        pieces: vec![bytes],
        answers: answers.iter().map(ToString::to_string).collect(),
        close: None,
    }
}

fn closed(name: impl Into<String>, bytes: Vec<u8>, code: u16) -> Case {
    Case {
        name: name.into(),
        pieces: vec![bytes],
        answers: Vec::new(),
        close: Some(code),
    }
}

impl Case {
    fn answered(mut self, answers: &[&str]) -> Self {
        self.answers = answers.iter().map(ToString::to_string).collect();
        self
    }

    /// The same, each byte in a packet of its own.
    fn by_octets(mut self) -> Self {
        let bytes = self.pieces.concat();
        self.pieces = bytes.chunks(1).map(<[u8]>::to_vec).collect();
        self.name.push_str(", octet by octet");
        self
    }
}

fn lengths() -> Vec<Case> {
    let mut cases = vec![
        served("an empty text", frame(TEXT, b""), &["error"]),
        served("an empty binary message", frame(BINARY, b""), &["error"]),
    ];
    for length in [125, 126, 127, 128, 65_535, 65_536] {
        let text = frame(TEXT, &hello(length));
        cases.push(served(format!("a text of {length}"), text, &["pong"]));
        let binary = frame(BINARY, &vec![0xfe; length]);
        cases.push(served(format!("{length} bytes"), binary, &["error"]));
    }
    for length in [65_537, 70_000, 1_048_576] {
        let text = frame(TEXT, &hello(length));
        cases.push(closed(format!("a text of {length}"), text, 1009));
        let binary = frame(BINARY, &vec![0; length]);
        cases.push(closed(format!("{length} bytes"), binary, 1009));
    }
    let mut parts = frame(0x01, &hello(60_000));
    parts.extend(frame(0x00, &[b' '; 5_000]));
    parts.extend(frame(LAST, &[b' '; 5_000]));
    cases.push(closed("parts that are too large together", parts, 1009));
    let minimal: [(&str, &[u8], u16); 5] = [
        (
            "5 written in 16 bits",
            &[0x81, 0xfe, 0, 5, 0, 0, 0, 0],
            1002,
        ),
        (
            "200 written in 64 bits",
            &[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 200],
            1002,
        ),
        (
            "the highest bit of 64",
            &[0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1],
            1002,
        ),
        (
            "8 exbibytes announced",
            &[0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            1009,
        ),
        (
            "4 gibibytes announced",
            &[0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0],
            1009,
        ),
    ];
    cases.extend(minimal.map(|(name, bytes, code)| closed(name, bytes.to_vec(), code)));
    cases
}

fn reserved() -> Vec<Case> {
    let mut cases = Vec::new();
    for bits in [0x40, 0x20, 0x10, 0x70] {
        for (name, first) in [("text", TEXT), ("ping", PING), ("close", CLOSE)] {
            let name = format!("reserved bits {bits:#x} on a {name}");
            cases.push(closed(name, frame(first | bits, &hello(0)), 1002));
        }
    }
    for opcode in [3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf] {
        let bytes = frame(0x80 | opcode, b"");
        cases.push(closed(format!("opcode {opcode:#x}"), bytes, 1002));
    }
    let mut after = frame(TEXT, &hello(0));
    after.extend(frame(0x83, b""));
    cases.push(closed("a reserved opcode after a text", after, 1002).answered(&["pong"]));
    for (name, first) in [
        ("text", TEXT),
        ("binary", BINARY),
        ("close", CLOSE),
        ("ping", PING),
    ] {
        let unmasked = vec![first, 2, 0x03, 0xe8];
        cases.push(closed(format!("an unmasked {name}"), unmasked, 1002));
    }
    cases
}

fn control() -> Vec<Case> {
    let full = vec![0xfe; 125];
    let said = |payload: &[u8]| format!("PONG {payload:x?}");
    let mut ten = Vec::new();
    let mut pongs = Vec::new();
    for n in 0..10 {
        ten.extend(frame(PING, &[n]));
        pongs.push(said(&[n]));
    }
    let pongs: Vec<&str> = pongs.iter().map(String::as_str).collect();
    let mut cases = vec![
        served("an empty ping", frame(PING, b""), &["PONG []"]),
        served("a ping", frame(PING, b"hi"), &[&said(b"hi")]),
        served("a ping of 125", frame(PING, &full), &[&said(&full)]),
        served("a ping of 125", frame(PING, &full), &[&said(&full)]).by_octets(),
        served("ten pings", ten, &pongs),
        served("a pong that nobody asked for", frame(PONG, b"x"), &[]),
        served(
            "a pong, then a ping",
            [frame(PONG, b""), frame(PING, b"")].concat(),
            &["PONG []"],
        ),
    ];
    for (name, last, not_last) in [
        ("ping", PING, 0x09),
        ("pong", PONG, 0x0a),
        ("close", CLOSE, 0x08),
    ] {
        let large = frame(last, &[0; 126]);
        cases.push(closed(format!("a {name} of 126"), large, 1002));
        let larger = vec![last, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        cases.push(closed(format!("a {name} of 65,536"), larger, 1002));
        let cut = frame(not_last, b"");
        cases.push(closed(format!("the first part of a {name}"), cut, 1002));
    }
    cases
}

fn parts() -> Vec<Case> {
    let text = hello(0);
    let (a, b) = text.split_at(7);
    let two = [frame(0x01, a), frame(LAST, b)].concat();
    let between = [frame(0x01, a), frame(PING, b"p"), frame(LAST, b)].concat();
    let empty = [frame(0x01, b""), frame(0x00, &text), frame(LAST, b"")].concat();
    let nothing = [frame(0x01, b""), frame(0x00, b""), frame(LAST, b"")].concat();
    let again = [two.clone(), frame(LAST, b"")].concat();
    let interrupted = [frame(0x01, a), frame(TEXT, &text)].concat();
    let interrupted_binary = [frame(0x01, a), frame(BINARY, b"")].concat();
    let begun_twice = [frame(0x01, a), frame(0x01, b)].concat();
    let after_ping = [frame(PING, b""), frame(LAST, b"x")].concat();
    let closed_within = [frame(0x01, a), close(1000, b"")].concat();
    let binary = [frame(0x02, b"\xff"), frame(LAST, b"\xfe")].concat();
    vec![
        served("two parts", two.clone(), &["pong"]),
        served("two parts", two, &["pong"]).by_octets(),
        served(
            "a ping between parts",
            between.clone(),
            &["PONG [70]", "pong"],
        ),
        served("a ping between parts", between, &["PONG [70]", "pong"]).by_octets(),
        served("empty parts around a text", empty, &["pong"]),
        served("empty parts only", nothing, &["error"]),
        served("binary parts", binary, &["error"]),
        closed("a last part of nothing", frame(LAST, b"x"), 1002),
        closed("a part of nothing", frame(0x00, b"x"), 1002),
        closed("an empty part of nothing", frame(LAST, b""), 1002),
        closed("a part behind the last", again, 1002).answered(&["pong"]),
        closed("a text within a text", interrupted, 1002),
        closed("binary within a text", interrupted_binary, 1002),
        closed("a text that begins twice", begun_twice, 1002),
        closed("a part after a ping", after_ping, 1002).answered(&["PONG []"]),
        closed("a close between parts", closed_within, 1000),
    ]
}

fn utf8() -> Vec<Case> {
    let mut cases = Vec::new();
    let good = [
        "κόσμε",
        "\u{80}",
        "\u{7ff}",
        "\u{800}",
        "\u{d7ff}",
        "\u{e000}",
        "\u{fffd}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{10000}",
        "\u{10ffff}",
        "สวัสดี",
        "👩‍👩‍👧",
    ];
    for text in good {
        let bytes = saying(text.as_bytes());
        cases.push(served(format!("{text:?}"), frame(TEXT, &bytes), &["pong"]));
    }
    let bad: [&[u8]; 14] = [
        b"\x80",
        b"\xbf",
        b"\xc0\xaf",
        b"\xc1\xbf",
        b"\xe0\x80\xaf",
        b"\xe0\x9f\xbf",
        b"\xf0\x80\x80\xaf",
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\xfe",
        b"\xff",
        b"\xce",
    ];
    for bytes in bad {
        let text = frame(TEXT, &saying(bytes));
        cases.push(closed(format!("{bytes:x?}"), text, 1007));
    }
    let split = saying("ก".as_bytes());
    let (a, b) = split.split_at(split.len() - 5);
    let over_parts = [frame(0x01, a), frame(LAST, b)].concat();
    cases.push(served(
        "a character in two parts",
        over_parts.clone(),
        &["pong"],
    ));
    cases.push(served("a character in two parts", over_parts, &["pong"]).by_octets());
    let cut = saying("ก".as_bytes());
    let cut = &cut[..cut.len() - 4];
    cases.push(closed("an end within a character", frame(TEXT, cut), 1007));
    let cut = [frame(0x01, cut), frame(LAST, b"")].concat();
    cases.push(closed("an end within a character, in parts", cut, 1007));
    let torn = [frame(0x01, b"\xe0\xb8"), frame(LAST, b"\x22")].concat();
    cases.push(closed("a character torn by parts", torn, 1007));
    let first = frame(0x01, b"\xed\xa0");
    cases.push(closed("a first part that no other can mend", first, 1007));
    let mut early = frame(TEXT, &[&b"\xf4\x90"[..], &[b'x'; 90]].concat());
    early.truncate(8);
    cases.push(closed("bytes that no others can mend", early, 1007));
    cases
}

fn closes() -> Vec<Case> {
    let mut cases = vec![
        closed("an empty close", frame(CLOSE, b""), 1005),
        closed(
            "a close with a reason",
            close(1000, "ลาก่อน".as_bytes()),
            1000,
        ),
        closed(
            "a close with a reason of 123",
            close(1000, &[b'x'; 123]),
            1000,
        ),
        closed("a close", close(1000, b"bye"), 1000).by_octets(),
        closed("a close of one byte", frame(CLOSE, &[3]), 1002),
        closed(
            "a reason that is not UTF-8",
            close(1000, b"\xce\xba\xe1\xbd"),
            1007,
        ),
        closed(
            "frames behind a close",
            [close(1001, b""), frame(PING, b""), frame(TEXT, &hello(0))].concat(),
            1001,
        ),
        closed(
            "a text, then a close",
            [frame(TEXT, &hello(0)), close(4000, b"")].concat(),
            4000,
        )
        .answered(&["pong"]),
    ];
    for code in [
        1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
    ] {
        cases.push(closed(format!("close {code}"), close(code, b""), code));
    }
    for code in [
        0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535,
    ] {
        cases.push(closed(format!("close {code}"), close(code, b""), 1002));
    }
    cases
}

/// What the case came to, as the case says it.
fn told(frames: &[RawFrame]) -> Vec<String> {
    let frames = frames.iter().filter_map(|frame| match frame.first {
        0x81 => frame
            .kind()
            .filter(|kind| kind == "pong" || kind == "error"),
        PONG => Some(format!("PONG {:x?}", frame.payload)),
        CLOSE => None,
        other => panic!("{other:#x} is no frame of ours"),
    });
    frames.collect()
}

async fn try_one(app: &TestApp, case: &Case, token: Option<&str>) -> Result<(), String> {
    let mut socket = RawSocket::open(app.addr).await;
    if let Some(token) = token {
        socket.auth(token).await;
    }
    for piece in &case.pieces {
        socket.send_and_read(piece).await;
    }
    let expected = case.close.unwrap_or(1000);
    if case.close.is_none() {
        socket.send(&close(1000, b"done")).await;
    }
    let frames = socket.rest().await;
    let last = frames.last().and_then(RawFrame::close);
    let told = told(&frames);
    if last == Some(expected) && told == case.answers {
        return Ok(());
    }
    let when = if token.is_some() { "after" } else { "before" };
    let (name, answers) = (&case.name, &case.answers);
    Err(format!(
        "{when} auth, {name}: {told:?}, closed {last:?}; not {answers:?}, closed {expected:?}"
    ))
}

both_databases!(every_frame_is_read_to_the_letter_of_rfc_6455, |app| {
    let token = app.token("mali@example.com").await;
    let cases = [lengths(), reserved(), control(), parts(), utf8(), closes()];
    let cases: Vec<Case> = cases.into_iter().flatten().collect();
    assert!(cases.len() > 100, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        for token in [None, Some(token.as_str())] {
            wrong.extend(try_one(app, case, token).await.err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
});
