//! A target that passes is told once, on however many nodes.

use serde_json::{Value, json};

use super::on_three;
use crate::harness::database::number;
use crate::harness::session::Session;

const CHATS: usize = 8;

on_three!(each_target_that_passes_is_told_once, |cluster| {
    let admin = Session::start(cluster.node(0).addr, "admin@example.com").await;
    let value = json!({ "first_response_s": 1, "within_hours": true });
    let saving = json!({ "section": "targets", "version": 0, "value": value });
    assert_eq!(admin.call("save_settings", saving).await.0, 200);
    let mut console = cluster.console(1, "mali@example.com").await;
    let mut rooms = Vec::new();
    for _ in 0..CHATS {
        rooms.push(cluster.known_customer("hello").await.room());
    }
    while !rooms.is_empty() {
        let is_late = |frame: &Value| {
            let late = &frame["payload"]["conversation"]["targets"]["breached"];
            frame["type"] == "conversation_update" && *late == json!(["first_response"])
        };
        let told = console.expect(is_late).await;
        rooms.retain(|room| told["payload"]["room"] != room.as_str());
    }
    let audited = "SELECT count(*) FROM audit WHERE action = $1";
    let audited = number(&cluster.db, audited, "target.breach").await;
    assert_eq!(usize::try_from(audited), Ok(CHATS));
    console.leave().await;
});
