//! What is not taken, and that nothing is left of it.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{a_chat, code, kept, nothing_left, sweep_after};
use crate::harness::customer::harness_client;
use crate::harness::files::{Field, form, huge_photo, mp4, photo};
use crate::harness::ws_client::PATIENCE;
use crate::harness::{Database, TestApp, both_databases};

both_databases!(only_the_owner_of_a_chat_sends_files_to_it, |app| {
    let (customer, mali) = a_chat(app).await;
    let (room, bytes) = (customer.room(), photo(1, 40, 30));
    let somchai = app.log_in("somchai@example.com").await;
    let (status, answer) = somchai.upload(&room, "a.jpg", &bytes).await;
    assert_eq!((status, code(&answer)), (409, "not_claimed"), "{answer}");
    let (status, answer) = mali.upload("conversation:Unobody", "a.jpg", &bytes).await;
    assert_eq!((status, code(&answer)), (404, "room_not_found"), "{answer}");
    // A chat that is no longer theirs.
    let room_only = serde_json::json!({ "room": room });
    assert_eq!(mali.call("close_session", room_only).await.0, 200);
    let (status, answer) = mali.upload(&room, "a.jpg", &bytes).await;
    assert_eq!((status, code(&answer)), (409, "not_claimed"), "{answer}");
    nothing_left(app).await;
});

both_databases!(a_size_is_asked_about_without_a_byte_of_the_file, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let somchai = app.log_in("somchai@example.com").await;
    let cases = [
        (&mali, room.clone(), "10000000", 204, ""),
        (&mali, room.clone(), "209715201", 413, "media_too_large"),
        (&mali, room.clone(), "many", 400, "validation_error"),
        (
            &mali,
            "conversation:Unobody".to_owned(),
            "1",
            404,
            "room_not_found",
        ),
        (&somchai, room, "1", 409, "not_claimed"),
    ];
    for (who, room, size, status, expected) in cases {
        let asking = app.url(&format!("/api/upload?room={room}&size={size}"));
        let asking = harness_client().get(asking).header("cookie", &who.cookie);
        let answer = asking.send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), status, "{size}");
        let body = answer.text().await.expect("a body");
        let body: Value = serde_json::from_str(&body).unwrap_or_default();
        assert_eq!(code(&body), expected, "{size}");
    }
    let stranger = harness_client().get(app.url("/api/upload?room=a&size=1"));
    assert_eq!(stranger.send().await.expect("an answer").status(), 401);
    assert_eq!(kept(app).await, (0, 0));
});

both_databases!(the_guard_is_that_of_every_other_call, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let (content_type, body) = form(&[
        ("room", None, room.as_bytes()),
        ("file", Some("a.txt"), b"words"),
    ]);
    let http = harness_client();
    let asking = || http.post(app.url("/api/upload")).body(body.clone());
    let stranger = asking().header("content-type", &content_type).send().await;
    assert_eq!(stranger.expect("an answer").status(), 401);
    let mine = || asking().header("cookie", &mali.cookie);
    let foreign = mine()
        .header("content-type", &content_type)
        .header("origin", "https://evil.example")
        .send()
        .await;
    assert_eq!(foreign.expect("an answer").status(), 403);
    let plain = mine().header("content-type", "application/json").send();
    assert_eq!(plain.await.expect("an answer").status(), 415);
    let elsewhere = mine()
        .header("content-type", &content_type)
        .header("host", "evil.example")
        .send()
        .await;
    assert_eq!(elsewhere.expect("an answer").status(), 421);
    let program = http.post(app.url("/api/upload")).body(body.clone());
    let program = program
        .header("content-type", &content_type)
        .bearer_auth(&mali.token)
        .send()
        .await;
    assert_eq!(program.expect("an answer").status(), 200);
});

both_databases!(broken_empty_and_oversized_files_leave_nothing, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let whole = photo(1, 300, 200);
    for (name, bytes, status, expected) in [
        ("empty.jpg", Vec::new(), 400, "validation_error"),
        (
            "cut.jpg",
            whole[..whole.len() - 100].to_vec(),
            400,
            "media_type",
        ),
        ("cut.mp4", mp4(1_000)[..600].to_vec(), 400, "media_type"),
        (
            "lie.gif",
            b"GIF89a\x01\0\x01\0=1;alert(1)//".to_vec(),
            400,
            "media_type",
        ),
        (
            "bomb.jpg",
            huge_photo(10_100, 10_000),
            413,
            "media_too_large",
        ),
        (
            "bomb.jpg",
            huge_photo(30_000, 30_000),
            413,
            "media_too_large",
        ),
    ] {
        let (got, answer) = mali.upload(&room, name, &bytes).await;
        assert_eq!((got, code(&answer)), (status, expected), "{name}: {answer}");
        assert_eq!(kept(app).await, (0, 0), "{name}");
    }
    let (room_field, film) = (("room", None, room.as_bytes()), mp4(1_000));
    let (_, answer) = mali.upload(&room, "cut.jpg", &whole[..900]).await;
    let taken = answer["message"].as_str().unwrap_or_default();
    assert!(taken.contains("JPEG") && taken.contains("TIFF"), "{taken}");
    let forms: [&[Field<'_>]; 5] = [
        &[room_field],
        &[("file", Some("a.txt"), b"words")],
        &[("file", Some("a.txt"), b"words"), room_field],
        &[
            room_field,
            ("file", Some("a"), b"one"),
            ("file", Some("b"), b"two"),
        ],
        &[("room", None, &[0xff; 40]), ("file", Some("a"), b"one")],
    ];
    for (at, fields) in forms.into_iter().enumerate() {
        let (status, answer) = mali.upload_form(fields).await;
        assert!(matches!(status, 400 | 404), "{at}: {answer}");
        assert_eq!(kept(app).await, (0, 0), "{at}");
    }
    let no_picture = ("preview", Some("a.jpg"), &b"words"[..]);
    let film = ("file", Some("a.mp4"), &film[..]);
    let (status, answer) = mali.upload_form(&[room_field, no_picture, film]).await;
    assert_eq!((status, code(&answer)), (400, "media_type"), "{answer}");
    assert_eq!(kept(app).await, (0, 0));
});

