//! Lists that are narrowed down: by each field, in either order, page by page.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{chat_of_mali, in_ms, listed, tab};
use crate::answering::{ADMIN, MALI, SOMCHAI, a_chat, called, invalid, refused};
use crate::harness::customer::Customer;
use crate::harness::database::change;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

const TABS: [&str; 4] = ["waiting", "mine", "all", "closed"];

/// Whether a row fits a filter, said anew and by hand. What the row does not say comes beside it.
fn fits(row: &Value, filter: &Value, named_in: &[String]) -> bool {
    let one_of = |list: &Value, has: &dyn Fn(&Value) -> bool| match list.as_array() {
        Some(list) if !list.is_empty() => list.iter().any(has),
        _ => true,
    };
    let on = |name: &str| filter[name] == true;
    let tags = row["tags"].as_array().expect("tags");
    let room = row["room"].as_str().expect("a room");
    one_of(&filter["tag_ids"], &|id| tags.iter().any(|tag| tag["id"] == *id))
        && one_of(&filter["operator_ids"], &|id| row["session"]["operator"]["id"] == *id)
        && one_of(&filter["channels"], &|name| row["channel"] == *name)
        && (!on("unread") || row["unread"].as_i64() > Some(0))
        && match filter["kind"].as_str() {
            Some("group") => room.contains(":C"),
            Some(_) => room.contains(":U"),
            None => true,
        }
        && (!on("mentions") || named_in.iter().any(|it| it == room))
        && (!on("snoozed") || row["snoozed_until"].is_string())
        // All of it happens within ten minutes, unless a test says otherwise.
        && !on("overdue")
}

/// A random number below `most`.
fn random(seed: &mut u64, most: u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % most
}

/// What there is to do something with.
struct Chats {
    /// The last one is a group's.
    rooms: Vec<String>,
    customers: Vec<Customer>,
    tags: Vec<Value>,
    me: String,
    somchai: String,
}

/// Sixty things that operators and customers do, by chance.
async fn whatever_happens(app: &TestApp, chats: &Chats, operators: [&Session; 2]) {
    let mut seed = 7;
    for _ in 0..60 {
        let which = usize::try_from(random(&mut seed, 7)).expect("small");
        let room = chats.rooms[which].clone();
        let tag = &chats.tags[usize::try_from(random(&mut seed, 2)).expect("small")];
        let (name, asked) = match random(&mut seed, 9) {
            0 => ("claim_session", json!({ "room": room })),
            1 => ("close_session", json!({ "room": room })),
            2 => (
                "transfer_session",
                json!({ "room": room, "operator_id": chats.somchai }),
            ),
            3 => (
                "transfer_session",
                json!({ "room": room, "to_queue": true }),
            ),
            4 => ("set_tags", json!({ "room": room, "tag_ids": [tag] })),
            5 => ("set_tags", json!({ "room": room, "tag_ids": [] })),
            6 => ("snooze", json!({ "room": room, "until": in_ms(3_600_000) })),
            7 => {
                let note = json!({ "room": room, "client_id": app.client_id(), "note": "@",
                    "mentions": [chats.me] });
                ("send_message", json!({ "message": note }))
            }
            _ => {
                if let Some(customer) = chats.customers.get(which) {
                    customer.writes("more").await;
                }
                (
                    "mark_read",
                    json!({ "room": chats.rooms[(which + 1) % 7], "rev": 1_000 }),
                )
            }
        };
        // Refused or not: whatever comes of it, the lists agree.
        let by = operators[usize::try_from(random(&mut seed, 2)).expect("small")];
        by.call(name, asked).await;
    }
}

