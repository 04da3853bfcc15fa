//! Chats that a bot answers, and how they come to people.

use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, a_chat, called, invalid, refusal, refused};
use crate::harness::customer::Customer;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

fn mode(customer: &Customer, mode: &str) -> Value {
    json!({ "room": customer.room(), "mode": mode })
}

/// A customer asks for a person by these words.
async fn keywords(by: &Session) {
    let value = json!({ "keywords": { "th": ["แอดมิน"], "en": ["admin"], "ja": [], "zh-TW": [] } });
    let save = json!({ "section": "hand_over", "version": 0, "value": value });
    let saved = called(by, "save_settings", save).await;
    assert_eq!(saved, json!({ "version": 1, "value": value }));
}

/// A chat that a bot answers.
async fn with_the_bot(app: &TestApp, admin: &Session, name: &str) -> Customer {
    let customer = a_chat(app, name).await;
    let chat = called(admin, "set_mode", mode(&customer, "bot")).await;
    assert_eq!(chat["mode"], "bot");
    assert_eq!(chat["session"]["status"], "closed");
    customer
}

async fn thread(by: &Session, customer: &Customer) -> Value {
    called(by, "thread", json!({ "room": customer.room() })).await
}

/// What happened in the chat, by name.
fn events(thread: &Value) -> Vec<&str> {
    let lines = thread["messages"].as_array().expect("messages");
    let names = lines
        .iter()
        .filter_map(|line| line["event"]["name"].as_str());
    names.collect()
}

both_databases!(while_a_bot_answers_nobody_waits, |app| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    let waiting = a_chat(app, "Nok").await;
    let by_mali = refused(&mali, "set_mode", mode(&waiting, "bot")).await;
    assert_eq!(by_mali, refusal(403, "forbidden"));
    let mut console = app.console(MALI).await;
    called(&admin, "set_mode", mode(&waiting, "bot")).await;
    let told = console.next("session_closed").await;
    assert_eq!(told["payload"]["room"], waiting.room());
    waiting.writes("what are your hours?").await;
    let page = thread(&mali, &waiting).await;
    let chat = &page["conversation"];
    assert_eq!(chat["mode"], "bot");
    assert_eq!(chat["unread"], 0);
    assert_eq!(chat.get("waiting_since"), None);
    assert_eq!(chat["session"]["status"], "closed");
    assert_eq!(chat["last_message"]["text"], "what are your hours?");
    assert_eq!(events(&page), ["given_to_bot"]);
    let list = called(&mali, "conversations", json!({ "tab": "waiting" })).await;
    assert_eq!(list["conversations"], json!([]));
    // Once more changes nothing.
    let again = called(&admin, "set_mode", mode(&waiting, "bot")).await;
    assert_eq!(again["rev"], chat["rev"]);
});

both_databases!(a_customer_who_asks_for_a_person_waits_for_one, |app| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    keywords(&admin).await;
    let value = json!({ "default": { "handed_over": {
        "on": true, "texts": { "en": "One moment, please." },
    } } });
    let save = json!({ "section": "automatic_replies", "version": 0, "value": value });
    called(&admin, "save_settings", save).await;
    let customer = with_the_bot(app, &admin, "Nok").await;
    customer.writes("the administration is great").await;
    assert_eq!(
        thread(&mali, &customer).await["conversation"]["mode"],
        "bot"
    );
    customer.writes("may I talk to an ADMIN?").await;
    let page = thread(&mali, &customer).await;
    let chat = &page["conversation"];
    assert_eq!(chat["mode"], "human");
    assert_eq!(chat["session"]["status"], "waiting");
    assert_eq!(chat["unread"], 1);
    assert_eq!(events(&page), ["given_to_bot", "handed_over"]);
    let list = called(&mali, "conversations", json!({ "tab": "waiting" })).await;
    assert_eq!(list["counts"]["waiting"], 1);
    // By a button as well.
    let pressing = with_the_bot(app, &admin, "Ploy").await;
    pressing.act("press", json!({ "data": "buy" })).await;
    assert_eq!(
        thread(&mali, &pressing).await["conversation"]["mode"],
        "bot"
    );
    pressing.act("press", json!({ "data": "handover" })).await;
    let chat = thread(&mali, &pressing).await["conversation"].clone();
    assert_eq!(
        (&chat["mode"], &chat["unread"]),
        (&json!("human"), &json!(1))
    );
    assert_eq!(chat["session"]["status"], "waiting");
});

both_databases!(whoever_claims_from_the_bot_has_the_chat, |app| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    let customer = with_the_bot(app, &admin, "Nok").await;
    customer.writes("hello?").await;
    let claim = json!({ "room": customer.room() });
    let session = called(&mali, "claim_session", claim.clone()).await;
    assert_eq!(session["status"], "active");
    let late = refused(&admin, "claim_session", claim).await;
    assert_eq!(late, refusal(409, "already_claimed"));
    let chat = thread(&mali, &customer).await["conversation"].clone();
    assert_eq!(chat["mode"], "human");
    // What comes now is hers.
    customer.writes("are you there?").await;
    let chat = thread(&mali, &customer).await["conversation"].clone();
    assert_eq!(
        (&chat["session"]["id"], &chat["unread"]),
        (&session["id"], &json!(1))
    );
    // Back to the bot: her session ends, and the customer's next words open none.
    called(&admin, "set_mode", mode(&customer, "bot")).await;
    customer.writes("hello bot").await;
    let chat = thread(&mali, &customer).await["conversation"].clone();
    assert_eq!(chat["session"]["status"], "closed");
    let list = called(&mali, "conversations", json!({ "tab": "mine" })).await;
    assert_eq!(list["counts"]["mine"], 0);
    // A supervisor hands over without a word of the customer's.
    let chat = called(&admin, "set_mode", mode(&customer, "human")).await;
    assert_eq!(chat["session"]["status"], "waiting");
});

both_databases!(keywords_are_refused_by_their_language, |app| {
    let admin = app.log_in(ADMIN).await;
    for (value, field) in [
        (json!({ "keywords": { "en": ["?"] } }), "keywords.en"),
        (
            json!({ "keywords": { "ja": ["あ".repeat(51)] } }),
            "keywords.ja",
        ),
        (json!({ "keywords": { "fr": ["aide"] } }), "value"),
        (json!({ "keywords": ["admin"] }), "value"),
    ] {
        let save = json!({ "section": "hand_over", "version": 0, "value": value });
        let refused = refused(&admin, "save_settings", save).await;
        assert_eq!(refused, invalid(field), "{value}");
    }
});
