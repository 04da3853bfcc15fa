//! Chats that are put off: out of Mine until their time, or until the customer writes.

use serde_json::{Value, json};

use super::{at, chat_of_mali, in_ms, listed, tab};
use crate::answering::{ADMIN, MALI, SOMCHAI, a_chat, called, invalid, refusal, refused};
use crate::harness::database::{change, number};
use crate::harness::{TestApp, both_databases};
use crate::nodes::on_three;

const HOUR: i64 = 3_600_000;

/// The update that says that a chat is put off, or that it is not.
fn is_about(room: &str, snoozed: bool) -> impl Fn(&Value) -> bool {
    move |frame| {
        let conversation = &frame["payload"]["conversation"];
        frame["type"] == "conversation_update"
            && conversation["room"] == room
            && conversation["snoozed_until"].is_string() == snoozed
    }
}

both_databases!(
    a_snoozed_chat_is_out_of_mine_and_found_among_the_snoozed,
    |app| {
        let customer = chat_of_mali(app, "Nok").await;
        let (mali, mut console) = (app.log_in(MALI).await, app.console(SOMCHAI).await);
        let room = customer.room();
        let until = in_ms(HOUR);
        let asked = json!({ "room": room, "until": until });
        let snoozed = called(&mali, "snooze", asked).await;
        assert_eq!(snoozed["snoozed_until"], until.as_str());
        let told = console.expect(is_about(&room, true)).await;
        assert_eq!(told["payload"]["rev"], snoozed["rev"]);
        assert_eq!(told["payload"]["complete"], true);
        assert!(tab(&mali, "mine").await.is_empty());
        assert_eq!(tab(&mali, "all").await, [room.as_str()]);
        let snoozed_ones = json!({ "tab": "mine", "filter": { "snoozed": true } });
        let (rooms, page) = listed(&mali, snoozed_ones).await;
        assert_eq!(
            (rooms, &page["counts"]["mine"]),
            (vec![room.clone()], &json!(1))
        );
        let (_, page) = listed(&mali, json!({ "tab": "mine" })).await;
        assert_eq!(page["counts"]["mine"], 0);
        let back = called(&mali, "unsnooze", json!({ "room": room })).await;
        assert!(back.get("snoozed_until").is_none());
        console.expect(is_about(&room, false)).await;
        assert_eq!(tab(&mali, "mine").await, [room.as_str()]);
        // What is there already is no change.
        let again = called(&mali, "unsnooze", json!({ "room": room })).await;
        assert_eq!(again["rev"], back["rev"]);
        let audited = app.audited(&room).await;
        assert_eq!(
            audited[audited.len() - 2..],
            ["conversation.snooze", "conversation.unsnooze"]
        );
    }
);

both_databases!(a_snoozed_chat_comes_back_at_its_time_once, |app| {
    let customer = chat_of_mali(app, "Nok").await;
    let mut mali = app.console(MALI).await;
    let room = customer.room();
    let asked = json!({ "room": room, "until": in_ms(300) });
    let snoozed = mali.ask("snooze", asked).await;
    assert_eq!(snoozed["type"], "conversation_update", "{snoozed}");
    let back = mali.expect(is_about(&room, false)).await;
    let rev = snoozed["payload"]["rev"].as_i64().expect("a rev");
    assert_eq!(back["payload"]["rev"], rev + 1);
    assert_eq!(tab(&app.log_in(MALI).await, "mine").await, [room.as_str()]);
    let woken = "SELECT count(*) FROM audit WHERE action = $1 AND operator_id IS NULL";
    assert_eq!(number(&app.state.db, woken, "conversation.wake").await, 1);
});

both_databases!(
    a_chat_whose_time_passed_unseen_comes_back_late_rather_than_never,
    |app| {
        // As after a night switched off, and after a clock that was set ahead.
        let customer = chat_of_mali(app, "Nok").await;
        let mut mali = app.console(MALI).await;
        let room = customer.room();
        let asked = json!({ "room": room, "until": in_ms(300 * 24 * HOUR) });
        mali.ask("snooze", asked).await;
        let sql =
            "UPDATE conversations SET snoozed_until = 1000 WHERE snoozed_until > 0 AND $1 = ''";
        change(&app.state.db, sql, "").await;
        mali.expect(is_about(&room, false)).await;
        let woken = "SELECT count(*) FROM audit WHERE action = $1";
        assert_eq!(number(&app.state.db, woken, "conversation.wake").await, 1);
    }
);

