//! What a console asks and is answered over HTTP.

use serde_json::{Value, json};

use sala::db::search::Corpus;

use crate::harness::customer::harness_client;
use crate::harness::{TestApp, both_databases};

/// The texts of the messages that are found, in order.
fn texts(page: &Value) -> Vec<&str> {
    let messages = page["messages"].as_array().expect("a list");
    messages
        .iter()
        .map(|found| found["message"]["text"].as_str().unwrap_or_default())
        .collect()
}

/// What is there when an index begins comes into it beside; what comes later is found at once.
async fn index_began(app: &TestApp) {
    for corpus in [Corpus::Contacts, Corpus::Messages] {
        loop {
            let mut reader = app.state.db.reader().await.expect("a reader");
            let state = reader.conn().index_state(corpus).await.expect("a state");
            if state.is_some() {
                break;
            }
            drop(reader);
            tokio::task::yield_now().await;
        }
    }
}

async fn ask(app: &TestApp, asked: Value) -> (u16, Value) {
    app.log_in("mali@example.com")
        .await
        .call("search", asked)
        .await
}

async fn answer(app: &TestApp, asked: Value) -> Value {
    let (status, page) = ask(app, asked).await;
    assert_eq!(status, 200, "{page}");
    page
}

both_databases!(customers_and_messages_are_found_with_marks, |app| {
    index_began(app).await;
    let (silk, other) = (app.customer("ร้านผ้า").await, app.customer("Other").await);
    silk.writes("ขอดูผ้าไหมสีฟ้าค่ะ").await;
    other.writes("ส่ง ผ้าขาว วันนี้").await;
    let page = answer(app, json!({ "q": "ผ้า" })).await;
    assert_eq!(texts(&page), ["ส่ง ผ้าขาว วันนี้", "ขอดูผ้าไหมสีฟ้าค่ะ"]);
    let first = &page["messages"][0];
    assert_eq!(first["room"], other.room());
    assert_eq!(first["conversation"]["room"], other.room());
    assert_eq!(first["snippet"], "ส่ง ผ้าขาว วันนี้");
    assert_eq!(first["marks"], json!([[4, 3]]));
    assert_eq!(page["cursor"], Value::Null);
    // The profile is fetched beside.
    let session = app.log_in("mali@example.com").await;
    let named = async || {
        let (_, page) = session
            .call("search", json!({ "q": "ร้านผ้า", "in": ["contacts"] }))
            .await;
        page["contacts"].as_array().expect("a list").clone()
    };
    let mut contacts = named().await;
    while contacts.is_empty() {
        tokio::task::yield_now().await;
        contacts = named().await;
    }
    assert_eq!(contacts[0]["room"], silk.room());
    assert_eq!(contacts[0]["contact"]["display_name"], "ร้านผ้า");
    assert_eq!(contacts[0]["marks"], json!([[0, 7]]));
});

both_databases!(filters_narrow_what_is_found, |app| {
    index_began(app).await;
    let (one, other) = (app.customer("One").await, app.customer("Two").await);
    one.writes("quick from one").await;
    other.writes("quick from two").await;
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": one.room() }))
        .await;
    mali.ask("send_message", app.text(&one, "quick answer"))
        .await;
    let mut note = app.text(&one, "");
    note["note"] = json!("quick note");
    note.as_object_mut().expect("an object").remove("text");
    mali.ask("send_message", note).await;
    let found = async |asked: Value| {
        let page = answer(app, asked).await;
        texts(&page)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let all = [
        "quick note",
        "quick answer",
        "quick from two",
        "quick from one",
    ];
    assert_eq!(found(json!({ "q": "quick" })).await, all);
    assert_eq!(
        found(json!({ "q": "quick", "room": other.room() })).await,
        ["quick from two"]
    );
    let mali = app.operator_id("mali@example.com").await;
    assert_eq!(
        found(json!({ "q": "quick", "operator_id": mali })).await,
        ["quick note", "quick answer"]
    );
    assert_eq!(
        found(json!({ "q": "quick", "channel": "default" }))
            .await
            .len(),
        4
    );
    assert_eq!(
        found(json!({ "q": "quick", "in": ["contacts"] }))
            .await
            .len(),
        0
    );
    let now = sala::clock::now();
    let (before, after) = (now.plus_ms(-600_000), now.plus_ms(600_000));
    assert_eq!(
        found(json!({ "q": "quick", "from": before, "to": after }))
            .await
            .len(),
        4
    );
    assert_eq!(found(json!({ "q": "quick", "to": before })).await.len(), 0);
    assert_eq!(found(json!({ "q": "quick", "from": after })).await.len(), 0);
});

both_databases!(pages_follow_each_other_without_a_gap, |app| {
    index_began(app).await;
    let customer = app.customer("Nok").await;
    for number in 0..7 {
        customer.writes(&format!("needle {number}")).await;
        customer.writes("hay").await;
    }
    let mut all = Vec::new();
    let mut asked = json!({ "q": "needle", "in": ["messages"], "limit": 3 });
    loop {
        let page = answer(app, asked.clone()).await;
        all.extend(texts(&page).into_iter().map(str::to_owned));
        if page["cursor"].is_null() {
            break;
        }
        // What comes meanwhile is on no later page.
        customer.writes("needle new").await;
        asked["cursor"] = page["cursor"].clone();
    }
    let wanted: Vec<String> = (0..7)
        .rev()
        .map(|number| format!("needle {number}"))
        .collect();
    assert_eq!(all, wanted);
});

both_databases!(what_a_customer_took_back_is_not_found, |app| {
    index_began(app).await;
    let customer = app.customer("Nok").await;
    let id = customer.writes("ลับสุดยอด").await;
    customer
        .sends(json!({ "type": "file", "fileName": "ใบเสนอราคา.pdf", "fileSize": 9 }))
        .await;
    assert_eq!(texts(&answer(app, json!({ "q": "สุด" })).await).len(), 1);
    let page = answer(app, json!({ "q": "เสนอ PDF" })).await;
    assert_eq!(page["messages"][0]["snippet"], "ใบเสนอราคา.pdf");
    customer.act(&format!("unsend/{id}"), json!({})).await;
    assert_eq!(texts(&answer(app, json!({ "q": "สุด" })).await).len(), 0);
});

both_databases!(what_cannot_be_asked_gets_a_sentence, |app| {
    let nobody = format!("conversation:U{}", "0".repeat(32));
    for (asked, status, says) in [
        (json!({ "q": "ก".repeat(5_000) }), 400, "at most 1,000"),
        (json!({ "q": "\"\" \"" }), 400, "a character"),
        (json!({ "q": "   " }), 400, "a character"),
        (json!({ "q": "a", "limit": 51 }), 400, "1 to 50"),
        (json!({ "q": "a", "limit": 0 }), 400, "1 to 50"),
        (json!({ "q": "a", "in": ["files"] }), 400, "expected form"),
        (
            json!({ "q": "a", "room": nobody }),
            404,
            "no such conversation",
        ),
        (
            json!({ "q": "a", "channel": "nowhere" }),
            404,
            "no such LINE account",
        ),
        (json!({}), 400, "expected form"),
    ] {
        let (got, error) = ask(app, asked.clone()).await;
        let message = error["message"].as_str().unwrap_or_default();
        assert!(
            got == status && message.contains(says),
            "{got} {error}: {says}"
        );
    }
    let answer = harness_client()
        .post(app.url("/api/search"))
        .json(&json!({ "q": "a" }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 401);
});
