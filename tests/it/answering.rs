//! What operators answer with: canned replies, tags, notes, what is known of a customer.

mod alerts;
mod canned;
mod contacts;
mod mentions;
mod pages;
mod tags;
mod team_settings;

use serde_json::{Value, json};

use crate::harness::TestApp;
use crate::harness::customer::Customer;
use crate::harness::session::Session;

pub const ADMIN: &str = "admin@example.com";
pub const MALI: &str = "mali@example.com";
pub const SOMCHAI: &str = "somchai@example.com";

/// A call that is taken; answers what it answers.
pub async fn called(by: &Session, name: &str, arguments: Value) -> Value {
    loop {
        let (status, answer) = by.call(name, arguments.clone()).await;
        // A test on a fast machine asks faster than anybody may.
        if let (429, Some(wait)) = (status, answer["retry_after_ms"].as_u64()) {
            tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
            continue;
        }
        assert_eq!(status, 200, "{name}: {answer}");
        return answer;
    }
}

/// A call that is refused: its status, code and field.
pub async fn refused(by: &Session, name: &str, arguments: Value) -> (u16, String, String) {
    let (status, answer) = by.call(name, arguments).await;
    let word = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    (status, word("code"), word("field"))
}

/// What [`refused`] answers for a field whose value may not be had.
pub fn invalid(field: &str) -> (u16, String, String) {
    (400, "validation_error".to_owned(), field.to_owned())
}

/// What [`refused`] answers for a refusal that is about no field.
pub fn refusal(status: u16, code: &str) -> (u16, String, String) {
    (status, code.to_owned(), String::new())
}

/// Lets operators change what all have in common.
pub async fn let_operators(app: &TestApp, section: &str) {
    let admin = app.log_in(ADMIN).await;
    let value = json!({ "operators": true });
    let saving = json!({ "section": section, "version": 0, "value": value });
    called(&admin, "save_settings", saving).await;
}

/// A customer who has written, and whose name has come from LINE: nothing of the chat changes by
/// itself any more.
pub async fn a_chat(app: &TestApp, name: &str) -> Customer {
    let mut console = app.console(ADMIN).await;
    let customer = app.customer(name).await;
    customer.writes("hello").await;
    let is_named = |it: &Value| it["payload"]["conversation"]["contact"]["display_name"] == name;
    console.expect(is_named).await;
    console.leave().await;
    customer
}
