//! What an answer may hold beside words and files.

mod cancelling;
mod quotes;
mod stickers;

use serde_json::{Value, json};

use crate::harness::TestApp;
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::session::Session;

/// The payload of `send_message` with these fields.
fn draft(app: &TestApp, customer: &Customer, fields: &Value) -> Value {
    let mut message = json!({ "room": customer.room(), "client_id": app.client_id() });
    for (name, value) in fields.as_object().expect("an object") {
        message[name] = value.clone();
    }
    message
}

/// Sends what has these fields.
async fn send(app: &TestApp, by: &Session, to: &Customer, fields: Value) -> (u16, Value) {
    let message = draft(app, to, &fields);
    by.call("send_message", json!({ "message": message })).await
}

/// Sends what is taken; answers the message.
pub async fn sent(app: &TestApp, by: &Session, to: &Customer, fields: Value) -> Value {
    let (status, answer) = send(app, by, to, fields).await;
    assert_eq!(status, 200, "{answer}");
    answer["message"].clone()
}

/// How many messages to customers are stored.
async fn stored(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM messages WHERE direction = 'out' AND $1 = ''";
    number(&app.state.db, sql, "").await
}

/// The message objects that the customer's phone got.
pub async fn on_the_phone(customer: &Customer) -> Vec<Value> {
    let calls = customer.inbox().await;
    let messages = calls.iter().flat_map(|call| {
        let messages = call["messages"].as_array();
        messages.expect("messages").clone()
    });
    messages.collect()
}
