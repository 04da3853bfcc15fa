//! Claim, transfer, close.

use serde_json::{Value, json};

use crate::harness::{TestApp, both_databases, database};

both_databases!(
    of_simultaneous_claims_one_wins_and_the_others_are_told_who,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room();
        let mut consoles = Vec::new();
        for email in [
            "admin@example.com",
            "mali@example.com",
            "somchai@example.com",
        ] {
            for _ in 0..4 {
                consoles.push(app.console(email).await);
            }
        }
        let claims = consoles
            .iter_mut()
            .map(|one| one.ask("claim_session", json!({ "room": room })));
        let answers = futures_util::future::join_all(claims).await;
        let (won, lost): (Vec<Value>, Vec<Value>) = answers
            .into_iter()
            .partition(|answer| answer["type"] == "session_claimed");
        assert_eq!(won.len(), 1, "{won:?}");
        let winner = &won[0]["payload"]["session"]["operator"];
        for answer in lost {
            assert_eq!(answer["payload"]["code"], "already_claimed");
            assert_eq!(&answer["payload"]["operator"], winner);
        }
        for console in &mut consoles {
            let heard = console.settled("session_claimed").await.len();
            assert!(heard <= 1, "one event reaches one connection once");
        }
    }
);

both_databases!(claiming_what_is_not_waiting_is_refused, |app| {
    let customer = app.customer("Nut").await;
    customer.act("block", json!({})).await;
    let mut mali = app.console("mali@example.com").await;
    let none = mali
        .ask("claim_session", json!({ "room": customer.room() }))
        .await;
    assert_eq!(none["payload"]["code"], "session_not_found");
    let nowhere = mali
        .ask("claim_session", json!({ "room": "conversation:Unobody" }))
        .await;
    assert_eq!(nowhere["payload"]["code"], "room_not_found");
});

both_databases!(a_transfer_changes_the_owner_and_everyone_hears_it, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    let mut somchai = app.console("somchai@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    let to = app.operator_id("somchai@example.com").await;
    let answer = mali
        .ask(
            "transfer_session",
            json!({ "room": room, "operator_id": to, "note": "ask him" }),
        )
        .await;
    assert_eq!(answer["type"], "session_transferred", "{answer}");
    assert_eq!(answer["payload"]["from"]["name"], "Mali");
    assert_eq!(answer["payload"]["session"]["operator"]["id"], to.as_str());
    somchai.next("session_transferred").await;
    let refused = mali
        .ask("send_message", app.text(&customer, "me again"))
        .await;
    assert_eq!(refused["payload"]["code"], "not_claimed");
    let sent = somchai
        .ask("send_message", app.text(&customer, "now me"))
        .await;
    assert_eq!(sent["type"], "message_sent");
});

both_databases!(a_transfer_to_the_queue_makes_it_waiting_again, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    let answer = mali
        .ask(
            "transfer_session",
            json!({ "room": room, "to_queue": true }),
        )
        .await;
    assert_eq!(answer["payload"]["session"]["status"], "waiting");
    assert_eq!(answer["payload"]["session"].get("operator"), None);
    let neither = mali.ask("transfer_session", json!({ "room": room })).await;
    assert_eq!(neither["payload"]["code"], "validation_error");
});

both_databases!(
    only_owner_and_supervisors_move_a_chat_and_taking_over_is_audited,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room();
        let mut mali = app.console("mali@example.com").await;
        let mut somchai = app.console("somchai@example.com").await;
        let mut admin = app.console("admin@example.com").await;
        mali.ask("claim_session", json!({ "room": room })).await;
        let refused = somchai.ask("close_session", json!({ "room": room })).await;
        assert_eq!(refused["payload"]["code"], "not_claimed");
        let me = app.operator_id("admin@example.com").await;
        let taken = admin
            .ask(
                "transfer_session",
                json!({ "room": room, "operator_id": me }),
            )
            .await;
        assert_eq!(taken["payload"]["session"]["operator"]["id"], me.as_str());
        let actions = app.audited(&room).await;
        assert!(actions.contains(&"session.claim".to_owned()), "{actions:?}");
        assert!(
            actions.contains(&"session.take_over".to_owned()),
            "{actions:?}"
        );
    }
);

