//! What a server that was killed had not come to is told of all the same.

use serde_json::json;

use super::{MALI, SOMCHAI, attends, called, told, wait_until};
use crate::harness::database::{change, number};
use crate::harness::push_service::{Does, PushService};
use crate::harness::{TestApp, both_databases};

both_databases!(
    news_that_nobody_came_to_is_found_in_the_store_by_who_had_not_looked,
    |app| {
        let service = PushService::start().await;
        let (_mali, mut browser) = told(app, MALI, &service).await;
        let (somchai, mut of_somchai) = told(app, SOMCHAI, &service).await;
        // Somchai looks at a console, and sees it.
        attends(&somchai, 1, true).await;
        // As if the process had ended between the commit and the queue.
        app.state.hub.want_news(false);
        let customer = app.customer("นัท").await;
        customer.writes("hello").await;
        let pushed = browser.pushed().await;
        assert_eq!(pushed.notice["room"], customer.room());
        assert!(of_somchai.arrived().is_empty());
        // It is found again with each look, and told once.
        let rows = "SELECT count(*) FROM push_outbox WHERE due_at IS NULL AND kind = $1";
        wait_until(async || number(&app.state.db, rows, "waiting").await == 1).await;
    }
);

both_databases!(a_push_whose_sender_was_killed_is_sent_again, |app| {
    let service = PushService::start().await;
    let (mali, mut browser) = told(app, MALI, &service).await;
    browser.will(&[Does::Stalls]);
    called(&mali, "push_test", json!({})).await;
    browser.pushed().await;
    // Nobody records what becomes of it, and its lease ends.
    let over = "UPDATE push_outbox SET due_at = 1 WHERE kind = $1";
    change(&app.state.db, over, "test").await;
    let again = browser.pushed().await;
    assert_eq!(again.answered, 201);
});
