//! Who is told of what.

use serde_json::json;

use super::{MALI, SOMCHAI, attends, called, told, wait_until, with_setting};
use crate::harness::push_service::PushService;
use crate::harness::{TestApp, both_databases};

both_databases!(
    a_chat_that_waits_is_told_to_all_and_later_messages_to_its_owner,
    |app| {
        let service = PushService::start().await;
        let (mali, mut of_mali) = told(app, MALI, &service).await;
        let (_somchai, mut of_somchai) = told(app, SOMCHAI, &service).await;
        let customer = app.customer("คุณนัท").await;
        customer.writes("my secret wish").await;
        for browser in [&mut of_mali, &mut of_somchai] {
            let pushed = browser.pushed().await;
            assert_eq!(pushed.answered, 201);
            assert_eq!(pushed.notice["kind"], "waiting");
            assert_eq!(pushed.notice["room"], customer.room());
            assert_eq!(pushed.notice.get("text"), None, "the words stay here");
            assert_eq!(pushed.ttl, "3600");
            assert!(!customer.room().contains(&pushed.topic));
        }
        // Whoever takes a chat is told of what comes then, and others no more. The pause between two
        // pushes of a chat is put behind us.
        let claim = json!({ "room": customer.room() });
        called(&mali, "claim_session", claim).await;
        let past = "UPDATE push_outbox SET sent_at = sent_at - 60000 WHERE due_at IS NULL";
        wait_until(async || sent(app).await == 2).await;
        crate::harness::database::execute(&app.state.db, past).await;
        with_setting(&mali, "push_preview", json!(true)).await;
        customer.writes("a second one").await;
        let pushed = of_mali.pushed().await;
        assert_eq!(pushed.notice["kind"], "mine");
        assert_eq!(pushed.notice["text"], "a second one");
        assert_eq!(pushed.notice["name"], "คุณนัท");
        assert!(of_somchai.arrived().is_empty());
    }
);

async fn sent(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM push_outbox WHERE due_at IS NULL AND kind <> $1";
    crate::harness::database::number(&app.state.db, sql, "").await
}

both_databases!(
    who_looks_at_a_console_is_not_told_and_who_looked_is,
    |app| {
        let service = PushService::start().await;
        let (mali, mut browser) = told(app, MALI, &service).await;
        let (_, mut witness) = told(app, SOMCHAI, &service).await;
        attends(&mali, 1, true).await;
        attends(&mali, 2, true).await;
        attends(&mali, 2, false).await;
        app.customer("first").await.writes("seen").await;
        witness.pushed().await;
        assert!(browser.arrived().is_empty(), "one console is seen still");
        attends(&mali, 1, false).await;
        let second = app.customer("second").await;
        second.writes("unseen").await;
        let pushed = browser.pushed().await;
        assert_eq!(pushed.notice["room"], second.room());
    }
);

both_databases!(
    each_is_told_of_what_they_chose_and_never_in_quiet_hours,
    |app| {
        let service = PushService::start().await;
        let (mali, mut browser) = told(app, MALI, &service).await;
        let (_, mut witness) = told(app, SOMCHAI, &service).await;
        with_setting(&mali, "waiting", json!("none")).await;
        app.customer("first").await.writes("hello").await;
        witness.pushed().await;
        with_setting(&mali, "waiting", json!("all")).await;
        // In UTC, as the harness tells no zone: all hours but one.
        let minutes = sala::clock::now().0 / 60_000 % 1_440;
        let at = |minutes: i64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let (from, to) = ((minutes + 1_380) % 1_440, (minutes + 60) % 1_440);
        with_setting(&mali, "quiet", json!({ "from": at(from), "to": at(to) })).await;
        app.customer("second").await.writes("hello").await;
        witness.pushed().await;
        with_setting(&mali, "quiet", json!(null)).await;
        let third = app.customer("third").await;
        third.writes("hello").await;
        witness.pushed().await;
        assert_eq!(browser.pushed().await.notice["room"], third.room());
        assert!(browser.arrived().is_empty());
    }
);

both_databases!(a_note_tells_whom_it_names, |app| {
    let service = PushService::start().await;
    let customer = app.customer("นัท").await;
    customer.writes("hello").await;
    let (_mali, mut browser) = told(app, MALI, &service).await;
    let somchai = app.log_in(SOMCHAI).await;
    let named = app.operator_id(MALI).await;
    let note = json!({
        "room": customer.room(), "client_id": app.client_id(), "note": "@Mali look",
        "mentions": [named],
    });
    called(&somchai, "send_message", json!({ "message": note })).await;
    let pushed = browser.pushed().await;
    assert_eq!(pushed.notice["kind"], "mention");
    assert_eq!(pushed.notice["name"], "Somchai");
});

both_databases!(messages_of_one_chat_are_one_push_in_ten_seconds, |app| {
    let service = PushService::start().await;
    let (_mali, mut browser) = told(app, MALI, &service).await;
    let customer = app.customer("นัท").await;
    customer.writes("one").await;
    let first = browser.pushed().await;
    wait_until(async || sent(app).await == 1).await;
    for text in ["two", "three", "four"] {
        customer.writes(text).await;
    }
    let due = "SELECT count(*) FROM push_outbox WHERE due_at > sent_at + 9000 AND kind <> $1";
    let db = &app.state.db;
    wait_until(async || crate::harness::database::number(db, due, "").await == 1).await;
    assert!(browser.arrived().is_empty(), "the pause holds");
    crate::harness::database::execute(db, "UPDATE push_outbox SET due_at = 1").await;
    // The sender looks again when something is queued.
    app.customer("other").await.writes("hello").await;
    let pushed = [browser.pushed().await, browser.pushed().await];
    let of_chat: Vec<_> = pushed.iter().filter(|it| it.topic == first.topic).collect();
    assert_eq!(of_chat.len(), 1, "one for all three");
});
