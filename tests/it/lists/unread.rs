//! Marking as unread, from a message on.

use serde_json::{Value, json};

use super::{chat_of_mali, listed};
use crate::answering::{MALI, SOMCHAI, a_chat, called, refusal, refused};
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

async fn thread(by: &Session, room: &str) -> Value {
    called(by, "thread", json!({ "room": room })).await
}

/// The id of the message with this text.
fn id_of(thread: &Value, text: &str) -> Value {
    let messages = thread["messages"].as_array().expect("a list");
    let found = messages.iter().find(|it| it["text"] == text);
    found.unwrap_or_else(|| panic!("{text} in {thread}"))["id"].clone()
}

both_databases!(
    a_message_and_all_after_it_are_unread_for_the_whole_team,
    |app| {
        let (mali, mut console) = (app.log_in(MALI).await, app.console(SOMCHAI).await);
        let customer = a_chat(app, "Nok").await;
        let room = customer.room();
        for text in ["one", "two", "three"] {
            customer.writes(text).await;
        }
        let opened = thread(&mali, &room).await;
        let rev = opened["conversation"]["rev"].as_i64().expect("a rev");
        let read = called(&mali, "mark_read", json!({ "room": room, "rev": rev })).await;
        assert_eq!(read["unread"], 0);
        let from = json!({ "room": room, "message_id": id_of(&opened, "two") });
        let marked = called(&mali, "mark_unread", from).await;
        assert_eq!(
            (&marked["unread"], &marked["rev"]),
            (&json!(2), &json!(rev + 2))
        );
        let told = console.expect(|it| it["payload"]["rev"] == rev + 2).await;
        assert_eq!(told["payload"]["conversation"]["unread"], 2);
        let (_, page) = listed(&mali, json!({ "tab": "waiting" })).await;
        assert_eq!(page["counts"]["unread"], 1);
        // A console that looked before it heard of the mark does not undo it.
        let late = called(&mali, "mark_read", json!({ "room": room, "rev": rev + 1 })).await;
        assert_eq!(late["unread"], 2);
        // More are unread when more come, and all are read by a look at the end.
        customer.writes("four").await;
        let now = thread(&mali, &room).await;
        assert_eq!(now["conversation"]["unread"], 3);
        let rev = &now["conversation"]["rev"];
        let read = called(&mali, "mark_read", json!({ "room": room, "rev": rev })).await;
        assert_eq!(read["unread"], 0);
        assert!(
            app.audited(&room)
                .await
                .contains(&"conversation.unread".to_owned())
        );
    }
);

both_databases!(what_a_customer_took_back_is_not_unread_again, |app| {
    let customer = chat_of_mali(app, "Nok").await;
    let room = customer.room();
    let mali = app.log_in(MALI).await;
    customer.writes("one").await;
    let two = customer.writes("two").await;
    let from = json!({ "room": room, "message_id": id_of(&thread(&mali, &room).await, "one") });
    assert_eq!(
        called(&mali, "mark_unread", from.clone()).await["unread"],
        2
    );
    customer.act(&format!("unsend/{two}"), json!({})).await;
    assert_eq!(thread(&mali, &room).await["conversation"]["unread"], 1);
    // An answer reads, and from before an answer one may mark as well.
    called(
        &mali,
        "send_message",
        json!({ "message": app.text(&customer, "yes") }),
    )
    .await;
    assert_eq!(thread(&mali, &room).await["conversation"]["unread"], 0);
    assert_eq!(called(&mali, "mark_unread", from).await["unread"], 1);
    // Nobody waits because of that.
    let now = thread(&mali, &room).await;
    assert!(now["conversation"].get("waiting_since").is_none());
});

both_databases!(marking_as_unread_is_for_who_reads_the_chat, |app| {
    let customer = chat_of_mali(app, "Nok").await;
    let room = customer.room();
    let (mali, somchai) = tokio::join!(app.log_in(MALI), app.log_in(SOMCHAI));
    called(
        &mali,
        "send_message",
        json!({ "message": app.text(&customer, "yes") }),
    )
    .await;
    app.outbox_empty().await;
    let now = thread(&mali, &room).await;
    let from = |text: &str| json!({ "room": room, "message_id": id_of(&now, text) });
    let not_claimed = refusal(409, "not_claimed");
    assert_eq!(
        refused(&somchai, "mark_unread", from("hello")).await,
        not_claimed
    );
    let nothing = refused(&mali, "mark_unread", from("yes")).await;
    assert_eq!(nothing, refusal(400, "validation_error"));
    let elsewhere = a_chat(app, "Nut").await;
    let wrong = json!({ "room": elsewhere.room(), "message_id": id_of(&now, "hello") });
    assert_eq!(
        refused(&mali, "mark_unread", wrong).await,
        refusal(404, "not_found")
    );
    let nowhere = json!({ "room": "conversation:Unobody", "message_id": id_of(&now, "hello") });
    assert_eq!(
        refused(&mali, "mark_unread", nowhere).await,
        refusal(404, "room_not_found")
    );
    let after = thread(&mali, &room).await;
    assert_eq!(
        after["conversation"]["rev"], now["conversation"]["rev"],
        "nothing has changed"
    );
});
