//! What follows what a push service answers.

use serde_json::json;

use super::{MALI, called, subscribe, told, wait_until};
use crate::harness::database::{execute, number};
use crate::harness::push_service::{Does, PushService};
use crate::harness::{Database, TestApp, both_databases};

async fn devices(app: &TestApp) -> i64 {
    number(
        &app.state.db,
        "SELECT count(*) FROM push_devices WHERE auth <> $1",
        "",
    )
    .await
}

both_databases!(a_device_that_is_gone_is_forgotten, |app| {
    let service = PushService::start().await;
    for status in [404, 410] {
        let (mali, mut browser) = told(app, MALI, &service).await;
        browser.will(&[Does::Answers(status)]);
        called(&mali, "push_test", json!({})).await;
        assert_eq!(browser.pushed().await.answered, status);
        wait_until(async || devices(app).await == 0).await;
        let operator = app.operator_id(MALI).await.parse().expect("an id");
        wait_until(async || !app.state.push.reaches(operator)).await;
    }
});

both_databases!(who_is_put_off_comes_again_and_not_before, |app| {
    let service = PushService::start().await;
    let (mali, mut browser) = told(app, MALI, &service).await;
    browser.will(&[Does::PutsOff(429, 1), Does::PutsOff(503, 1)]);
    called(&mali, "push_test", json!({})).await;
    let answers = [
        browser.pushed().await.answered,
        browser.pushed().await.answered,
        browser.pushed().await.answered,
    ];
    assert_eq!(answers, [429, 503, 201]);
    let good = "SELECT count(*) FROM push_devices WHERE failures = 0 \
         AND last_success_at IS NOT NULL AND last_error = $1";
    wait_until(async || number(&app.state.db, good, "503").await == 1).await;
});

both_databases!(
    a_redirect_is_not_followed_and_a_refusal_not_repeated,
    |app| {
        let service = PushService::start().await;
        let (mali, mut browser) = told(app, MALI, &service).await;
        for status in [302, 400, 403, 413] {
            browser.will(&[Does::Answers(status)]);
            called(&mali, "push_test", json!({})).await;
            assert_eq!(browser.pushed().await.answered, status);
            let failed = "SELECT count(*) FROM push_devices WHERE last_error = $1";
            let status = status.to_string();
            wait_until(async || number(&app.state.db, failed, &status).await == 1).await;
            assert!(browser.arrived().is_empty());
        }
    }
);

both_databases!(twenty_refusals_without_a_success_are_the_end, |app| {
    let service = PushService::start().await;
    let (mali, mut browser) = told(app, MALI, &service).await;
    execute(&app.state.db, "UPDATE push_devices SET failures = 18").await;
    browser.will(&[Does::Answers(403), Does::Answers(403)]);
    called(&mali, "push_test", json!({})).await;
    browser.pushed().await;
    let nineteen = "SELECT count(*) FROM push_devices WHERE failures = 19 AND auth <> $1";
    wait_until(async || number(&app.state.db, nineteen, "").await == 1).await;
    called(&mali, "push_test", json!({})).await;
    browser.pushed().await;
    wait_until(async || devices(app).await == 0).await;
});

both_databases!(a_service_that_stalls_holds_up_nobody_else, |app| {
    let service = PushService::start().await;
    let (mali, mut stalled) = told(app, MALI, &service).await;
    stalled.will(&[Does::Stalls]);
    let mut other = service.browser();
    subscribe(&mali, &other).await;
    called(&mali, "push_test", json!({})).await;
    stalled.pushed().await;
    other.pushed().await;
    // Its push is in hand and comes again.
    let held = "SELECT count(*) FROM push_outbox WHERE due_at IS NOT NULL AND kind = $1";
    wait_until(async || number(&app.state.db, held, "test").await == 1).await;
});

/// What Apple takes, a public https address or a configured one; nothing of this machine.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn apple_takes_what_is_signed_by_a_public_address_or_a_contact() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let contact = ("SALA_PUSH_CONTACT", "mailto:admin@example.com");
    for (settings, answer) in [(&[][..], 403), (&[contact][..], 201)] {
        let app = TestApp::start(Database::Sqlite, settings).await;
        let service = PushService::apple().await;
        let (mali, mut browser) = told(&app, MALI, &service).await;
        called(&mali, "push_test", json!({})).await;
        assert_eq!(browser.pushed().await.answered, answer);
        app.stop().await;
    }
}
