//! Which requests are turned away before anything looks at them.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::customer::harness_client;
use crate::harness::database::Database;
use crate::harness::session::PASSWORD;
use crate::harness::{TestApp, both_databases};

/// The status of a request in raw bytes.
async fn raw(app: &TestApp, request: &str) -> u16 {
    let talk = async {
        let mut stream = TcpStream::connect(app.addr).await.expect("connected");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("answered");
        let status = answer.split(' ').nth(1).expect("a status");
        status.parse().expect("a number")
    };
    tokio::time::timeout(Duration::from_secs(10), talk)
        .await
        .expect("in time")
}

async fn status_for(app: &TestApp, host: &str, path: &str) -> u16 {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    raw(app, &request).await
}

both_databases!(a_host_that_is_not_ours_is_served_nowhere, |app| {
    for path in [
        "/",
        "/login",
        "/healthz",
        "/readyz",
        "/metrics",
        "/ws/live-chat",
        "/favicon.svg",
        "/media/1",
        "/_sim",
        "/nowhere",
    ] {
        let port = app.addr.port();
        for evil in [
            format!("evil.example:{port}"),
            "127.0.0.1.evil.example".to_owned(),
        ] {
            assert_eq!(status_for(app, &evil, path).await, 421, "{evil} {path}");
        }
    }
    let answer = harness_client()
        .post(app.url("/api/login"))
        .header("host", "evil.example")
        .json(&json!({ "email": "mali@example.com", "password": PASSWORD }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 421);
    let body: Value = answer.json().await.expect("JSON");
    assert!(
        body["message"]
            .as_str()
            .is_some_and(|text| text.contains("SALA_PUBLIC_URL"))
    );
    let webhook = "POST /line/webhook HTTP/1.1\r\nHost: evil.example\r\n\
                   Content-Length: 0\r\nConnection: close\r\n\r\n";
    assert_eq!(raw(app, webhook).await, 421);
    let absolute = "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\
                    Connection: close\r\n\r\n";
    assert_eq!(raw(app, absolute).await, 421);
});

#[tokio::test]
async fn our_own_names_are_served_also_to_probes() {
    let public = [("SALA_PUBLIC_URL", "https://chat.example.com")];
    let app = TestApp::start(Database::Sqlite, &public).await;
    let port = app.addr.port();
    for host in [
        "chat.example.com".to_owned(),
        "chat.example.com:443".to_owned(),
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("[::1]:{port}"),
        "localhost:8080".to_owned(),
    ] {
        assert_eq!(status_for(&app, &host, "/healthz").await, 200, "{host}");
    }
    let old_probe = "GET /healthz HTTP/1.0\r\n\r\n";
    assert_eq!(raw(&app, old_probe).await, 200);
    for unclear in [
        "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ] {
        assert_eq!(raw(&app, unclear).await, 400, "{unclear}");
    }
    app.stop().await;
}

#[tokio::test]
async fn under_the_public_name_a_page_of_another_scheme_or_port_is_a_stranger() {
    let public = [("SALA_PUBLIC_URL", "https://chat.example.com")];
    let app = TestApp::start(Database::Sqlite, &public).await;
    let cookie = app.log_in("mali@example.com").await.cookie;
    for (host, origin, expected) in [
        ("chat.example.com", "https://chat.example.com", 200),
        ("chat.example.com", "http://chat.example.com", 403),
        (
            "chat.example.com:8443",
            "https://chat.example.com:8443",
            403,
        ),
        ("localhost:3000", "http://localhost:3000", 200),
        ("localhost:3000", "http://localhost:5000", 403),
    ] {
        let answer = harness_client()
            .post(app.url("/api/operators"))
            .header("host", host)
            .header("origin", origin)
            .header("cookie", &cookie)
            .json(&json!({}))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), expected, "{origin} at {host}");
    }
    app.stop().await;
}

both_databases!(calls_take_json_and_forms_take_forms, |app| {
    let session = app.log_in("mali@example.com").await;
    let post = async |path: &str, kind: Option<&str>, body: &'static str| {
        let mut request = harness_client()
            .post(app.url(path))
            .header("cookie", &session.cookie)
            .body(body);
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        request.send().await.expect("an answer").status().as_u16()
    };
    for (kind, expected) in [
        (None, 415),
        (Some("text/plain"), 415),
        (Some("application/x-www-form-urlencoded"), 415),
        (Some("multipart/form-data; boundary=x"), 415),
        (Some("application/jsonp"), 415),
        (Some("application/json"), 200),
        (Some("Application/JSON; charset=utf-8"), 200),
    ] {
        assert_eq!(
            post("/api/operators", kind, "{}").await,
            expected,
            "{kind:?}"
        );
    }
    let login = r#"{"email":"mali@example.com","password":"jasmine tea at four"}"#;
    for kind in [Some("text/plain"), None] {
        assert_eq!(post("/api/login", kind, login).await, 415, "{kind:?}");
    }
    for kind in [Some("application/json"), Some("text/plain")] {
        assert_eq!(post("/login", kind, login).await, 415, "{kind:?}");
    }
});

/// Asks so often at once; the answers that were refused for it.
async fn ask(app: &TestApp, cookie: &str, call: &str, times: usize) -> Vec<reqwest::Response> {
    let http = harness_client();
    let asked = (0..times).map(|_| {
        let request = http.post(app.url(&format!("/api/{call}")));
        request.header("cookie", cookie).json(&json!({})).send()
    });
    let answers = futures_util::future::join_all(asked).await.into_iter();
    answers
        .map(|answer| answer.expect("an answer"))
        .filter(|answer| answer.status() == 429)
        .collect()
}

both_databases!(calls_have_the_allowances_that_the_socket_has, |app| {
    let session = app.log_in("mali@example.com").await;
    // A hundred at once and 30, or a hundred, a second.
    for (call, times) in [("send_message", 400), ("operators", 600)] {
        let refused = ask(app, &session.cookie, call, times).await;
        let first = refused.into_iter().next().expect("an allowance");
        assert_eq!(first.headers()["retry-after"], "1");
        let body: Value = first.json().await.expect("JSON");
        assert_eq!(body["code"], "rate_limit_exceeded");
    }
    let other = app.log_in("somchai@example.com").await;
    assert_eq!(other.call("operators", json!({})).await.0, 200);
});
