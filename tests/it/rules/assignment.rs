//! Chats that a rule gives to operators, and takes back from those who have gone.

use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, SOMCHAI, called, invalid, refused};
use crate::harness::customer::Customer;
use crate::harness::database::{change, number, texts};
use crate::harness::session::Session;
use crate::harness::ws_client::WsClient;
use crate::harness::{TestApp, both_databases, in_time_on_both};

const MINUTE: i64 = 60_000;

fn saving(section: &str, version: i64, value: &Value) -> Value {
    json!({ "section": section, "version": version, "value": value })
}

async fn set_rule(by: &Session, version: i64, value: Value) {
    let saved = called(by, "save_settings", saving("assignment", version, &value)).await;
    assert_eq!(saved, json!({ "version": version + 1, "value": value }));
}

/// A customer who has written, and whom nobody looks at.
async fn writes(app: &TestApp, name: &str) -> Customer {
    let customer = app.customer(name).await;
    customer.writes("hello").await;
    customer
}

/// Waits until a rule has given this chat to somebody; answers whom.
async fn assigned(console: &mut WsClient, customer: &Customer) -> String {
    let room = customer.room();
    let is_it = |frame: &Value| {
        frame["type"] == "session_claimed"
            && frame["payload"]["room"] == room
            && frame["payload"]["by"] == "rule"
    };
    let told = console.expect(is_it).await;
    let payload = &told["payload"];
    let event = &payload["message"]["event"];
    assert_eq!(event["name"], "assigned", "{told}");
    assert_eq!(event["to"], payload["session"]["operator"], "{told}");
    let name = payload["session"]["operator"]["name"].as_str();
    name.expect("somebody").to_owned()
}

async fn waiting(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM conversations WHERE state = $1";
    number(&app.state.db, sql, "waiting").await
}

async fn active(app: &TestApp, name: &str) -> i64 {
    let sql = "SELECT count(*) FROM sessions s JOIN operators o ON o.id = s.operator_id \
         WHERE s.status = 'active' AND o.name = $1";
    number(&app.state.db, sql, name).await
}

async fn close(by: &Session, customer: &Customer) {
    let room = json!({ "room": customer.room() });
    called(by, "close_session", room).await;
}

async fn is(by: &Session, status: &str) {
    called(by, "set_presence", json!({ "status": status })).await;
}

both_databases!(
    chats_come_in_turn_and_whoever_waited_longest_goes_first,
    |app| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        let somchai = app.log_in(SOMCHAI).await;
        let mut console = app.console(MALI).await;
        let other = app.console(SOMCHAI).await;
        let (first, second) = (writes(app, "One").await, writes(app, "Two").await);
        let third = writes(app, "Three").await;
        assert_eq!(waiting(app).await, 3);
        let rule = json!({ "mode": "round_robin", "capacity": 1 });
        set_rule(&admin, 0, rule).await;
        let mut owners = vec![
            assigned(&mut console, &first).await,
            assigned(&mut console, &second).await,
        ];
        let owner_of_first = owners[0].clone();
        owners.sort_unstable();
        assert_eq!(owners, ["Mali", "Somchai"]);
        // Both are full.
        let fourth = writes(app, "Four").await;
        assert_eq!(waiting(app).await, 2);
        let by = if owner_of_first == "Mali" {
            &mali
        } else {
            &somchai
        };
        close(by, &first).await;
        assert_eq!(assigned(&mut console, &third).await, owner_of_first);
        // There is more room; both have got as many, and the one who got one longer ago is next.
        set_rule(&admin, 1, json!({ "mode": "round_robin", "capacity": 2 })).await;
        let next = assigned(&mut console, &fourth).await;
        assert_ne!(next, owner_of_first);
        let sql = "SELECT details FROM audit WHERE action = $1 AND operator_id IS NULL";
        assert_eq!(texts(&app.state.db, sql, "session.assign").await.len(), 4);
        let thread = called(&mali, "thread", json!({ "room": fourth.room() })).await;
        let lines = thread["messages"].as_array().expect("lines");
        assert!(
            lines.iter().any(|line| line["event"]["name"] == "assigned"),
            "{thread}"
        );
        other.leave().await;
    }
);

