//! Links by which somebody chooses a password, once.

use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::database::{change, number, texts};
use crate::harness::session::{PASSWORD, Session, try_login};
use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

const ADMIN: &str = "admin@example.com";
const MALI: &str = "mali@example.com";
const NOK: &str = "nok@example.com";
const NEW: &str = "seven rivers to cross";

/// Invites Nok; answers what the administrator is shown.
async fn invite(admin: &Session) -> Value {
    let arguments = json!({ "email": "Nok@Example.com ", "name": "นก", "role": "supervisor" });
    let (status, link) = admin.call("invite", arguments).await;
    assert_eq!(status, 200, "{link}");
    link
}

/// The token at the end of a link.
fn token(link: &Value) -> String {
    let url = link["url"].as_str().expect("a link");
    let (_, token) = url.rsplit_once('/').expect("a path");
    token.to_owned()
}

/// Uses a link, as somebody who is not signed in; answers status, body and the session's cookie.
async fn accept(app: &TestApp, link: &Value, password: &str) -> (u16, Value, Option<String>) {
    let answer = harness_client()
        .post(app.url("/api/accept_invitation"))
        .json(&json!({ "token": token(link), "password": password }))
        .send()
        .await
        .expect("an answer");
    let cookie = answer.headers().get("set-cookie");
    let cookie = cookie.map(|cookie| cookie.to_str().expect("ASCII").to_owned());
    let status = answer.status().as_u16();
    (status, answer.json().await.expect("JSON"), cookie)
}

async fn signs_in(app: &TestApp, email: &str, password: &str) -> bool {
    let answer = try_login(&harness_client(), app.addr, email, password).await;
    answer.status() == 200
}

async fn invitations(admin: &Session) -> Vec<Value> {
    let (_, list) = admin.call("operators_admin", json!({})).await;
    list["invitations"].as_array().expect("a list").clone()
}

both_databases!(somebody_new_joins_by_a_link_that_works_once, |app| {
    let admin = app.log_in(ADMIN).await;
    let link = invite(&admin).await;
    let url = link["url"].as_str().expect("a link");
    let origin = app.state.config.public_url.origin();
    assert!(url.starts_with(&format!("{origin}/invitation/")), "{url}");
    let end: sala::protocol::Timestamp =
        serde_json::from_value(link["expires_at"].clone()).expect("a time");
    let hours = end.since(sala::clock::now()) / 3_600_000;
    assert!((71..=72).contains(&hours), "{hours}");
    let listed = invitations(&admin).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["email"], NOK);
    assert_eq!(listed[0]["inviter"], "Admin");
    assert_eq!(listed[0].get("url"), None, "it is shown once");
    let mut console = app.console(MALI).await;
    let (status, body, cookie) = accept(app, &link, NEW).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["operator"]["name"], "นก");
    assert_eq!(body["operator"]["role"], "supervisor");
    assert!(cookie.is_some_and(|cookie| cookie.contains("sala_session=")));
    let token = body["token"].as_str().expect("a token");
    WsClient::connect(app.addr, token).await.leave().await;
    let told = console.next("settings_update").await;
    assert_eq!(told["payload"]["section"], "operators");
    assert!(signs_in(app, NOK, NEW).await);
    assert_eq!(invitations(&admin).await.len(), 0);
    let (status, body, _) = accept(app, &link, "another one to try").await;
    assert_eq!((status, &body["code"]), (404, &json!("not_found")));
    assert!(signs_in(app, NOK, NEW).await);
});

both_databases!(only_a_hash_of_the_token_is_kept, |app| {
    let admin = app.log_in(ADMIN).await;
    let token = token(&invite(&admin).await);
    assert!(token.len() >= 43, "256 bits: {token}");
    let sql = "SELECT details FROM audit WHERE $1 = ''";
    let audited = texts(&app.state.db, sql, "").await.join(" ");
    assert!(!audited.contains(&token), "{audited}");
    let hash = sala::secrets::token_hash(&token);
    let mut reader = app.state.db.reader().await.expect("a reader");
    let found = reader
        .conn()
        .invitation_by_token(&hash, sala::clock::now())
        .await;
    assert!(found.expect("read").is_some());
});

