//! Messages: stored once, told once, in order.

use serde_json::{Value, json};

use crate::harness::{TestApp, both_databases};

// What went wrong before, 1: every broadcast arrived twice.
both_databases!(
    a_customers_message_reaches_the_room_once_with_growing_revs,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("first").await;
        let mut client = app.console("mali@example.com").await;
        let mut rev = client.join(&customer.room()).await["rev"]
            .as_i64()
            .expect("a rev");
        for n in 0..5 {
            customer.writes(&format!("m{n}")).await;
        }
        for n in 0..5 {
            let frame = client.next("new_message").await;
            assert_eq!(frame["payload"]["message"]["text"], format!("m{n}"));
            assert_eq!(frame["payload"]["message"]["direction"], "in");
            let now = frame["payload"]["rev"].as_i64().expect("a rev");
            assert!(now > rev);
            rev = now;
        }
        assert!(client.settled("new_message").await.is_empty());
    }
);

// What went wrong before, 5: texts were "sanitised" on the way out.
both_databases!(
    sending_is_acknowledged_told_to_the_others_and_reaches_the_customer,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room();
        let mut mali = app.console("mali@example.com").await;
        let mut other_tab = app.console("mali@example.com").await;
        let mut somchai = app.console("somchai@example.com").await;
        for client in [&mut mali, &mut other_tab, &mut somchai] {
            client.join(&room).await;
        }
        mali.ask("claim_session", json!({ "room": room })).await;
        let text = "1 < 2 & x\n<b>ครับ</b> 🍎";
        let draft = app.text(&customer, text);
        let sent = mali.ask("send_message", draft.clone()).await;
        assert_eq!(sent["type"], "message_sent", "{sent}");
        assert_eq!(sent["payload"]["client_id"], draft["client_id"]);
        assert_eq!(sent["payload"]["message"]["status"], "queued");
        for client in [&mut other_tab, &mut somchai] {
            let heard = client.next("new_message").await;
            assert_eq!(
                heard["payload"]["message"]["id"],
                sent["payload"]["message"]["id"]
            );
        }
        assert!(
            mali.settled("new_message").await.is_empty(),
            "the sender has its own answer"
        );
        let is_ours = |f: &Value| f["payload"]["message"]["direction"] == "out";
        let accepted = mali
            .expect(|f| f["type"] == "message_updated" && is_ours(f))
            .await;
        assert_eq!(accepted["payload"]["message"]["status"], "sent");
        assert_eq!(
            customer.texts().await,
            [text],
            "the text is not mangled on its way"
        );
    }
);

// What went wrong before, 6: a retry sent to LINE again (and `outbox/crashes.rs`).
both_databases!(the_same_client_id_stores_and_sends_nothing_twice, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    mali.join(&customer.room()).await;
    mali.ask("claim_session", json!({ "room": customer.room() }))
        .await;
    let draft = app.text(&customer, "once");
    let first = mali.ask("send_message", draft.clone()).await;
    mali.expect(|f| f["payload"]["message"]["status"] == "sent")
        .await;
    let second = mali.ask("send_message", draft.clone()).await;
    assert_eq!(second["type"], "message_sent");
    assert_eq!(
        second["payload"]["message"]["id"],
        first["payload"]["message"]["id"]
    );
    // A queue that flushes late asks after the chat was closed, too.
    mali.ask("close_session", json!({ "room": customer.room() }))
        .await;
    let third = mali.ask("send_message", draft.clone()).await;
    assert_eq!(third["type"], "message_sent", "{third}");
    assert_eq!(
        third["payload"]["message"]["id"],
        first["payload"]["message"]["id"]
    );
    let mut somchai = app.console("somchai@example.com").await;
    let foreign = somchai.ask("send_message", draft).await;
    assert_eq!(foreign["payload"]["code"], "validation_error", "{foreign}");
    assert_eq!(customer.texts().await, ["once"]);
});

both_databases!(the_same_message_from_two_tabs_at_once_is_one, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut one = app.console("mali@example.com").await;
    let mut two = app.console("mali@example.com").await;
    one.ask("claim_session", json!({ "room": customer.room() }))
        .await;
    for n in 0..10 {
        let draft = app.text(&customer, &format!("m{n}"));
        let (a, b) = tokio::join!(
            one.ask("send_message", draft.clone()),
            two.ask("send_message", draft.clone())
        );
        assert_eq!(a["type"], "message_sent", "{a}");
        assert_eq!(b["type"], "message_sent", "{b}");
        assert_eq!(a["payload"]["message"]["id"], b["payload"]["message"]["id"]);
    }
    app.outbox_empty().await;
    assert_eq!(customer.texts().await.len(), 10);
});

