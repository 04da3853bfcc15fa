//! What is known of a customer: our own name for them, a memo, attributes, their files, LINE's
//! profile.

use serde_json::{Value, json};

use super::{MALI, SOMCHAI, a_chat, called, invalid, refusal, refused};
use crate::harness::customer::Customer;
use crate::harness::database::{change, texts};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

async fn nut(app: &TestApp) -> (Customer, Session) {
    let customer = a_chat(app, "Nut").await;
    (customer, app.log_in(MALI).await)
}

/// The call's arguments with the customer's room.
fn of(customer: &Customer, fields: Value) -> Value {
    let mut arguments = fields;
    arguments["room"] = json!(customer.room());
    arguments
}

both_databases!(our_own_name_is_on_every_way_and_lines_stays, |app| {
    let (customer, mali) = nut(app).await;
    let mut console = app.console(SOMCHAI).await;
    let before = called(&mali, "contact", of(&customer, json!({}))).await;
    assert_eq!(before["contact"]["display_name"], "Nut");
    assert_eq!(
        (&before["name"], &before["memo"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        (&before["attributes"], &before["media"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(before["sessions"][0]["status"], "waiting");
    assert!(before["first_seen_at"].is_string());

    let named = of(&customer, json!({ "name": " ณัฐธิดา (นิมมาน)\u{202e} " }));
    let answered = called(&mali, "update_contact", named).await;
    assert_eq!(answered["name"], "ณัฐธิดา (นิมมาน)");
    assert_eq!(answered["contact"]["display_name"], "Nut");
    let told =
        console.expect(|it| it["payload"]["conversation"]["contact"]["name"] == "ณัฐธิดา (นิมมาน)");
    let told = told.await;
    assert_eq!(told["payload"]["complete"], true);
    let page = called(&mali, "conversations", json!({ "tab": "all" })).await;
    assert_eq!(page["conversations"][0]["contact"]["name"], "ณัฐธิดา (นิมมาน)");
    let thread = called(&mali, "thread", of(&customer, json!({}))).await;
    assert_eq!(thread["conversation"]["contact"], answered["contact"]);
    // The page that the server renders has it too, and no more LINE's.
    let request = crate::harness::customer::harness_client().get(app.url("/"));
    let html = request
        .header("cookie", &mali.cookie)
        .send()
        .await
        .expect("an answer");
    let html = html.text().await.expect("a page");
    let shown = html.matches(">ณัฐธิดา (นิมมาน)<").count();
    assert!(shown >= 1, "{html}");
    // What LINE says later changes its own name only.
    let rename = "UPDATE contacts SET display_name = 'Nut 2' WHERE line_user_id = $1";
    change(&app.state.db, rename, &customer.id).await;
    let now = called(&mali, "contact", of(&customer, json!({}))).await;
    assert_eq!(
        (&now["name"], &now["contact"]["display_name"]),
        (&answered["name"], &json!("Nut 2"))
    );
    let cleared = called(
        &mali,
        "update_contact",
        of(&customer, json!({ "name": " " })),
    )
    .await;
    assert_eq!(
        (&cleared["name"], &cleared["contact"]["name"]),
        (&Value::Null, &Value::Null)
    );
});

both_databases!(
    memo_and_attributes_are_kept_and_what_is_absent_stays,
    |app| {
        let (customer, mali) = nut(app).await;
        let attributes = json!([
            { "key": "Province", "value": "เชียงใหม่" },
            { "key": "Member no.", "value": "" },
        ]);
        let both = json!({ "memo": "ชอบสีแดงเข้ม\nไม่รับสายก่อนเที่ยง", "attributes": attributes });
        let kept = called(&mali, "update_contact", of(&customer, both)).await;
        assert_eq!(kept["attributes"], attributes);
        assert_eq!(kept["memo_by"]["name"], "Mali");
        assert!(kept["memo_at"].is_string());
        let named = called(
            &mali,
            "update_contact",
            of(&customer, json!({ "name": "N" })),
        )
        .await;
        assert_eq!(
            (&named["memo"], &named["attributes"]),
            (&kept["memo"], &kept["attributes"])
        );
        // The same memo by somebody else is not theirs.
        let somchai = app.log_in(SOMCHAI).await;
        let rev = |thread: &Value| thread["conversation"]["rev"].clone();
        let before = rev(&called(&mali, "thread", of(&customer, json!({}))).await);
        let same = called(
            &somchai,
            "update_contact",
            of(&customer, json!({ "memo": kept["memo"] })),
        )
        .await;
        assert_eq!(same["memo_by"]["name"], "Mali");
        let after = rev(&called(&mali, "thread", of(&customer, json!({}))).await);
        assert_eq!(before, after, "nothing has changed");
        let cleared = json!({ "memo": "", "attributes": [] });
        let cleared = called(&somchai, "update_contact", of(&customer, cleared)).await;
        assert_eq!(
            (&cleared["memo"], &cleared["memo_by"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(cleared["attributes"], json!([]));
        let sql = "SELECT details FROM audit WHERE action = $1 ORDER BY at, id";
        let audited = texts(&app.state.db, sql, "contact.update").await;
        let fields = [
            "{\"fields\":[\"memo\",\"attributes\"]}",
            "{\"fields\":[\"name\"]}",
            "{\"fields\":[\"memo\",\"attributes\"]}",
        ];
        assert_eq!(audited, fields);
    }
);

both_databases!(what_may_not_be_kept_is_refused_by_its_field, |app| {
    let (customer, mali) = nut(app).await;
    let attribute = |key: &str, value: &str| json!({ "key": key, "value": value });
    let many: Vec<_> = (0..51).map(|n| attribute(&n.to_string(), "x")).collect();
    for (fields, field) in [
        (json!({ "name": "😀".repeat(200) }), "name"),
        (json!({ "name": "a\nb" }), "name"),
        (json!({ "memo": "x".repeat(5_001) }), "memo"),
        (json!({ "attributes": many }), "attributes"),
        (json!({ "attributes": [attribute("", "x")] }), "attributes"),
        (
            json!({ "attributes": [attribute(&"k".repeat(51), "x")] }),
            "attributes",
        ),
        (
            json!({ "attributes": [attribute("k", &"v".repeat(1_001))] }),
            "attributes",
        ),
        (
            json!({ "attributes": [attribute("Key", "1"), attribute("kEY", "2")] }),
            "attributes",
        ),
    ] {
        let refused = refused(&mali, "update_contact", of(&customer, fields)).await;
        assert_eq!(refused, invalid(field));
    }
    let kept = called(&mali, "contact", of(&customer, json!({}))).await;
    assert_eq!(
        (&kept["name"], &kept["attributes"]),
        (&Value::Null, &json!([]))
    );
    let nowhere = json!({ "room": "conversation:Unobody" });
    for name in [
        "contact",
        "update_contact",
        "contact_media",
        "refresh_profile",
    ] {
        let refused = refused(&mali, name, nowhere.clone()).await;
        assert_eq!(refused, refusal(404, "room_not_found"), "{name}");
    }
});

both_databases!(files_are_paged_from_the_newest_on, |app| {
    let (customer, mali) = nut(app).await;
    for _ in 0..3 {
        customer.sends(json!({ "type": "image" })).await;
    }
    let known = called(&mali, "contact", of(&customer, json!({}))).await;
    assert_eq!(known["media_count"], 3);
    let files = called(&mali, "contact_media", of(&customer, json!({}))).await;
    assert_eq!(files["media"].as_array().expect("a list").len(), 3);
    assert_eq!(files["cursor"], Value::Null);
    let newest = &files["media"][0];
    assert_eq!(
        (&newest["kind"], &newest["direction"]),
        (&json!("image"), &json!("in"))
    );
    let thread = called(&mali, "thread", of(&customer, json!({}))).await;
    let last = thread["messages"]
        .as_array()
        .expect("lines")
        .last()
        .cloned();
    assert_eq!(newest["message_id"], last.expect("a line")["id"]);
    // From any of them on.
    let cursor = json!({ "at": newest["created_at"], "id": newest["message_id"] });
    let rest = called(
        &mali,
        "contact_media",
        of(&customer, json!({ "cursor": cursor })),
    )
    .await;
    let ids = |list: &[Value]| {
        list.iter()
            .map(|it| it["message_id"].clone())
            .collect::<Vec<_>>()
    };
    let rest = rest["media"].as_array().expect("a list");
    let all = files["media"].as_array().expect("a list");
    assert_eq!(ids(rest), ids(&all[1..]));
});

both_databases!(lines_profile_is_fetched_again_once_a_minute, |app| {
    let (customer, mali) = nut(app).await;
    let mut console = app.console(MALI).await;
    let rename = "UPDATE contacts SET display_name = 'old' WHERE line_user_id = $1";
    change(&app.state.db, rename, &customer.id).await;
    let thread = called(&mali, "thread", of(&customer, json!({}))).await;
    let rev = thread["conversation"]["rev"].as_i64();
    called(&mali, "refresh_profile", of(&customer, json!({}))).await;
    let is_known = |it: &Value| {
        it["payload"]["conversation"]["contact"]["display_name"] == "Nut"
            && it["payload"]["rev"].as_i64() > rev
    };
    console.expect(is_known).await;
    let (status, answer) = mali.call("refresh_profile", of(&customer, json!({}))).await;
    assert_eq!(
        (status, &answer["code"]),
        (429, &json!("rate_limit_exceeded"))
    );
    let wait = answer["retry_after_ms"].as_i64().expect("a number");
    assert!((1..=60_000).contains(&wait), "{wait}");
    assert!(
        app.audited(&customer.room())
            .await
            .contains(&"contact.refresh".to_owned())
    );
});
