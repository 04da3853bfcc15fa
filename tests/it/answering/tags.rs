//! Tags: which there are, which a chat has, and that every screen has them right.

use serde_json::{Value, json};

use super::{ADMIN, MALI, a_chat, called, invalid, let_operators, refusal, refused};
use crate::harness::customer::Customer;
use crate::harness::database::{execute, number, texts};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

async fn made(by: &Session, name: &str, color: &str) -> Value {
    called(by, "save_tag", json!({ "name": name, "color": color })).await
}

async fn set(by: &Session, on: &Customer, tags: &[&Value]) -> Value {
    let ids: Vec<_> = tags.iter().map(|tag| &tag["id"]).collect();
    let setting = json!({ "room": on.room(), "tag_ids": ids });
    called(by, "set_tags", setting).await
}

/// A tag as conversations show it.
fn shown(tag: &Value) -> Value {
    json!({ "id": tag["id"], "name": tag["name"], "color": tag["color"] })
}

async fn listed(by: &Session, room: &str) -> Value {
    let page = called(by, "conversations", json!({ "tab": "all" })).await;
    let all = page["conversations"].as_array().expect("a list").clone();
    let found = all.into_iter().find(|it| it["room"] == room);
    found.expect("listed")
}

both_databases!(a_chats_tags_are_the_same_on_every_way, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let customer = a_chat(app, "Nok").await;
    let mut console = app.console(MALI).await;
    let vip = made(&admin, "VIP", "gold").await;
    assert_eq!((&vip["name"], &vip["used"]), (&json!("VIP"), &json!(0)));
    let told = console.next("settings_update").await;
    let wanted = json!({ "section": "tags", "tag": shown(&vip) });
    assert_eq!(told["payload"], wanted);
    let silk = made(&admin, "ผ้าไหม \"x\", {}", "rose").await;
    let before = listed(&mali, &customer.room()).await["rev"]
        .as_i64()
        .expect("a rev");
    // In the order of their adding, whatever their ids' order.
    let answered = set(&mali, &customer, &[&silk]).await;
    assert_eq!(answered["rev"], before + 1);
    let answered = set(&mali, &customer, &[&vip, &silk, &vip]).await;
    let tags = json!([shown(&silk), shown(&vip)]);
    assert_eq!(
        (&answered["tags"], &answered["rev"]),
        (&tags, &json!(before + 2))
    );
    let told = console
        .expect(|it| it["type"] == "conversation_update" && it["payload"]["rev"] == before + 2)
        .await;
    assert_eq!(told["payload"]["conversation"]["tags"], tags);
    assert_eq!(told["payload"]["complete"], true);
    assert_eq!(listed(&mali, &customer.room()).await["tags"], tags);
    let room = json!({ "room": customer.room() });
    let thread = called(&mali, "thread", room.clone()).await;
    assert_eq!(thread["conversation"]["tags"], tags);
    let joined = console.ask("join_room", room.clone()).await;
    assert_eq!(joined["payload"]["conversation"]["tags"], tags);
    // What changes nothing is no change.
    assert_eq!(
        set(&mali, &customer, &[&vip, &silk]).await["rev"],
        before + 2
    );
    let list = called(&mali, "tags", json!({})).await;
    let used: Vec<_> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| (&it["name"], &it["used"]))
        .collect();
    assert_eq!(
        used,
        [(&json!("VIP"), &json!(1)), (&silk["name"], &json!(1))]
    );
    let answered = set(&mali, &customer, &[]).await;
    assert_eq!(
        (&answered["tags"], &answered["rev"]),
        (&json!([]), &json!(before + 3))
    );
    let audited = app.audited(&customer.room()).await;
    let tagged = audited
        .iter()
        .filter(|action| *action == "conversation.tags");
    assert_eq!(tagged.count(), 3);
});

both_databases!(
    another_name_and_the_end_of_a_tag_are_right_everywhere_at_once,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let customer = a_chat(app, "Nok").await;
        let vip = made(&admin, "VIP", "gold").await;
        let order = made(&admin, "Order", "blue").await;
        set(&mali, &customer, &[&vip, &order]).await;
        let rev = listed(&mali, &customer.room()).await["rev"].clone();
        let mut console = app.console(MALI).await;
        let again = json!({ "id": vip["id"], "name": "常連", "color": "plum" });
        let renamed = called(&admin, "save_tag", again).await;
        assert_eq!(renamed["used"], 1);
        let told = console.next("settings_update").await;
        assert_eq!(
            told["payload"],
            json!({ "section": "tags", "tag": shown(&renamed) })
        );
        let row = listed(&mali, &customer.room()).await;
        assert_eq!(row["tags"], json!([shown(&renamed), shown(&order)]));
        assert_eq!(row["rev"], rev, "no chat has changed");
        called(&admin, "delete_tag", json!({ "id": vip["id"] })).await;
        let told = console.next("settings_update").await;
        assert_eq!(
            told["payload"],
            json!({ "section": "tags", "deleted_tag": vip["id"] })
        );
        let row = listed(&mali, &customer.room()).await;
        assert_eq!(row["tags"], json!([shown(&order)]));
        // A chat's tags may name it no more.
        let gone = json!({ "room": customer.room(), "tag_ids": [vip["id"]] });
        assert_eq!(refused(&mali, "set_tags", gone).await, invalid("tag_ids"));
        assert_eq!(
            listed(&mali, &customer.room()).await,
            row,
            "nothing has changed"
        );
        let delete = json!({ "id": vip["id"] });
        assert_eq!(
            refused(&admin, "delete_tag", delete).await,
            refusal(404, "not_found")
        );
        let left = number(
            &app.state.db,
            "SELECT count(*) FROM conversation_tags WHERE $1 = ''",
            "",
        )
        .await;
        assert_eq!(left, 1);
    }
);

