//! Views: lists with a filter under a name, one's own and the team's.

use serde_json::{Value, json};

use super::{chat_of_mali, listed};
use crate::answering::{ADMIN, MALI, SOMCHAI, a_chat, called, invalid, refusal, refused};
use crate::harness::database::texts;
use crate::harness::{TestApp, both_databases};

fn view(name: &str, shared: bool, tab: &str, filter: &Value) -> Value {
    json!({ "name": name, "shared": shared, "tab": tab, "filter": filter })
}

fn names(views: &Value) -> Vec<&str> {
    let all = views.as_array().expect("a list").iter();
    all.map(|view| view["name"].as_str().expect("a name"))
        .collect()
}

both_databases!(a_shared_view_is_with_every_colleague_at_once, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let customer = a_chat(app, "Nok").await;
    let mut somchai = app.console(SOMCHAI).await;
    let draft = view(" Unread ", true, "waiting", &json!({ "unread": true }));
    let made = called(&admin, "save_view", draft).await;
    assert_eq!(
        (&made["name"], &made["count"]),
        (&json!("Unread"), &json!(1))
    );
    let told = somchai.next("settings_update").await;
    assert_eq!(told["payload"], json!({ "section": "views" }));
    let wanted = json!([{
        "id": made["id"], "name": "Unread", "shared": true, "tab": "waiting",
        "filter": { "unread": true }, "count": 1,
    }]);
    assert_eq!(called(&mali, "views", json!({})).await, wanted);
    called(&mali, "claim_session", json!({ "room": customer.room() })).await;
    assert_eq!(called(&mali, "views", json!({})).await[0]["count"], 0);
    let again = json!({
        "id": made["id"], "name": "ยังไม่อ่าน", "shared": true, "tab": "all",
        "filter": {}, "sort": "oldest",
    });
    let changed = called(&admin, "save_view", again).await;
    assert_eq!(
        (&changed["sort"], &changed["count"]),
        (&json!("oldest"), &json!(1))
    );
    somchai.next("settings_update").await;
    called(&admin, "delete_view", json!({ "id": made["id"] })).await;
    somchai.next("settings_update").await;
    assert_eq!(called(&mali, "views", json!({})).await, json!([]));
    let sql = "SELECT action FROM audit WHERE action LIKE $1 ORDER BY at, id";
    let audited = texts(&app.state.db, sql, "view.%").await;
    assert_eq!(audited, ["view.add", "view.update", "view.delete"]);
});

both_databases!(ones_own_views_are_nobody_elses, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let somchai = app.log_in(SOMCHAI).await;
    let (mut here, mut elsewhere) = (app.console(MALI).await, app.console(SOMCHAI).await);
    let own = view("Groups", false, "all", &json!({ "kind": "group" }));
    let own = called(&mali, "save_view", own).await;
    assert_eq!(own["owner_id"], app.operator_id(MALI).await.as_str());
    here.next("settings_update").await;
    assert!(elsewhere.settled("settings_update").await.is_empty());
    let team = called(&admin, "save_view", view("Team", true, "all", &json!({}))).await;
    assert_eq!(
        names(&called(&mali, "views", json!({})).await),
        ["Team", "Groups"]
    );
    assert_eq!(names(&called(&somchai, "views", json!({})).await), ["Team"]);
    let not_there = refusal(404, "not_found");
    let forbidden = refusal(403, "forbidden");
    for other in [&admin, &somchai] {
        let gone = json!({ "id": own["id"] });
        assert_eq!(refused(other, "delete_view", gone).await, not_there);
    }
    let gone = json!({ "id": team["id"] });
    assert_eq!(refused(&mali, "delete_view", gone).await, forbidden);
    let shared = view("Mine for all", true, "all", &json!({}));
    assert_eq!(refused(&mali, "save_view", shared).await, forbidden);
    let mut changed = view("x", false, "all", &json!({}));
    changed["id"] = team["id"].clone();
    assert_eq!(
        refused(&mali, "save_view", changed.clone()).await,
        forbidden
    );
    // A supervisor makes one of the team's their own.
    let made = called(&admin, "save_view", changed).await;
    assert_eq!((&made["shared"], &made["id"]), (&json!(false), &team["id"]));
    assert_eq!(names(&called(&mali, "views", json!({})).await), ["Groups"]);
});

