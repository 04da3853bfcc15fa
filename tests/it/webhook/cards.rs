//! Cards are stored as what they say; what Sala does not know can be read as it came.

use serde_json::{Value, json};

use super::events::lines;
use crate::harness::{TestApp, both_databases};

/// A message of a type, in a chat of its own; answers its room and how consoles see it.
async fn shown(app: &TestApp, message: Value) -> (String, Value) {
    let customer = app.customer("Nut").await;
    let mut event = app.text_event(&customer, "");
    event["message"] = message;
    assert_eq!(app.webhook(json!([event])).await, 200);
    let room = customer.room();
    let line = lines(app, &room).await.remove(0);
    (room, line)
}

both_databases!(cards_are_shown_as_what_they_say, |app| {
    let flex = json!({ "type": "flex", "id": "88001", "altText": "ผ้าไหม", "contents": {
        "type": "bubble", "body": { "type": "box", "contents": [
            { "type": "text", "text": "1,290 บาท" },
            { "type": "button", "action": { "type": "uri", "label": "สั่งซื้อ" } }] } } });
    let (_, line) = shown(app, flex).await;
    assert_eq!(
        (&line["kind"], &line["text"]),
        (&json!("flex"), &json!("ผ้าไหม"))
    );
    let words = json!({ "lines": ["1,290 บาท"], "buttons": ["สั่งซื้อ"] });
    assert_eq!(line["line"]["card"], words);

    let template = json!({ "type": "template", "id": "88002", "template": {
        "type": "confirm", "text": "Really?", "actions": [{ "label": "Yes" }, { "label": "No" }] } });
    let (_, line) = shown(app, template).await;
    assert_eq!(
        (&line["kind"], &line["text"]),
        (&json!("template"), &json!("Really?"))
    );
    assert_eq!(line["line"]["card"]["buttons"], json!(["Yes", "No"]));

    let map = json!({ "type": "imagemap", "id": "88003", "altText": "Sale" });
    let (_, line) = shown(app, map).await;
    assert_eq!(
        (&line["kind"], &line["text"]),
        (&json!("template"), &json!("Sale"))
    );
});

both_databases!(what_is_not_known_is_kept_for_administrators, |app| {
    let (room, line) = shown(
        app,
        json!({ "type": "hologram", "id": "88005", "depth": "deep" }),
    )
    .await;
    assert_eq!(line["kind"], "unsupported");
    let arguments = json!({ "room": room, "message_id": line["id"] });
    let admin = app.log_in("admin@example.com").await;
    let (status, raw) = admin.call("raw_message", arguments.clone()).await;
    assert_eq!(status, 200, "{raw}");
    let event: Value = serde_json::from_str(raw["json"].as_str().expect("JSON")).expect("JSON");
    assert_eq!(event["message"]["depth"], "deep");

    for (email, role) in [
        ("mali@example.com", "operator"),
        ("somchai@example.com", "supervisor"),
    ] {
        let id = app.operator_id(email).await;
        let (status, _) = admin
            .call("update_operator", json!({ "id": id, "role": role }))
            .await;
        assert_eq!(status, 200);
        let (status, refused) = app
            .log_in(email)
            .await
            .call("raw_message", arguments.clone())
            .await;
        assert_eq!(
            (status, &refused["code"]),
            (403, &json!("forbidden")),
            "{role}"
        );
    }
    // Of another chat, and what is not LINE's.
    let (other, _) = shown(app, json!({ "type": "hologram", "id": "88006" })).await;
    let elsewhere = json!({ "room": other, "message_id": line["id"] });
    let (status, refused) = admin.call("raw_message", elsewhere).await;
    assert_eq!((status, &refused["code"]), (404, &json!("not_found")));
});
