//! How operators want to be told of what happens.

use serde_json::{Value, json};

use super::{MALI, SOMCHAI, called, invalid, refused};
use crate::harness::customer::harness_client;
use crate::harness::database::texts;
use crate::harness::{TestApp, both_databases};

fn chosen() -> Value {
    json!({
        "sound": "bell", "volume": 40, "waiting": "none", "mine": false, "mentions": true,
        "repeat_waiting": true, "quiet": { "from": "22:00", "to": "07:30" }, "push_preview": true,
    })
}

both_databases!(each_has_their_own_and_begins_with_salas, |app| {
    let mali = app.log_in(MALI).await;
    let mut console = app.console(MALI).await;
    let begun = json!({
        "sound": "bamboo", "volume": 70, "waiting": "all", "mine": true, "mentions": true,
        "repeat_waiting": false, "push_preview": false,
    });
    assert_eq!(called(&mali, "alert_settings", json!({})).await, begun);
    let saved = called(&mali, "save_alert_settings", chosen()).await;
    assert_eq!(saved, chosen());
    let told = console.next("settings_update").await;
    assert_eq!(told["payload"], json!({ "section": "alerts" }));
    assert_eq!(called(&mali, "alert_settings", json!({})).await, chosen());
    // Quiet hours that are absent are none.
    let mut loud = chosen();
    loud.as_object_mut().expect("an object").remove("quiet");
    called(&mali, "save_alert_settings", loud.clone()).await;
    assert_eq!(called(&mali, "alert_settings", json!({})).await, loud);
    let somchai = app.log_in(SOMCHAI).await;
    assert_eq!(called(&somchai, "alert_settings", json!({})).await, begun);
    let sql = "SELECT details FROM audit WHERE action = $1";
    assert_eq!(
        texts(&app.state.db, sql, "operator.save_alerts")
            .await
            .len(),
        2
    );
});

both_databases!(
    nonsense_is_refused_by_its_field_and_strangers_at_the_door,
    |app| {
        let mali = app.log_in(MALI).await;
        for (field, value) in [
            ("volume", json!(101)),
            ("quiet", json!({ "from": "08:00", "to": "08:00" })),
        ] {
            let mut wrong = chosen();
            wrong[field] = value;
            let answer = refused(&mali, "save_alert_settings", wrong).await;
            assert_eq!(answer, invalid(field));
        }
        for (field, value) in [
            ("sound", json!("siren")),
            ("volume", json!(-1)),
            ("waiting", json!(true)),
            ("quiet", json!({ "from": "24:00", "to": "08:00" })),
            ("quiet", json!({ "from": "08:00" })),
            ("mine", json!(null)),
        ] {
            let mut wrong = chosen();
            wrong[field] = value;
            let answer = refused(&mali, "save_alert_settings", wrong).await;
            assert_eq!(answer.0, 400, "{field}");
        }
        let begun = called(&mali, "alert_settings", json!({})).await;
        assert_eq!(begun["sound"], "bamboo", "nothing was saved");
        for call in ["alert_settings", "save_alert_settings"] {
            let answer = harness_client()
                .post(app.url(&format!("/api/{call}")))
                .json(&chosen())
                .send()
                .await
                .expect("an answer");
            assert_eq!(answer.status(), 401, "{call}");
        }
    }
);