both_databases!(what_may_not_be_a_view_is_refused, |app| {
    let mali = app.log_in(MALI).await;
    let long = "😀".repeat(26);
    for name in ["", "\u{200b}", "a\nb", long.as_str()] {
        let draft = view(name, false, "all", &json!({}));
        assert_eq!(
            refused(&mali, "save_view", draft).await,
            invalid("name"),
            "{name:?}"
        );
    }
    let ids: Vec<String> = (0..51).map(|_| app.client_id()).collect();
    let draft = view("Many", false, "all", &json!({ "tag_ids": ids }));
    assert_eq!(refused(&mali, "save_view", draft).await, invalid("filter"));
    for (tab, filter) in [("some", json!({})), ("all", json!({ "kind": "robot" }))] {
        let (status, _) = mali.call("save_view", view("x", false, tab, &filter)).await;
        assert_eq!(status, 400, "{tab} {filter}");
    }
    for n in 0..50 {
        let draft = view(&format!("<b>{n}</b>"), false, "all", &json!({}));
        called(&mali, "save_view", draft).await;
    }
    let draft = view("one more", false, "all", &json!({}));
    assert_eq!(
        refused(&mali, "save_view", draft).await,
        refusal(400, "validation_error")
    );
});

// "Numbers beside saved views disagreed with the lists behind them."
both_databases!(a_views_count_is_that_of_its_list_for_every_field, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let (here, there) = (chat_of_mali(app, "Nok").await, a_chat(app, "Nut").await);
    let tag = called(
        &admin,
        "save_tag",
        json!({ "name": "VIP", "color": "gold" }),
    )
    .await;
    let gone = called(
        &admin,
        "save_tag",
        json!({ "name": "Old", "color": "gold" }),
    )
    .await;
    for customer in [&here, &there] {
        let tags = json!([tag["id"], gone["id"]]);
        let set = json!({ "room": customer.room(), "tag_ids": tags });
        called(&mali, "set_tags", set).await;
    }
    called(&admin, "delete_tag", json!({ "id": gone["id"] })).await;
    let me = app.operator_id(MALI).await;
    let somchai = app.operator_id(SOMCHAI).await;
    app.disable(SOMCHAI).await;
    let filters = [
        json!({}),
        json!({ "tag_ids": [tag["id"]] }),
        json!({ "tag_ids": [gone["id"]] }),
        json!({ "operator_ids": [me] }),
        json!({ "operator_ids": [somchai] }),
        json!({ "operator_ids": [null] }),
        json!({ "channels": ["default"] }),
        json!({ "channels": ["gone"] }),
        json!({ "unread": true }),
        json!({ "kind": "user" }),
        json!({ "kind": "group" }),
        json!({ "mentions": true }),
        json!({ "snoozed": true }),
        json!({ "overdue": true }),
    ];
    for filter in filters {
        for tab in ["waiting", "mine", "all", "closed"] {
            let made = called(&mali, "save_view", view("v", false, tab, &filter)).await;
            let asked = json!({ "tab": tab, "filter": filter });
            let (rooms, page) = listed(&mali, asked).await;
            assert_eq!(made["count"], page["counts"][tab], "{tab} {filter}");
            assert_eq!(made["count"], rooms.len(), "{tab} {filter}");
            let listed = called(&mali, "views", json!({})).await;
            assert_eq!(listed[0]["count"], made["count"], "{tab} {filter}");
            called(&mali, "delete_view", json!({ "id": made["id"] })).await;
        }
    }
});
