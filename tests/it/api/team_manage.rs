//! Managing the team: who may, roles, names, and who may sign in.

use serde_json::{Value, json};

use crate::harness::customer::{Customer, harness_client};
use crate::harness::database::{number, texts};
use crate::harness::session::{PASSWORD, Session, try_login};
use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

const ADMIN: &str = "admin@example.com";
const MALI: &str = "mali@example.com";
const SOMCHAI: &str = "somchai@example.com";

async fn update(session: &Session, change: Value) -> (u16, Value) {
    session.call("update_operator", change).await
}

/// Gives an operator a role, as the administrator does.
async fn give_role(app: &TestApp, admin: &Session, email: &str, role: &str) {
    let id = app.operator_id(email).await;
    let (status, answer) = update(admin, json!({ "id": id, "role": role })).await;
    assert_eq!(status, 200, "{answer}");
}

async fn count_admins(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM operators WHERE role = $1 AND disabled_at IS NULL";
    number(&app.state.db, sql, "admin").await
}

/// A chat that Mali has.
async fn chat_of_mali(app: &TestApp) -> Customer {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console(MALI).await;
    let room = json!({ "room": customer.room() });
    let claimed = mali.ask("claim_session", room).await;
    assert_eq!(claimed["type"], "session_claimed", "{claimed}");
    customer
}

both_databases!(only_administrators_manage_and_supervisors_look, |app| {
    let admin = app.log_in(ADMIN).await;
    let somchai = app.log_in(SOMCHAI).await;
    let id = app.operator_id(MALI).await;
    let changes = [
        (
            "invite",
            json!({ "email": "x@example.com", "name": "X", "role": "operator" }),
        ),
        ("update_operator", json!({ "id": id, "role": "admin" })),
        ("reset_password", json!({ "id": id })),
        ("withdraw_invitation", json!({ "id": id })),
    ];
    for role in ["operator", "supervisor"] {
        give_role(app, &admin, SOMCHAI, role).await;
        for (call, arguments) in &changes {
            let (status, refused) = somchai.call(call, arguments.clone()).await;
            assert_eq!(
                (status, &refused["code"]),
                (403, &json!("forbidden")),
                "{role} {call}"
            );
        }
        let may_look = somchai.call("operators_admin", json!({})).await.0;
        let expected = if role == "supervisor" { 200 } else { 403 };
        assert_eq!(may_look, expected, "{role}");
    }
    for call in changes.map(|(call, _)| call) {
        let answer = harness_client()
            .post(app.url(&format!("/api/{call}")))
            .json(&json!({}))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 401, "{call}");
    }
    let sql = "SELECT count(*) FROM operators WHERE role = $1";
    assert_eq!(number(&app.state.db, sql, "admin").await, 1);
});

both_databases!(the_list_has_everybody_and_says_who_may_sign_in, |app| {
    let _chat = chat_of_mali(app).await;
    app.disable(SOMCHAI).await;
    let admin = app.log_in(ADMIN).await;
    let (status, list) = admin.call("operators_admin", json!({})).await;
    assert_eq!(status, 200, "{list}");
    let operators = list["operators"].as_array().expect("a list");
    let names: Vec<_> = operators.iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["Admin", "Mali", "Somchai"]);
    let mali = &operators[1];
    assert_eq!(mali["email"], MALI);
    assert_eq!(mali["role"], "operator");
    assert_eq!(mali["active_chats"], 1);
    assert!(mali["last_seen_at"].is_string(), "{mali}");
    assert_eq!(mali.get("disabled_at"), None);
    assert!(operators[2]["disabled_at"].is_string());
    assert_eq!(operators[2]["status"], "offline");
    assert_eq!(list["invitations"], json!([]));
    let text = list.to_string();
    assert!(!text.contains("argon2") && !text.contains("password"));
});

