//! `/metrics` after real traffic. Other tests of this process count too, so numbers are compared
//! with what they were, and may be larger.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

/// What an administrator is told.
async fn scrape(app: &TestApp) -> String {
    let session = app.log_in("admin@example.com").await;
    let answer = crate::harness::customer::harness_client()
        .get(app.url("/metrics"))
        .header("cookie", &session.cookie)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.text().await.expect("a body")
}

/// Each sample's name with its labels, and its value.
fn samples(text: &str) -> BTreeMap<String, f64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.map(|line| {
        let (name, value) = line.rsplit_once(' ').expect("a name and a value");
        (name.to_owned(), value.parse().expect("a number"))
    });
    pairs.collect()
}

both_databases!(real_traffic_is_counted, |app| {
    let before = samples(&scrape(app).await);
    let customer = app.customer("Nok").await;
    let room = customer.room();
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    let rev = mali.join(&room).await["rev"].as_i64().expect("a rev");
    for after_rev in [rev, 1_000_000] {
        let again = json!({ "room": room, "after_rev": after_rev });
        mali.ask("join_room", again).await;
    }
    mali.ask("claim_session", json!({ "room": room })).await;
    mali.ask("send_message", app.text(&customer, "hello")).await;
    app.outbox_empty().await;
    let mut somchai = app.console("somchai@example.com").await;
    somchai.send_raw(&"x".repeat(70_000)).await;
    assert_eq!(somchai.closed().await, Received::Closed(1009));
    let after = samples(&scrape(app).await);
    let grown = |name: &str| {
        let (before, after) = (before.get(name), after.get(name));
        after.unwrap_or_else(|| panic!("{name} is missing")) - before.copied().unwrap_or(0.0)
    };
    for name in [
        "sala_events_out_total",
        "sala_resumes_total{outcome=\"none\"}",
        "sala_resumes_total{outcome=\"complete\"}",
        "sala_resumes_total{outcome=\"too_far\"}",
        "sala_connections_closed_total{code=\"1009\"}",
        "sala_line_calls_total{method=\"reply\",result=\"sent\"}",
        "sala_webhooks_total{status=\"200\"}",
        "sala_webhook_seconds_count",
        "sala_webhook_seconds_sum",
        "sala_webhook_seconds_bucket{le=\"+Inf\"}",
        "sala_commit_seconds_count",
        "sala_committed_changes_total",
    ] {
        assert!(grown(name) > 0.0, "{name} did not grow: {after:?}");
    }
    assert!(after["sala_websocket_connections"] >= 1.0);
    assert!((after["sala_joined_rooms"] - 1.0).abs() < 0.5);
    assert!(after["sala_outbox_depth"].abs() < 0.5);
    assert!(after.contains_key("sala_events_dropped_total"));
    assert!(after.contains_key("sala_queue_depth"));
    assert!(after.contains_key("sala_queue_depth_max"));
    assert!(after.contains_key("sala_outbox_oldest_seconds"));
});

both_databases!(a_socket_counts_from_its_upgrade_to_its_end, |app| {
    let open = async || samples(&scrape(app).await)["sala_websocket_connections"];
    let before = open().await;
    let mut mute = WsClient::open(app.addr).await;
    assert_eq!(mute.ask("ping", json!({})).await["type"], "pong");
    assert!((open().await - before - 1.0).abs() < 0.5);
    mute.leave().await;
    while open().await > before + 0.5 {}
});

both_databases!(what_waits_for_line_shows_with_its_age, |app| {
    app.fault(json!({ "next": 1_000, "status": 500 })).await;
    let customer = app.customer("Nok").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    mali.join(&customer.room()).await;
    mali.ask("claim_session", json!({ "room": customer.room() }))
        .await;
    mali.ask("send_message", app.text(&customer, "hello")).await;
    let after = samples(&scrape(app).await);
    assert!((after["sala_outbox_depth"] - 1.0).abs() < 0.5);
    assert!(after["sala_outbox_oldest_seconds"] > 0.0);
});

both_databases!(
    every_metric_is_described_and_every_histogram_adds_up,
    |app| {
        let text = scrape(app).await;
        let described: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
            .collect();
        for name in samples(&text).keys() {
            let bare = name.split('{').next().expect("a name");
            let family = ["_bucket", "_sum", "_count"]
                .iter()
                .find_map(|end| bare.strip_suffix(end))
                .unwrap_or(bare);
            assert!(described.contains(&family), "{name} has no TYPE");
            assert!(text.contains(&format!("# HELP {family} ")), "{name}");
        }
        for histogram in ["sala_webhook_seconds", "sala_commit_seconds"] {
            let counts: Vec<f64> = text
                .lines()
                .filter(|line| line.starts_with(&format!("{histogram}_bucket")))
                .map(|line| {
                    line.rsplit(' ')
                        .next()
                        .expect("a value")
                        .parse()
                        .expect("a number")
                })
                .collect();
            assert!(counts.is_sorted(), "{histogram}: {counts:?}");
        }
    }
);

both_databases!(the_dashboard_asks_for_what_there_is, |app| {
    let text = scrape(app).await;
    let names: Vec<String> = samples(&text)
        .into_keys()
        .map(|name| name.split('{').next().expect("a name").to_owned())
        .collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/grafana/sala.json");
    let dashboard = std::fs::read_to_string(file).expect("the dashboard");
    let dashboard: Value = serde_json::from_str(&dashboard).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let mut asked = Vec::new();
    for target in panels
        .iter()
        .flat_map(|panel| panel["targets"].as_array().expect("targets"))
    {
        let query = target["expr"].as_str().expect("a query");
        let words = query.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        asked.extend(
            words
                .filter(|word| word.starts_with("sala_"))
                .map(str::to_owned),
        );
    }
    assert!(asked.len() > 15, "{asked:?}");
    for name in &asked {
        assert!(names.contains(name), "the dashboard asks for {name}");
    }
    // And nothing is counted that nobody looks at.
    for name in &names {
        assert!(asked.contains(name), "{name} is on no panel");
    }
});
