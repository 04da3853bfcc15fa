//! One's own account: name and preferences, password, log-ins.

use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::database::{number, texts};
use crate::harness::session::{PASSWORD, Session, try_login};
use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

const MALI: &str = "mali@example.com";
const NEW: &str = "seven rivers to cross";

/// Signs in from a browser that calls itself so; answers the session's cookie.
async fn sign_in_from(app: &TestApp, email: &str, agent: &str) -> String {
    let answer = harness_client()
        .post(app.url("/api/login"))
        .header("user-agent", agent)
        .json(&json!({ "email": email, "password": PASSWORD }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    let cookie = answer.headers()["set-cookie"].to_str().expect("ASCII");
    cookie.split(';').next().expect("a pair").to_owned()
}

async fn can_sign_in(app: &TestApp, email: &str, password: &str) -> bool {
    try_login(&harness_client(), app.addr, email, password)
        .await
        .status()
        == 200
}

/// The id of the log-in of this session.
async fn login_of(session: &Session) -> Value {
    let (status, logins) = session.call("my_logins", json!({})).await;
    assert_eq!(status, 200, "{logins}");
    let logins = logins.as_array().expect("a list");
    let current: Vec<_> = logins.iter().filter(|one| one["current"] == true).collect();
    assert_eq!(current.len(), 1, "{logins:?}");
    assert_eq!(logins[0]["current"], true, "it stands first");
    current[0]["id"].clone()
}

async fn audited(app: &TestApp, action: &str) -> Vec<Value> {
    let sql = "SELECT details FROM audit WHERE action = $1 ORDER BY at, id";
    let details = texts(&app.state.db, sql, action).await;
    let read = |text: &String| serde_json::from_str(text).expect("JSON");
    details.iter().map(read).collect()
}

both_databases!(without_a_log_in_nobody_has_an_account, |app| {
    for call in [
        "save_profile",
        "change_password",
        "my_logins",
        "end_login",
        "end_other_logins",
    ] {
        let answer = harness_client()
            .post(app.url(&format!("/api/{call}")))
            .json(&json!({}))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 401, "{call}");
    }
});

both_databases!(a_profile_keeps_what_is_not_given, |app| {
    let mali = app.log_in(MALI).await;
    let (status, saved) = mali
        .call(
            "save_profile",
            json!({ "language": "zh-TW", "clock": 12, "buddhist_year": true }),
        )
        .await;
    assert_eq!(status, 200, "{saved}");
    assert_eq!(saved["name"], "Mali");
    assert_eq!(saved["email"], MALI);
    assert_eq!(saved["role"], "operator");
    assert_eq!(saved["language"], "zh-TW");
    assert_eq!(saved["clock"], 12);
    assert_eq!(saved["buddhist_year"], true);
    assert_eq!(saved.get("appearance"), None, "as the browser has it");
    let (status, saved) = mali
        .call("save_profile", json!({ "appearance": "dark" }))
        .await;
    assert_eq!(status, 200);
    assert_eq!(saved["language"], "zh-TW", "it stays");
    assert_eq!(saved["appearance"], "dark");
    assert_eq!(saved["delay_s"], 0, "answers leave at once");
    let (_, saved) = mali.call("save_profile", json!({ "delay_s": 10 })).await;
    assert_eq!(
        (&saved["delay_s"], &saved["clock"]),
        (&json!(10), &json!(12))
    );
    assert_eq!(
        (&saved["send_with"], &saved["single_keys"]),
        (&json!("enter"), &json!(true))
    );
    let keys = json!({ "send_with": "ctrl_enter", "single_keys": false });
    let (_, saved) = mali.call("save_profile", keys).await;
    assert_eq!(
        (&saved["send_with"], &saved["single_keys"]),
        (&json!("ctrl_enter"), &json!(false))
    );
    for bad in [
        json!({ "delay_s": 11 }),
        json!({ "delay_s": -1 }),
        json!({ "language": "de" }),
        json!({ "clock": 13 }),
        json!({ "appearance": "pink" }),
        json!({ "send_with": "return" }),
        json!({ "single_keys": 1 }),
    ] {
        let (status, refused) = mali.call("save_profile", bad.clone()).await;
        assert_eq!(
            (status, &refused["code"]),
            (400, &json!("validation_error")),
            "{bad}"
        );
    }
    let audited = audited(app, "operator.save_profile").await;
    assert_eq!(audited.len(), 4);
    assert_eq!(audited[0]["language"], "zh-TW");
    assert_eq!(audited[2]["delay_s"], 10);
    assert_eq!(audited[3]["send_with"], "ctrl_enter");
});

both_databases!(a_new_name_reaches_open_consoles_and_colleagues, |app| {
    let mali = app.log_in(MALI).await;
    let mut console = WsClient::connect(app.addr, &mali.token).await;
    let mut somchai = app.console("somchai@example.com").await;
    let (status, _) = mali.call("save_profile", json!({ "language": "th" })).await;
    assert_eq!(status, 200);
    assert_eq!(console.settled("error").await.len(), 0, "it stays open");
    let (status, saved) = mali.call("save_profile", json!({ "name": "  มะลิ " })).await;
    assert_eq!((status, &saved["name"]), (200, &json!("มะลิ")));
    assert_eq!(console.closed().await, Received::Closed(1001));
    let token = mali.call("realtime_token", json!({})).await.1["token"].clone();
    let mut again = WsClient::open(app.addr).await;
    let welcome = again.ask("auth", json!({ "token": token })).await;
    assert_eq!(welcome["payload"]["operator"]["name"], "มะลิ");
    somchai
        .expect(|frame| {
            let operators = frame["payload"]["operators"].as_array();
            frame["type"] == "presence_update"
                && operators.is_some_and(|all| all.iter().any(|one| one["name"] == "มะลิ"))
        })
        .await;
    let audited = audited(app, "operator.save_profile").await;
    assert_eq!(audited[1]["name"], json!({ "from": "Mali", "to": "มะลิ" }));
});

both_databases!(names_that_deceive_or_do_not_fit_are_refused, |app| {
    let mali = app.log_in(MALI).await;
    for (name, reason) in [
        ("", "missing"),
        ("\u{200b}", "missing"),
        ("a name of 21 letters!", "too_long"),
        ("a\u{202e}b", "unseen"),
    ] {
        let (status, refused) = mali.call("save_profile", json!({ "name": name })).await;
        assert_eq!(status, 400, "{name:?}");
        assert_eq!(refused["code"], "validation_error");
        assert_eq!(refused["field"], "name");
        assert_eq!(refused["reason"], reason, "{name:?}");
    }
    assert_eq!(audited(app, "operator.save_profile").await.len(), 0);
});

both_databases!(a_new_password_ends_all_other_log_ins_at_once, |app| {
    let here = app.log_in(MALI).await;
    let mut console = WsClient::connect(app.addr, &here.token).await;
    let (phone, tablet) = (app.log_in(MALI).await, app.log_in(MALI).await);
    let mut on_phone = WsClient::connect(app.addr, &phone.token).await;
    let somchai = app.log_in("somchai@example.com").await;
    let (status, answer) = here
        .call("change_password", json!({ "old": PASSWORD, "new": NEW }))
        .await;
    assert_eq!((status, &answer["ended"]), (200, &json!(2)), "{answer}");
    assert_eq!(on_phone.closed().await, Received::Closed(4401));
    for ended in [&phone, &tablet] {
        assert_eq!(ended.call("operators", json!({})).await.0, 401);
    }
    assert_eq!(here.call("operators", json!({})).await.0, 200);
    assert_eq!(console.settled("error").await.len(), 0, "this one stays");
    assert_eq!(somchai.call("operators", json!({})).await.0, 200);
    assert!(!can_sign_in(app, MALI, PASSWORD).await);
    assert!(can_sign_in(app, MALI, NEW).await);
    let audited = audited(app, "operator.change_password").await;
    assert_eq!(audited, [json!({ "ended": 2 })]);
});

both_databases!(a_password_changes_only_for_who_knows_it, |app| {
    let mali = app.log_in(MALI).await;
    let (status, refused) = mali
        .call(
            "change_password",
            json!({ "old": PASSWORD, "new": "short" }),
        )
        .await;
    assert_eq!((status, &refused["field"]), (400, &json!("new")));
    assert_eq!(refused["reason"], "too_short");
    let (_, refused) = mali
        .call(
            "change_password",
            json!({ "old": PASSWORD, "new": "password1234" }),
        )
        .await;
    assert_eq!(refused["reason"], "common");
    let wrong = json!({ "old": "a guess at it", "new": NEW });
    for _ in 0..10 {
        let (status, refused) = mali.call("change_password", wrong.clone()).await;
        assert_eq!((status, &refused["field"]), (400, &json!("old")));
        assert_eq!(refused["reason"], "wrong");
    }
    let right = json!({ "old": PASSWORD, "new": NEW });
    let (status, refused) = mali.call("change_password", right).await;
    assert_eq!(
        (status, &refused["code"]),
        (429, &json!("rate_limit_exceeded"))
    );
    assert_eq!(audited(app, "operator.change_password").await.len(), 0);
});

both_databases!(of_two_changes_of_a_password_at_once_one_wins, |app| {
    let (one, other) = (app.log_in(MALI).await, app.log_in(MALI).await);
    let to = |new: &str| json!({ "old": PASSWORD, "new": new });
    let (first, second) = tokio::join!(
        one.call("change_password", to("the first of two words")),
        other.call("change_password", to("the second of two words")),
    );
    // The loser's log-in may be gone before it asks.
    let won = [&first, &second].iter().filter(|it| it.0 == 200).count();
    assert_eq!(won, 1, "{first:?} {second:?}");
    let first_holds = can_sign_in(app, MALI, "the first of two words").await;
    let second_holds = can_sign_in(app, MALI, "the second of two words").await;
    assert_eq!(first_holds, first.0 == 200);
    assert_eq!(second_holds, second.0 == 200);
});

both_databases!(no_log_in_with_the_old_password_outlives_the_change, |app| {
    let mali = app.log_in(MALI).await;
    let http = harness_client();
    let tries = (0..12).map(|_| try_login(&http, app.addr, MALI, PASSWORD));
    let (changed, _) = tokio::join!(
        mali.call("change_password", json!({ "old": PASSWORD, "new": NEW })),
        futures_util::future::join_all(tries),
    );
    assert_eq!(changed.0, 200);
    let sql = "SELECT count(*) FROM logins l JOIN operators o ON o.id = l.operator_id \
         WHERE o.email = $1";
    assert_eq!(number(&app.state.db, sql, MALI).await, 1);
});

both_databases!(ones_log_ins_are_recognised_by_device_and_address, |app| {
    let mali = app.log_in(MALI).await;
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
         (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    sign_in_from(app, MALI, agent).await;
    sign_in_from(app, "somchai@example.com", "curl/8.5.0").await;
    let (status, logins) = mali.call("my_logins", json!({})).await;
    assert_eq!(status, 200);
    let logins = logins.as_array().expect("a list");
    assert_eq!(logins.len(), 2, "{logins:?}");
    assert_eq!(logins[0]["current"], true);
    let phone = &logins[1];
    assert_eq!(phone["current"], false);
    assert_eq!(phone["browser"], "Safari");
    assert_eq!(phone["system"], "iPhone");
    assert_eq!(phone["address"], "127.0.0.1");
    assert!(phone["created_at"].is_string() && phone["last_seen_at"].is_string());
});

both_databases!(
    an_ended_log_in_is_out_at_once_and_only_ones_own_ends,
    |app| {
        let (here, phone) = (app.log_in(MALI).await, app.log_in(MALI).await);
        let mut on_phone = WsClient::connect(app.addr, &phone.token).await;
        let somchai = app.log_in("somchai@example.com").await;
        let his = login_of(&somchai).await;
        let (status, refused) = here.call("end_login", json!({ "id": his })).await;
        assert_eq!((status, &refused["code"]), (404, &json!("not_found")));
        assert_eq!(somchai.call("operators", json!({})).await.0, 200);
        let id = login_of(&phone).await;
        assert_eq!(here.call("end_login", json!({ "id": id })).await.0, 200);
        assert_eq!(on_phone.closed().await, Received::Closed(4401));
        assert_eq!(phone.call("operators", json!({})).await.0, 401);
        let (status, _) = here.call("end_login", json!({ "id": id })).await;
        assert_eq!(status, 404, "it has ended");
        let own = login_of(&here).await;
        assert_eq!(here.call("end_login", json!({ "id": own })).await.0, 200);
        assert_eq!(here.call("operators", json!({})).await.0, 401);
        let audited = audited(app, "operator.end_login").await;
        assert_eq!(audited.len(), 2);
        assert_eq!(audited[1]["current"], true);
    }
);

both_databases!(all_other_log_ins_end_together, |app| {
    let here = app.log_in(MALI).await;
    let (one, two) = (app.log_in(MALI).await, app.log_in(MALI).await);
    let mut socket = WsClient::connect(app.addr, &two.token).await;
    let (status, answer) = here.call("end_other_logins", json!({})).await;
    assert_eq!((status, &answer["ended"]), (200, &json!(2)));
    assert_eq!(socket.closed().await, Received::Closed(4401));
    for ended in [&one, &two] {
        assert_eq!(ended.call("operators", json!({})).await.0, 401);
    }
    assert_eq!(here.call("operators", json!({})).await.0, 200);
    assert!(can_sign_in(app, MALI, PASSWORD).await);
    let (_, answer) = here.call("end_other_logins", json!({})).await;
    assert_eq!(answer["ended"], 1, "the one of just now");
});