both_databases!(only_the_owner_sends_and_notes_are_free_to_all, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    let refused = mali.ask("send_message", app.text(&customer, "hi")).await;
    assert_eq!(refused["payload"]["code"], "not_claimed");
    assert!(refused["payload"]["client_id"].is_string());
    let note = json!({ "room": room, "client_id": app.client_id(), "note": "VIP" });
    let noted = mali.ask("send_message", note).await;
    assert_eq!(noted["payload"]["message"]["direction"], "note");
    assert!(
        customer.inbox().await.is_empty(),
        "a note never goes to LINE"
    );
});

both_databases!(a_message_has_exactly_one_content_of_a_fair_length, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    let long = mali
        .ask("send_message", app.text(&customer, &"🍎".repeat(2_501)))
        .await;
    assert_eq!(long["payload"]["code"], "message_too_long");
    for content in [
        json!({}),
        json!({ "text": " " }),
        json!({ "text": "a", "note": "b" }),
    ] {
        let mut draft = content;
        draft["room"] = json!(room);
        draft["client_id"] = json!(app.client_id());
        let refused = mali.ask("send_message", draft).await;
        assert_eq!(refused["payload"]["code"], "validation_error");
    }
});

// What went wrong before, 7: commands acted on "the current room".
both_databases!(
    commands_name_their_room_so_a_fast_switch_answers_the_right_customer,
    |app| {
        let (one, two) = (app.customer("One").await, app.customer("Two").await);
        one.writes("1").await;
        two.writes("2").await;
        let mut mali = app.console("mali@example.com").await;
        for customer in [&one, &two] {
            mali.join(&customer.room()).await;
            mali.ask("claim_session", json!({ "room": customer.room() }))
                .await;
        }
        for n in 0..5 {
            mali.tell("send_message", app.text(&one, &format!("to one {n}")))
                .await;
            mali.tell("send_message", app.text(&two, &format!("to two {n}")))
                .await;
        }
        // Commands of one connection are served in order: once this is answered, all are stored.
        mali.ask("ping", json!({})).await;
        app.outbox_empty().await;
        let expected = |who: &str| (0..5).map(|n| format!("to {who} {n}")).collect::<Vec<_>>();
        assert_eq!(one.texts().await, expected("one"));
        assert_eq!(two.texts().await, expected("two"));
    }
);

both_databases!(marking_read_is_shared_by_the_team, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("a").await;
    customer.writes("b").await;
    let mut mali = app.console("mali@example.com").await;
    let mut somchai = app.console("somchai@example.com").await;
    let snapshot = mali.join(&customer.room()).await;
    assert_eq!(snapshot["conversation"]["unread"], 2);
    let rev = snapshot["rev"].clone();
    let answer = mali
        .ask("mark_read", json!({ "room": customer.room(), "rev": rev }))
        .await;
    assert_eq!(answer["payload"]["conversation"]["unread"], 0);
    assert_eq!(answer["payload"]["complete"], true);
    let update = somchai
        .expect(|f| {
            f["type"] == "conversation_update" && f["payload"]["conversation"]["unread"] == 0
        })
        .await;
    assert!(update["payload"]["rev"].as_i64() > snapshot["rev"].as_i64());
    // Nobody needs to ask for lines that this change does not have.
    assert_eq!(update["payload"]["complete"], true);
    assert_eq!(update["payload"]["messages"], Value::Null);
    // What changes nothing says nothing about the change before it.
    let again = mali
        .ask("mark_read", json!({ "room": customer.room(), "rev": rev }))
        .await;
    assert_eq!(again["payload"]["complete"], Value::Null);
});

both_databases!(while_somebody_has_a_chat_only_their_looking_counts, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("a").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    let mut admin = app.console("admin@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    customer.writes("b").await;
    let before = admin.join(&room).await;
    assert_eq!(before["conversation"]["unread"], 2);
    let look = json!({ "room": room, "rev": before["rev"] });
    let answer = admin.ask("mark_read", look.clone()).await;
    assert_eq!(answer["type"], "conversation_update", "{answer}");
    assert_eq!(answer["payload"]["conversation"]["unread"], 2);
    assert_eq!(answer["payload"]["rev"], before["rev"]);
    let session = app.log_in("admin@example.com").await;
    let answer = session.call("mark_read", look.clone()).await;
    assert_eq!((answer.0, &answer.1["unread"]), (200, &json!(2)));
    let answer = mali.ask("mark_read", look).await;
    assert_eq!(answer["payload"]["conversation"]["unread"], 0);
});

