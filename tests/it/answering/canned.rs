//! Canned replies: whose they are, what may be in them, and what counts their use.

use serde_json::{Value, json};

use super::{ADMIN, MALI, SOMCHAI, a_chat, called, invalid, let_operators, refusal, refused};
use crate::harness::customer::Customer;
use crate::harness::database::texts;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

fn reply(shortcut: &str, text: &str, shared: bool) -> Value {
    json!({ "shortcut": shortcut, "title": "Shipping", "text": text, "shared": shared })
}

async fn list(by: &Session) -> Vec<Value> {
    let list = called(by, "canned_replies", json!({})).await;
    list.as_array().expect("a list").clone()
}

async fn shortcuts(by: &Session) -> Vec<String> {
    let list = list(by).await;
    let shortcut = |it: &Value| it["shortcut"].as_str().expect("a text").to_owned();
    list.iter().map(shortcut).collect()
}

async fn audited(app: &TestApp, action: &str) -> Vec<String> {
    let sql = "SELECT details FROM audit WHERE action = $1 ORDER BY at, id";
    texts(&app.state.db, sql, action).await
}

both_databases!(the_team_has_shared_ones_and_everybody_their_own, |app| {
    let [admin, mali, somchai] = [ADMIN, MALI, SOMCHAI].map(|email| app.log_in(email));
    let (admin, mali, somchai) = tokio::join!(admin, mali, somchai);
    let mut console = app.console(SOMCHAI).await;
    let shared = called(
        &admin,
        "save_canned_reply",
        reply("ส่ง", "คุณ{name} ค่าส่ง 50 บาท", true),
    )
    .await;
    assert_eq!(shared["shared"], true);
    assert_eq!(
        (&shared["used"], &shared["owner_id"]),
        (&json!(0), &Value::Null)
    );
    let told = console.next("settings_update").await;
    assert_eq!(told["payload"], json!({ "section": "canned" }));
    let mut own = reply("hi", "Hello {name}", false);
    own["category"] = json!("Greetings");
    let own = called(&mali, "save_canned_reply", own).await;
    assert_eq!(own["owner_id"], app.operator_id(MALI).await);
    assert_eq!(own["category"], "Greetings");
    assert_eq!(shortcuts(&mali).await, ["hi", "ส่ง"]);
    assert_eq!(shortcuts(&somchai).await, ["ส่ง"]);
    assert_eq!(shortcuts(&admin).await, ["ส่ง"]);

    // What is a colleague's own is not there for others, administrators included.
    for other in [&somchai, &admin] {
        let mut changed = reply("hi", "Hi", false);
        changed["id"] = own["id"].clone();
        let changing = refused(other, "save_canned_reply", changed).await;
        assert_eq!(changing, refusal(404, "not_found"));
        let deleting = refused(other, "delete_canned_reply", json!({ "id": own["id"] })).await;
        assert_eq!(deleting, refusal(404, "not_found"));
    }
    let mut changed = reply("hello", "Hello!", false);
    changed["id"] = own["id"].clone();
    let changed = called(&mali, "save_canned_reply", changed).await;
    assert_eq!(
        (&changed["id"], &changed["text"]),
        (&own["id"], &json!("Hello!"))
    );
    called(&mali, "delete_canned_reply", json!({ "id": own["id"] })).await;
    assert_eq!(shortcuts(&mali).await, ["ส่ง"]);
    let again = refused(&mali, "delete_canned_reply", json!({ "id": own["id"] })).await;
    assert_eq!(again, refusal(404, "not_found"));
    for (action, count) in [
        ("canned.add", 2),
        ("canned.update", 1),
        ("canned.delete", 1),
    ] {
        assert_eq!(audited(app, action).await.len(), count, "{action}");
    }
    assert!(
        !audited(app, "canned.add").await[0].contains("บาท"),
        "no texts"
    );
});

both_databases!(
    shared_ones_are_for_supervisors_unless_the_team_says_otherwise,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let shared = called(&admin, "save_canned_reply", reply("ship", "x", true)).await;
        let mut taken_over = reply("ship", "x", false);
        taken_over["id"] = shared["id"].clone();
        let delete = json!({ "id": shared["id"] });
        let forbidden = refusal(403, "forbidden");
        let mine = reply("mine", "x", true);
        assert_eq!(
            refused(&mali, "save_canned_reply", mine.clone()).await,
            forbidden
        );
        assert_eq!(
            refused(&mali, "save_canned_reply", taken_over.clone()).await,
            forbidden
        );
        assert_eq!(
            refused(&mali, "delete_canned_reply", delete.clone()).await,
            forbidden
        );
        let_operators(app, "canned").await;
        called(&mali, "save_canned_reply", mine).await;
        called(&mali, "save_canned_reply", taken_over).await;
        assert_eq!(shortcuts(&admin).await, ["mine"]);
        called(&mali, "delete_canned_reply", delete).await;
    }
);