both_databases!(whatever_moves_a_chat_ends_its_snooze, |app| {
    let (admin, mali) = tokio::join!(app.log_in(ADMIN), app.log_in(MALI));
    let customer = chat_of_mali(app, "Nok").await;
    let room = json!({ "room": customer.room() });
    let somchai = app.operator_id(SOMCHAI).await;
    let snooze = json!({ "room": customer.room(), "until": in_ms(HOUR) });
    let left = async || {
        let sql = "SELECT count(*) FROM conversations WHERE snoozed_until IS NOT NULL AND $1 = ''";
        number(&app.state.db, sql, "").await
    };
    called(&mali, "snooze", snooze.clone()).await;
    // One's own answer is no reason to see it again; the customer's is.
    called(
        &mali,
        "send_message",
        json!({ "message": app.text(&customer, "soon") }),
    )
    .await;
    assert_eq!(left().await, 1);
    customer.writes("well?").await;
    assert_eq!((left().await, tab(&mali, "mine").await.len()), (0, 1));
    let moves = [
        (
            "transfer_session",
            json!({ "room": customer.room(), "operator_id": somchai }),
        ),
        (
            "transfer_session",
            json!({ "room": customer.room(), "to_queue": true }),
        ),
        ("close_session", room.clone()),
    ];
    for (name, moved) in moves {
        called(&admin, "snooze", snooze.clone()).await;
        assert_eq!(left().await, 1, "{name}");
        called(&admin, name, moved.clone()).await;
        assert_eq!(left().await, 0, "{name} {moved}");
        if moved["to_queue"] == true {
            called(&mali, "claim_session", room.clone()).await;
        }
    }
    let claimed = called(&mali, "claim_session", room).await;
    assert_eq!(claimed["status"], "active", "opened again");
    called(&mali, "snooze", snooze).await;
    app.disable(MALI).await;
    assert_eq!(left().await, 0, "its operator is gone");
});

both_databases!(a_snooze_that_cannot_be_is_refused_in_words, |app| {
    let (admin, mali, somchai) =
        tokio::join!(app.log_in(ADMIN), app.log_in(MALI), app.log_in(SOMCHAI));
    let customer = chat_of_mali(app, "Nok").await;
    let room = customer.room();
    for until in [in_ms(-1), at(0), in_ms(367 * 24 * HOUR)] {
        let asked = json!({ "room": room, "until": until });
        assert_eq!(
            refused(&mali, "snooze", asked).await,
            invalid("until"),
            "{until}"
        );
    }
    let asked = |room: &str| json!({ "room": room, "until": in_ms(HOUR) });
    let unfit = refused(
        &mali,
        "snooze",
        json!({ "room": room, "until": "tomorrow" }),
    )
    .await;
    assert_eq!(unfit, refusal(400, "validation_error"));
    let not_claimed = refusal(409, "not_claimed");
    assert_eq!(refused(&somchai, "snooze", asked(&room)).await, not_claimed);
    let waiting = a_chat(app, "Nut").await;
    assert_eq!(
        refused(&mali, "snooze", asked(&waiting.room())).await,
        not_claimed
    );
    assert_eq!(
        refused(&admin, "snooze", asked(&waiting.room())).await,
        not_claimed
    );
    let nowhere = refused(&mali, "snooze", asked("conversation:Unobody")).await;
    assert_eq!(nowhere, refusal(404, "room_not_found"));
    called(&mali, "close_session", json!({ "room": room })).await;
    let closed = refused(&mali, "snooze", asked(&room)).await;
    assert_eq!(closed, refusal(404, "session_not_found"));
    let closed = refused(&mali, "unsnooze", json!({ "room": room })).await;
    assert_eq!(closed, refusal(404, "session_not_found"));
});

on_three!(of_several_nodes_one_brings_a_chat_back, |cluster| {
    let customer = cluster.known_customer("Nok").await;
    let room = customer.room();
    let mut consoles = Vec::new();
    for n in 0..3 {
        consoles.push(cluster.console(n, MALI).await);
    }
    let claimed = consoles[0]
        .ask("claim_session", json!({ "room": room }))
        .await;
    assert_eq!(claimed["type"], "session_claimed", "{claimed}");
    for console in &mut consoles {
        console
            .expect(|it| it["payload"]["conversation"]["session"]["status"] == "active")
            .await;
    }
    // How the chat stood before is no news of its coming back.
    for console in &mut consoles {
        console.settled("conversation_update").await;
    }
    let asked = json!({ "room": room, "until": in_ms(300) });
    consoles[1].ask("snooze", asked).await;
    for console in &mut consoles {
        console.expect(is_about(&room, false)).await;
    }
    for console in &mut consoles {
        let more = console.settled("conversation_update").await;
        let again = more.iter().filter(|it| is_about(&room, false)(it));
        assert_eq!(again.count(), 0, "{more:?}");
    }
    let woken = "SELECT count(*) FROM audit WHERE action = $1";
    assert_eq!(number(&cluster.db, woken, "conversation.wake").await, 1);
});