both_databases!(a_failed_message_says_why_and_can_be_tried_again, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.join(&room).await;
    mali.ask("claim_session", json!({ "room": room })).await;
    app.fault(json!({ "next": 1, "status": 429, "reason": "monthly" }))
        .await;
    mali.ask("send_message", app.text(&customer, "try")).await;
    let is_ours = |f: &Value| f["payload"]["message"]["direction"] == "out";
    let failed = mali
        .expect(|f| f["type"] == "message_updated" && is_ours(f))
        .await;
    let message = &failed["payload"]["message"];
    assert_eq!(message["status"], "failed");
    assert_eq!(message["error"], "You have reached your monthly limit.");
    let retried = mali
        .ask(
            "retry_message",
            json!({ "room": room, "message_id": message["id"] }),
        )
        .await;
    assert_eq!(retried["type"], "message_updated", "{retried}");
    let is_sent = |f: &Value| f["payload"]["message"]["status"] == "sent";
    mali.expect(|f| f["type"] == "message_updated" && is_sent(f))
        .await;
    let again = mali
        .ask(
            "retry_message",
            json!({ "room": room, "message_id": message["id"] }),
        )
        .await;
    assert_eq!(again["payload"]["code"], "validation_error");
    assert_eq!(customer.texts().await, ["try"]);
});

// What went wrong before, 3: the acknowledgement named "the latest message".
both_databases!(
    what_came_while_line_was_slow_is_not_confused_with_the_answer,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room();
        let mut mali = app.console("mali@example.com").await;
        mali.join(&room).await;
        mali.ask("claim_session", json!({ "room": room })).await;
        app.fault(json!({ "next": 1, "status": 200, "delay_ms": 300 }))
            .await;
        let sent = mali.ask("send_message", app.text(&customer, "slow")).await;
        customer.writes("meanwhile").await;
        let is_ours = |f: &Value| f["payload"]["message"]["direction"] == "out";
        let updated = mali
            .expect(|f| f["type"] == "message_updated" && is_ours(f))
            .await;
        assert_eq!(
            updated["payload"]["message"]["id"],
            sent["payload"]["message"]["id"]
        );
        assert_eq!(updated["payload"]["message"]["text"], "slow");
    }
);

// What went wrong before, 4: LINE answered 500 and the socket dropped, nothing stored.
both_databases!(
    line_answering_500_drops_neither_the_socket_nor_the_message,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room();
        let mut mali = app.console("mali@example.com").await;
        mali.join(&room).await;
        mali.ask("claim_session", json!({ "room": room })).await;
        app.fault(json!({ "next": 2, "status": 500 })).await;
        let sent = mali
            .ask("send_message", app.text(&customer, "still here"))
            .await;
        assert_eq!(sent["type"], "message_sent", "stored, whatever LINE says");
        assert_eq!(mali.ask("ping", json!({})).await["type"], "pong");
        let is_sent = |f: &Value| f["payload"]["message"]["status"] == "sent";
        mali.expect(|f| f["type"] == "message_updated" && is_sent(f))
            .await;
        assert_eq!(customer.texts().await, ["still here"]);
    }
);

both_databases!(
    two_tabs_that_send_at_once_reach_line_in_the_order_that_is_shown,
    |app| {
        const EACH: usize = 40;
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room();
        let mut tabs = [
            app.console("mali@example.com").await,
            app.console("mali@example.com").await,
        ];
        tabs[0].ask("claim_session", json!({ "room": room })).await;
        for number in 0..EACH {
            for (tab, client) in tabs.iter_mut().enumerate() {
                let draft = app.text(&customer, &format!("{tab}-{number}"));
                client.tell("send_message", draft).await;
            }
        }
        for client in &mut tabs {
            for _ in 0..EACH {
                client.next("message_sent").await;
            }
        }
        app.outbox_empty().await;
        let shown = tabs[0].ask("join_room", json!({ "room": room })).await;
        let shown = shown["payload"]["messages"].as_array().expect("messages");
        let shown: Vec<_> = shown
            .iter()
            .filter(|message| message["direction"] == "out")
            .map(|message| message["text"].as_str().expect("a text").to_owned())
            .collect();
        let at_line = customer.texts().await;
        assert_eq!(at_line.len(), 2 * EACH);
        // The room shows its latest lines only.
        assert!(at_line.ends_with(&shown), "{at_line:?} {shown:?}");
    }
);

