//! The operator's name and picture on the bubble in LINE.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{bubbles_of_account, turn_on};
use crate::harness::customer::harness_client;
use crate::harness::database::number;
use crate::harness::files::photo;
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

/// The operator looks so from now on, or like a letter.
async fn pictured(by: &Session, file: Option<&[u8]>) {
    let picture = file.map(|file| STANDARD.encode(file)).unwrap_or_default();
    let (status, answer) = by.call("save_profile", json!({ "picture": picture })).await;
    assert_eq!(status, 200, "{answer}");
}

/// What an address answers to LINE's clients.
async fn answered(url: &str) -> u16 {
    let answer = harness_client().get(url).send().await.expect("an answer");
    answer.status().as_u16()
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

both_databases!(
    answers_bear_the_picture_of_the_moment_which_stays_with_them,
    |app| {
        turn_on(app, &["show_sender"]).await;
        let (customer, mali) = a_chat(app).await;
        pictured(&mali, Some(&photo(1, 64, 64))).await;
        for name in ["Mali", "Caroline"] {
            renamed(&mali, name).await;
            sent(app, &mali, &customer, json!({ "text": "hello" })).await;
        }
        app.outbox_empty().await;
        pictured(&mali, Some(&photo(1, 65, 64))).await;
        sent(app, &mali, &customer, json!({ "text": "hello" })).await;
        app.outbox_empty().await;
        // This one no message shows.
        pictured(&mali, Some(&photo(1, 66, 64))).await;
        pictured(&mali, None).await;
        sent(app, &mali, &customer, json!({ "text": "hello" })).await;
        app.outbox_empty().await;
        let phone = on_the_phone(&customer).await;
        phone.iter().for_each(check_push);
        let icon = |at: usize| phone[at]["sender"]["iconUrl"].as_str().unwrap_or_default();
        assert_eq!(phone[0]["sender"]["name"], "Mali");
        assert_eq!(phone[1]["sender"]["name"], Value::Null, "LINE refuses it");
        assert_eq!(icon(0), icon(1));
        assert_ne!(icon(0), icon(2));
        assert_eq!(icon(3), "", "it was taken away");
        for at in [0, 2] {
            assert!(icon(at).contains("/m/operators/"), "{}", icon(at));
            assert_eq!(answered(icon(at)).await, 200, "{}", icon(at));
        }
        let kept = "SELECT count(*) FROM operator_pictures WHERE $1 = ''";
        assert_eq!(number(&app.state.db, kept, "").await, 2);
    }
);

both_databases!(
    pictures_are_left_out_where_the_channel_does_not_show_them,
    |app| {
        let (customer, mali) = a_chat(app).await;
        pictured(&mali, Some(&photo(1, 64, 64))).await;
        sent(app, &mali, &customer, json!({ "text": "hello" })).await;
        app.outbox_empty().await;
        assert_eq!(on_the_phone(&customer).await[0]["sender"], Value::Null);
        pictured(&mali, None).await;
        let kept = "SELECT count(*) FROM operator_pictures WHERE $1 = ''";
        assert_eq!(number(&app.state.db, kept, "").await, 0);
    }
);

both_databases!(the_phone_shows_the_picture_as_lines_clients_do, |app| {
    turn_on(app, &["show_sender"]).await;
    let (customer, mali) = a_chat(app).await;
    pictured(&mali, Some(&photo(1, 64, 64))).await;
    sent(app, &mali, &customer, json!({ "text": "hello" })).await;
    app.outbox_empty().await;
    let seen = bubbles_of_account(app, &customer.id).await;
    let icon = app.url(&format!("/_sim/fetched/{}/icon", seen[0]));
    let answer = harness_client().get(icon).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "image/png");
});
