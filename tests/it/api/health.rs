//! Liveness, readiness, numbers.

use serde_json::Value;

use crate::harness::customer::harness_client;
use crate::harness::{TestApp, both_databases};

both_databases!(a_running_server_is_alive_and_ready, |app| {
    let http = harness_client();
    assert_eq!(
        http.get(app.url("/healthz"))
            .send()
            .await
            .expect("an answer")
            .status(),
        200
    );
    assert_eq!(
        http.get(app.url("/readyz"))
            .send()
            .await
            .expect("an answer")
            .status(),
        200
    );
});

both_databases!(a_lost_database_is_named, |app| {
    let http = harness_client();
    app.state.db.close().await;
    let answer = http
        .get(app.url("/readyz"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 503);
    assert_eq!(
        answer.json::<Value>().await.expect("JSON")["failing"][0],
        "database"
    );
    assert_eq!(
        http.get(app.url("/healthz"))
            .send()
            .await
            .expect("an answer")
            .status(),
        200
    );
});

both_databases!(numbers_are_for_administrators, |app| {
    let http = harness_client();
    assert_eq!(
        http.get(app.url("/metrics"))
            .send()
            .await
            .expect("an answer")
            .status(),
        401
    );
    for (email, status) in [("mali@example.com", 403), ("admin@example.com", 200)] {
        let cookie = app.log_in(email).await.cookie;
        let request = http.get(app.url("/metrics")).header("cookie", cookie);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{email}");
        let text = answer.text().await.expect("a body");
        assert_eq!(
            text.contains("sala_websocket_connections 0"),
            status == 200,
            "{text}"
        );
    }
});