/// Whether a list with a filter is the list without what does not fit, in both orders.
async fn agrees(mali: &Session, tab: &str, filter: &Value, me: &str, named: &[String]) {
    let mut whole = listed(mali, json!({ "tab": tab })).await.1["conversations"].clone();
    if tab == "mine" && filter["snoozed"] == true {
        // Mine is without them; theirs is the list with them alone.
        whole = listed(mali, json!({ "tab": "all" })).await.1["conversations"].clone();
        let own = |row: &Value| row["session"]["operator"]["id"] == me;
        whole = whole
            .as_array()
            .expect("a list")
            .iter()
            .filter(|row| own(row))
            .cloned()
            .collect();
    }
    let wanted: Vec<String> = whole
        .as_array()
        .expect("a list")
        .iter()
        .filter(|row| fits(row, filter, named))
        .map(|row| row["room"].as_str().expect("a room").to_owned())
        .collect();
    let asked = json!({ "tab": tab, "filter": filter });
    let (found, page) = listed(mali, asked).await;
    assert_eq!(found, wanted, "{tab} {filter}");
    assert_eq!(page["counts"][tab], wanted.len(), "{tab} {filter}");
    let asked = json!({ "tab": tab, "filter": filter,
        "sort": if tab == "waiting" { "newest" } else { "oldest" } });
    let mut turned = listed(mali, asked).await.0;
    turned.reverse();
    assert_eq!(turned, wanted, "{tab} {filter} the other way round");
}

both_databases!(
    after_whatever_happens_a_filtered_list_is_the_list_without_what_does_not_fit,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let (me, somchai) = tokio::join!(app.operator_id(MALI), app.operator_id(SOMCHAI));
        let mut customers = Vec::new();
        for n in 0..6 {
            customers.push(a_chat(app, &format!("Customer {n}")).await);
        }
        let members: Vec<&Customer> = customers.iter().take(2).collect();
        let group = Customer::group(app.addr, "Family", &members).await;
        let said = json!({ "from": customers[0].id, "message": { "type": "text", "text": "hi" } });
        group.act("messages", said).await;
        let mut rooms: Vec<String> = customers.iter().map(Customer::room).collect();
        rooms.push(group.room());
        let mut tags = Vec::new();
        for name in ["VIP", "Order"] {
            let tag = json!({ "name": name, "color": "blue" });
            tags.push(called(&admin, "save_tag", tag).await["id"].clone());
        }
        let chats = Chats {
            rooms,
            customers,
            tags: tags.clone(),
            me: me.clone(),
            somchai,
        };
        whatever_happens(app, &chats, [&admin, &mali]).await;
        let somchai = &chats.somchai;
        let named = called(&mali, "mentions", json!({})).await;
        let named: Vec<String> = named
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| it["room"].as_str().expect("a room").to_owned())
            .collect();
        let filters = [
            json!({ "tag_ids": [tags[0]] }),
            json!({ "tag_ids": tags }),
            json!({ "operator_ids": [me] }),
            json!({ "operator_ids": [null, somchai] }),
            json!({ "channels": ["default"] }),
            json!({ "channels": ["default", "gone"], "unread": true }),
            json!({ "unread": true }),
            json!({ "kind": "group" }),
            json!({ "kind": "user", "tag_ids": tags }),
            json!({ "mentions": true }),
            json!({ "mentions": true, "operator_ids": [null] }),
            json!({ "snoozed": true }),
            json!({ "overdue": true }),
        ];
        for filter in filters {
            for tab in TABS {
                agrees(&mali, tab, &filter, &me, &named).await;
            }
        }
    }
);

both_databases!(
    a_list_is_paged_in_either_order_with_and_without_a_filter,
    |app| {
        let mali = app.log_in(MALI).await;
        let mut rooms = Vec::new();
        for n in 0..7 {
            rooms.push(a_chat(app, &format!("Customer {n}")).await.room());
        }
        let backwards: Vec<String> = rooms.iter().rev().cloned().collect();
        for (tab, sort, wanted) in [
            ("waiting", json!(null), &rooms),
            ("waiting", json!("newest"), &backwards),
            ("all", json!(null), &backwards),
            ("all", json!("oldest"), &rooms),
        ] {
            for filter in [
                json!(null),
                json!({ "kind": "user" }),
                json!({ "unread": true }),
            ] {
                let (mut seen, mut cursor) = (Vec::new(), json!(null));
                loop {
                    let asked = json!({ "tab": tab, "sort": sort, "filter": filter, "limit": 3,
                    "cursor": cursor });
                    let (found, page) = listed(&mali, asked).await;
                    assert!(found.len() <= 3);
                    assert_eq!(page["counts"]["waiting"], 7);
                    seen.extend(found);
                    cursor = page["cursor"].clone();
                    if cursor.is_null() {
                        break;
                    }
                }
                assert_eq!(seen, *wanted, "{tab} {sort} {filter}");
            }
        }
    }
);

