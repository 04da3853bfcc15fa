//! Signature, form and size, before anything is believed.

use sala::line::signature::sign;
use serde_json::json;

use crate::harness::customer::harness_client;
use crate::harness::{TestApp, both_databases};

async fn post(app: &TestApp, path: &str, body: Vec<u8>, signature: Option<&str>) -> u16 {
    let mut request = harness_client().post(app.url(path)).body(body);
    if let Some(signature) = signature {
        request = request.header("X-LINE-Signature", signature);
    }
    request.send().await.expect("an answer").status().as_u16()
}

async fn post_signed(app: &TestApp, body: &str) -> u16 {
    let signature = sign("demo-secret", body.as_bytes());
    post(
        app,
        "/line/webhook",
        body.as_bytes().to_vec(),
        Some(&signature),
    )
    .await
}

both_databases!(
    a_missing_or_wrong_signature_is_401_whatever_the_body,
    |app| {
        for body in [&br#"{"destination":"U","events":[]}"#[..], b"not json"] {
            assert_eq!(post(app, "/line/webhook", body.to_vec(), None).await, 401);
            let other = sign("another secret", body);
            assert_eq!(
                post(app, "/line/webhook", body.to_vec(), Some(&other)).await,
                401
            );
            assert_eq!(
                post(app, "/line/webhook", body.to_vec(), Some("!")).await,
                401
            );
        }
    }
);

both_databases!(what_is_not_a_webhook_is_400, |app| {
    for body in ["", "not json", "[]", "{}", r#"{"events":7}"#] {
        assert_eq!(post_signed(app, body).await, 400, "{body}");
    }
});

both_databases!(more_than_a_thousand_events_are_400, |app| {
    let body = |events: &[String]| format!(r#"{{"events":[{}]}}"#, events.join(","));
    let mut events: Vec<_> = (0..1_000).map(|n| format!(r#"{{"n":{n}}}"#)).collect();
    assert_eq!(post_signed(app, &body(&events)).await, 200);
    events.push("{}".to_owned());
    assert_eq!(post_signed(app, &body(&events)).await, 400);
});

both_databases!(lines_verify_button_makes_no_customer, |app| {
    let nobody = "Udeadbeefdeadbeefdeadbeefdeadbeef";
    let trial = |token: &str, message: serde_json::Value| {
        json!({ "replyToken": token.repeat(32), "type": "message",
            "timestamp": 1_451_617_200_000_i64,
            "source": { "type": "user", "userId": nobody }, "message": message })
    };
    let events = [
        trial(
            "0",
            json!({ "id": "100001", "type": "text", "text": "Hello, world" }),
        ),
        trial(
            "f",
            json!({ "id": "100002", "type": "sticker", "packageId": "1", "stickerId": "1" }),
        ),
    ];
    let body = json!({ "destination": "xxxxxxxxxx", "events": events }).to_string();
    assert_eq!(post_signed(app, &body).await, 200);
    let session = app.log_in("mali@example.com").await;
    let (_, page) = session
        .call("conversations", json!({ "tab": "all", "after": null }))
        .await;
    assert_eq!(page["conversations"], json!([]), "{page}");
});

both_databases!(no_events_is_lines_verification_and_200, |app| {
    assert_eq!(
        post_signed(app, r#"{"destination":"xxxxxxxxxx","events":[]}"#).await,
        200
    );
});

both_databases!(the_signature_is_over_the_raw_bytes, |app| {
    let body = "{ \"destination\":\"U\\u0e2a\",\r\n \"events\" : [ ] , \"x\":\"\\/\" }";
    assert_eq!(post_signed(app, body).await, 200);
});

both_databases!(over_a_mebibyte_is_413, |app| {
    let body = vec![b' '; 1024 * 1024 + 1];
    let signature = sign("demo-secret", &body);
    assert_eq!(
        post(app, "/line/webhook", body, Some(&signature)).await,
        413
    );
});

both_databases!(a_channel_that_does_not_exist_is_404, |app| {
    let body = json!({ "destination": "U", "events": [] })
        .to_string()
        .into_bytes();
    let signature = sign("demo-secret", &body);
    assert_eq!(
        post(app, "/line/webhook/nobody", body.clone(), Some(&signature)).await,
        404
    );
    assert_eq!(
        post(app, "/line/webhook/default", body, Some(&signature)).await,
        200
    );
});

both_databases!(what_cannot_be_stored_is_not_acknowledged, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": customer.room() }))
        .await;
    app.state.db.close().await;
    let events = [
        app.text_event(&customer, "one"),
        app.text_event(&customer, "two"),
    ];
    let posts = events.iter().map(|event| app.webhook(json!([event])));
    assert_eq!(futures_util::future::join_all(posts).await, [500, 500]);
    let refused = mali
        .ask("send_message", app.text(&customer, "an answer"))
        .await;
    assert_eq!(refused["type"], "error", "{refused}");
});
