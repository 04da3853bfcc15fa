//! What the team has chosen, by section.

use serde_json::json;

use super::{ADMIN, MALI, called, invalid, refusal, refused};
use crate::harness::database::texts;
use crate::harness::{TestApp, both_databases};

both_databases!(a_section_is_saved_over_the_version_that_was_read, |app| {
    let admin = app.log_in(ADMIN).await;
    let mut console = app.console(MALI).await;
    let canned = json!({ "section": "canned" });
    let (off, on) = (json!({ "operators": false }), json!({ "operators": true }));
    let before = called(&admin, "settings", canned.clone()).await;
    assert_eq!(before, json!({ "version": 0, "value": off }));
    let save = |version: i64| json!({ "section": "canned", "version": version, "value": on });
    let saved = called(&admin, "save_settings", save(0)).await;
    assert_eq!(saved, json!({ "version": 1, "value": on }));
    let told = console.next("settings_update").await;
    assert_eq!(told["payload"], canned);
    for version in [0, 2, -1] {
        let refused = refused(&admin, "save_settings", save(version)).await;
        assert_eq!(refused, refusal(409, "stale"), "{version}");
    }
    assert_eq!(called(&admin, "settings", canned).await, saved);
    assert_eq!(called(&admin, "save_settings", save(1)).await["version"], 2);
    // Another section is another one.
    let tags = called(&admin, "settings", json!({ "section": "tags" })).await;
    assert_eq!(tags, before);
    let sql = "SELECT details FROM audit WHERE action = $1";
    assert_eq!(texts(&app.state.db, sql, "settings.save").await.len(), 2);
});

both_databases!(others_read_it_and_nobody_saves_nonsense, |app| {
    let mali = app.log_in(MALI).await;
    let admin = app.log_in(ADMIN).await;
    called(&mali, "settings", json!({ "section": "canned" })).await;
    let value = json!({ "operators": true });
    let saving = json!({ "section": "canned", "version": 0, "value": value });
    let by_mali = refused(&mali, "save_settings", saving).await;
    assert_eq!(by_mali, refusal(403, "forbidden"));
    for value in [
        json!(null),
        json!({}),
        json!({ "operators": 1 }),
        json!({ "operators": true, "x": 1 }),
    ] {
        let saving = json!({ "section": "canned", "version": 0, "value": value });
        let refused = refused(&admin, "save_settings", saving).await;
        assert_eq!(refused, invalid("value"), "{value}");
    }
    let nowhere = json!({ "section": "weather" });
    assert_eq!(
        refused(&mali, "settings", nowhere).await,
        invalid("section")
    );
});
