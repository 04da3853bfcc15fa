//! Every webhook that the simulator posts.

use sala::line::signature::verify;
use sala::line::webhook::{EventKind, MessageContent, parse_body};
use serde_json::{Value, json};

use super::Stage;
use super::openapi::Spec;

/// Each webhook so far is signed, as LINE describes it, and understood.
fn check_all(stage: &Stage, expected: usize) {
    let (spec, webhooks) = (Spec::webhook(), stage.webhooks());
    assert_eq!(webhooks.len(), expected);
    for webhook in webhooks {
        let signature = webhook.signature.as_deref().expect("a signature");
        assert!(verify("demo-secret", &webhook.body, signature));
        spec.check("CallbackRequest", &webhook.json())
            .unwrap_or_else(|error| panic!("webhook: {error}"));
        for parsed in parse_body(&webhook.body).expect("a body").events {
            let understood = match &parsed.event.kind {
                EventKind::Message(message) => {
                    !matches!(message.content, MessageContent::Unsupported { .. })
                }
                kind => !matches!(kind, EventKind::Unsupported { .. }),
            };
            assert!(understood, "{}", parsed.raw);
        }
    }
}

#[tokio::test]
async fn what_customers_do_is_as_line_describes_it() {
    let stage = Stage::set().await;
    let user = stage.customer("a").await;
    let messages = [
        json!({"type": "text", "text": "สวัสดี 🍎"}),
        json!({"type": "text", "text": "q", "quotedMessageId": "1"}),
        json!({"type": "image"}),
        json!({"type": "image", "originalContentUrl": "https://a.example/1.jpg"}),
        json!({"type": "video"}),
        json!({"type": "audio"}),
        json!({"type": "file", "fileName": "ใบเสนอราคา.pdf"}),
        json!({"type": "location", "title": "a", "address": "b", "latitude": 18.7, "longitude": 98.9}),
        json!({"type": "sticker", "packageId": "446", "stickerId": "1988"}),
    ];
    for message in &messages {
        let (_, status) = stage.say(&user, json!({ "message": message })).await;
        assert_eq!(status, 200);
    }
    let (id, _) = stage
        .say(&user, json!({"message": {"type": "text", "text": "oh"}}))
        .await;
    for action in [
        format!("unsend/{id}"),
        "block".into(),
        "unblock".into(),
        "follow".into(),
    ] {
        let path = format!("/customers/{user}/{action}");
        let (_, answer) = stage.control(&path, json!({})).await;
        assert_eq!(answer, json!({"webhook_status": 200}), "{action}");
    }
    check_all(&stage, messages.len() + 5);
}

#[tokio::test]
async fn groups_speak_with_the_members_voice() {
    let stage = Stage::set().await;
    let (a, b) = (stage.customer("a").await, stage.customer("b").await);
    let (_, group) = stage
        .control("/groups", json!({"name": "g", "members": [a, b]}))
        .await;
    let group = group["group_id"].as_str().expect("an id");
    let text = json!({"type": "text", "text": "hi"});
    stage.say(group, json!({"from": b, "message": text})).await;
    let source = stage.last_event()["source"].clone();
    assert_eq!(
        source,
        json!({"type": "group", "groupId": group, "userId": b})
    );
    let path = format!("/customers/{group}/messages");
    let (status, _) = stage
        .control(&path, json!({"from": "U0", "message": text}))
        .await;
    assert_eq!(status, 404);
    check_all(&stage, 1);
}

fn raw_event(kind: &str, rest: Value) -> Value {
    let mut event = json!({
        "type": kind, "timestamp": 1_700_000_000_000_i64, "mode": "active",
        "webhookEventId": "01HF7YAT00ABCDEFGHJKMNPQRS",
        "deliveryContext": {"isRedelivery": false},
        "source": {"type": "group", "groupId": format!("C{}", "1".repeat(32))},
    });
    for (name, value) in rest.as_object().expect("an object") {
        event[name] = value.clone();
    }
    event
}

#[tokio::test]
async fn raw_events_of_every_other_kind_are_as_line_describes_them() {
    let stage = Stage::set().await;
    let member = json!({"members": [{"type": "user", "userId": "U1"}]});
    let edited = json!({"type": "text", "id": "1", "text": "new", "quoteToken": "q"});
    let events: Vec<_> = [
        ("messageEdited", json!({"replyToken": "r", "message": edited})),
        ("join", json!({"replyToken": "r"})),
        ("leave", json!({})),
        ("memberJoined", json!({"replyToken": "r", "joined": member})),
        ("memberLeft", json!({"left": member})),
        ("postback", json!({"replyToken": "r", "postback": {"data": "a=1", "params": {"date": "2026-01-01"}}})),
        ("videoPlayComplete", json!({"replyToken": "r", "videoPlayComplete": {"trackingId": "t"}})),
        ("beacon", json!({"replyToken": "r", "beacon": {"hwid": "h", "type": "enter"}})),
        ("accountLink", json!({"link": {"result": "failed", "nonce": "n"}})),
        ("membership", json!({"replyToken": "r", "membership": {"type": "renewed", "membershipId": 1}})),
        ("module", json!({"module": {"type": "attached", "botId": "U1", "scopes": ["a"]}})),
        ("module", json!({"module": {"type": "detached", "botId": "U1", "reason": "bot_deleted"}})),
        ("activated", json!({"chatControl": {"expireAt": 1}})),
        ("deactivated", json!({})),
        ("botSuspended", json!({})),
        ("botResumed", json!({})),
        ("delivery", json!({"delivery": {"data": "x"}})),
    ]
    .into_iter()
    .map(|(kind, rest)| raw_event(kind, rest))
    .collect();
    let (_, answer) = stage.control("/events", json!({ "events": events })).await;
    assert_eq!(answer, json!({"webhook_status": 200}));
    check_all(&stage, 1);
}

#[tokio::test]
async fn raw_events_are_posted_exactly_as_written() {
    let stage = Stage::set().await;
    let raw = r#"{ "type" : "new", "text" : "\u0000 \ud83d \/", "n" : 1.0 }"#;
    let body = format!(r#"{{"events":[{raw}]}}"#);
    let request = stage
        .http
        .post(format!("{}/_sim/events", stage.base))
        .body(body);
    assert_eq!(request.send().await.expect("an answer").status(), 200);
    let webhook = stage.webhooks().pop().expect("a webhook");
    assert!(String::from_utf8_lossy(&webhook.body).contains(raw));
}
