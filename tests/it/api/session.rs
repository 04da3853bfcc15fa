//! Who may call, and how a session ends.

use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::{TestApp, both_databases};

const CALLS: [&str; 7] = [
    "logout",
    "realtime_token",
    "conversations",
    "operators",
    "thread",
    "send_message",
    "claim_session",
];

both_databases!(without_a_session_every_call_is_401, |app| {
    let http = harness_client();
    for call in CALLS {
        for credentials in [
            None,
            Some(("cookie", "sala_session=x")),
            Some(("authorization", "Bearer x")),
        ] {
            let mut request = http.post(app.url(&format!("/api/{call}"))).json(&json!({}));
            if let Some((name, value)) = credentials {
                request = request.header(name, value);
            }
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 401, "{call} {credentials:?}");
            let body: Value = answer.json().await.expect("JSON");
            assert_eq!(body["code"], "not_authenticated");
            assert!(body["message"].is_string());
        }
    }
});

both_databases!(the_logins_token_is_accepted_as_bearer, |app| {
    let token = app.token("mali@example.com").await;
    let answer = harness_client()
        .post(app.url("/api/realtime_token"))
        .bearer_auth(token)
        .json(&json!({}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    let body: Value = answer.json().await.expect("JSON");
    assert!(body["token"].is_string());
    assert!(
        body["expires_in"]
            .as_u64()
            .is_some_and(|seconds| (60..=3_600).contains(&seconds))
    );
});

both_databases!(a_call_that_also_takes_html_is_not_redirected, |app| {
    let session = app.log_in("mali@example.com").await;
    let answer = harness_client()
        .post(app.url("/api/operators"))
        .header("accept", "text/html,application/json")
        .header("referer", app.url("/"))
        .header("cookie", &session.cookie)
        .json(&json!({}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
});

both_databases!(logging_out_ends_cookie_and_tokens, |app| {
    let session = app.log_in("mali@example.com").await;
    let other = app.log_in("mali@example.com").await;
    assert_eq!(session.call("operators", json!({})).await.0, 200);
    session.log_out().await;
    assert_eq!(session.call("operators", json!({})).await.0, 401);
    let bearer = harness_client()
        .post(app.url("/api/operators"))
        .bearer_auth(&session.token)
        .json(&json!({}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(bearer.status(), 401);
    assert_eq!(
        other.call("operators", json!({})).await.0,
        200,
        "other log-ins stay"
    );
});

both_databases!(a_disabled_operators_session_ends, |app| {
    let session = app.log_in("mali@example.com").await;
    app.disable("mali@example.com").await;
    assert_eq!(session.call("operators", json!({})).await.0, 401);
});

both_databases!(a_new_password_ends_all_sessions, |app| {
    let session = app.log_in("mali@example.com").await;
    let reset = app
        .state
        .operators
        .reset_password("mali@example.com", "another one", None);
    reset.await.expect("reset");
    assert_eq!(session.call("operators", json!({})).await.0, 401);
});

both_databases!(errors_of_calls_carry_the_contracts_code_and_status, |app| {
    let session = app.log_in("mali@example.com").await;
    let none = session
        .call(
            "thread",
            json!({ "room": "conversation:Unobody", "before": null }),
        )
        .await;
    assert_eq!((none.0, &none.1["code"]), (404, &json!("room_not_found")));
    let bad = session.call("thread", json!({ "room": 7 })).await;
    assert_eq!((bad.0, &bad.1["code"]), (400, &json!("validation_error")));
});

both_databases!(another_sites_page_cannot_call, |app| {
    let session = app.log_in("mali@example.com").await;
    for (header, value) in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = harness_client()
            .post(app.url("/api/operators"))
            .header("cookie", &session.cookie)
            .header(header, value)
            .json(&json!({}))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 403, "{header}");
    }
});