both_databases!(looking_at_a_link_uses_nothing_up, |app| {
    let admin = app.log_in(ADMIN).await;
    let link = invite(&admin).await;
    let path = format!("/invitation/{}", token(&link));
    let http = harness_client();
    for _ in 0..10 {
        http.get(app.url(&path)).send().await.expect("an answer");
        http.head(app.url(&path)).send().await.expect("an answer");
    }
    assert_eq!(accept(app, &link, NEW).await.0, 200);
});

both_databases!(a_refused_password_leaves_the_link_as_it_was, |app| {
    let admin = app.log_in(ADMIN).await;
    let link = invite(&admin).await;
    for (password, reason) in [("short", "too_short"), ("password1234", "common")] {
        let (status, body, _) = accept(app, &link, password).await;
        assert_eq!((status, &body["field"]), (400, &json!("password")));
        assert_eq!(body["reason"], reason);
    }
    assert_eq!(accept(app, &link, NEW).await.0, 200);
});

both_databases!(of_many_who_use_a_link_at_once_one_joins, |app| {
    let admin = app.log_in(ADMIN).await;
    let link = invite(&admin).await;
    let tries = (0..6).map(|_| accept(app, &link, NEW));
    let answers = futures_util::future::join_all(tries).await;
    let statuses: Vec<u16> = answers.iter().map(|(status, ..)| *status).collect();
    let joined = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(joined, 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 404)));
    let sql = "SELECT count(*) FROM operators WHERE email = $1";
    assert_eq!(number(&app.state.db, sql, NOK).await, 1);
});

both_databases!(links_end_by_age_by_hand_and_by_another_link, |app| {
    let admin = app.log_in(ADMIN).await;
    let first = invite(&admin).await;
    let second = invite(&admin).await;
    assert_eq!(accept(app, &first, NEW).await.0, 404, "there is another");
    let sql = "UPDATE invitations SET expires_at = created_at WHERE email = $1";
    change(&app.state.db, sql, NOK).await;
    assert_eq!(accept(app, &second, NEW).await.0, 404, "too old");
    let listed = invitations(&admin).await;
    assert_eq!(listed.len(), 1, "it is shown as ended");
    assert_eq!(listed[0]["expires_at"], listed[0]["created_at"]);
    let third = invite(&admin).await;
    let id = json!({ "id": third["id"] });
    let withdrawn = admin.call("withdraw_invitation", id.clone()).await;
    assert_eq!(withdrawn.0, 200);
    assert_eq!(accept(app, &third, NEW).await.0, 404, "withdrawn");
    assert_eq!(admin.call("withdraw_invitation", id).await.0, 404);
    let made_up = json!({ "url": "/invitation/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" });
    assert_eq!(accept(app, &made_up, NEW).await.0, 404);
    let sql = "SELECT count(*) FROM operators WHERE email = $1";
    assert_eq!(number(&app.state.db, sql, NOK).await, 0);
});

both_databases!(who_is_there_already_is_not_invited, |app| {
    let admin = app.log_in(ADMIN).await;
    for (arguments, status, field) in [
        (
            json!({ "email": "MALI@example.com", "name": "M", "role": "operator" }),
            409,
            "email",
        ),
        (
            json!({ "email": "mali", "name": "M", "role": "operator" }),
            400,
            "email",
        ),
        (
            json!({ "email": NOK, "name": "a name of 21 letters!", "role": "operator" }),
            400,
            "name",
        ),
        (
            json!({ "email": NOK, "name": "N", "role": "operator", "channels": ["default"] }),
            400,
            "channels",
        ),
    ] {
        let (answered, refused) = admin.call("invite", arguments.clone()).await;
        assert_eq!(
            (answered, &refused["field"]),
            (status, &json!(field)),
            "{arguments}"
        );
    }
    assert_eq!(invitations(&admin).await.len(), 0);
});

