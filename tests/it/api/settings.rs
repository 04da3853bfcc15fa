//! Settings without script: who sees which section, forms taken and refused, what is told once.

use reqwest::Response;
use serde_json::json;

use crate::harness::customer::harness_client;
use crate::harness::session::{PASSWORD, Session, try_login};
use crate::harness::{TestApp, both_databases};

const MALI: &str = "mali@example.com";
const ADMIN: &str = "admin@example.com";
const NEW: &str = "seven rivers to cross";
const ACCOUNT: &str = "/settings/account";

async fn get(app: &TestApp, cookie: &str, path: &str) -> Response {
    let request = harness_client().get(app.url(path)).header("cookie", cookie);
    request.send().await.expect("an answer")
}

/// The page at `path`, in English unless it asks for more, with its status.
async fn page(app: &TestApp, cookie: &str, path: &str) -> (u16, String) {
    let answer = get(app, cookie, path).await;
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

async fn post(app: &TestApp, cookie: &str, fields: &[(&str, &str)]) -> Response {
    let request = harness_client().post(app.url(ACCOUNT));
    let request = request.header("cookie", cookie).form(fields);
    request.send().await.expect("an answer")
}

/// A refused form: its status and the page that says why.
async fn refused(app: &TestApp, cookie: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let answer = post(app, cookie, fields).await;
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

/// A form that is taken: the cookies with which the next page is asked for.
async fn taken(app: &TestApp, cookie: &str, fields: &[(&str, &str)]) -> String {
    let answer = post(app, cookie, fields).await;
    assert_eq!(answer.status(), 303, "{:?}", answer.text().await);
    assert_eq!(answer.headers()["location"], ACCOUNT);
    let mut cookies = vec![cookie.to_owned()];
    for set in answer.headers().get_all("set-cookie") {
        let pair = set.to_str().expect("ASCII").split(';').next();
        cookies.push(pair.expect("a pair").to_owned());
    }
    cookies.join("; ")
}

const PASSWORDS: [(&str, &str); 3] = [("form", "password"), ("old", PASSWORD), ("new", NEW)];

/// A look with nothing left out.
const LOOK: [(&str, &str); 4] = [
    ("form", "look"),
    ("language", "th"),
    ("appearance", "dark"),
    ("clock", "12"),
];

both_databases!(the_list_has_what_the_role_may_see_and_nothing_else, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let admin = app.log_in(ADMIN).await.cookie;
    for path in ["/settings", ACCOUNT] {
        let (status, html) = page(app, &mali, path).await;
        assert_eq!(status, 200, "{path}");
        assert!(html.contains("href=\"/settings/account\""), "{html}");
        assert!(!html.contains("href=\"/settings/connections\""), "{html}");
        // A tone is played by a few lines of script; nothing of the console is there.
        assert!(html.matches("<script").count() <= 1, "{html}");
        assert!(!html.contains("sala.js"), "{html}");
        let (_, html) = page(app, &admin, path).await;
        assert!(html.contains("href=\"/settings/connections\""), "{html}");
    }
    let (_, html) = page(app, &mali, "/settings").await;
    assert!(html.contains("data-pane=\"sections\""), "{html}");
    let (_, html) = page(app, &mali, "/settings/canned").await;
    assert!(!html.contains("<script"), "{html}");
    let (_, html) = page(app, &mali, ACCOUNT).await;
    assert!(html.contains("data-pane=\"section\""), "{html}");
    assert!(
        html.contains("<title>My account · Settings · Sala</title>"),
        "{html}"
    );
});

both_databases!(
    a_section_of_others_says_so_in_the_readers_language_and_leads_nowhere,
    |app| {
        let mali = app.log_in(MALI).await.cookie;
        for (lang, words) in [
            ("en", "Only administrators see this"),
            ("th", "เห็นเฉพาะผู้ดูแลระบบ"),
            ("ja", "管理者のみ表示できます"),
            ("zh-TW", "僅管理員可檢視"),
        ] {
            let path = format!("/settings/connections?lang={lang}");
            let (status, html) = page(app, &mali, &path).await;
            assert_eq!(status, 403, "{lang}");
            assert!(html.contains(words), "{html}");
            assert!(
                html.contains("href=\"/settings/account\""),
                "the list stays"
            );
        }
        // A program is told by the same status, in JSON.
        let session = app.log_in(MALI).await;
        let (status, answer) = session.call("connections", json!({})).await;
        assert_eq!((status, &answer["code"]), (403, &json!("forbidden")));
    }
);

both_databases!(what_is_nowhere_says_so_in_the_readers_language, |app| {
    let mali = app.log_in(MALI).await.cookie;
    for cookie in [mali.as_str(), ""] {
        for path in ["/settings/acounts", "/settings/", "/nowhere", "/c/a/b"] {
            for (lang, words) in [
                ("en", "There is nothing at this address"),
                ("th", "ไม่พบหน้านี้"),
                ("ja", "このページは見つかりません"),
                ("zh-TW", "找不到此頁面"),
            ] {
                let (status, html) = page(app, cookie, &format!("{path}?lang={lang}")).await;
                assert_eq!(status, 404, "{path}");
                assert!(html.contains(words), "{path}: {html}");
            }
        }
    }
});

both_databases!(old_addresses_lead_to_where_the_page_is_now, |app| {
    let admin = app.log_in(ADMIN).await.cookie;
    for (old, new) in [
        ("/connections", "/settings/connections"),
        ("/connections?lang=th", "/settings/connections?lang=th"),
    ] {
        let answer = get(app, &admin, old).await;
        assert_eq!(answer.status(), 308);
        assert_eq!(answer.headers()["location"], new);
        assert_eq!(get(app, &admin, new).await.status(), 200);
    }
});

both_databases!(who_is_not_signed_in_is_led_to_the_log_in_and_back, |app| {
    for (path, location) in [
        ("/settings", "/login?next=%2Fsettings"),
        (ACCOUNT, "/login?next=%2Fsettings%2Faccount"),
    ] {
        let answer = get(app, "", path).await;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()["location"], location);
    }
    let answer = post(app, "", &LOOK).await;
    assert_eq!(answer.status(), 303);
    let to = answer.headers()["location"].to_str().expect("ASCII");
    assert!(to.starts_with("/login?next="), "{to}");
    // The log-in leads to no log-in.
    let mali = app.log_in(MALI).await.cookie;
    let answer = get(app, &mali, "/login?next=%2Flogin").await;
    assert_eq!(answer.headers()["location"], "/");
});