both_databases!(whoever_waits_for_more_than_ten_minutes_is_overdue, |app| {
    let mali = app.log_in(MALI).await;
    let (late, _) = (a_chat(app, "Nok").await, a_chat(app, "Nut").await);
    let asked = |tab: &str| json!({ "tab": tab, "filter": { "overdue": true } });
    assert!(listed(&mali, asked("waiting")).await.0.is_empty());
    let sql = "UPDATE conversations SET waiting_since = waiting_since - 600001 \
        WHERE contact_id = (SELECT id FROM contacts WHERE line_user_id = $1)";
    change(&app.state.db, sql, &late.id).await;
    assert_eq!(listed(&mali, asked("waiting")).await.0, [late.room()]);
    called(&mali, "claim_session", json!({ "room": late.room() })).await;
    assert_eq!(listed(&mali, asked("mine")).await.0, [late.room()]);
    called(
        &mali,
        "send_message",
        json!({ "message": app.text(&late, "sorry") }),
    )
    .await;
    let (found, page) = listed(&mali, asked("mine")).await;
    assert!(found.is_empty());
    let counts: BTreeMap<String, i64> =
        serde_json::from_value(page["counts"].clone()).expect("counts");
    assert!(TABS.iter().all(|tab| counts[*tab] == 0), "{counts:?}");
});

both_databases!(
    a_filter_that_is_none_is_refused_and_one_of_what_is_gone_is_empty,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let customer = chat_of_mali(app, "Nok").await;
        let tag = called(
            &admin,
            "save_tag",
            json!({ "name": "VIP", "color": "gold" }),
        )
        .await;
        let set = json!({ "room": customer.room(), "tag_ids": [tag["id"]] });
        called(&mali, "set_tags", set).await;
        let by_tag = json!({ "tab": "mine", "filter": { "tag_ids": [tag["id"]] } });
        assert_eq!(listed(&mali, by_tag.clone()).await.0, [customer.room()]);
        called(&admin, "delete_tag", json!({ "id": tag["id"] })).await;
        assert!(listed(&mali, by_tag).await.0.is_empty());
        let unknown = app.client_id();
        for filter in [
            json!({ "operator_ids": [unknown] }),
            json!({ "channels": ["gone"] }),
            json!({ "tag_ids": [unknown], "unread": true }),
        ] {
            let asked = json!({ "tab": "all", "filter": filter });
            assert!(listed(&mali, asked).await.0.is_empty(), "{filter}");
        }
        let ids: Vec<String> = (0..51).map(|_| app.client_id()).collect();
        for name in ["tag_ids", "operator_ids"] {
            let asked = json!({ "tab": "all", "filter": { name: ids } });
            assert_eq!(
                refused(&mali, "conversations", asked).await,
                invalid("filter")
            );
        }
        for limit in [0, 101] {
            let asked = json!({ "tab": "all", "limit": limit });
            assert_eq!(
                refused(&mali, "conversations", asked).await,
                invalid("limit")
            );
        }
        for filter in [
            json!({ "kind": "robot" }),
            json!({ "tag_ids": ["x"] }),
            json!([1]),
        ] {
            let (status, _) = mali
                .call("conversations", json!({ "tab": "all", "filter": filter }))
                .await;
            assert_eq!(status, 400, "{filter}");
        }
        assert_eq!(tab(&mali, "mine").await, [customer.room()]);
    }
);