both_databases!(an_operator_may_have_a_number_of_their_own, |app| {
    let admin = app.log_in(ADMIN).await;
    let id = app.operator_id(MALI).await;
    let mut console = app.console(MALI).await;
    called(
        &admin,
        "update_operator",
        json!({ "id": id, "capacity": 2 }),
    )
    .await;
    set_rule(&admin, 0, json!({ "mode": "least_busy", "capacity": 1 })).await;
    let customers = [writes(app, "One").await, writes(app, "Two").await];
    for customer in &customers {
        assert_eq!(assigned(&mut console, customer).await, "Mali");
    }
    let third = writes(app, "Three").await;
    assert_eq!((waiting(app).await, active(app, "Mali").await), (1, 2));
    let team = called(&admin, "operators_admin", json!({})).await;
    let mali = team["operators"].as_array().expect("a list");
    let mali = mali.iter().find(|one| one["name"] == "Mali");
    assert_eq!(mali.expect("Mali")["capacity"], 2);
    // More room, and the chat that waits is theirs.
    called(
        &admin,
        "update_operator",
        json!({ "id": id, "capacity": 3 }),
    )
    .await;
    assert_eq!(assigned(&mut console, &third).await, "Mali");
    // The team's number again: three are more than that.
    called(
        &admin,
        "update_operator",
        json!({ "id": id, "capacity": "team" }),
    )
    .await;
    let fourth = writes(app, "Four").await;
    close(&app.log_in(MALI).await, &third).await;
    assert_eq!((waiting(app).await, active(app, "Mali").await), (1, 2));
    set_rule(&admin, 1, json!({ "mode": "least_busy", "capacity": 3 })).await;
    assert_eq!(assigned(&mut console, &fourth).await, "Mali");
    let sql = "SELECT details FROM audit WHERE action = $1";
    let told = texts(&app.state.db, sql, "operator.update").await;
    assert_eq!(told.len(), 3);
    let to = |details: &String| {
        let details: Value = serde_json::from_str(details).unwrap_or_default();
        details["capacity"]["to"].clone()
    };
    assert!(told.iter().any(|details| to(details) == "team"), "{told:?}");
});

both_databases!(whoever_is_not_there_gets_nothing, |app| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    let mut console = app.console(MALI).await;
    is(&mali, "busy").await;
    set_rule(&admin, 0, json!({ "mode": "least_busy", "capacity": 2 })).await;
    let busy = writes(app, "One").await;
    let mut looking = app.console(MALI).await;
    is(&mali, "away").await;
    let away = writes(app, "Two").await;
    let is_away = |frame: &Value| {
        frame["type"] == "presence_update"
            && frame["payload"]["operators"].as_array().is_some_and(|all| {
                all.iter()
                    .any(|it| it["name"] == "Mali" && it["status"] == "away")
            })
    };
    looking.expect(is_away).await;
    assert_eq!((waiting(app).await, active(app, "Mali").await), (2, 0));
    is(&mali, "online").await;
    assert_eq!(assigned(&mut console, &busy).await, "Mali");
    assert_eq!(assigned(&mut console, &away).await, "Mali");
    // Nobody else was there, and the console of another kind is nobody's.
    assert_eq!(active(app, "Admin").await, 0);
});