both_databases!(a_form_that_is_taken_is_told_once, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let fields = [("form", "profile"), ("name", "Mali J.")];
    let next = taken(app, &mali, &fields).await;
    let answer = get(app, &next, ACCOUNT).await;
    let eaten = answer.headers()["set-cookie"].to_str().expect("ASCII");
    assert!(eaten.starts_with("sala_flash=;"), "{eaten}");
    assert!(eaten.contains("Max-Age=0"), "{eaten}");
    let html = answer.text().await.expect("a page");
    assert!(html.contains("role=\"status\""), "{html}");
    assert!(html.contains("value=\"Mali J.\""), "{html}");
    let (_, html) = page(app, &mali, ACCOUNT).await;
    assert!(!html.contains("role=\"status\""), "{html}");
});

both_databases!(a_refused_form_says_why_and_keeps_what_was_typed, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let long = "a name of twenty-one c";
    let (status, html) = refused(app, &mali, &[("form", "profile"), ("name", long)]).await;
    assert_eq!(status, 400);
    assert!(html.contains(&format!("value=\"{long}\"")), "{html}");
    assert!(
        html.contains("href=\"#profile-name\""),
        "the field is named: {html}"
    );
    assert!(html.contains("aria-invalid=\"true\""), "{html}");
    assert!(html.contains("<title>Not saved: My account"), "{html}");
    let (_, html) = page(app, &mali, ACCOUNT).await;
    assert!(html.contains("value=\"Mali\""), "{html}");
});

both_databases!(a_field_that_is_missing_or_came_twice_is_named, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let (status, html) = refused(app, &mali, &LOOK[..3]).await;
    assert_eq!(status, 400);
    assert!(html.contains("href=\"#look-clock\""), "{html}");
    assert!(!html.contains("href=\"#look-language\""), "{html}");
    let twice = [&LOOK[..], &[("language", "ja")]].concat();
    let (status, html) = refused(app, &mali, &twice).await;
    assert_eq!(status, 400);
    assert!(html.contains("href=\"#look-language\""), "{html}");
    assert!(html.contains("came twice"), "{html}");
    let other = [&LOOK[..1], &[("language", "xx")], &LOOK[2..]].concat();
    let (status, html) = refused(app, &mali, &other).await;
    assert_eq!(status, 400);
    assert!(html.contains("href=\"#look-language\""), "{html}");
    let (status, html) = refused(app, &mali, &[("form", "nothing")]).await;
    assert_eq!(status, 400);
    assert!(html.contains("role=\"alert\""), "{html}");
    let (status, _) = refused(app, &mali, &[("form", "profile"), ("name", "a\0b")]).await;
    assert_eq!(status, 400);
});

both_databases!(language_and_look_hold_from_the_next_page_on, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let fields = [&LOOK[..], &[("buddhist_year", "on")]].concat();
    let next = taken(app, &mali, &fields).await;
    let (_, html) = page(app, &next, ACCOUNT).await;
    assert!(html.contains("<html lang=\"th\""), "{html}");
    assert!(html.contains("data-theme=\"dark\""), "{html}");
    assert!(html.contains("บันทึกแล้ว"), "{html}");
    let (_, console) = page(app, &next, "/").await;
    for attribute in [
        "lang=\"th\"",
        "data-clock=\"12\"",
        "data-years=\"buddhist\"",
    ] {
        assert!(console.contains(attribute), "{attribute}");
    }
});

