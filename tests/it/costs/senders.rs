//! The operator's name on the bubble in LINE.

use serde_json::{Value, json};

use super::turn_on;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};
use crate::line_contract::check_push;
use crate::sending::{on_the_phone, sent};
use crate::uploads::a_chat;

/// The operator is called so from now on.
async fn renamed(by: &Session, name: &str) {
    let (status, answer) = by.call("save_profile", json!({ "name": name })).await;
    assert_eq!(status, 200, "{answer}");
}

/// The senders of what the customer got, in order.
async fn senders(app: &TestApp, names: &[&str]) -> Vec<Value> {
    let (customer, mali) = a_chat(app).await;
    for name in names {
        renamed(&mali, name).await;
        sent(app, &mali, &customer, json!({ "text": "hello" })).await;
        app.outbox_empty().await;
    }
    let phone = on_the_phone(&customer).await;
    phone.iter().for_each(check_push);
    phone
        .into_iter()
        .map(|message| message["sender"].clone())
        .collect()
}

both_databases!(answers_bear_the_name_that_line_takes, |app| {
    turn_on(app, &["show_sender"]).await;
    let names = [
        "มะลิ",
        "Caroline",
        "On the Line",
        "Mali of the silk bay",
        "🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎🍎",
    ];
    let senders = senders(app, &names).await;
    let called = |name: &str| json!({ "name": name });
    assert_eq!(senders[0], called("มะลิ"));
    assert_eq!(senders[1], Value::Null);
    assert_eq!(senders[2], Value::Null);
    assert_eq!(senders[3], called("Mali of the silk bay"));
    assert_eq!(senders[4], called(&"🍎".repeat(10)));
});

both_databases!(
    names_are_left_out_where_the_channel_does_not_show_them,
    |app| {
        assert_eq!(senders(app, &["Mali"]).await, [Value::Null]);
    }
);
