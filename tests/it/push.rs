//! Telling operators while no console of theirs is open or seen.

mod crashes;
mod devices;
mod outcomes;
mod told;

use serde_json::{Value, json};

use crate::harness::TestApp;
use crate::harness::push_service::{Browser, PushService};
use crate::harness::session::Session;
use crate::harness::ws_client::PATIENCE;

pub const MALI: &str = "mali@example.com";
pub const SOMCHAI: &str = "somchai@example.com";

/// An operator with a browser that is told.
pub async fn told(app: &TestApp, email: &str, service: &PushService) -> (Session, Browser) {
    let session = app.log_in(email).await;
    let browser = service.browser();
    subscribe(&session, &browser).await;
    let operator = app.operator_id(email).await.parse().expect("an id");
    wait_until(async || app.state.push.reaches(operator)).await;
    (session, browser)
}

pub async fn subscribe(session: &Session, browser: &Browser) {
    let (status, answer) = session.call("push_subscribe", browser.subscription()).await;
    assert_eq!(status, 200, "{answer}");
}

/// A call that is taken.
pub async fn called(by: &Session, name: &str, arguments: Value) -> Value {
    let (status, answer) = by.call(name, arguments).await;
    assert_eq!(status, 200, "{name}: {answer}");
    answer
}

/// A console says whether it can be seen.
pub async fn attends(by: &Session, console: u128, visible: bool) {
    let console = uuid::Uuid::from_u128(console);
    let said = json!({ "console": console, "visible": visible, "active": true });
    called(by, "attend", said).await;
}

/// Saves one's settings with this one changed.
pub async fn with_setting(by: &Session, name: &str, value: Value) {
    let mut settings = called(by, "alert_settings", json!({})).await;
    settings[name] = value;
    called(by, "save_alert_settings", settings).await;
}

/// Waits for what has no event of its own.
pub async fn wait_until(is_so: impl AsyncFn() -> bool) {
    let began = std::time::Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "it does not come");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
