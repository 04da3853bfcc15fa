//! What administrators see of this node's connections, and that nobody else does.

use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::ws_client::Received;
use crate::harness::{TestApp, both_databases};

async fn seen(app: &TestApp) -> Value {
    let admin = app.log_in("admin@example.com").await;
    let (status, answer) = admin.call("connections", json!({})).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

/// The page at `path` as this operator gets it, with its status.
async fn page(app: &TestApp, email: &str, path: &str) -> (u16, String) {
    let session = app.log_in(email).await;
    let request = harness_client().get(app.url(path));
    let answer = request.header("cookie", &session.cookie).send().await;
    let answer = answer.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a body"))
}

both_databases!(open_and_ended_connections_are_listed, |app| {
    let customer = app.customer("Nok").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.join(&room).await;
    mali.ask("join_room", json!({ "room": room, "after_rev": 0 }))
        .await;
    let refused = mali.ask("send_message", app.text(&customer, "x")).await;
    assert_eq!(refused["payload"]["code"], "not_claimed");
    let mut somchai = app.console("somchai@example.com").await;
    somchai.send_raw(&"x".repeat(70_000)).await;
    assert_eq!(somchai.closed().await, Received::Closed(1009));

    let answer = seen(app).await;
    assert_eq!(answer["total"], 1, "{answer}");
    assert_eq!(answer["rooms"], 1, "{answer}");
    let open = &answer["open"][0];
    assert_eq!(open["operator"]["name"], "Mali");
    assert_eq!(open["state"], "live");
    assert_eq!(open["rooms"], 1);
    assert_eq!(open["queued"], 0);
    assert_eq!(open["resumes"], 1);
    assert_eq!(open["last_error"], "not_claimed");
    let ended = &answer["ended"][0];
    assert_eq!(ended["operator"]["name"], "Somchai");
    assert_eq!(ended["code"], 1009);
    assert!(answer["resumes"]["complete"].as_u64() >= Some(1));
});

both_databases!(only_administrators_see_connections, |app| {
    let mali = app.log_in("mali@example.com").await;
    let (status, answer) = mali.call("connections", json!({})).await;
    assert_eq!((status, &answer["code"]), (403, &json!("forbidden")));
    let stranger = harness_client()
        .post(app.url("/api/connections"))
        .json(&json!({}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(stranger.status(), 401);
    let (status, html) = page(app, "mali@example.com", "/settings/connections").await;
    assert_eq!(status, 403);
    assert!(html.contains("Only administrators see this"), "{html}");
    assert!(!html.contains("<table"), "{html}");
    let (_, console) = page(app, "mali@example.com", "/").await;
    assert!(!console.contains("href=\"/settings/connections\""));
    let (_, list) = page(app, "mali@example.com", "/settings").await;
    assert!(!list.contains("href=\"/settings/connections\""), "{list}");
});

both_databases!(the_page_shows_them_without_script, |app| {
    let _mali = app.console("mali@example.com").await;
    let (status, html) = page(app, "admin@example.com", "/settings/connections").await;
    assert_eq!(status, 200);
    assert!(html.contains("http-equiv=\"refresh\""), "{html}");
    assert!(html.contains("<table"), "{html}");
    assert!(html.contains("Mali"), "{html}");
    assert!(!html.contains("<script"), "{html}");
    let (_, thai) = page(app, "admin@example.com", "/settings/connections?lang=th").await;
    assert!(thai.contains("เปิดอยู่ตอนนี้"), "{thai}");
    let (_, console) = page(app, "admin@example.com", "/").await;
    assert!(console.contains("href=\"/settings\""));
    let (_, list) = page(app, "admin@example.com", "/settings").await;
    assert!(list.contains("href=\"/settings/connections\""), "{list}");
    let stranger = harness_client()
        .get(app.url("/settings/connections"))
        .send()
        .await;
    let stranger = stranger.expect("an answer");
    assert_eq!(stranger.status(), 303);
    let to = stranger.headers()["location"].to_str().expect("ASCII");
    assert!(to.starts_with("/login?next="), "{to}");
});
