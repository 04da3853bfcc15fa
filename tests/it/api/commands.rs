//! The socket's commands over HTTP: same services, same rules, answers of their own.

use serde_json::{Value, json};

use crate::harness::{TestApp, both_databases};

both_databases!(a_chat_is_served_without_a_socket, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mali = app.log_in("mali@example.com").await;
    let in_room = json!({ "room": room });

    let (status, session) = mali.call("claim_session", in_room.clone()).await;
    assert_eq!(status, 200, "{session}");
    assert_eq!(session["status"], "active");

    let message = json!({ "message": app.text(&customer, "hi") });
    let (status, sent) = mali.call("send_message", message.clone()).await;
    assert_eq!(status, 200, "{sent}");
    assert_eq!(sent["message"]["text"], "hi");
    assert_eq!(sent["rev"], sent["message"]["rev"]);
    let (status, again) = mali.call("send_message", message).await;
    assert_eq!(
        (status, &again["message"]["id"]),
        (200, &sent["message"]["id"])
    );

    let mark = json!({ "room": room, "rev": sent["rev"] });
    let (status, conversation) = mali.call("mark_read", mark).await;
    assert_eq!((status, &conversation["unread"]), (200, &json!(0)));
    assert_eq!(conversation["room"], room);

    let retry = json!({ "room": room, "message_id": sent["message"]["id"] });
    let (status, refused) = mali.call("retry_message", retry).await;
    assert_eq!(
        (status, &refused["code"]),
        (400, &json!("validation_error"))
    );

    let pass_on = json!({ "room": room, "operator_id": null, "note": "later" });
    let (status, session) = mali.call("transfer_session", pass_on).await;
    assert_eq!((status, &session["status"]), (200, &json!("waiting")));
    mali.call("claim_session", in_room.clone()).await;
    let to = app.operator_id("somchai@example.com").await;
    let pass_on = json!({ "room": room, "operator_id": to, "note": null });
    let (status, session) = mali.call("transfer_session", pass_on).await;
    assert_eq!((status, &session["operator"]["id"]), (200, &json!(to)));

    let (status, refused) = mali.call("claim_session", in_room.clone()).await;
    assert_eq!((status, &refused["code"]), (409, &json!("already_claimed")));
    assert_eq!(refused["operator"]["id"], to);
    let message = json!({ "message": app.text(&customer, "not mine") });
    let (status, refused) = mali.call("send_message", message).await;
    assert_eq!((status, &refused["code"]), (409, &json!("not_claimed")));

    let somchai = app.log_in("somchai@example.com").await;
    let (status, session) = somchai.call("close_session", in_room).await;
    assert_eq!((status, &session["status"]), (200, &json!("closed")));
    let (status, team) = somchai
        .call("set_presence", json!({ "status": "away" }))
        .await;
    let team: Vec<Value> = serde_json::from_value(team).expect("a list");
    assert_eq!((status, team.len()), (200, 3));
});

both_databases!(a_command_that_is_none_is_said_to_be_so, |app| {
    let mali = app.log_in("mali@example.com").await;
    for (name, body, status, code) in [
        ("claim_session", json!({}), 400, "validation_error"),
        ("claim_session", json!([7]), 400, "validation_error"),
        (
            "send_message",
            json!({ "text": "hi" }),
            400,
            "validation_error",
        ),
        (
            "close_session",
            json!({ "room": "conversation:Unobody", "note": "a\0b" }),
            400,
            "validation_error",
        ),
        (
            "close_session",
            json!({ "room": "conversation:Unobody" }),
            404,
            "room_not_found",
        ),
        // What is about a connection is no call.
        ("join_room", json!({}), 404, "not_found"),
    ] {
        let (found, answer) = mali.call(name, body).await;
        assert_eq!((found, &answer["code"]), (status, &json!(code)), "{name}");
        assert!(answer["message"].is_string(), "{name}");
    }
});
