//! What is sent of what was taken, and what LINE's clients get when they fetch it.

use std::time::Instant;

use reqwest::header::{HeaderMap, HeaderName};
use sala::protocol::time::DAY_MS;
use serde_json::{Value, json};

use super::{a_chat, code, sweep_after};
use crate::harness::customer::{Customer, harness_client};
use crate::harness::files::{m4a, mp3, mp4, photo, taken, tells_place};
use crate::harness::session::Session;
use crate::harness::ws_client::PATIENCE;
use crate::harness::{TestApp, both_databases};
use crate::line_contract::check_push;

/// Takes a file, and sends it; answers the message.
async fn send(app: &TestApp, mali: &Session, room: &str, name: &str, bytes: &[u8]) -> Value {
    let file = taken(mali.upload(room, name, bytes).await);
    let (status, answer) = send_id(app, mali, room, &file["media_id"]).await;
    assert_eq!(status, 200, "{answer}");
    answer["message"].clone()
}

async fn send_id(app: &TestApp, mali: &Session, room: &str, id: &Value) -> (u16, Value) {
    let message = json!({ "room": room, "client_id": app.client_id(), "media_id": id });
    mali.call("send_message", json!({ "message": message }))
        .await
}

/// What the customer's phone got, once there is so much.
async fn on_the_phone(customer: &Customer, count: usize) -> Vec<Value> {
    let began = Instant::now();
    loop {
        let calls = customer.inbox().await;
        let messages = calls.iter().flat_map(|call| {
            let messages = call["messages"].as_array();
            messages.expect("messages").clone()
        });
        let messages: Vec<Value> = messages.collect();
        if messages.len() >= count {
            return messages;
        }
        assert!(began.elapsed() < PATIENCE, "{messages:?}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

struct Got {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        let name: HeaderName = name.parse().expect("a name");
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("ASCII"))
    }
}

/// As LINE's clients do: without a log-in.
async fn fetch(url: &Value, asked: &[(&str, &str)]) -> Got {
    let mut request = harness_client().get(url.as_str().expect("an address"));
    for (name, value) in asked {
        request = request.header(*name, *value);
    }
    let answer = request.send().await.expect("an answer");
    Got {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        bytes: answer.bytes().await.expect("a body").to_vec(),
    }
}

both_databases!(
    a_picture_is_told_to_the_consoles_and_fetched_by_line_for_good,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let room = customer.room();
        let mut somchai = app.console("somchai@example.com").await;
        somchai.join(&room).await;
        let message = send(app, &mali, &room, "IMG.jpg", &photo(6, 600, 400)).await;
        assert_eq!(
            (&message["kind"], &message["status"]),
            (&json!("image"), &json!("queued"))
        );
        let media = &message["media"];
        assert_eq!(
            (&media["width"], &media["height"]),
            (&json!(400), &json!(600))
        );
        assert_eq!(media["name"], "IMG.jpg");
        let told = somchai.expect(|frame| frame["type"] == "new_message").await;
        assert_eq!(told["payload"]["message"]["media"], *media);
        for key in ["url", "preview_url"] {
            let shown = mali.bytes(media[key].as_str().expect("an address")).await;
            assert!(image::load_from_memory(&shown).is_ok(), "{key}");
        }

        let sent = on_the_phone(&customer, 1).await.remove(0);
        check_push(&sent);
        assert_eq!(sent["type"], "image");
        for key in ["originalContentUrl", "previewImageUrl"] {
            // Whatever a client would like best, and 30 days later.
            let got = fetch(&sent[key], &[("accept", "image/webp,*/*;q=0.1")]).await;
            assert_eq!(
                (got.status, got.header("content-type")),
                (200, "image/jpeg")
            );
            assert!(got.header("cache-control").contains("no-transform"));
            assert_eq!(got.header("x-content-type-options"), "nosniff");
            assert_eq!(got.header("content-encoding"), "");
            assert!(!tells_place(&got.bytes));
            assert!(got.bytes.len() < 1_000_000);
        }
        assert_eq!(sweep_after(app, 30 * DAY_MS).await, 0);
        assert_eq!(fetch(&sent["originalContentUrl"], &[]).await.status, 200);
        let guess = sent["originalContentUrl"].as_str().expect("an address");
        let guess = json!(format!("{}x", guess));
        assert_eq!(fetch(&guess, &[]).await.status, 404);
    }
);

