//! The page about LINE accounts.

use serde_json::json;

use super::{choose, turn_on};
use crate::harness::customer::harness_client;
use crate::harness::database::texts;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

async fn page(app: &TestApp, by: &Session, lang: &str) -> (u16, String) {
    let request = harness_client().get(app.url("/settings/channels"));
    let request = request.header("cookie", &by.cookie);
    let answer = request.header("accept-language", lang).send().await;
    let answer = answer.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.text().await.expect("a page"))
}

both_databases!(administrators_choose_what_customers_see, |app| {
    let admin = app.log_in("admin@example.com").await;
    let mut console = app.console("admin@example.com").await;
    let (status, html) = page(app, &admin, "en").await;
    assert_eq!(status, 200);
    assert!(html.contains("Show the sender"), "{html}");
    assert!(!html.contains(" checked"), "{html}");
    turn_on(app, &["show_sender"]).await;
    let told = console.next("settings_update").await;
    assert_eq!(told["payload"], json!({ "section": "channels" }));
    let (_, html) = page(app, &admin, "ja").await;
    assert!(html.contains("送信者を表示"), "{html}");
    assert_eq!(html.matches(" checked").count(), 1, "{html}");
    let sql = "SELECT details FROM audit WHERE action = $1";
    let audited = texts(&app.state.db, sql, "channel.answers").await;
    assert!(audited[0].contains("show_sender"), "{audited:?}");
});

both_databases!(others_neither_see_nor_choose_it, |app| {
    let mali = app.log_in("mali@example.com").await;
    assert_eq!(page(app, &mali, "en").await.0, 403);
    assert_eq!(choose(app, &mali, &["mark_as_read"]).await, 403);
    let admin = app.log_in("admin@example.com").await;
    let (_, html) = page(app, &admin, "en").await;
    assert!(!html.contains(" checked"), "{html}");
});

both_databases!(a_form_of_no_channel_changes_nothing, |app| {
    let admin = app.log_in("admin@example.com").await;
    for (channel, status) in [("elsewhere", 404), ("a:b", 400)] {
        let fields = [("form", "answers"), ("channel", channel)];
        let request = harness_client().post(app.url("/settings/channels"));
        let request = request.header("cookie", &admin.cookie).form(&fields);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{channel}");
    }
});
