//! The simulated phone shows what was sent, and fetches it as LINE's clients do.

use axum::Router;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::IntoResponse as _;
use axum::routing::get;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio_util::task::AbortOnDropHandle;

use super::a_chat;
use crate::harness::customer::harness_client;
use crate::harness::files::{m4a, mp4, photo, taken};
use crate::harness::{TestApp, both_databases};

/// The account's messages on the customer's phone.
async fn bubbles(app: &TestApp, customer: &str) -> Vec<Value> {
    let url = app.url(&format!("/_sim/customers/{customer}/history"));
    let answer = harness_client().get(url).send().await.expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    let all = answer["bubbles"].as_array().expect("a list").clone();
    let of_account = all.into_iter().filter(|bubble| bubble["from"].is_null());
    of_account.collect()
}

async fn fetched(app: &TestApp, path: &str) -> (u16, String, Vec<u8>) {
    let url = app.url(&format!("/_sim/fetched/{path}"));
    let answer = harness_client().get(url).send().await.expect("an answer");
    let kind = answer.headers().get(CONTENT_TYPE);
    let kind = kind.map_or("", |kind| kind.to_str().expect("ASCII"));
    let (status, kind) = (answer.status().as_u16(), kind.to_owned());
    // What is too large breaks off.
    let bytes = answer.bytes().await.unwrap_or_default();
    (status, kind, bytes.to_vec())
}

both_databases!(the_phone_fetches_what_operators_send, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    for (name, bytes) in [
        ("a.jpg", photo(6, 300, 200)),
        ("a.mp4", mp4(1_000)),
        ("a.m4a", m4a(1_000)),
        ("a.pdf", b"%PDF-1.7".to_vec()),
    ] {
        let file = taken(mali.upload(&room, name, &bytes).await);
        let message = json!({
            "room": room, "client_id": app.client_id(), "media_id": file["media_id"],
        });
        let (status, _) = mali
            .call("send_message", json!({ "message": message }))
            .await;
        assert_eq!(status, 200);
    }
    app.outbox_empty().await;
    let bubbles = bubbles(app, &customer.id).await;
    assert_eq!(bubbles.len(), 4);
    let id = |at: usize| bubbles[at]["id"].as_str().expect("an id");
    for (at, kind, has_preview) in [
        (0, "image/jpeg", true),
        (1, "video/mp4", true),
        (2, "audio/mp4", false),
    ] {
        let (status, got, bytes) = fetched(app, id(at)).await;
        assert_eq!((status, got.as_str()), (200, kind));
        assert!(!bytes.is_empty());
        let (status, got, _) = fetched(app, &format!("{}/preview", id(at))).await;
        if has_preview {
            assert_eq!((status, got.as_str()), (200, "image/jpeg"));
        } else {
            assert_eq!(status, 404);
        }
    }
    assert_eq!(fetched(app, id(3)).await.0, 404, "a file is behind a link");
});

/// A server whose files LINE's clients do not show.
async fn bad_server() -> (String, AbortOnDropHandle<()>) {
    let picture = || ([(CONTENT_TYPE, "image/jpeg")], vec![7; 2_000]);
    let elsewhere = || (StatusCode::FOUND, [(LOCATION, "/picture")]).into_response();
    let large = || ([(CONTENT_TYPE, "image/jpeg")], vec![7; 11 << 20]);
    let endless = || {
        let chunk = axum::body::Bytes::from(vec![7; 1 << 20]);
        let chunks = std::iter::repeat_n(Ok::<_, std::convert::Infallible>(chunk), 20);
        let chunks = futures_util::stream::iter(chunks);
        (
            [(CONTENT_TYPE, "image/jpeg")],
            axum::body::Body::from_stream(chunks),
        )
    };
    let router = Router::new()
        .route("/picture", get(async move || picture()))
        .route("/elsewhere", get(async move || elsewhere()))
        .route("/large", get(async move || large()))
        .route("/endless", get(async move || endless()))
        .route(
            "/page",
            get(async || ([(CONTENT_TYPE, "text/html")], "<p>")),
        );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port");
    let addr = listener.local_addr().expect("bound");
    let serving = async move { axum::serve(listener, router).await.expect("serves") };
    let serving = AbortOnDropHandle::new(tokio::spawn(serving));
    (format!("http://{addr}"), serving)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_phone_takes_no_redirect_no_other_type_and_nothing_too_large() {
    crate::harness::app::run(crate::harness::Database::Sqlite, async |app| {
        let customer = app.customer("Nok").await;
        customer.writes("hello").await;
        let (base, _serving) = bad_server().await;
        for (path, expected, words) in [
            ("picture", 200, ""),
            ("elsewhere", 502, "302"),
            ("page", 502, "text/html"),
            ("large", 502, "more than"),
            ("nowhere", 502, "404"),
            ("endless", 200, ""),
        ] {
            let url = format!("{base}/{path}");
            let message =
                json!({ "type": "image", "originalContentUrl": url, "previewImageUrl": url });
            let push = harness_client().post(app.url("/_sim/line/v2/bot/message/push"));
            let push = push
                .bearer_auth("demo-token")
                .json(&json!({ "to": customer.id, "messages": [message] }));
            let answer: Value = push
                .send()
                .await
                .expect("an answer")
                .json()
                .await
                .expect("JSON");
            let id = answer["sentMessages"][0]["id"].as_str().expect("an id");
            let (status, _, bytes) = fetched(app, id).await;
            assert_eq!(status, expected, "{path}");
            let said = String::from_utf8_lossy(&bytes);
            assert!(said.contains(words), "{path}: {said}");
            if path == "endless" {
                assert!(bytes.len() < 20 << 20, "it is cut off");
            }
        }
    })
    .await;
}
