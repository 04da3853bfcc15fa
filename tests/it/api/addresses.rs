//! Whose address counts, behind a proxy and without one.

use serde_json::json;

use crate::harness::customer::harness_client;
use crate::harness::database::Database;
use crate::harness::session::PASSWORD;
use crate::harness::{TestApp, both_databases};

/// One try to sign in, by way of a proxy that says these headers.
async fn try_from(app: &TestApp, headers: &[(&str, &str)], email: &str, password: &str) -> u16 {
    let mut request = harness_client()
        .post(app.url("/api/login"))
        .json(&json!({ "email": email, "password": password }));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer").status().as_u16()
}

both_databases!(
    behind_a_trusted_proxy_a_guesser_locks_out_only_itself,
    |app| {
        for name in ["x-forwarded-for", "forwarded"] {
            let line = |address: &str| match name {
                "forwarded" => format!("for=198.51.100.250, for={address}"),
                _ => format!("198.51.100.250, {address}"),
            };
            let (bad, good) = (line("192.0.2.1"), line("192.0.2.2"));
            let (bad, good) = ([(name, bad.as_str())], [(name, good.as_str())]);
            for n in 0..10 {
                let nobody = format!("{name}-{n}@example.com");
                let status = try_from(app, &bad, &nobody, "wrong").await;
                assert!(matches!(status, 401 | 429), "{status}");
            }
            let guesser = try_from(app, &bad, "mali@example.com", PASSWORD).await;
            assert_eq!(guesser, 429, "{name}");
            let neighbour = try_from(app, &good, "mali@example.com", PASSWORD).await;
            assert_eq!(neighbour, 200, "{name}");
        }
    }
);

#[tokio::test]
async fn a_peer_that_is_no_proxy_of_ours_cannot_choose_its_address() {
    let trusted = [("SALA_TRUSTED_PROXIES", "10.0.0.0/8")];
    let app = TestApp::start(Database::Sqlite, &trusted).await;
    for n in 0..10 {
        let (from, nobody) = (format!("192.0.2.{n}"), format!("{n}@example.com"));
        let lie = [("x-forwarded-for", from.as_str())];
        assert_eq!(try_from(&app, &lie, &nobody, "wrong").await, 401);
    }
    let lie = [("x-forwarded-for", "192.0.2.99")];
    assert_eq!(
        try_from(&app, &lie, "mali@example.com", PASSWORD).await,
        429
    );
    app.stop().await;
}