both_databases!(another_role_reaches_open_consoles_at_once, |app| {
    let admin = app.log_in(ADMIN).await;
    let chat = chat_of_mali(app).await;
    let somchai = app.log_in(SOMCHAI).await;
    let mut before = WsClient::connect(app.addr, &somchai.token).await;
    let take = json!({
        "room": chat.room(),
        "operator_id": app.operator_id(SOMCHAI).await,
    });
    let refused = before.ask("transfer_session", take.clone()).await;
    assert_eq!(refused["payload"]["code"], "not_claimed");
    let mut colleague = app.console(MALI).await;
    give_role(app, &admin, SOMCHAI, "supervisor").await;
    assert_eq!(before.closed().await, Received::Closed(1001));
    let told = colleague.next("settings_update").await;
    assert_eq!(told["payload"]["section"], "operators");
    let fresh = somchai.call("realtime_token", json!({})).await.1["token"].clone();
    let mut after = WsClient::open(app.addr).await;
    let welcome = after.ask("auth", json!({ "token": fresh })).await;
    assert_eq!(welcome["payload"]["operator"]["role"], "supervisor");
    let taken = after.ask("transfer_session", take.clone()).await;
    assert_eq!(taken["type"], "session_transferred", "{taken}");
    give_role(app, &admin, SOMCHAI, "operator").await;
    assert_eq!(after.closed().await, Received::Closed(1001));
    assert_eq!(somchai.call("operators_admin", json!({})).await.0, 403);
    let sql = "SELECT details FROM audit WHERE action = $1 ORDER BY at, id";
    let audited = texts(&app.state.db, sql, "operator.update").await;
    let first: Value = serde_json::from_str(&audited[0]).expect("JSON");
    let expected = json!({ "from": "operator", "to": "supervisor" });
    assert_eq!(first["role"], expected);
});

both_databases!(the_last_administrator_stays_one, |app| {
    let admin = app.log_in(ADMIN).await;
    let id = app.operator_id(ADMIN).await;
    for (change, field) in [
        (json!({ "id": id, "role": "supervisor" }), "role"),
        (json!({ "id": id, "disabled": true }), "disabled"),
        (
            json!({ "id": id, "name": "Ken", "role": "operator" }),
            "role",
        ),
    ] {
        let (status, refused) = update(&admin, change.clone()).await;
        assert_eq!(
            (status, &refused["code"]),
            (409, &json!("last_admin")),
            "{change}"
        );
        assert_eq!(refused["field"], field);
    }
    assert_eq!(count_admins(app).await, 1);
    let (_, list) = admin.call("operators_admin", json!({})).await;
    assert_eq!(list["operators"][0]["name"], "Admin", "nothing was changed");
    give_role(app, &admin, MALI, "admin").await;
    give_role(app, &admin, ADMIN, "operator").await;
    assert_eq!(count_admins(app).await, 1);
    let (status, _) = update(&admin, json!({ "id": id, "role": "admin" })).await;
    assert_eq!(status, 403, "an operator now");
    app.disable(SOMCHAI).await;
    let refused = app.state.operators.disable(MALI, None).await;
    assert!(refused.is_err(), "by command neither");
});

both_databases!(two_administrators_who_demote_each_other_leave_one, |app| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    let (admins, malis) = (app.operator_id(ADMIN).await, app.operator_id(MALI).await);
    give_role(app, &admin, MALI, "admin").await;
    for round in 0..6 {
        let change = |id: &str| match round % 2 {
            0 => json!({ "id": id, "role": "operator" }),
            _ => json!({ "id": id, "disabled": true }),
        };
        let (one, other) = tokio::join!(
            update(&admin, change(&malis)),
            update(&mali, change(&admins)),
        );
        let won = [&one, &other].iter().filter(|it| it.0 == 200).count();
        assert_eq!(won, 1, "{round}: {one:?} {other:?}");
        assert_eq!(count_admins(app).await, 1, "{round}");
        let (winner, loser) = if one.0 == 200 {
            (&admin, &malis)
        } else {
            (&mali, &admins)
        };
        if round % 2 == 1 {
            break;
        }
        let back = json!({ "id": loser, "role": "admin" });
        let (status, answer) = update(winner, back).await;
        assert_eq!(status, 200, "{answer}");
    }
});

