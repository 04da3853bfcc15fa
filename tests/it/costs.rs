//! What messages cost, and what customers see of operators at LINE.

mod quota;
mod read_marks;
mod senders;
mod settings;

use std::time::{Duration, Instant};

use sala::protocol::quota::ChannelQuota;
use sala::service::quotas::{Quotas, known};
use sala::simulator::{QuotaChange, SettingsChange};
use serde_json::{Value, json};

use crate::harness::TestApp;
use crate::harness::customer::{Customer, harness_client};
use crate::harness::session::Session;
use crate::harness::ws_client::PATIENCE;
use crate::stage::Stage;

const MINUTE: i64 = 60_000;

/// Lets LINE allow so many messages a month from now on.
fn allow(stage: &Stage, quota: QuotaChange) {
    stage.sim.change_settings(SettingsChange {
        quota: Some(quota),
        ..SettingsChange::default()
    });
}

/// A node that asks for quotas.
fn node(stage: &Stage) -> Quotas {
    Quotas::new(stage.db.clone(), stage.hub.clone(), stage.line.clone())
}

/// What is known of the only channel.
async fn quota(stage: &Stage) -> Option<ChannelQuota> {
    let mut reader = stage.db.reader().await.expect("reads");
    known(&mut reader.conn()).await.expect("reads").pop()
}

/// What the customer's phone shows: each message's id and whether it is marked as read.
async fn bubbles(base: &str, customer: &str) -> Vec<(String, bool)> {
    let url = format!("{base}/_sim/customers/{customer}/history");
    let answer = harness_client().get(url).send().await.expect("an answer");
    let body: Value = answer.json().await.expect("JSON");
    let bubbles = body["bubbles"].as_array().expect("bubbles");
    let of_customer = bubbles.iter().filter(|bubble| bubble["from"].is_string());
    let seen = of_customer.map(|bubble| {
        let id = bubble["id"].as_str().expect("an id").to_owned();
        (id, bubble["read"].as_bool().expect("a bool"))
    });
    seen.collect()
}

/// The ids of the account's messages on the customer's phone.
async fn bubbles_of_account(app: &TestApp, customer: &str) -> Vec<String> {
    let url = app.url(&format!("/_sim/customers/{customer}/history"));
    let answer = harness_client().get(url).send().await.expect("an answer");
    let body: Value = answer.json().await.expect("JSON");
    let bubbles = body["bubbles"].as_array().expect("bubbles");
    let of_account = bubbles.iter().filter(|bubble| bubble["from"].is_null());
    let ids = of_account.map(|bubble| bubble["id"].as_str().expect("an id").to_owned());
    ids.collect()
}

/// Whether the customer sees that each of their messages was read.
async fn read(app: &TestApp, customer: &Customer) -> Vec<bool> {
    let bubbles = bubbles(&app.url(""), &customer.id).await;
    bubbles.into_iter().map(|(_, read)| read).collect()
}

/// Waits until all that the customer wrote is marked as read.
async fn all_read(app: &TestApp, customer: &Customer) {
    let began = Instant::now();
    while read(app, customer).await.contains(&false) {
        assert!(began.elapsed() < PATIENCE, "not marked as read");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The form of the only channel, sent by this operator; answers the status.
async fn choose(app: &TestApp, by: &Session, on: &[&str]) -> u16 {
    let mut fields = vec![("form", "answers"), ("channel", "default")];
    fields.extend(on.iter().map(|field| (*field, "on")));
    let request = harness_client().post(app.url("/settings/channels"));
    let request = request.header("cookie", &by.cookie).form(&fields);
    request.send().await.expect("an answer").status().as_u16()
}

/// Customers are to see these things of operators.
async fn turn_on(app: &TestApp, on: &[&str]) {
    let admin = app.log_in("admin@example.com").await;
    assert_eq!(choose(app, &admin, on).await, 303);
}

/// The newest `rev` of the chat's lines.
async fn newest(by: &Session, customer: &Customer) -> i64 {
    let (status, page) = by.call("thread", json!({ "room": customer.room() })).await;
    assert_eq!(status, 200, "{page}");
    let lines = page["messages"].as_array().expect("lines");
    let revs = lines.iter().filter_map(|line| line["rev"].as_i64());
    revs.max().expect("a line")
}
