//! Stickers: those of LINE's sendable packages, and no others.

use serde_json::{Value, json};

use super::{draft, on_the_phone, send, sent, stored};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};
use crate::line_contract::check_push;
use crate::uploads::a_chat;

async fn packages(of: &Session) -> Vec<Value> {
    let (status, answer) = of.call("sticker_packages", json!({})).await;
    assert_eq!(status, 200, "{answer}");
    serde_json::from_value(answer).expect("a list")
}

fn ids(packages: &[Value]) -> Vec<&str> {
    let ids = packages
        .iter()
        .map(|package| package["package_id"].as_str());
    ids.map(|id| id.expect("an id")).collect()
}

fn sticker(package: &str, sticker: &str) -> Value {
    json!({ "sticker": { "package_id": package, "sticker_id": sticker } })
}

both_databases!(the_packages_used_last_come_first, |app| {
    let (customer, mali) = a_chat(app).await;
    let all = packages(&mali).await;
    assert_eq!(all.len(), 15);
    let (first, last) = (&all[0], &all[14]);
    assert_eq!(first["package_id"], "446");
    assert_eq!(first["title"], "Moon: Special Edition");
    assert_eq!(
        (&first["animated"], &last["animated"]),
        (&json!(false), &json!(true))
    );
    let stickers = first["sticker_ids"].as_array().expect("a list");
    assert_eq!((stickers.len(), &stickers[0]), (40, &json!("1988")));

    for (package, id) in [("11539", "52114110"), ("789", "10855"), ("789", "10856")] {
        sent(app, &mali, &customer, sticker(package, id)).await;
    }
    let used = packages(&mali).await;
    assert_eq!(ids(&used)[..3], ["789", "11539", "446"]);
    assert_eq!(used.len(), 15);
    sent(app, &mali, &customer, sticker("11539", "52114149")).await;
    assert_eq!(ids(&packages(&mali).await)[..3], ["11539", "789", "446"]);
    // What a colleague sends, and customers, changes nothing for others.
    let somchai = app.log_in("somchai@example.com").await;
    assert_eq!(packages(&somchai).await, all);

    app.outbox_empty().await;
    let phone = on_the_phone(&customer).await;
    assert_eq!(phone.len(), 4);
    phone.iter().for_each(check_push);
    let wanted = json!({ "type": "sticker", "packageId": "11539", "stickerId": "52114110" });
    assert_eq!(phone[0], wanted);
});

both_databases!(other_stickers_are_refused_before_they_are_stored, |app| {
    let (customer, mali) = a_chat(app).await;
    let mut socket = app.console("mali@example.com").await;
    for (package, id) in [("446", "1987"), ("446", "10855"), ("1", "1"), ("", "")] {
        let (status, answer) = send(app, &mali, &customer, sticker(package, id)).await;
        assert_eq!((status, &answer["code"]), (400, &json!("validation_error")));
        let asked = draft(app, &customer, &sticker(package, id));
        let refused = socket.ask("send_message", asked.clone()).await;
        assert_eq!(refused["payload"]["code"], "validation_error", "{refused}");
        assert_eq!(refused["payload"]["client_id"], asked["client_id"]);
    }
    assert_eq!(stored(app).await, 0);
});

both_databases!(packages_are_for_those_who_are_signed_in, |app| {
    let client = crate::harness::customer::harness_client();
    let request = client.post(app.url("/api/sticker_packages"));
    let answer = request.json(&json!({})).send().await.expect("an answer");
    assert_eq!(answer.status(), 401);
});