// Pitfall 6.11: Safari asks for two bytes first, and believes exact answers only.
both_databases!(films_are_fetched_in_parts, |app| {
    let (customer, mali) = a_chat(app).await;
    let film = mp4(12_000);
    let message = send(app, &mali, &customer.room(), "a.mp4", &film).await;
    assert_eq!(message["media"]["duration_ms"], 12_000);
    let sent = on_the_phone(&customer, 1).await.remove(0);
    check_push(&sent);
    let (url, size) = (&sent["originalContentUrl"], film.len());
    for (range, status, content_range, length) in [
        ("bytes=0-1", 206, format!("bytes 0-1/{size}"), 2),
        (
            "bytes=0-",
            206,
            format!("bytes 0-{}/{size}", size - 1),
            size,
        ),
        (
            "bytes=-500",
            206,
            format!("bytes {}-{}/{size}", size - 500, size - 1),
            500,
        ),
        ("bytes=99999999-", 416, format!("bytes */{size}"), 0),
    ] {
        let got = fetch(url, &[("range", range)]).await;
        assert_eq!(got.status, status, "{range}");
        assert_eq!(got.header("content-range"), content_range, "{range}");
        assert_eq!(got.bytes.len(), length, "{range}");
    }
    let stale = fetch(url, &[("range", "bytes=0-1"), ("if-range", "\"old\"")]).await;
    assert_eq!((stale.status, stale.bytes.len()), (200, size));
    assert_eq!(stale.header("content-type"), "video/mp4");
    assert_eq!(
        stale.header("content-disposition").split(';').next(),
        Some("inline")
    );
    assert!(!tells_place(&stale.bytes));
    for key in ["originalContentUrl", "previewImageUrl"] {
        let address = sent[key].as_str().expect("an address");
        let head = harness_client()
            .head(address)
            .send()
            .await
            .expect("an answer");
        let whole = fetch(&sent[key], &[]).await;
        assert_eq!(
            head.headers()["content-length"],
            whole.header("content-length")
        );
        assert_eq!(
            whole.header("content-length"),
            whole.bytes.len().to_string()
        );
    }
});

both_databases!(sounds_and_files_go_as_line_takes_them, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    send(app, &mali, &room, "a.m4a", &m4a(1_500)).await;
    send(app, &mali, &room, "a.mp3", &mp3(100)).await;
    let page = b"<html><script>alert(1)</script>";
    send(app, &mali, &room, "ราคา \"1\";.html", page).await;
    send(app, &mali, &room, "drawing.svg", b"<svg onload=alert(1)>").await;
    let sent = on_the_phone(&customer, 4).await;
    for message in &sent {
        check_push(message);
    }
    assert_eq!(
        (&sent[0]["type"], &sent[0]["duration"]),
        (&json!("audio"), &json!(1_500))
    );
    assert_eq!(sent[1]["duration"], 2_612);
    let sound = fetch(&sent[1]["originalContentUrl"], &[]).await;
    assert_eq!(sound.header("content-type"), "audio/mpeg");
    for (message, bytes) in [(&sent[2], &page[..]), (&sent[3], b"<svg onload=alert(1)>")] {
        assert_eq!(message["type"], "flex");
        let text = &message["contents"]["body"]["contents"];
        assert!(
            text[1]["text"]
                .as_str()
                .is_some_and(|size| size.ends_with(" B"))
        );
        let button = &message["contents"]["footer"]["contents"][0]["action"];
        assert_eq!(button["label"], "Download");
        let got = fetch(&button["uri"], &[]).await;
        assert_eq!(got.bytes, bytes);
        assert_eq!(got.header("content-type"), "application/octet-stream");
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        let disposition = got.header("content-disposition");
        assert!(
            disposition.starts_with("attachment; filename=\""),
            "{disposition}"
        );
        assert!(got.header("content-security-policy").contains("sandbox"));
        // There is no picture of them.
        let small = json!(format!(
            "{}/preview",
            button["uri"].as_str().expect("an address")
        ));
        assert_eq!(fetch(&small, &[]).await.status, 404);
    }
    let name = &sent[2]["contents"]["body"]["contents"][0]["text"];
    assert_eq!(name, "ราคา \"1\";.html");
});

