//! `POST /api/login` and the form.

use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::session::{PASSWORD, try_login};
use crate::harness::{TestApp, both_databases};

both_databases!(
    a_login_answers_operator_and_token_and_sets_the_cookie,
    |app| {
        let answer = try_login(&harness_client(), app.addr, " Mali@Example.com ", PASSWORD).await;
        assert_eq!(answer.status(), 200);
        let cookie = answer.headers()["set-cookie"]
            .to_str()
            .expect("ASCII")
            .to_owned();
        assert!(cookie.starts_with("sala_session="), "{cookie}");
        for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=604800"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "{cookie}");
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(body["operator"]["name"], "Mali");
        assert_eq!(body["operator"]["role"], "operator");
        assert!(body["token"].as_str().is_some_and(|token| token.len() > 40));
    }
);

both_databases!(whatever_is_wrong_the_answer_is_the_same, |app| {
    let http = harness_client();
    app.disable("somchai@example.com").await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("mali@example.com", "wrong"),
        ("nobody@example.com", PASSWORD),
        ("somchai@example.com", PASSWORD),
        ("", ""),
    ] {
        let answer = try_login(&http, app.addr, email, password).await;
        assert_eq!(answer.status(), 401, "{email}");
        assert!(!answer.headers().contains_key("set-cookie"));
        answers.push(answer.json::<Value>().await.expect("JSON"));
    }
    assert_eq!(answers[0]["code"], "not_authenticated");
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:?}"
    );
});

both_databases!(after_ten_failures_even_the_right_password_waits, |app| {
    let http = harness_client();
    for _ in 0..12 {
        assert_eq!(
            try_login(&http, app.addr, "mali@example.com", PASSWORD)
                .await
                .status(),
            200
        );
    }
    for _ in 0..10 {
        assert_eq!(
            try_login(&http, app.addr, "mali@example.com", "wrong")
                .await
                .status(),
            401
        );
    }
    let refused = try_login(&http, app.addr, "mali@example.com", PASSWORD).await;
    assert_eq!(refused.status(), 429);
    let wait: u64 = refused.headers()["retry-after"]
        .to_str()
        .expect("ASCII")
        .parse()
        .expect("s");
    assert!((1..=300).contains(&wait), "{wait}");
    let body: Value = refused.json().await.expect("JSON");
    assert_eq!(body["code"], "rate_limit_exceeded");
    assert!(
        body["retry_after_ms"]
            .as_u64()
            .is_some_and(|ms| ms <= 300_000)
    );
    let elsewhere = try_login(&http, app.addr, "admin@example.com", PASSWORD).await;
    assert_eq!(
        elsewhere.status(),
        429,
        "the address has used its tries up too"
    );
});

both_databases!(a_login_that_is_no_login_is_a_bad_request, |app| {
    let http = harness_client();
    for body in ["", "{", "[]", r#"{"email":"mali@example.com"}"#] {
        let answer = http
            .post(app.url("/api/login"))
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 400, "{body}");
        assert_eq!(
            answer.json::<Value>().await.expect("JSON")["code"],
            "validation_error"
        );
    }
});

both_databases!(another_sites_page_cannot_sign_anyone_in, |app| {
    let http = harness_client();
    for path in ["/api/login", "/login"] {
        let answer = http
            .post(app.url(path))
            .header("origin", "https://evil.example")
            .json(&json!({ "email": "mali@example.com", "password": PASSWORD }))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 403, "{path}");
    }
});

both_databases!(the_form_signs_in_without_script, |app| {
    let http = harness_client();
    let submit = |password: &'static str, next: &'static str| {
        let form = [
            ("email", "mali@example.com"),
            ("password", password),
            ("next", next),
        ];
        http.post(app.url("/login"))
            .header("origin", app.url(""))
            .form(&form)
            .send()
    };
    let good = submit(PASSWORD, "/c/conversation:U1")
        .await
        .expect("an answer");
    assert_eq!(good.status(), 303);
    assert_eq!(good.headers()["location"], "/c/conversation:U1");
    assert!(
        good.headers()["set-cookie"]
            .to_str()
            .expect("ASCII")
            .contains("HttpOnly")
    );
    let away = submit(PASSWORD, "//evil.example").await.expect("an answer");
    assert_eq!(away.headers()["location"], "/");
    let bad = submit("wrong", "/").await.expect("an answer");
    assert_eq!(bad.status(), 303);
    assert_eq!(bad.headers()["location"], "/login?error=not_authenticated");
    assert!(!bad.headers().contains_key("set-cookie"));
});
