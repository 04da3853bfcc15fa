//! A thread opens at a message that was found, and goes on both ways from there.

use serde_json::{Value, json};

use crate::harness::{TestApp, both_databases};

fn texts(page: &Value) -> Vec<String> {
    let messages = page["messages"].as_array().expect("a list");
    let text = |message: &Value| message["text"].as_str().expect("a text").to_owned();
    messages.iter().map(text).collect()
}

fn numbers(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|number| format!("line {number}")).collect()
}

both_databases!(a_thread_opens_around_a_message_and_pages_both_ways, |app| {
    let customer = app.customer("Nok").await;
    for number in 0..140 {
        customer.writes(&format!("line {number}")).await;
    }
    let session = app.log_in("mali@example.com").await;
    let room = customer.room();
    let call = async |mut asked: Value| {
        asked["room"] = json!(room);
        let (status, page) = session.call("thread", asked).await;
        assert_eq!(status, 200, "{page}");
        page
    };
    let (_, hits) = session.call("search", json!({ "q": "\"line 70\"" })).await;
    let id = hits["messages"][0]["message"]["id"].clone();
    let page = call(json!({ "around": id })).await;
    assert_eq!(texts(&page), numbers(45..96));
    let older = call(json!({ "before": page["older"] })).await;
    assert_eq!(texts(&older), numbers(0..45));
    assert_eq!(older["older"], Value::Null);
    let newer = call(json!({ "after": page["newer"] })).await;
    assert_eq!(texts(&newer), numbers(96..140));
    assert_eq!(newer["newer"], Value::Null);
    let back = call(json!({ "before": newer["older"] })).await;
    assert_eq!(texts(&back), numbers(46..96));
    // At both ends.
    let first = older["messages"][0]["id"].clone();
    let page = call(json!({ "around": first })).await;
    assert_eq!(texts(&page), numbers(0..26));
    assert_eq!(page["older"], Value::Null);
    assert!(page["newer"].is_object());
    let last = newer["messages"][43]["id"].clone();
    let page = call(json!({ "around": last })).await;
    assert_eq!(texts(&page), numbers(114..140));
    assert_eq!(page["newer"], Value::Null);
});

both_databases!(a_message_that_is_not_in_the_chat_opens_nothing, |app| {
    let (one, other) = (app.customer("One").await, app.customer("Two").await);
    one.writes("here").await;
    other.writes("there").await;
    let session = app.log_in("mali@example.com").await;
    let (_, hits) = session.call("search", json!({ "q": "there" })).await;
    let hit = &hits["messages"][0]["message"];
    let asked = json!({ "room": one.room(), "around": hit["id"] });
    let (status, error) = session.call("thread", asked).await;
    assert_eq!(
        (status, &error["code"]),
        (404, &json!("not_found")),
        "{error}"
    );
    let cursor = json!({ "at": hit["created_at"], "id": hit["id"] });
    let asked = json!({ "room": other.room(), "around": hit["id"], "before": cursor });
    let (status, error) = session.call("thread", asked).await;
    assert_eq!(
        (status, &error["code"]),
        (400, &json!("validation_error")),
        "{error}"
    );
});
