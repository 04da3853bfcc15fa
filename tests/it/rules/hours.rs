//! The team's zone and business hours, by calls.

use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, called, invalid, refusal, refused};
use crate::harness::database::texts;
use crate::harness::{TestApp, both_databases};

fn saving(section: &str, version: i64, value: &Value) -> Value {
    json!({ "section": section, "version": version, "value": value })
}

fn team(zone: &str) -> Value {
    json!({
        "name": "Baan Silk",
        "language": "th",
        "time_zone": zone,
        "first_day": "sun",
        "buddhist_year": true,
    })
}

fn week(monday: &Value) -> Value {
    json!({
        "mon": monday, "tue": [], "wed": [], "thu": [], "fri": [], "sat": [], "sun": [],
    })
}

both_databases!(the_team_is_saved_over_the_version_that_was_read, |app| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    let mut console = app.console(MALI).await;
    let asked = json!({ "section": "team" });
    let before = called(&mali, "settings", asked.clone()).await;
    assert_eq!(before["version"], 0);
    assert_eq!(before["value"]["time_zone"], "UTC");
    let save = saving("team", 0, &team("asia/bangkok"));
    let saved = called(&admin, "save_settings", save.clone()).await;
    assert_eq!(
        saved,
        json!({ "version": 1, "value": team("Asia/Bangkok") })
    );
    let told = console.next("settings_update").await;
    assert_eq!(told["payload"], json!({ "section": "team" }));
    assert_eq!(called(&mali, "settings", asked).await, saved);
    let again = refused(&admin, "save_settings", save.clone()).await;
    assert_eq!(again, refusal(409, "stale"));
    let by_mali = refused(&mali, "save_settings", save).await;
    assert_eq!(by_mali, refusal(403, "forbidden"));
    let sql = "SELECT details FROM audit WHERE action = $1";
    let audit = texts(&app.state.db, sql, "settings.save").await;
    assert_eq!(audit.len(), 1);
    assert!(audit[0].contains("Asia/Bangkok"), "{audit:?}");
    // What this node goes by is what is stored.
    assert_eq!(
        app.state.team_settings.known().zone().name(),
        "Asia/Bangkok"
    );
    for (value, field) in [
        (team("Asia/Atlantis"), "time_zone"),
        (team(""), "time_zone"),
        (json!({ "time_zone": "UTC" }), "value"),
    ] {
        let refused = refused(&admin, "save_settings", saving("team", 1, &value)).await;
        assert_eq!(refused, invalid(field), "{value}");
    }
});

both_databases!(hours_are_refused_by_the_day_that_is_wrong, |app| {
    let admin = app.log_in(ADMIN).await;
    let span = |from: &str, to: &str| json!({ "from": from, "to": to });
    let good = json!({ "default": {
        "week": week(&json!([span("09:00", "12:00"), span("13:00", "18:00")])),
        "holidays": [{ "date": "2026-12-05", "name": "วันพ่อแห่งชาติ" }],
    }});
    let saved = called(&admin, "save_settings", saving("hours", 0, &good)).await;
    assert_eq!(saved, json!({ "version": 1, "value": good }));
    let read = called(&admin, "settings", json!({ "section": "hours" })).await;
    assert_eq!(read, saved);
    for (value, field) in [
        (
            json!({ "default": { "week": week(&json!([span("09:00", "12:00"), span("11:00", "18:00")])) } }),
            "week.mon",
        ),
        (
            json!({ "default": { "week": week(&json!([span("09:00", "09:00")])) } }),
            "week.mon",
        ),
        (
            json!({ "default": { "week": week(&json!([])), "holidays": [{ "date": "2026-12-05", "name": "" }] } }),
            "holidays",
        ),
        (json!({ "nowhere": { "week": week(&json!([])) } }), "value"),
        (
            json!({ "default": { "week": { "mon": "09:00" } } }),
            "value",
        ),
    ] {
        let refused = refused(&admin, "save_settings", saving("hours", 1, &value)).await;
        assert_eq!(refused, invalid(field), "{value}");
    }
});

both_databases!(
    of_two_who_save_at_once_one_is_told_and_nothing_is_lost,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let hours = |from: &str| {
            let span = json!([{ "from": from, "to": "18:00" }]);
            json!({ "default": { "week": week(&span), "holidays": [] } })
        };
        let (early, late) = (hours("08:00"), hours("10:00"));
        let (first, second) = tokio::join!(
            admin.call("save_settings", saving("hours", 0, &early)),
            admin.call("save_settings", saving("hours", 0, &late)),
        );
        let mut statuses = [first.0, second.0];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let kept = called(&admin, "settings", json!({ "section": "hours" })).await;
        let winner = if first.0 == 200 { early } else { late };
        assert_eq!(kept, json!({ "version": 1, "value": winner }));
    }
);