both_databases!(
    tags_are_made_by_supervisors_unless_the_team_says_otherwise,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let forbidden = refusal(403, "forbidden");
        let vip = made(&admin, "VIP", "gold").await;
        let saving = json!({ "name": "Order", "color": "blue" });
        let deleting = json!({ "id": vip["id"] });
        assert_eq!(refused(&mali, "save_tag", saving.clone()).await, forbidden);
        assert_eq!(
            refused(&mali, "delete_tag", deleting.clone()).await,
            forbidden
        );
        let_operators(app, "tags").await;
        called(&mali, "save_tag", saving).await;
        called(&mali, "delete_tag", deleting).await;
        for (action, count) in [("tag.add", 2), ("tag.delete", 1)] {
            let sql = "SELECT details FROM audit WHERE action = $1";
            assert_eq!(
                texts(&app.state.db, sql, action).await.len(),
                count,
                "{action}"
            );
        }
    }
);

both_databases!(what_may_not_be_a_tag_is_refused_by_its_field, |app| {
    let admin = app.log_in(ADMIN).await;
    made(&admin, "Été", "gold").await;
    let saving = |name: &str, color: &str| json!({ "name": name, "color": color });
    let long = "😀".repeat(16);
    for (name, color, field) in [
        ("", "gold", "name"),
        ("\u{200b}", "gold", "name"),
        (long.as_str(), "gold", "name"),
        ("a\nb", "gold", "name"),
        ("a", "red", "color"),
        ("a", "", "color"),
    ] {
        assert_eq!(
            refused(&admin, "save_tag", saving(name, color)).await,
            invalid(field),
            "{name:?} {color}"
        );
    }
    let taken = (409, "taken".to_owned(), "name".to_owned());
    assert_eq!(
        refused(&admin, "save_tag", saving(" e\u{301}TÉ ", "blue")).await,
        taken
    );
    let script = made(&admin, "<b>x</b>\u{202e}", "clay").await;
    assert_eq!(script["name"], "<b>x</b>");
    let ids: Vec<_> = (0..51).map(|_| app.client_id()).collect();
    let customer = a_chat(app, "Nok").await;
    let many = json!({ "room": customer.room(), "tag_ids": ids });
    assert_eq!(refused(&admin, "set_tags", many).await, invalid("tag_ids"));
    let nowhere = json!({ "room": "conversation:Unobody", "tag_ids": [] });
    assert_eq!(
        refused(&admin, "set_tags", nowhere).await,
        refusal(404, "room_not_found")
    );
});

both_databases!(
    a_team_of_ten_thousand_tags_reads_its_lists_as_before,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let customer = a_chat(app, "Nok").await;
        let vip = made(&admin, "VIP", "gold").await;
        let many = match app.state.db.kind() {
            "sqlite" => {
                "INSERT INTO tags (id, name, folded, color, shown, created_at, updated_at) \
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) \
             SELECT randomblob(16), 'tag ' || i, 'tag ' || i, 'blue', '{}', 0, 0 FROM n"
            }
            _ => {
                "INSERT INTO tags (id, name, folded, color, shown, created_at, updated_at) \
             SELECT gen_random_uuid(), 'tag ' || i, 'tag ' || i, 'blue', '{}', 0, 0 \
             FROM generate_series(1, 9999) i"
            }
        };
        execute(&app.state.db, many).await;
        let tags = called(&mali, "tags", json!({})).await;
        assert_eq!(tags.as_array().expect("a list").len(), 10_000);
        let answered = set(&mali, &customer, &[&vip]).await;
        assert_eq!(answered["tags"], json!([shown(&vip)]));
        assert_eq!(
            listed(&mali, &customer.room()).await["tags"],
            json!([shown(&vip)])
        );
    }
);

both_databases!(marking_many_chats_at_once_counts_each, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let mut tags = Vec::new();
    for name in ["a", "b", "c", "d"] {
        tags.push(made(&admin, name, "teal").await);
    }
    let mut customers = Vec::new();
    for n in 0..6 {
        customers.push(a_chat(app, &format!("Customer {n}")).await);
    }
    // In opposite orders, with tags coming and going: nobody waits for each other for ever.
    let marking = customers.iter().enumerate().map(|(n, customer)| {
        let (mali, tags) = (&mali, &tags);
        async move {
            for round in 0..4 {
                let mut wanted: Vec<_> = tags.iter().collect();
                if (n + round) % 2 == 0 {
                    wanted.reverse();
                }
                wanted.truncate(2 + round % 2);
                set(mali, customer, &wanted).await;
            }
            set(mali, customer, &tags.iter().collect::<Vec<_>>()).await;
        }
    });
    futures_util::future::join_all(marking).await;
    let list = called(&mali, "tags", json!({})).await;
    for tag in list.as_array().expect("a list") {
        assert_eq!(tag["used"], 6, "{tag}");
    }
});