both_databases!(
    a_shortcut_is_taken_whatever_its_case_and_only_where_it_is_seen,
    |app| {
        let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
        let somchai = app.log_in(SOMCHAI).await;
        let taken = (409, "taken".to_owned(), "shortcut".to_owned());
        let first = called(&admin, "save_canned_reply", reply("Straße", "x", true)).await;
        for shortcut in ["straße", "STRASSE", "ｓｔｒａｓｓｅ", " Straße "] {
            let refused = refused(&admin, "save_canned_reply", reply(shortcut, "y", true)).await;
            assert_eq!(refused, taken, "{shortcut}");
        }
        // One's own may have what the team's has, and what a colleague's has.
        for by in [&mali, &somchai] {
            called(by, "save_canned_reply", reply("strasse", "mine", false)).await;
            let again = refused(by, "save_canned_reply", reply("STRASSE", "y", false)).await;
            assert_eq!(again, taken);
        }
        // Its own is not in the way of a reply that is changed.
        let mut again = reply("STRASSE", "y", true);
        again["id"] = first["id"].clone();
        let again = called(&admin, "save_canned_reply", again).await;
        assert_eq!(again["shortcut"], "STRASSE");
        let other = called(&admin, "save_canned_reply", reply("weg", "x", true)).await;
        let mut other_again = reply("Strasse", "x", true);
        other_again["id"] = other["id"].clone();
        assert_eq!(
            refused(&admin, "save_canned_reply", other_again).await,
            taken
        );
        assert_eq!(list(&admin).await.len(), 2);
    }
);

both_databases!(what_may_not_be_in_a_reply_is_refused_by_its_field, |app| {
    let mali = app.log_in(MALI).await;
    let long = "ก".repeat(33);
    for (shortcut, text, field) in [
        ("", "x", "shortcut"),
        ("a b", "x", "shortcut"),
        ("/a", "x", "shortcut"),
        ("a:b", "x", "shortcut"),
        (long.as_str(), "x", "shortcut"),
        ("a", "", "text"),
        ("a", "Dear {unknown}", "text"),
        ("a", "{Name}", "text"),
        ("a", "{ชื่อ}", "text"),
    ] {
        let refused = refused(&mali, "save_canned_reply", reply(shortcut, text, false)).await;
        assert_eq!(refused, invalid(field), "{shortcut} {text}");
    }
    let mut untitled = reply("a", "x", false);
    untitled["title"] = json!(" ");
    assert_eq!(
        refused(&mali, "save_canned_reply", untitled).await,
        invalid("title")
    );
    let (_, answer) = mali
        .call("save_canned_reply", reply("a", "{nmae}", false))
        .await;
    let sentence = answer["message"].as_str().expect("a sentence");
    assert!(sentence.starts_with("{nmae} is no variable."), "{sentence}");
    assert!(list(&mali).await.is_empty());
});

async fn use_of(
    app: &TestApp,
    by: &Session,
    to: &Customer,
    client_id: &str,
    canned: &Value,
) -> (u16, Value) {
    let mut message = app.text(to, "ค่าส่ง 50 บาท");
    message["client_id"] = json!(client_id);
    message["canned_id"] = canned.clone();
    by.call("send_message", json!({ "message": message })).await
}

both_databases!(a_use_counts_once_for_each_message, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let customer = a_chat(app, "Nok").await;
    let claim = json!({ "room": customer.room() });
    called(&mali, "claim_session", claim).await;
    let rare = called(&admin, "save_canned_reply", reply("aaa", "x", true)).await["id"].clone();
    let often = called(&mali, "save_canned_reply", reply("zzz", "x", false)).await["id"].clone();
    let once = app.client_id();
    for _ in 0..3 {
        assert_eq!(use_of(app, &mali, &customer, &once, &often).await.0, 200);
    }
    let again = app.client_id();
    assert_eq!(use_of(app, &mali, &customer, &again, &often).await.0, 200);
    let note = json!({ "message": { "room": customer.room(), "client_id": app.client_id(),
        "note": "x", "canned_id": rare } });
    called(&mali, "send_message", note).await;
    let used = |list: &[Value]| list.iter().map(|it| it["used"].clone()).collect::<Vec<_>>();
    let replies = list(&mali).await;
    assert_eq!(used(&replies), [json!(2), json!(1)]);
    assert_eq!(replies[0]["shortcut"], "zzz", "the most used comes first");
    // A message is not held up by a reply that is gone, or is somebody else's.
    let gone = json!(app.client_id());
    assert_eq!(
        use_of(app, &mali, &customer, &app.client_id(), &gone)
            .await
            .0,
        200
    );
    let others = app.log_in(SOMCHAI).await;
    let others = called(&others, "save_canned_reply", reply("s", "x", false)).await["id"].clone();
    assert_eq!(
        use_of(app, &mali, &customer, &app.client_id(), &others)
            .await
            .0,
        200
    );
    let somchai = app.log_in(SOMCHAI).await;
    assert_eq!(used(&list(&somchai).await), [json!(1), json!(0)]);
    // It goes with words only.
    let sticker = json!({ "message": { "room": customer.room(), "client_id": app.client_id(),
        "sticker": { "package_id": "446", "sticker_id": "1988" }, "canned_id": rare } });
    assert_eq!(mali.call("send_message", sticker).await.0, 400);
});

both_databases!(replies_are_for_those_who_are_signed_in, |app| {
    for name in [
        "canned_replies",
        "save_canned_reply",
        "delete_canned_reply",
        "settings",
    ] {
        let request =
            crate::harness::customer::harness_client().post(app.url(&format!("/api/{name}")));
        let answer = request.json(&json!({})).send().await.expect("an answer");
        assert_eq!(answer.status(), 401, "{name}");
    }
});
