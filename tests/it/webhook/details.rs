//! What LINE says beside the words reaches the console, and stays until it is taken back.

use serde_json::{Value, json};

use super::events::lines;
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::{TestApp, both_databases};

async fn post(app: &TestApp, event: &Value) {
    assert_eq!(app.webhook(json!([event])).await, 200);
}

fn of_kind(app: &TestApp, customer: &Customer, kind: &str, detail: Value) -> Value {
    let mut event = app.text_event(customer, "");
    event["type"] = json!(kind);
    event[kind] = detail;
    event
}

both_databases!(emoji_mentions_albums_and_dates_reach_the_console, |app| {
    let customer = app.customer("Nut").await;
    let mut text = app.text_event(&customer, "(love) @Mali");
    text["message"]["emojis"] =
        json!([{ "index": 0, "length": 6, "productId": "p", "emojiId": "e" }]);
    text["message"]["mention"] = json!({ "mentionees": [
        { "type": "user", "index": 7, "length": 5, "userId": "U7", "isSelf": true }] });
    let mut image = app.text_event(&customer, "");
    image["message"] = json!({ "type": "image", "id": "77001", "quoteToken": "q",
        "contentProvider": { "type": "external", "originalContentUrl": "https://a.example/1.jpg" },
        "imageSet": { "id": "s", "index": 2, "total": 3 } });
    let data = json!({ "data": "book", "params": { "date": "2026-12-24" } });
    let pressed = of_kind(app, &customer, "postback", data);
    for event in [&text, &image, &pressed] {
        post(app, event).await;
    }
    let shown = lines(app, &customer.room()).await;
    let line = |at: usize| &shown[at]["line"];
    assert_eq!(
        line(0)["emojis"],
        json!([{ "index": 0, "length": 6, "product_id": "p", "emoji_id": "e" }])
    );
    assert_eq!(
        line(0)["mentions"],
        json!([{ "type": "user", "index": 7, "length": 5, "user_id": "U7", "is_self": true }])
    );
    assert_eq!(
        line(1)["image_set"],
        json!({ "id": "s", "index": 2, "total": 3 })
    );
    assert_eq!(line(2)["params"], json!({ "date": "2026-12-24" }));
    assert_eq!(shown[2]["event"]["note"], "date: 2026-12-24");
});

both_databases!(a_quotation_of_something_unknown_says_so, |app| {
    let customer = app.customer("Nut").await;
    let mut quoting = app.text_event(&customer, "this one");
    quoting["message"]["quotedMessageId"] = json!("42");
    post(app, &quoting).await;
    let shown = lines(app, &customer.room()).await;
    assert_eq!(shown[0]["quotes_unknown"], true);
    assert_eq!(shown[0]["line"]["quoted_message_id"], "42");
});

both_databases!(who_stays_near_a_beacon_is_one_line_that_counts, |app| {
    let customer = app.customer("Nut").await;
    let beacon = |hwid: &str| json!({ "hwid": hwid, "type": "stay" });
    for _ in 0..5 {
        post(
            app,
            &of_kind(app, &customer, "beacon", beacon("d41d8cd98f")),
        )
        .await;
    }
    post(app, &of_kind(app, &customer, "beacon", beacon("another"))).await;
    let shown = lines(app, &customer.room()).await;
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert_eq!(shown[0]["line"]["params"]["count"], "5");
    assert_eq!(shown[0]["event"]["note"], "stay ×5");
});

both_databases!(the_raw_event_stays_until_it_is_unsent, |app| {
    let customer = app.customer("Nut").await;
    let message = app.text_event(&customer, "a secret");
    post(app, &message).await;
    let sql = "SELECT count(*) FROM messages WHERE raw LIKE $1";
    let kept = async || number(&app.state.db, sql, "%a secret%").await;
    assert_eq!(kept().await, 1);
    let unsend = json!({ "messageId": message["message"]["id"] });
    post(app, &of_kind(app, &customer, "unsend", unsend)).await;
    assert_eq!(kept().await, 0);
});