// What went wrong before, 8: broadcasts went out before the commit.
both_databases!(what_a_console_is_told_is_stored_already, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let (mut mali, mut somchai) = (
        app.console("mali@example.com").await,
        app.console("somchai@example.com").await,
    );
    mali.join(&room).await;
    for number in 0..20 {
        let event = app.text_event(&customer, &format!("m{number}"));
        let events = json!([event]);
        let posted = app.webhook(events);
        let told = async {
            let frame = mali.next("new_message").await;
            let snapshot = somchai.join(&room).await;
            assert!(snapshot["rev"].as_i64() >= frame["payload"]["rev"].as_i64());
            let lines = snapshot["messages"].as_array().expect("messages");
            let id = &frame["payload"]["message"]["id"];
            assert!(lines.iter().any(|line| line["id"] == *id), "{frame}");
        };
        assert_eq!(tokio::join!(posted, told).0, 200);
    }
});

// What went wrong before, 13: claims and sends left no audit row.
both_databases!(what_operators_do_is_in_the_audit_log, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.ask("claim_session", json!({ "room": room })).await;
    mali.ask("send_message", app.text(&customer, "hi")).await;
    let note = json!({ "room": room, "client_id": app.client_id(), "note": "VIP" });
    mali.ask("send_message", note).await;
    mali.ask(
        "transfer_session",
        json!({ "room": room, "to_queue": true }),
    )
    .await;
    mali.ask("claim_session", json!({ "room": room })).await;
    mali.ask("close_session", json!({ "room": room })).await;
    assert_eq!(
        app.audited(&room).await,
        [
            "session.claim",
            "message.send",
            "message.note",
            "session.requeue",
            "session.claim",
            "session.close",
        ]
    );
});

// What went wrong before, 15: notes were not saved.
both_databases!(a_note_is_there_for_whoever_opens_the_chat_later, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    let note = json!({ "room": room, "client_id": app.client_id(), "note": "VIP\n<b>" });
    mali.ask("send_message", note).await;
    mali.leave().await;
    let snapshot = app.console("somchai@example.com").await.join(&room).await;
    let last = &snapshot["messages"][1];
    assert_eq!(last["direction"], "note");
    assert_eq!(last["text"], "VIP\n<b>");
    assert_eq!(last["sender"]["name"], "Mali");
    assert!(customer.inbox().await.is_empty());
});

both_databases!(
    a_refused_message_harms_no_other_that_is_sent_with_it,
    |app| {
        let mut desks = Vec::new();
        for n in 0..10 {
            let customer = app.customer(&format!("Nut {n}")).await;
            customer.writes("hello").await;
            let mut client = app.console("mali@example.com").await;
            if n != 4 {
                client
                    .ask("claim_session", json!({ "room": customer.room() }))
                    .await;
            }
            desks.push((customer, client));
        }
        for round in 0..5 {
            let sends = desks.iter_mut().map(|(customer, client)| {
                let text = app.text(customer, &format!("m{round}"));
                client.ask("send_message", text)
            });
            let answers = futures_util::future::join_all(sends).await;
            for (n, answer) in answers.iter().enumerate() {
                match n {
                    4 => assert_eq!(answer["payload"]["code"], "not_claimed", "{answer}"),
                    _ => assert_eq!(answer["type"], "message_sent", "{answer}"),
                }
            }
        }
        app.outbox_empty().await;
        let texts = ["m0", "m1", "m2", "m3", "m4"];
        for (n, (customer, _)) in desks.iter().enumerate() {
            let expected = if n == 4 { &texts[..0] } else { &texts };
            assert_eq!(customer.texts().await, expected, "customer {n}");
        }
    }
);

both_databases!(lines_are_told_just_as_they_are_read_later, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    let mut somchai = app.console("somchai@example.com").await;
    // Her profile renames the lines that were there before it.
    let named = |page: &Value| page["conversation"]["contact"]["display_name"] == "Nut";
    while !named(&mali.join(&room).await) {}
    let first = customer.writes("1 < 2 & \"x\"\n👍").await;
    let sticker = json!({ "type": "sticker", "packageId": "446", "stickerId": "1988" });
    customer.sends(sticker).await;
    let place = json!({ "type": "location", "title": "Shop", "address": "Silom 1",
        "latitude": 13.7, "longitude": 100.5 });
    customer.sends(place).await;
    customer
        .sends(json!({ "type": "text", "text": "this one", "quotedMessageId": first }))
        .await;
    customer.act("block", json!({})).await;
    customer.act("unblock", json!({})).await;
    somchai.ask("claim_session", json!({ "room": room })).await;
    let note = json!({ "room": room, "client_id": app.client_id(), "note": "regular" });
    somchai.ask("send_message", note).await;
    let mut told = Vec::new();
    while told.len() < 7 {
        told.push(mali.next("new_message").await["payload"]["message"].clone());
    }
    let read = mali.join(&room).await;
    let read = read["messages"].as_array().expect("lines");
    for line in &told {
        assert!(read.contains(line), "{line} is not among {read:?}");
    }
});