both_databases!(a_forgotten_password_is_chosen_anew_by_a_link, |app| {
    let admin = app.log_in(ADMIN).await;
    let mali = app.log_in(MALI).await;
    let mut console = WsClient::connect(app.addr, &mali.token).await;
    let id = json!({ "id": app.operator_id(MALI).await });
    let (status, link) = admin.call("reset_password", id).await;
    assert_eq!(status, 200, "{link}");
    assert_eq!(invitations(&admin).await.len(), 0, "it invites nobody");
    assert!(signs_in(app, MALI, PASSWORD).await, "until it is used");
    assert_eq!(mali.call("operators", json!({})).await.0, 200);
    let (status, body, _) = accept(app, &link, NEW).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["operator"]["name"], "Mali");
    assert_eq!(console.closed().await, Received::Closed(4401));
    assert_eq!(mali.call("operators", json!({})).await.0, 401);
    assert!(!signs_in(app, MALI, PASSWORD).await);
    assert!(signs_in(app, MALI, NEW).await);
    assert_eq!(accept(app, &link, PASSWORD).await.0, 404, "once");
});

both_databases!(who_is_disabled_comes_in_by_no_link, |app| {
    let admin = app.log_in(ADMIN).await;
    let id = json!({ "id": app.operator_id(MALI).await });
    let (_, link) = admin.call("reset_password", id.clone()).await;
    app.disable(MALI).await;
    assert_eq!(accept(app, &link, NEW).await.0, 404);
    let (status, refused) = admin.call("reset_password", id).await;
    assert_eq!((status, &refused["code"]), (404, &json!("not_found")));
});

/// The page of a link, in a language.
async fn page(app: &TestApp, link: &Value, language: &str) -> (u16, String) {
    let answer = harness_client()
        .get(app.url(&format!("/invitation/{}", token(link))))
        .header("accept-language", language)
        .send()
        .await
        .expect("an answer");
    (
        answer.status().as_u16(),
        answer.text().await.expect("a page"),
    )
}

/// Sends the page's form; answers status, page, where to, and the cookies.
async fn send_form(
    app: &TestApp,
    link: &Value,
    fields: &[(&str, &str)],
) -> (u16, String, String, String) {
    let answer = harness_client()
        .post(app.url(&format!("/invitation/{}", token(link))))
        .form(fields)
        .send()
        .await
        .expect("an answer");
    let header = |name| {
        let values = answer.headers().get_all(name).into_iter();
        let values: Vec<_> = values.map(|v| v.to_str().expect("ASCII")).collect();
        values.join("; ")
    };
    let (to, cookies) = (header("location"), header("set-cookie"));
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"), to, cookies)
}

both_databases!(the_links_page_works_without_script, |app| {
    let admin = app.log_in(ADMIN).await;
    let link = invite(&admin).await;
    for (language, words) in [
        ("en", "Join the team"),
        ("th", "เข้าร่วมทีม"),
        ("ja", "チームに参加"),
        ("zh-TW", "加入團隊"),
    ] {
        let (status, page) = page(app, &link, language).await;
        assert_eq!(status, 200);
        assert!(
            page.contains(words) && page.contains(NOK),
            "{language}: {page}"
        );
        assert!(!page.contains("<script"), "{page}");
        let title = page.split("<title>").nth(1).expect("a title");
        let title = title.split("</title>").next().expect("its end");
        assert!(
            !title.contains("นก") && !title.contains("Join"),
            "no preview: {title}"
        );
    }
    let short = [("name", "นก ใหม่"), ("password", "short")];
    let (status, page_text, ..) = send_form(app, &link, &short).await;
    assert_eq!(status, 400);
    assert!(page_text.contains("นก ใหม่"), "what was typed stays");
    assert!(page_text.contains("password-error"), "{page_text}");
    assert!(!page_text.contains("short\""), "but no password");
    let twice = [("password", NEW), ("password", NEW)];
    assert_eq!(send_form(app, &link, &twice).await.0, 400);
    assert_eq!(
        send_form(app, &link, &[("name", "นก")]).await.0,
        400,
        "none at all"
    );
    let whole = [("name", "นก ใหม่"), ("password", NEW)];
    let (status, _, to, cookies) = send_form(app, &link, &whole).await;
    assert_eq!((status, to.as_str()), (303, "/"));
    assert!(cookies.contains("sala_session="), "{cookies}");
    assert!(signs_in(app, NOK, NEW).await);
    let (status, over) = page(app, &link, "en").await;
    assert_eq!(status, 404);
    assert!(over.contains("This link is no longer valid"), "{over}");
    let (status, over, ..) = send_form(app, &link, &whole).await;
    assert_eq!(status, 404);
    assert!(over.contains("no longer valid"));
});
