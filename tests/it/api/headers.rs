//! What answers tell browsers that pages may do.

use serde_json::json;

use crate::harness::customer::harness_client;
use crate::harness::database::Database;
use crate::harness::{TestApp, both_databases};

async fn get(app: &TestApp, path: &str, cookie: &str) -> reqwest::Response {
    let request = harness_client().get(app.url(path)).header("cookie", cookie);
    request.send().await.expect("an answer")
}

fn header<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    let value = answer.headers().get(name);
    value.map_or("", |value| value.to_str().expect("ASCII"))
}

/// The sources that a policy allows for something.
fn sources<'a>(policy: &'a str, directive: &str) -> Vec<&'a str> {
    let parts = policy.split(';').map(str::trim);
    let mut found = parts.filter_map(|part| part.strip_prefix(directive));
    found.next().expect(directive).split_whitespace().collect()
}

both_databases!(
    scripts_run_by_the_nonce_of_their_answer_and_not_otherwise,
    |app| {
        let cookie = app.log_in("mali@example.com").await.cookie;
        let mut nonces = Vec::new();
        for path in ["/", "/", "/login", "/c/conversation:U1"] {
            let cookie = if path == "/login" { "" } else { &cookie };
            let answer = get(app, path, cookie).await;
            let policy = header(&answer, "content-security-policy").to_owned();
            let scripts = sources(&policy, "script-src ");
            assert!(!scripts.contains(&"'unsafe-inline'"), "{path}: {policy}");
            let nonce = scripts
                .iter()
                .find_map(|source| source.strip_prefix("'nonce-")?.strip_suffix('\''));
            let nonce = nonce.expect("a nonce").to_owned();
            assert!(nonce.len() >= 20, "{nonce}");
            let page = answer.text().await.expect("a page");
            for script in page.split("<script").skip(1) {
                let tag = script.split('>').next().expect("its end");
                let is_data = tag.contains("type=\"application/json\"");
                let bears = tag.contains(&format!("nonce=\"{nonce}\""));
                assert!(is_data || bears, "{path}: <script{tag}>");
            }
            assert!(!page.contains("<style"), "{path}");
            nonces.push(nonce);
        }
        nonces.sort();
        nonces.dedup();
        assert_eq!(nonces.len(), 4, "each is used once");
        for document in ["/settings/connections", "/settings", "/nowhere"] {
            let answer = get(app, document, &cookie).await;
            let policy = header(&answer, "content-security-policy");
            assert_eq!(
                sources(policy, "script-src "),
                ["'self'", "'wasm-unsafe-eval'"],
                "{document}"
            );
        }
    }
);

#[tokio::test]
async fn pictures_come_from_us_and_from_line_and_from_nowhere_else() {
    let app = TestApp::start(Database::Sqlite, &[]).await;
    let answer = get(&app, "/login", "").await;
    let policy = header(&answer, "content-security-policy");
    let simulated = app.url("");
    assert_eq!(
        sources(policy, "img-src "),
        [
            "'self'",
            "https://*.line-scdn.net",
            "https://obs.line-apps.com",
            &simulated
        ]
    );
    assert_eq!(sources(policy, "media-src "), ["'self'", "blob:"]);
    app.stop().await;
}

#[tokio::test]
async fn every_answer_keeps_other_sites_out() {
    let app = TestApp::start(Database::Sqlite, &[]).await;
    for path in [
        "/login",
        "/nowhere",
        "/healthz",
        "/media/x",
        "/_sim",
        "/_sim/phone.js",
    ] {
        let answer = get(&app, path, "").await;
        assert_eq!(
            header(&answer, "x-content-type-options"),
            "nosniff",
            "{path}"
        );
        assert_eq!(
            header(&answer, "cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            header(&answer, "permissions-policy").contains("camera=()"),
            "{path}"
        );
        let readers = if path.starts_with("/_sim") {
            "cross-origin"
        } else {
            "same-origin"
        };
        assert_eq!(
            header(&answer, "cross-origin-resource-policy"),
            readers,
            "{path}"
        );
        let policy = header(&answer, "content-security-policy");
        assert!(policy.contains("default-src"), "{path}: {policy}");
        let scripts = policy.split(';').filter(|part| part.contains("script-src"));
        for scripts in scripts {
            assert!(!scripts.contains("unsafe-inline"), "{path}: {policy}");
        }
        assert_eq!(header(&answer, "strict-transport-security"), "", "{path}");
    }
    let stranger = harness_client()
        .get(app.url("/"))
        .header("host", "evil.example");
    let stranger = stranger.send().await.expect("an answer");
    assert_eq!(header(&stranger, "x-content-type-options"), "nosniff");
    app.stop().await;
}

#[tokio::test]
async fn under_https_browsers_are_told_to_stay_there() {
    let public = [("SALA_PUBLIC_URL", "https://chat.example.com")];
    let app = TestApp::start(Database::Sqlite, &public).await;
    for path in ["/login", "/healthz", "/_sim", "/nowhere"] {
        let answer = get(&app, path, "").await;
        let told = header(&answer, "strict-transport-security");
        assert_eq!(told, "max-age=31536000", "{path}");
    }
    app.stop().await;
}

both_databases!(logging_out_clears_what_the_browser_has_kept, |app| {
    let session = app.log_in("mali@example.com").await;
    let answer = harness_client()
        .post(app.url("/api/logout"))
        .header("cookie", &session.cookie)
        .json(&json!({}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    // Not "cookies": the language stays, and that this device was let in.
    assert_eq!(header(&answer, "clear-site-data"), "\"cache\", \"storage\"");
    assert!(header(&answer, "set-cookie").contains("Max-Age=0"));
});
