//! Chats are found by their tags, beside and together with what else their customers are found by.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, a_chat, called};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

/// What the customers that are found are called by us, in order.
fn names(page: &Value) -> Vec<&str> {
    let found = page["contacts"].as_array().expect("a list");
    let names = found.iter().map(|one| one["contact"]["name"].as_str());
    let mut names: Vec<&str> = names.map(Option::unwrap_or_default).collect();
    names.sort_unstable();
    names
}

async fn find(by: &Session, q: &str) -> Value {
    called(by, "search", json!({ "q": q, "in": ["contacts"] })).await
}

both_databases!(chats_are_found_by_their_tags, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let tag = async |name: &str| {
        called(&admin, "save_tag", json!({ "name": name, "color": "rose" })).await
    };
    let (silk, vip) = (tag("ผ้าไหม").await, tag("ＶＩＰ 1").await);
    let mut rooms = Vec::new();
    for (name, tags) in [
        ("Nok", vec![&silk["id"], &vip["id"]]),
        ("Nut", vec![&silk["id"]]),
        ("Vipada", vec![&vip["id"]]),
        ("Ploy", vec![]),
    ] {
        let customer = a_chat(app, name).await;
        let room = customer.room();
        called(
            &mali,
            "update_contact",
            json!({ "room": room, "name": name }),
        )
        .await;
        called(&mali, "set_tags", json!({ "room": room, "tag_ids": tags })).await;
        rooms.push(room);
    }
    let found = find(&mali, "ไหม").await;
    assert_eq!(names(&found), ["Nok", "Nut"]);
    assert_eq!(found["contacts"][0]["tags"][0]["name"], "ผ้าไหม");
    assert_eq!(
        found["contacts"][0]["tags"].as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(found["cursor"], Value::Null);
    // By name first, and whom the name has found is not found again.
    let found = find(&mali, "vip").await;
    assert_eq!(names(&found), ["Nok", "Vipada"]);
    assert_eq!(found["contacts"][0]["contact"]["name"], "Vipada");
    assert_eq!(found["contacts"][0]["tags"], Value::Null);
    // All words, wherever each stands.
    assert_eq!(names(&find(&mali, "ไหม vip").await), ["Nok"]);
    assert_eq!(names(&find(&mali, "nut ผ้า").await), ["Nut"]);
    assert_eq!(names(&find(&mali, "ploy ผ้า").await), [""; 0]);
    assert_eq!(names(&find(&mali, "\"ไหม vip\"").await), [""; 0]);
    // In one chat, and not where messages alone are asked for.
    let asked = json!({ "q": "ผ้าไหม", "in": ["contacts"], "room": rooms[1] });
    assert_eq!(names(&called(&mali, "search", asked).await), ["Nut"]);
    let asked = json!({ "q": "ผ้าไหม", "in": ["messages"] });
    assert_eq!(names(&called(&mali, "search", asked).await), [""; 0]);
    let asked = json!({ "q": "ผ้าไหม", "from": "2020-01-01T00:00:00Z" });
    assert_eq!(names(&called(&mali, "search", asked).await), [""; 0]);

    // Another name, and the tag's end, are right at once.
    let renamed = json!({ "id": silk["id"], "name": "Cotton", "color": "rose" });
    called(&admin, "save_tag", renamed).await;
    assert_eq!(names(&find(&mali, "ไหม").await), [""; 0]);
    assert_eq!(names(&find(&mali, "cotton").await), ["Nok", "Nut"]);
    called(&admin, "delete_tag", json!({ "id": silk["id"] })).await;
    assert_eq!(names(&find(&mali, "cotton").await), [""; 0]);
});

both_databases!(pages_of_tagged_chats_leave_none_out, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let tag = json!({ "name": "VIP", "color": "gold" });
    let vip = called(&admin, "save_tag", tag).await;
    let mut wanted = BTreeSet::new();
    for number in 0..7 {
        let customer = a_chat(app, &format!("Customer {number}")).await;
        let room = customer.room();
        if number % 3 != 0 {
            wanted.insert(room.clone());
        }
        let tags = if number % 3 == 0 {
            json!([])
        } else {
            json!([vip["id"]])
        };
        called(&mali, "set_tags", json!({ "room": room, "tag_ids": tags })).await;
    }
    let (mut seen, mut cursor, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let asked = json!({ "q": "vip", "in": ["contacts"], "limit": 2, "cursor": cursor });
        let page = called(&mali, "search", asked).await;
        let found = page["contacts"].as_array().expect("a list").clone();
        assert!(found.len() <= 2);
        seen.extend(
            found
                .iter()
                .map(|one| one["room"].as_str().expect("a room").to_owned()),
        );
        pages += 1;
        cursor = page["cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(seen.len(), wanted.len(), "none twice");
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), wanted);
    assert_eq!(pages, 2);
});