both_databases!(a_closed_chat_opens_again_when_the_customer_writes, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    let first = mali.ask("claim_session", json!({ "room": room })).await;
    let closed = mali
        .ask("close_session", json!({ "room": room, "note": "done" }))
        .await;
    assert_eq!(closed["type"], "session_closed");
    assert_eq!(closed["payload"]["session"]["status"], "closed");
    let again = mali.ask("close_session", json!({ "room": room })).await;
    assert_eq!(again["payload"]["code"], "session_not_found");
    customer.writes("one more thing").await;
    let update = mali
        .expect(|f| {
            f["type"] == "conversation_update"
                && f["payload"]["conversation"]["session"]["status"] == "waiting"
                && f["payload"]["conversation"]["session"]["id"]
                    != first["payload"]["session"]["id"]
        })
        .await;
    assert_eq!(update["payload"]["conversation"]["unread"], 1);
});

both_databases!(
    a_chat_closed_by_mistake_is_opened_again_by_an_operator_within_a_day,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room();
        let mut mali = app.console("mali@example.com").await;
        let mut somchai = app.console("somchai@example.com").await;
        let first = mali.ask("claim_session", json!({ "room": room })).await;
        mali.ask("close_session", json!({ "room": room })).await;
        let mut others = Vec::new();
        for _ in 0..4 {
            others.push(app.console("admin@example.com").await);
        }
        let claims = others
            .iter_mut()
            .map(|one| one.ask("claim_session", json!({ "room": room })));
        let (own, mut answers) = tokio::join!(
            somchai.ask("claim_session", json!({ "room": room })),
            futures_util::future::join_all(claims)
        );
        answers.push(own);
        let (won, lost): (Vec<Value>, Vec<Value>) = answers
            .into_iter()
            .partition(|answer| answer["type"] == "session_claimed");
        assert_eq!(won.len(), 1, "{won:?}");
        let (session, winner) = (
            &won[0]["payload"]["session"],
            &won[0]["payload"]["session"]["operator"],
        );
        for answer in lost {
            assert_eq!(answer["payload"]["code"], "already_claimed");
            assert_eq!(&answer["payload"]["operator"], winner);
        }
        assert_eq!(session["status"], "active");
        assert_ne!(session["id"], first["payload"]["session"]["id"]);
        let line = &won[0]["payload"]["message"];
        assert_eq!(line["event"]["name"], "reopened");
        assert_eq!(line["event"]["operator"]["id"], winner["id"]);
        let told = mali
            .expect(|f| {
                f["type"] == "session_claimed" && f["payload"]["session"]["id"] == session["id"]
            })
            .await;
        assert_eq!(&told["payload"]["session"]["operator"], winner);
        let audited = app.audited(&room).await;
        assert!(audited.contains(&"session.reopen".to_owned()));
        // It is a chat like any other: the customer's next message belongs to it.
        customer.writes("and one thing").await;
        let update = mali
            .expect(|f| {
                f["type"] == "conversation_update"
                    && f["payload"]["conversation"]["last_message"]["text"] == "and one thing"
            })
            .await;
        let now = &update["payload"]["conversation"]["session"];
        assert_eq!(
            (&now["id"], &now["status"]),
            (&session["id"], &json!("active"))
        );
    }
);

both_databases!(a_day_after_its_closing_a_chat_stays_closed, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    mali.ask("close_session", json!({ "room": room })).await;
    let sql = "UPDATE sessions SET closed_at = closed_at - 86400001 WHERE status = $1";
    database::change(&app.state.db, sql, "closed").await;
    let refused = mali.ask("claim_session", json!({ "room": room })).await;
    assert_eq!(refused["payload"]["code"], "session_not_found", "{refused}");
});

// What went wrong before, 10: a new waiting session raised no event.
both_databases!(a_new_waiting_session_is_told_to_every_operator, |app| {
    let mut mali = app.console("mali@example.com").await;
    let mut somchai = app.console("somchai@example.com").await;
    let customer = app.customer("ณัฐธิดา").await;
    customer.writes("สวัสดีค่ะ").await;
    for client in [&mut mali, &mut somchai] {
        let update = client.next("conversation_update").await;
        let conversation = &update["payload"]["conversation"];
        assert_eq!(conversation["session"]["status"], "waiting");
        assert_eq!(conversation["last_message"]["text"], "สวัสดีค่ะ");
        assert_eq!(update["payload"].get("messages"), None);
    }
});
