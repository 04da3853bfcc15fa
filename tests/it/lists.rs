//! Lists: filters, views, chats that are put off, marks of what was not looked at, and one thing done
//! with several chats.

mod bulk;
mod filters;
mod kept;
mod snoozes;
mod unread;

use serde_json::{Value, json};

use crate::answering::{MALI, called};
use crate::harness::TestApp;
use crate::harness::customer::Customer;
use crate::harness::session::Session;

/// The rooms of a list, in its order, with the page that they are of.
async fn listed(by: &Session, asked: Value) -> (Vec<String>, Value) {
    let page = called(by, "conversations", asked).await;
    let rows = page["conversations"].as_array().expect("a list").iter();
    let rooms = rows.map(|row| row["room"].as_str().expect("a room").to_owned());
    (rooms.collect(), page)
}

/// The rooms of one of the four lists without a filter.
async fn tab(by: &Session, tab: &str) -> Vec<String> {
    listed(by, json!({ "tab": tab })).await.0
}

/// A chat that Mali has.
async fn chat_of_mali(app: &TestApp, name: &str) -> Customer {
    let customer = crate::answering::a_chat(app, name).await;
    let mali = app.log_in(MALI).await;
    called(&mali, "claim_session", json!({ "room": customer.room() })).await;
    customer
}

/// Milliseconds as the wire has them.
fn at(ms: i64) -> String {
    let time = sala::protocol::Timestamp(ms);
    time.to_string()
}

/// So many milliseconds from now.
fn in_ms(ms: i64) -> String {
    at(sala::clock::now().0 + ms)
}