both_databases!(whoever_had_the_customer_is_asked_first, |app| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    let customer = writes(app, "Nok").await;
    let mut console = app.console(MALI).await;
    let other = app.console(SOMCHAI).await;
    let room = json!({ "room": customer.room() });
    called(&mali, "claim_session", room).await;
    close(&mali, &customer).await;
    let rule = json!({ "mode": "round_robin", "capacity": 1, "sticky_days": 30 });
    set_rule(&admin, 0, rule).await;
    // Mali has got one, so that it is Somchai's turn.
    let first = writes(app, "One").await;
    if assigned(&mut console, &first).await == "Mali" {
        close(&mali, &first).await;
    } else {
        let somchai = app.log_in(SOMCHAI).await;
        close(&somchai, &first).await;
        let sql = "UPDATE operators SET assigned_at = 9000000000000 WHERE name = $1";
        change(&app.state.db, sql, "Mali").await;
    }
    customer.writes("it is me again").await;
    assert_eq!(assigned(&mut console, &customer).await, "Mali");
    close(&mali, &customer).await;
    // Too long ago.
    let sql = "UPDATE sessions SET closed_at = closed_at - 2678400000 WHERE status = $1";
    change(&app.state.db, sql, "closed").await;
    customer.writes("and again").await;
    assert_eq!(assigned(&mut console, &customer).await, "Somchai");
    other.leave().await;
});

in_time_on_both!(
    what_somebody_who_is_gone_leaves_unanswered_goes_back,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        let rule = json!({
            "mode": "manual", "capacity": 5, "reassign_after_minutes": 10,
        });
        set_rule(&admin, 0, rule).await;
        let mut console = app.console(MALI).await;
        let (waits, answered) = (writes(app, "One").await, writes(app, "Two").await);
        for customer in [&waits, &answered] {
            let room = json!({ "room": customer.room() });
            called(&mali, "claim_session", room).await;
        }
        let message = app.text(&answered, "Anything else?");
        called(&mali, "send_message", json!({ "message": message })).await;
        // Somchai has no console.
        let somchai = app.operator_id(SOMCHAI).await;
        for customer in [&waits, &answered] {
            let to = json!({ "room": customer.room(), "operator_id": somchai });
            called(&mali, "transfer_session", to).await;
        }
        let gone = "SELECT count(*) FROM operators WHERE name = $1 AND gone_since IS NOT NULL";
        while number(&app.state.db, gone, "Somchai").await == 0 {
            tokio::task::yield_now().await;
        }
        time.pass(9 * MINUTE);
        let still = writes(app, "Three").await;
        assert_eq!(active(app, "Somchai").await, 2);
        time.pass(2 * MINUTE);
        let room = waits.room();
        let is_back = |frame: &Value| {
            frame["type"] == "session_transferred"
                && frame["payload"]["room"] == room
                && frame["payload"]["message"]["event"]["name"] == "left_waiting"
        };
        let told = console.expect(is_back).await;
        assert_eq!(told["payload"]["from"]["name"], "Somchai");
        assert_eq!(told["payload"]["session"]["status"], "waiting");
        // What was answered stays, and comes back once its customer writes.
        assert_eq!(active(app, "Somchai").await, 1);
        answered.writes("one thing more").await;
        let room = answered.room();
        let is_back = |frame: &Value| {
            frame["type"] == "session_transferred"
                && frame["payload"]["room"] == room
                && frame["payload"]["session"]["status"] == "waiting"
        };
        console.expect(is_back).await;
        let sql = "SELECT details FROM audit WHERE action = $1 AND operator_id IS NULL";
        let audited = texts(&app.state.db, sql, "session.left_waiting").await;
        assert_eq!(audited.len(), 2);
        // The longest-waiting first, as before.
        let list = called(&mali, "conversations", json!({ "tab": "waiting" })).await;
        let rooms = list["conversations"].as_array().expect("chats").iter();
        let rooms: Vec<_> = rooms.map(|chat| chat["room"].clone()).collect();
        assert_eq!(rooms, [waits.room(), still.room(), answered.room()]);
    }
);

