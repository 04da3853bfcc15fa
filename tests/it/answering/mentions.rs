//! Notes that name colleagues: who hears of it, and until when it is kept.

use serde_json::{Value, json};

use super::{ADMIN, MALI, SOMCHAI, a_chat, called, refused};
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

async fn note(app: &TestApp, by: &Session, on: &Customer, text: &str, whom: &[&str]) -> Value {
    let message =
        json!({ "room": on.room(), "client_id": app.client_id(), "note": text, "mentions": whom });
    called(by, "send_message", json!({ "message": message })).await["message"].clone()
}

async fn mentions(by: &Session) -> Value {
    called(by, "mentions", json!({})).await
}

both_databases!(
    whoever_is_named_hears_it_on_all_screens_and_nobody_else,
    |app| {
        let mali = app.log_in(MALI).await;
        let customer = a_chat(app, "Nok").await;
        let (mut one, mut two) = (app.console(SOMCHAI).await, app.console(SOMCHAI).await);
        let mut other = app.console(ADMIN).await;
        // Following the chat makes no difference.
        two.ask("join_room", json!({ "room": customer.room() }))
            .await;
        let somchai = app.operator_id(SOMCHAI).await;
        let stored = note(
            app,
            &mali,
            &customer,
            "@Somchai 5% ได้ไหม",
            &[&somchai, &somchai],
        )
        .await;
        assert_eq!(
            stored["mentions"],
            json!([{ "id": somchai, "name": "Somchai" }])
        );
        for console in [&mut one, &mut two] {
            let told = console.next("mentioned").await;
            let wanted =
                json!({ "room": customer.room(), "rev": stored["rev"], "message": stored });
            assert_eq!(told["payload"], wanted);
        }
        // The note is a line as any other for those who follow the chat.
        let thread = called(&mali, "thread", json!({ "room": customer.room() })).await;
        let lines = thread["messages"].as_array().expect("lines");
        assert_eq!(lines.last(), Some(&stored));
        // Whoever is not named hears of the chat alone.
        note(
            app,
            &mali,
            &customer,
            "@Admin",
            &[&app.operator_id(ADMIN).await],
        )
        .await;
        let told = other.next("mentioned").await;
        assert_eq!(told["payload"]["message"]["text"], "@Admin");
    }
);

both_databases!(a_mention_is_kept_until_its_colleague_looks, |app| {
    let (mali, somchai) = tokio::join!(app.log_in(MALI), app.log_in(SOMCHAI));
    let id = app.operator_id(SOMCHAI).await;
    let (first, second) = (a_chat(app, "Nok").await, a_chat(app, "Ploy").await);
    // Mali has the chat, so that only her looking counts for what is unread.
    called(&mali, "claim_session", json!({ "room": first.room() })).await;
    note(app, &mali, &first, "@Somchai one", &[&id]).await;
    let newest = note(app, &mali, &first, "@Somchai two", &[&id]).await;
    let later = note(app, &mali, &second, "@Somchai three", &[&id]).await;
    let all = json!([
        { "room": second.room(), "rev": later["rev"] },
        { "room": first.room(), "rev": newest["rev"] },
    ]);
    assert_eq!(mentions(&somchai).await, all);
    assert_eq!(mentions(&mali).await, json!([]));
    let mut console = app.console(SOMCHAI).await;
    let look = |room: String, rev: &Value| json!({ "room": room, "rev": rev });
    // Somebody else's look reads nothing, and neither does one at what was before.
    called(&mali, "mark_read", look(first.room(), &newest["rev"])).await;
    called(&somchai, "mark_read", look(first.room(), &json!(1))).await;
    assert_eq!(mentions(&somchai).await, all);
    called(&somchai, "mark_read", look(first.room(), &newest["rev"])).await;
    let told = console.next("mentions_read").await;
    assert_eq!(told["payload"], look(first.room(), &newest["rev"]));
    assert_eq!(mentions(&somchai).await, json!([all[0]]));
    called(&somchai, "mark_read", look(second.room(), &later["rev"])).await;
    assert_eq!(mentions(&somchai).await, json!([]));
    let kept = number(
        &app.state.db,
        "SELECT count(*) FROM mentions WHERE $1 = ''",
        "",
    )
    .await;
    assert_eq!(kept, 0);
});

both_databases!(who_cannot_be_told_is_refused_and_not_dropped, |app| {
    let mali = app.log_in(MALI).await;
    let customer = a_chat(app, "Nok").await;
    called(&mali, "claim_session", json!({ "room": customer.room() })).await;
    let somchai = app.operator_id(SOMCHAI).await;
    let draft = |fields: Value| {
        let mut message = json!({ "room": customer.room(), "client_id": app.client_id() });
        for (name, value) in fields.as_object().expect("an object") {
            message[name] = value.clone();
        }
        json!({ "message": message })
    };
    let unknown = (400, "validation_error".to_owned(), "mentions".to_owned());
    let nobody = draft(json!({ "note": "x", "mentions": [app.client_id()] }));
    assert_eq!(refused(&mali, "send_message", nobody).await, unknown);
    let text = draft(json!({ "text": "x", "mentions": [somchai] }));
    assert_eq!(mali.call("send_message", text).await.0, 400);
    let many: Vec<_> = (0..51).map(|_| &somchai).collect();
    let many = draft(json!({ "note": "x", "mentions": many }));
    assert_eq!(mali.call("send_message", many).await.0, 400);
    app.disable(SOMCHAI).await;
    let disabled = draft(json!({ "note": "x", "mentions": [somchai] }));
    assert_eq!(refused(&mali, "send_message", disabled).await, unknown);
    let notes = "SELECT count(*) FROM messages WHERE direction = 'note' AND $1 = ''";
    assert_eq!(number(&app.state.db, notes, "").await, 0);
});
