//! What has not left yet can be taken back, and what is held back leaves in its turn.

use serde_json::{Value, json};

use super::{draft, on_the_phone, send, sent};
use crate::harness::customer::Customer;
use crate::harness::database::{number, texts};
use crate::harness::files::{photo, taken};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};
use crate::uploads::a_chat;

async fn cancel(by: &Session, room: &str, id: &Value) -> (u16, Value) {
    by.call("cancel_message", json!({ "room": room, "message_id": id }))
        .await
}

/// The conversation as it is now.
async fn conversation(by: &Session, of: &Customer) -> Value {
    let (status, page) = by.call("thread", json!({ "room": of.room() })).await;
    assert_eq!(status, 200, "{page}");
    page["conversation"].clone()
}

/// Fields of a text that can be taken back for long enough.
fn held(text: &str) -> Value {
    json!({ "text": text, "delay_s": 10 })
}

both_databases!(what_is_held_back_can_be_taken_back, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let mut somchai = app.console("somchai@example.com").await;
    let before = somchai.join(&room).await;
    let fields = json!({ "text": "the wrong price", "delay_s": 10 });
    let message = sent(app, &mali, &customer, fields).await;
    assert_eq!(message["status"], "queued");
    let (status, cancelled) = cancel(&mali, &room, &message["id"]).await;
    assert_eq!(status, 200, "{cancelled}");
    assert_eq!(cancelled["id"], message["id"]);
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(cancelled["text"], Value::Null);
    let told = somchai
        .expect(|frame| {
            // Of the customer's own message too, once the name is known.
            let about = &frame["payload"]["message"]["id"];
            frame["type"] == "message_updated" && *about == message["id"]
        })
        .await;
    assert_eq!(told["payload"]["message"], cancelled);
    // Once more changes nothing.
    assert_eq!(cancel(&mali, &room, &message["id"]).await, (200, cancelled));

    let (_, page) = mali.call("thread", json!({ "room": room })).await;
    let lines = page["messages"].as_array().expect("lines");
    assert!(lines.iter().all(|line| line["id"] != message["id"]));
    // By its id: the customer's name may have come meanwhile.
    for name in ["/last_message/id", "/waiting_since"] {
        let was = before["conversation"].pointer(name);
        assert_eq!(page["conversation"].pointer(name), was, "{name}");
        assert!(was.is_some_and(|was| !was.is_null()), "{name}");
    }
    assert_eq!(
        page["conversation"]["session"]["first_response_at"],
        Value::Null
    );
    let kept = "SELECT text FROM messages WHERE text LIKE $1";
    assert!(texts(&app.state.db, kept, "the wrong%").await.is_empty());
    app.outbox_empty().await;
    assert!(on_the_phone(&customer).await.is_empty());
    let audited = app.audited(&room).await;
    assert_eq!(audited.last().expect("a line"), "message.cancel");
});

both_databases!(what_has_left_cannot_be_taken_back, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let message = sent(app, &mali, &customer, json!({ "text": "hi" })).await;
    app.outbox_empty().await;
    let (status, answer) = cancel(&mali, &room, &message["id"]).await;
    assert_eq!((status, &answer["code"]), (409, &json!("already_left")));
    let mut socket = app.console("mali@example.com").await;
    let ask = json!({ "room": room, "message_id": message["id"] });
    let refused = socket.ask("cancel_message", ask).await;
    assert_eq!(refused["payload"]["code"], "already_left");
    let held = json!({ "text": "later", "delay_s": 10 });
    let held = sent(app, &mali, &customer, held).await;
    let somchai = app.log_in("somchai@example.com").await;
    let (status, answer) = cancel(&somchai, &room, &held["id"]).await;
    assert_eq!((status, &answer["code"]), (409, &json!("not_claimed")));
    let nothing = json!(app.client_id());
    assert_eq!(cancel(&mali, &room, &nothing).await.0, 400);
    assert_eq!(cancel(&mali, &room, &held["id"]).await.0, 200);
    assert_eq!(customer.texts().await, ["hi"]);
    let outbox = "SELECT count(*) FROM outbox WHERE $1 = ''";
    assert_eq!(number(&app.state.db, outbox, "").await, 0);
});

both_databases!(what_follows_waits_behind_what_is_held_back, |app| {
    let (customer, mali) = a_chat(app).await;
    let first = json!({ "text": "first", "delay_s": 1 });
    sent(app, &mali, &customer, first).await;
    sent(app, &mali, &customer, json!({ "text": "second" })).await;
    app.outbox_empty().await;
    assert_eq!(customer.texts().await, ["first", "second"]);
    for delay in [0, 11] {
        let fields = json!({ "text": "third", "delay_s": delay });
        let (status, answer) = send(app, &mali, &customer, fields).await;
        assert_eq!((status, &answer["code"]), (400, &json!("validation_error")));
    }
});

both_databases!(
    a_chat_waits_again_when_its_last_answer_is_taken_back,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let room = customer.room();
        let before = conversation(&mali, &customer).await;
        let first = sent(app, &mali, &customer, held("one")).await;
        let second = sent(app, &mali, &customer, held("two")).await;
        let answered = conversation(&mali, &customer).await;
        assert_eq!(answered["waiting_since"], Value::Null);
        assert_eq!(cancel(&mali, &room, &first["id"]).await.0, 200);
        let half = conversation(&mali, &customer).await;
        assert_eq!(half["waiting_since"], Value::Null);
        assert_eq!(half["last_message"]["id"], second["id"]);
        let since = &half["session"]["first_response_at"];
        assert_eq!(*since, second["created_at"]);
        assert_eq!(cancel(&mali, &room, &second["id"]).await.0, 200);
        let after = conversation(&mali, &customer).await;
        for name in ["/waiting_since", "/last_message/id", "/session"] {
            assert_eq!(after.pointer(name), before.pointer(name), "{name}");
        }
        // What she has looked at stays looked at.
        assert_eq!(after["unread"], 0);
        // The customer's taking back counts from there, as if nothing had been written.
        let later = customer.writes("are you there?").await;
        customer.act(&format!("unsend/{later}"), json!({})).await;
        let unsent = conversation(&mali, &customer).await;
        assert_eq!(unsent["waiting_since"], before["waiting_since"]);
    }
);