both_databases!(a_chat_waits_until_its_account_opens, |app| {
    let admin = app.log_in(ADMIN).await;
    let mut console = app.console(MALI).await;
    let never = json!({ "default": { "week": {
        "mon": [], "tue": [], "wed": [], "thu": [], "fri": [], "sat": [], "sun": [],
    }, "holidays": [] }});
    called(&admin, "save_settings", saving("hours", 0, &never)).await;
    set_rule(&admin, 0, json!({ "mode": "round_robin", "capacity": 5 })).await;
    let customer = writes(app, "Nok").await;
    let room = customer.room();
    let waits =
        |frame: &Value| frame["type"] == "conversation_update" && frame["payload"]["room"] == room;
    console.expect(waits).await;
    assert_eq!(active(app, "Mali").await, 0);
    called(&admin, "save_settings", saving("hours", 1, &json!({}))).await;
    assert_eq!(assigned(&mut console, &customer).await, "Mali");
});

/// A random number below `most`.
fn random(seed: &mut u64, most: u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % most
}

both_databases!(
    after_any_history_no_chat_waits_while_somebody_has_room,
    |app| {
        const CAPACITY: i64 = 2;
        let admin = app.log_in(ADMIN).await;
        let operators = [app.log_in(MALI).await, app.log_in(SOMCHAI).await];
        let mut console = app.console(MALI).await;
        let other = app.console(SOMCHAI).await;
        let rule = json!({ "mode": "least_busy", "capacity": CAPACITY, "sticky_days": 1 });
        set_rule(&admin, 0, rule).await;
        let mut customers = Vec::new();
        for n in 0..7 {
            customers.push(writes(app, &format!("Customer {n}")).await);
        }
        let mut there = [true, true];
        let mut seed = 11;
        for _ in 0..40 {
            let who = usize::try_from(random(&mut seed, 2)).expect("small");
            let which = usize::try_from(random(&mut seed, 7)).expect("small");
            let (by, customer) = (&operators[who], &customers[which]);
            let room = json!({ "room": customer.room() });
            // What is not theirs is refused, and that is as good.
            match random(&mut seed, 5) {
                0 => drop(customer.writes("again").await),
                1 => drop(by.call("close_session", room).await),
                2 => drop(by.call("transfer_session", room).await),
                3 => drop(by.call("claim_session", room).await),
                _ => {
                    there[who] = !there[who];
                    is(by, if there[who] { "online" } else { "away" }).await;
                }
            }
        }
        loop {
            let names = ["Mali", "Somchai"];
            let mut room = 0;
            for (name, there) in names.iter().zip(there) {
                let free = CAPACITY - active(app, name).await;
                room += if there { free.max(0) } else { 0 };
            }
            if waiting(app).await == 0 || room == 0 {
                break;
            }
            // Each step is told.
            console.receive().await;
        }
        let sql = "SELECT count(*) FROM (SELECT conversation_id FROM sessions WHERE status <> $1 \
         GROUP BY conversation_id HAVING count(*) > 1) AS twice";
        assert_eq!(number(&app.state.db, sql, "closed").await, 0);
        other.leave().await;
    }
);

both_databases!(a_rule_of_assignment_is_refused_by_its_field, |app| {
    let admin = app.log_in(ADMIN).await;
    let rule = |more: (&str, Value)| {
        let mut rule = json!({ "mode": "manual", "capacity": 6 });
        rule[more.0] = more.1;
        rule
    };
    for (value, field) in [
        (rule(("capacity", json!(0))), "capacity"),
        (rule(("capacity", json!(1_001))), "capacity"),
        (rule(("sticky_days", json!(0))), "sticky_days"),
        (
            rule(("reassign_after_minutes", json!(0))),
            "reassign_after_minutes",
        ),
        (rule(("mode", json!("random"))), "value"),
        (rule(("more", json!(1))), "value"),
        (json!({ "capacity": 6 }), "value"),
    ] {
        let refused = refused(&admin, "save_settings", saving("assignment", 0, &value)).await;
        assert_eq!(refused, invalid(field), "{value}");
    }
    let off = called(&admin, "settings", json!({ "section": "assignment" })).await;
    let value = json!({ "mode": "manual", "capacity": 6 });
    assert_eq!(off, json!({ "version": 0, "value": value }));
});
