//! LINE's own description of its interface (`tests/line/`, Apache-2.0) against every request
//! that the client makes, every answer and every webhook that the simulator gives.

mod fields;
mod openapi;
mod requests;
mod stage;
mod webhooks;

use serde_json::{Value, json};

pub use stage::Stage;

/// Whether a push with this message is one that LINE describes. Tests have no https.
#[track_caller]
pub fn check_push(message: &Value) {
    let message = message.to_string().replace("http://", "https://");
    let message: Value = serde_json::from_str(&message).expect("JSON");
    let push = json!({ "to": format!("U{}", "0".repeat(32)), "messages": [message] });
    let checked = openapi::Spec::messaging().check("PushMessageRequest", &push);
    checked.unwrap_or_else(|error| panic!("{error}"));
}