// Pitfall 6.3: whoever still sends when they are refused must hear why.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_is_read_over_and_answered() {
    crate::harness::app::run(Database::Sqlite, async |app| {
        let (customer, mali) = a_chat(app).await;
        let mut picture = photo(1, 40, 30);
        picture.resize((50 << 20) + 300_000, 0);
        let (status, answer) = mali.upload(&customer.room(), "a.jpg", &picture).await;
        assert_eq!(
            (status, code(&answer)),
            (413, "media_too_large"),
            "{answer}"
        );
        assert_eq!(kept(app).await, (0, 0));
        drop(picture);
        let film = vec![0; 207 << 20];
        let (status, answer) = mali.upload(&customer.room(), "a.mp4", &film).await;
        assert_eq!(
            (status, code(&answer)),
            (413, "media_too_large"),
            "{answer}"
        );
        assert_eq!(kept(app).await, (0, 0));
    })
    .await;
}

/// A connection on which half of a file has come.
async fn half_sent(app: &TestApp, room: &str, cookie: &str) -> TcpStream {
    let half = vec![b'x'; 700_000];
    let (content_type, body) = form(&[
        ("room", None, room.as_bytes()),
        ("file", Some("a.txt"), &half),
    ]);
    let head = format!(
        "POST /api/upload HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        app.addr,
        body.len() * 2
    );
    let mut stream = TcpStream::connect(app.addr).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("sent");
    // As far as the end of the form, which is not sent.
    stream.write_all(&body[..600_000]).await.expect("sent");
    stream
}

/// Waits for so many files that come.
async fn coming(app: &TestApp, files: i64) {
    let began = std::time::Instant::now();
    while kept(app).await.0 < files {
        assert!(began.elapsed() < PATIENCE, "they do not begin");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

both_databases!(who_goes_away_in_the_middle_leaves_nothing, |app| {
    let (customer, mali) = a_chat(app).await;
    let stream = half_sent(app, &customer.room(), &mali.cookie).await;
    coming(app, 1).await;
    drop(stream);
    nothing_left(app).await;
    // What another run left half done ends by itself.
    let stream = half_sent(app, &customer.room(), &mali.cookie).await;
    coming(app, 1).await;
    assert_eq!(sweep_after(app, 61_000).await, 1);
    nothing_left(app).await;
    drop(stream);
});

both_databases!(
    many_at_once_are_refused_and_told_when_to_come_again,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let mut open = Vec::new();
        for _ in 0..10 {
            open.push(half_sent(app, &customer.room(), &mali.cookie).await);
        }
        coming(app, 10).await;
        let room = customer.room();
        let refused = (0..40).map(|_| mali.upload(&room, "a.txt", b"words"));
        for (status, answer) in futures_util::future::join_all(refused).await {
            assert_eq!(
                (status, code(&answer)),
                (429, "rate_limit_exceeded"),
                "{answer}"
            );
            assert!(
                answer["retry_after_ms"].as_u64().is_some_and(|ms| ms > 0),
                "{answer}"
            );
        }
        assert_eq!(kept(app).await.0, 10);
        drop(open);
        nothing_left(app).await;
        let (status, answer) = mali.upload(&customer.room(), "a.txt", b"words").await;
        assert_eq!(status, 200, "{answer}");
    }
);

both_databases!(a_form_that_is_none_gets_an_answer, |app| {
    let (_, mali) = a_chat(app).await;
    for body in [
        "",
        "--x\r\n",
        "--x\r\nContent-Disposition: form-data\r\n\r\nwords",
    ] {
        let head = format!(
            "POST /api/upload HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n{body}",
            app.addr,
            mali.cookie,
            body.len()
        );
        let mut stream = TcpStream::connect(app.addr).await.expect("a connection");
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        let reading = stream.read_to_string(&mut answer);
        let read = tokio::time::timeout(PATIENCE, reading).await;
        read.expect("in time").expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_room_nothing_is_stored_and_the_answer_says_so() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let settings = [("SALA_MEDIA_MAX_BYTES", "100000")];
    let app = TestApp::start(Database::Sqlite, &settings).await;
    let (customer, mali) = a_chat(&app).await;
    let large = vec![b'x'; 200_000];
    let (status, answer): (u16, Value) = mali.upload(&customer.room(), "a.txt", &large).await;
    assert_eq!((status, code(&answer)), (507, "no_room"), "{answer}");
    assert!(
        answer["message"]
            .as_str()
            .unwrap_or_default()
            .contains("no room")
    );
    nothing_left(&app).await;
    let (status, answer) = mali.upload(&customer.room(), "a.txt", b"words").await;
    assert_eq!(status, 200, "{answer}");
    app.stop().await;
}
