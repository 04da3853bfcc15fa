//! Where pages lead to, and what they say to browsers.

use serde_json::{Value, json};

use crate::harness::customer::{Customer, harness_client};
use crate::harness::{TestApp, both_databases};

both_databases!(without_a_session_the_console_leads_to_the_log_in, |app| {
    let http = harness_client();
    for (path, location) in [
        ("/", "/login"),
        ("/?tab=mine", "/login?next=%2F%3Ftab%3Dmine"),
        ("/c/conversation:U1", "/login?next=%2Fc%2Fconversation%3AU1"),
    ] {
        let answer = http.get(app.url(path)).send().await.expect("an answer");
        assert_eq!(answer.status(), 303, "{path}");
        assert_eq!(answer.headers()["location"], location);
    }
});

both_databases!(with_a_session_the_log_in_leads_to_the_console, |app| {
    let http = harness_client();
    let cookie = app.log_in("mali@example.com").await.cookie;
    for (path, location) in [
        ("/login", "/"),
        ("/login?next=%2Fc%2Fconversation%3AU1", "/c/conversation:U1"),
    ] {
        let answer = http.get(app.url(path)).header("cookie", &cookie).send();
        let answer = answer.await.expect("an answer");
        assert_eq!(answer.status(), 303, "{path}");
        assert_eq!(answer.headers()["location"], location);
    }
});

both_databases!(answers_tell_browsers_what_pages_may_do, |app| {
    let answer = harness_client()
        .get(app.url("/"))
        .send()
        .await
        .expect("an answer");
    let header = |name: &str| answer.headers()[name].to_str().expect("ASCII");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("frame-ancestors 'none'"));
    assert!(header("referrer-policy").contains("same-origin"));
    assert!(!header("x-request-id").is_empty());
});

both_databases!(a_large_call_is_refused, |app| {
    let session = app.log_in("mali@example.com").await;
    let answer = harness_client()
        .post(app.url("/api/send_message"))
        .header("cookie", &session.cookie)
        .header("content-type", "application/json")
        .body(vec![b' '; 300 * 1024])
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 413);
});

both_databases!(pages_are_readable_before_any_script_runs, |app| {
    let customer = Customer::new(app.addr, "Ploy").await;
    customer.writes("</script> & more").await;
    let cookie = app.log_in("mali@example.com").await.cookie;
    let room = customer.room();
    for (path, status, words) in [
        ("/".to_owned(), 200, "&lt;/script&gt; &amp; more"),
        (format!("/c/{room}"), 200, "&lt;/script&gt; &amp; more"),
        (
            "/c/conversation:Unobody".to_owned(),
            200,
            "&lt;/script&gt; &amp; more",
        ),
        ("/nowhere".to_owned(), 404, "href=\"/\""),
    ] {
        let answer = harness_client()
            .get(app.url(&path))
            .header("cookie", &cookie)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains(words), "{path}: {page}");
    }
});

both_databases!(the_log_in_page_says_why_a_form_was_refused, |app| {
    let page = harness_client()
        .get(app.url("/login?next=//evil.example&error=rate_limit_exceeded&lang=en"))
        .send()
        .await
        .expect("an answer")
        .text()
        .await
        .expect("a page");
    assert!(page.contains("role=\"alert\""), "{page}");
    assert!(page.contains("Too many"), "{page}");
    assert!(!page.contains("evil.example"), "{page}");
});

both_databases!(
    an_unknown_call_is_not_found_in_json_whoever_makes_it,
    |app| {
        let http = harness_client();
        let cookie = app.log_in("mali@example.com").await.cookie;
        for path in ["/api/nothing", "/api/", "/api/deep/er"] {
            for request in [
                http.get(app.url(path)),
                http.post(app.url(path)).json(&json!({})),
            ] {
                let signed_in = request
                    .try_clone()
                    .expect("no stream")
                    .header("cookie", &cookie);
                for request in [request, signed_in] {
                    let answer = request.send().await.expect("an answer");
                    assert_eq!(answer.status(), 404, "{path}");
                    let body: Value = answer.json().await.expect("JSON");
                    assert_eq!(body["code"], "not_found", "{body}");
                    assert!(body["message"].is_string(), "{body}");
                }
            }
        }
    }
);

both_databases!(scripts_get_what_they_say_in_the_language_they_name, |app| {
    let get = async |cookie: &str, path: &str| {
        let request = harness_client().get(app.url(path)).header("cookie", cookie);
        request.send().await.expect("an answer")
    };
    let said = async |cookie: &str, path: &str| {
        let answer = get(cookie, path).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.json::<Value>().await.expect("JSON")
    };
    let mali = app.log_in("mali@example.com").await.cookie;
    let admin = app.log_in("admin@example.com").await.cookie;
    for (lang, search, keys) in [
        ("en", "Search", "Keyboard shortcuts"),
        ("th", "ค้นหา", "ปุ่มลัด"),
        ("ja", "検索", "キーボードショートカット"),
        ("zh-Hant-TW", "搜尋", "鍵盤快速鍵"),
    ] {
        let told = said(&mali, &format!("/said/search?lang={lang}")).await;
        assert_eq!(told["texts"]["search"], search);
        assert!(told["texts"]["yesterday"].is_string(), "dates come along");
        assert_eq!(told["pages"], Value::Null);
        let told = said(&mali, &format!("/said/keys?lang={lang}")).await;
        assert_eq!(told["texts"]["keys"], keys);
    }
    // Pages are those that this operator may see.
    let own = said(&mali, "/said/palette?lang=en").await;
    let page = json!(["LINE accounts", "/settings/channels"]);
    let pages = |told: &Value| told["pages"].as_array().expect("pages").clone();
    assert_eq!(pages(&own)[0], json!(["Inbox", "/"]));
    assert!(!pages(&own).contains(&page));
    let all = said(&admin, "/said/palette?lang=en").await;
    assert!(pages(&all).contains(&page), "{all}");
    for path in ["/said/search?lang=fr", "/said/nothing?lang=en"] {
        assert_eq!(get(&mali, path).await.status(), 404, "{path}");
    }
    assert_eq!(get(&mali, "/said/search").await.status(), 400);
    assert_eq!(get("", "/said/search?lang=en").await.status(), 303);
});