both_databases!(a_file_is_sent_once_and_only_where_it_belongs, |app| {
    let (customer, mali) = a_chat(app).await;
    let (other, _) = a_chat(app).await;
    let room = customer.room();
    let file = taken(mali.upload(&room, "a.jpg", &photo(1, 40, 30)).await);
    let id = &file["media_id"];
    let (status, answer) = send_id(app, &mali, &other.room(), id).await;
    assert_eq!(
        (status, code(&answer)),
        (400, "validation_error"),
        "{answer}"
    );
    let unknown = json!("018f0000-0000-7000-8000-000000000001");
    let (status, _) = send_id(app, &mali, &room, &unknown).await;
    assert_eq!(status, 400);
    let somchai = app.log_in("somchai@example.com").await;
    let (status, answer) = send_id(app, &somchai, &room, id).await;
    assert_eq!((status, code(&answer)), (409, "not_claimed"), "{answer}");

    let message = json!({ "room": room, "client_id": app.client_id(), "media_id": id });
    let call = json!({ "message": message });
    let (status, first) = mali.call("send_message", call.clone()).await;
    assert_eq!(status, 200, "{first}");
    let (status, again) = mali.call("send_message", call).await;
    assert_eq!(
        (status, &again["message"]["id"]),
        (200, &first["message"]["id"])
    );
    let (status, answer) = send_id(app, &mali, &room, id).await;
    assert_eq!(
        (status, code(&answer)),
        (400, "validation_error"),
        "{answer}"
    );
    app.outbox_empty().await;
    assert_eq!(on_the_phone(&customer, 1).await.len(), 1);
    assert!(other.inbox().await.is_empty());
    // What has come to its end is no longer there to be sent.
    let late = taken(mali.upload(&room, "a.jpg", &photo(1, 40, 30)).await);
    assert_eq!(sweep_after(app, DAY_MS + 1).await, 1);
    let (status, _) = send_id(app, &mali, &room, &late["media_id"]).await;
    assert_eq!(status, 400);
});

// Pitfall 6.15: what was chosen first arrives first, however long it took.
both_databases!(texts_and_files_arrive_in_the_order_of_sending, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    for n in 0..10 {
        if n % 2 == 0 {
            let message =
                json!({ "room": room, "client_id": app.client_id(), "text": format!("{n}") });
            let (status, answer) = mali
                .call("send_message", json!({ "message": message }))
                .await;
            assert_eq!(status, 200, "{answer}");
        } else {
            send(app, &mali, &room, &format!("{n}.txt"), b"words").await;
        }
    }
    let sent = on_the_phone(&customer, 10).await;
    let words: Vec<String> = sent
        .iter()
        .map(|it| {
            it["text"]
                .as_str()
                .or(it["altText"].as_str())
                .unwrap_or_default()
        })
        .map(|it| it.chars().take(1).collect())
        .collect();
    assert_eq!(words.concat(), "0123456789");
});

#[tokio::test]
async fn without_https_nothing_is_taken_that_line_would_have_to_fetch() {
    use sala::config::{Config, Settings};
    for (pairs, reachable) in [
        (&[][..], false),
        (&[("SALA_PUBLIC_URL", "http://chat.example.com")], false),
        (&[("SALA_PUBLIC_URL", "https://chat.example.com")], true),
        (
            &[("LINE_API_BASE", "http://127.0.0.1:3100/_sim/line")],
            true,
        ),
    ] {
        let pairs = pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let settings = Settings::from_pairs(pairs).expect("known settings");
        let config = Config::load(&settings).expect("valid settings");
        let origin = config.public_url.origin();
        assert_eq!(config.is_reachable_by_line(), reachable, "{origin}");
    }
    let words = sala::service::ServiceError::NotReachable.to_string();
    assert!(
        words.contains("SALA_PUBLIC_URL") && words.contains("https"),
        "{words}"
    );
}