both_databases!(
    who_wrote_it_takes_it_back_from_a_chat_passed_on_or_closed,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let room = customer.room();
        let before = conversation(&mali, &customer).await;
        let message = sent(app, &mali, &customer, held("one")).await;
        let passed = json!({ "room": room });
        assert_eq!(mali.call("transfer_session", passed.clone()).await.0, 200);
        assert_eq!(cancel(&mali, &room, &message["id"]).await.0, 200);
        let waiting = conversation(&mali, &customer).await;
        assert_eq!(waiting["session"]["status"], "waiting");
        assert_eq!(waiting["waiting_since"], before["waiting_since"]);

        assert_eq!(mali.call("claim_session", passed.clone()).await.0, 200);
        let message = sent(app, &mali, &customer, held("two")).await;
        assert_eq!(mali.call("close_session", passed).await.0, 200);
        assert_eq!(cancel(&mali, &room, &message["id"]).await.0, 200);
        let closed = conversation(&mali, &customer).await;
        assert_eq!(closed["session"]["status"], "closed");
        assert_eq!(closed["session"]["first_response_at"], Value::Null);
        assert_eq!(closed["waiting_since"], Value::Null);
        app.outbox_empty().await;
        assert!(on_the_phone(&customer).await.is_empty());
    }
);

both_databases!(
    whoever_has_the_chat_takes_back_what_a_colleague_left,
    |app| {
        let (customer, mali) = a_chat(app).await;
        let room = customer.room();
        let message = sent(app, &mali, &customer, held("one")).await;
        let somchai = app.log_in("somchai@example.com").await;
        let to = app.operator_id("somchai@example.com").await;
        let passed = json!({ "room": room, "operator_id": to });
        assert_eq!(mali.call("transfer_session", passed).await.0, 200);
        assert_eq!(cancel(&somchai, &room, &message["id"]).await.0, 200);
        let note = json!({ "note": "for us" });
        let note = sent(app, &somchai, &customer, note).await;
        let (status, answer) = cancel(&somchai, &room, &note["id"]).await;
        assert_eq!((status, &answer["code"]), (400, &json!("validation_error")));
    }
);

both_databases!(who_was_away_learns_what_was_taken_back, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let mut somchai = app.console("somchai@example.com").await;
    let message = sent(app, &mali, &customer, held("one")).await;
    let seen = somchai.join(&room).await;
    somchai.tell("leave_room", json!({ "room": room })).await;
    assert_eq!(cancel(&mali, &room, &message["id"]).await.0, 200);
    let ask = json!({ "room": room, "after_rev": seen["rev"] });
    let resumed = somchai.ask("join_room", ask).await;
    let missed = resumed["payload"]["messages"].as_array().expect("lines");
    let told = missed.iter().find(|line| line["id"] == message["id"]);
    assert_eq!(told.expect("it is named")["status"], "cancelled");
    let mut fresh = app.console("admin@example.com").await;
    let joined = fresh.join(&room).await;
    let lines = joined["messages"].as_array().expect("lines");
    assert!(lines.iter().all(|line| line["id"] != message["id"]));
    // The same message again is not sent after all, and no note can quote it.
    let (_, again) = mali
        .call(
            "send_message",
            json!({ "message": repeated(&room, &message) }),
        )
        .await;
    assert_eq!(again["message"]["status"], "cancelled");
    let quoting = json!({ "note": "this one", "quote_message_id": message["id"] });
    let (status, answer) = send(app, &mali, &customer, quoting).await;
    assert_eq!((status, &answer["code"]), (400, &json!("not_quotable")));
});

/// The same message as a client sends it that had no answer.
fn repeated(room: &str, message: &Value) -> Value {
    json!({ "room": room, "client_id": message["client_id"], "text": message["text"] })
}

both_databases!(a_file_that_was_taken_back_can_be_sent_after_all, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let file = taken(mali.upload(&room, "photo.jpg", &photo(1, 64, 48)).await);
    let fields = json!({ "media_id": file["media_id"], "delay_s": 10 });
    let message = sent(app, &mali, &customer, fields.clone()).await;
    assert_eq!(message["kind"], "image");
    let (status, cancelled) = cancel(&mali, &room, &message["id"]).await;
    assert_eq!((status, &cancelled["media"]), (200, &Value::Null));
    let fields = json!({ "media_id": file["media_id"] });
    sent(app, &mali, &customer, fields).await;
    app.outbox_empty().await;
    assert_eq!(on_the_phone(&customer).await.len(), 1);
});

both_databases!(each_message_is_either_taken_back_or_at_line, |app| {
    let (customer, mali) = a_chat(app).await;
    let room = customer.room();
    let mut left = Vec::new();
    for number in 0..12 {
        let text = format!("number {number}");
        let body = draft(app, &customer, &json!({ "text": text }));
        let (_, answer) = mali.call("send_message", json!({ "message": body })).await;
        let (status, answer) = cancel(&mali, &room, &answer["message"]["id"]).await;
        match status {
            200 => assert_eq!(answer["status"], "cancelled"),
            409 => left.push(text),
            _ => panic!("{status}: {answer}"),
        }
    }
    app.outbox_empty().await;
    assert_eq!(customer.texts().await, left);
});