both_databases!(who_is_disabled_is_out_at_once_and_chats_wait_again, |app| {
    let admin = app.log_in(ADMIN).await;
    let chat = chat_of_mali(app).await;
    let mali = app.log_in(MALI).await;
    let mut console = WsClient::connect(app.addr, &mali.token).await;
    let mut somchai = app.console(SOMCHAI).await;
    let id = app.operator_id(MALI).await;
    let (status, _) = update(&admin, json!({ "id": id, "disabled": true })).await;
    assert_eq!(status, 200);
    assert_eq!(console.closed().await, Received::Closed(4403));
    assert_eq!(mali.call("operators", json!({})).await.0, 401);
    let told = somchai.next("session_transferred").await;
    assert_eq!(told["payload"]["session"]["status"], "waiting");
    let audited = app.audited(&chat.room()).await;
    assert!(audited.contains(&"session.give_back".to_owned()));
    let (status, _) = update(&admin, json!({ "id": id, "disabled": false })).await;
    assert_eq!(status, 200);
    assert_eq!(
        mali.call("operators", json!({})).await.0,
        401,
        "log-ins of before stay ended"
    );
    let again = try_login(&harness_client(), app.addr, MALI, PASSWORD).await;
    assert_eq!(again.status(), 200);
});

both_databases!(chats_of_who_is_disabled_can_go_to_a_colleague, |app| {
    let admin = app.log_in(ADMIN).await;
    let (one, two) = (chat_of_mali(app).await, chat_of_mali(app).await);
    let mut somchai = app.console(SOMCHAI).await;
    let (id, to) = (app.operator_id(MALI).await, app.operator_id(SOMCHAI).await);
    let change = json!({ "id": id, "disabled": true, "hand_over_to": to });
    let (status, answer) = update(&admin, change).await;
    assert_eq!(status, 200, "{answer}");
    for chat in [&one, &two] {
        let told = somchai
            .expect(|frame| {
                frame["type"] == "session_transferred"
                    && frame["payload"]["room"] == chat.room().as_str()
            })
            .await;
        let payload = &told["payload"];
        assert_eq!(payload["session"]["status"], "active");
        assert_eq!(payload["session"]["operator"]["id"], to.as_str());
        assert_eq!(payload["from"]["id"], id.as_str());
        assert_eq!(payload["message"]["event"]["name"], "transferred");
        assert_eq!(payload["message"]["event"]["operator"]["name"], "Admin");
        assert_eq!(payload["message"]["event"]["to"]["name"], "Somchai");
        let audited = app.audited(&chat.room()).await;
        assert!(audited.contains(&"session.hand_over".to_owned()));
        let closed = somchai
            .ask("close_session", json!({ "room": chat.room() }))
            .await;
        assert_eq!(closed["type"], "session_closed", "it is theirs: {closed}");
    }
});

both_databases!(a_change_that_cannot_be_whole_is_not_made_at_all, |app| {
    let admin = app.log_in(ADMIN).await;
    let _chat = chat_of_mali(app).await;
    let id = app.operator_id(MALI).await;
    let nobody = "01890000-0000-7000-8000-000000000000";
    app.disable(SOMCHAI).await;
    let somchai = app.operator_id(SOMCHAI).await;
    for (change, field) in [
        (
            json!({ "id": id, "name": "New", "disabled": true, "hand_over_to": id }),
            "hand_over_to",
        ),
        (
            json!({ "id": id, "disabled": true, "hand_over_to": nobody }),
            "hand_over_to",
        ),
        (
            json!({ "id": id, "disabled": true, "hand_over_to": somchai }),
            "hand_over_to",
        ),
        (json!({ "id": id, "hand_over_to": somchai }), "hand_over_to"),
        (json!({ "id": id, "name": "\u{200b}" }), "name"),
        (
            json!({ "id": id, "channels": ["default"], "role": "admin" }),
            "channels",
        ),
        (json!({ "id": id, "capacity": 0 }), "capacity"),
        (json!({ "id": id, "capacity": 1_001 }), "capacity"),
    ] {
        let (status, refused) = update(&admin, change.clone()).await;
        assert_eq!(
            (status, &refused["field"]),
            (400, &json!(field)),
            "{change}"
        );
    }
    let (status, refused) = update(&admin, json!({ "id": nobody, "name": "X" })).await;
    assert_eq!((status, &refused["code"]), (404, &json!("not_found")));
    let (_, list) = admin.call("operators_admin", json!({})).await;
    let mali = &list["operators"][1];
    assert_eq!(
        (&mali["name"], &mali["role"], &mali["active_chats"]),
        (&json!("Mali"), &json!("operator"), &json!(1))
    );
    assert_eq!(mali.get("disabled_at"), None);
});
