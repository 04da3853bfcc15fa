//! A rule gives each chat once, on however many nodes, and nobody more than they have room for.

use serde_json::{Value, json};

use super::on_three;
use crate::harness::database::number;
use crate::harness::session::Session;

const CAPACITY: i64 = 3;

on_three!(
    each_chat_is_given_once_and_nobody_gets_too_many,
    |cluster| {
        let mut console = cluster.console(0, "mali@example.com").await;
        let other = cluster.console(1, "somchai@example.com").await;
        for _ in 0..8 {
            cluster.known_customer("hello").await;
        }
        let admin = Session::start(cluster.node(2).addr, "admin@example.com").await;
        let value = json!({ "mode": "round_robin", "capacity": CAPACITY });
        let saving = json!({ "section": "assignment", "version": 0, "value": value });
        assert_eq!(admin.call("save_settings", saving).await.0, 200);
        let is_assigned =
            |frame: &Value| frame["type"] == "session_claimed" && frame["payload"]["by"] == "rule";
        for _ in 0..2 * CAPACITY {
            console.expect(is_assigned).await;
        }
        let of = "SELECT count(*) FROM sessions s JOIN operators o ON o.id = s.operator_id \
         WHERE s.status = 'active' AND o.email = $1";
        for name in ["mali@example.com", "somchai@example.com"] {
            assert_eq!(number(&cluster.db, of, name).await, CAPACITY, "{name}");
        }
        let waiting = "SELECT count(*) FROM conversations WHERE state = $1";
        assert_eq!(number(&cluster.db, waiting, "waiting").await, 2);
        let audited = "SELECT count(*) FROM audit WHERE action = $1";
        let audited = number(&cluster.db, audited, "session.assign").await;
        assert_eq!(audited, 2 * CAPACITY);
        other.leave().await;
        console.leave().await;
    }
);