both_databases!(
    how_long_answers_wait_is_chosen_and_reaches_the_console,
    |app| {
        let mali = app.log_in(MALI).await.cookie;
        let (_, html) = page(app, &mali, ACCOUNT).await;
        assert!(
            html.contains("name=\"delay_s\" value=\"0\" checked"),
            "{html}"
        );
        let fields = [("form", "sending"), ("delay_s", "5")];
        let next = taken(app, &mali, &fields).await;
        let (_, html) = page(app, &next, ACCOUNT).await;
        assert!(
            html.contains("name=\"delay_s\" value=\"5\" checked"),
            "{html}"
        );
        let (_, console) = page(app, &next, "/").await;
        let carried = console.contains("\"delay_s\":5") || console.contains("\\\"delay_s\\\":5");
        assert!(carried, "{console}");
        for seconds in ["11", "300", "soon"] {
            let fields = [("form", "sending"), ("delay_s", seconds)];
            let (status, html) = refused(app, &mali, &fields).await;
            assert_eq!(status, 400);
            assert!(html.contains("href=\"#sending-delay_s\""), "{html}");
        }
    }
);

both_databases!(a_new_password_ends_the_other_log_ins, |app| {
    let mine = app.log_in(MALI).await.cookie;
    let other = app.log_in(MALI).await;
    let next = taken(app, &mine, &PASSWORDS).await;
    let (_, html) = page(app, &next, ACCOUNT).await;
    assert!(html.contains("1 other device was signed out"), "{html}");
    assert_eq!(other.call("my_logins", json!({})).await.0, 401);
    let http = harness_client();
    assert_eq!(try_login(&http, app.addr, MALI, NEW).await.status(), 200);
});

both_databases!(
    passwords_are_refused_beside_their_field_and_never_sent_back,
    |app| {
        let mali = app.log_in(MALI).await.cookie;
        for (old, new, field) in [
            ("not the old one", NEW, "old"),
            (PASSWORD, "short", "new"),
            (PASSWORD, "1234567890", "new"),
        ] {
            let fields = [("form", "password"), ("old", old), ("new", new)];
            let (status, html) = refused(app, &mali, &fields).await;
            assert_eq!(status, 400, "{new}");
            let named = format!("href=\"#password-{field}\"");
            assert!(html.contains(&named), "{html}");
            for secret in [old, new] {
                assert!(!html.contains(&format!("\"{secret}\"")), "{html}");
            }
        }
    }
);

/// The id of the log-in that this session does not have.
async fn other_login(session: &Session) -> String {
    let (_, logins) = session.call("my_logins", json!({})).await;
    let logins = logins.as_array().expect("a list").clone();
    let other = logins.iter().find(|login| login["current"] == false);
    other.expect("another")["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

both_databases!(log_ins_are_ended_one_by_one_or_all_but_this, |app| {
    let mine = app.log_in(MALI).await;
    let other = app.log_in(MALI).await;
    let id = other_login(&mine).await;
    taken(app, &mine.cookie, &[("form", "end"), ("id", &id)]).await;
    assert_eq!(other.call("my_logins", json!({})).await.0, 401);
    let (status, html) = refused(app, &mine.cookie, &[("form", "end"), ("id", &id)]).await;
    assert_eq!(status, 404);
    assert!(html.contains("role=\"alert\""), "{html}");
    let (status, _) = refused(app, &mine.cookie, &[("form", "end"), ("id", "x")]).await;
    assert_eq!(status, 400);

    let third = app.log_in(MALI).await;
    taken(app, &mine.cookie, &[("form", "end_others")]).await;
    assert_eq!(third.call("my_logins", json!({})).await.0, 401);
    assert_eq!(mine.call("my_logins", json!({})).await.0, 200);
});

both_databases!(who_ends_the_log_in_they_use_is_signed_out, |app| {
    let mine = app.log_in(MALI).await;
    let (_, logins) = mine.call("my_logins", json!({})).await;
    let id = logins[0]["id"].as_str().expect("an id");
    let answer = post(app, &mine.cookie, &[("form", "end"), ("id", id)]).await;
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], "/login");
    let cookie = answer.headers()["set-cookie"].to_str().expect("ASCII");
    assert!(cookie.starts_with("sala_session=;"), "{cookie}");
    assert_eq!(mine.call("my_logins", json!({})).await.0, 401);
});

both_databases!(forms_of_other_sites_and_of_other_types_are_refused, |app| {
    let mali = app.log_in(MALI).await.cookie;
    let http = harness_client();
    let request = || http.post(app.url(ACCOUNT)).header("cookie", &mali);
    let strange = request()
        .header("origin", "https://evil.example")
        .form(&LOOK);
    assert_eq!(strange.send().await.expect("an answer").status(), 403);
    let json = request().json(&json!({ "form": "look" }));
    assert_eq!(json.send().await.expect("an answer").status(), 415);
    for (path, expected) in [("/settings/connections", 403), ("/settings/nothing", 404)] {
        let request = http.post(app.url(path)).header("cookie", &mali);
        let answer = request.form(&LOOK).send().await.expect("an answer");
        assert_eq!(answer.status(), expected, "{path}");
    }
});
