//! LINE's mark that a message was read: the owner's looking alone, the newest token, once.

use std::sync::Arc;

use sala::clock;
use sala::db::DbError;
use sala::db::operators::OperatorRow;
use sala::protocol::time::DAY_MS;
use sala::protocol::{OperatorId, Presence, Role, Timestamp};
use sala::service::read_marks::ReadMarks;
use sala::service::retention::Retention;
use sala::simulator::{MarkAsReadMode, SettingsChange};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::{MINUTE, all_read, bubbles, newest, node, read, turn_on};
use crate::harness::customer::{Customer, harness_client};
use crate::harness::database::number;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};
use crate::stage::{Stage, on_both};
use crate::uploads::a_chat;

/// Calls at LINE that marked something, as far as the simulator remembers.
async fn marks(app: &TestApp) -> usize {
    let url = app.url("/_sim/state");
    let answer = harness_client().get(url).send().await.expect("an answer");
    let state: Value = answer.json().await.expect("JSON");
    let wire = state["wire"].as_array().expect("entries");
    wire.iter()
        .filter(|entry| entry["title"] == "markAsRead")
        .count()
}

async fn looks(by: &Session, customer: &Customer, rev: i64) {
    let mark = json!({ "room": customer.room(), "rev": rev });
    let (status, answer) = by.call("mark_read", mark).await;
    assert_eq!(status, 200, "{answer}");
}

/// Waits until all that was wanted before has been dealt with: another chat is marked.
async fn dealt_with(app: &TestApp) {
    let (witness, mali) = a_chat(app).await;
    let rev = newest(&mali, &witness).await;
    looks(&mali, &witness, rev).await;
    all_read(app, &witness).await;
}

both_databases!(the_owner_who_looks_at_the_end_is_seen_to_have_read, |app| {
    turn_on(app, &["mark_as_read"]).await;
    let (customer, mali) = a_chat(app).await;
    customer.writes("and one more").await;
    let rev = newest(&mali, &customer).await;
    for _ in 0..3 {
        looks(&mali, &customer, rev).await;
    }
    all_read(app, &customer).await;
    // The newest token marks all before it, and is tried once.
    dealt_with(app).await;
    // The simulator notes a call after it has answered.
    while marks(app).await < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(marks(app).await, 2, "one for each chat");
    customer.writes("later").await;
    assert_eq!(read(app, &customer).await, [true, true, false]);
});

both_databases!(nobody_else_and_no_mere_opening_marks_anything, |app| {
    turn_on(app, &["mark_as_read"]).await;
    let (customer, mali) = a_chat(app).await;
    let somchai = app.log_in("somchai@example.com").await;
    let rev = newest(&mali, &customer).await;
    // A colleague looks; the owner opens the chat.
    looks(&somchai, &customer, rev).await;
    let mut console = app.console("mali@example.com").await;
    console.join(&customer.room()).await;
    // What is looked at is not the end.
    customer.writes("and one more").await;
    looks(&mali, &customer, rev).await;
    dealt_with(app).await;
    assert_eq!(read(app, &customer).await, [false, false]);
});

both_databases!(a_chat_that_nobody_owns_is_not_marked, |app| {
    turn_on(app, &["mark_as_read"]).await;
    let customer = app.customer("Nok").await;
    customer.writes("hello").await;
    let mali = app.log_in("mali@example.com").await;
    let rev = newest(&mali, &customer).await;
    looks(&mali, &customer, rev).await;
    dealt_with(app).await;
    assert_eq!(read(app, &customer).await, [false]);
    // Who takes it then, and looks again, is seen.
    let room = json!({ "room": customer.room() });
    assert_eq!(mali.call("claim_session", room).await.0, 200);
    looks(&mali, &customer, rev).await;
    all_read(app, &customer).await;
});

both_databases!(a_channel_that_does_not_wish_it_keeps_no_tokens, |app| {
    let kept = "SELECT count(*) FROM read_tokens WHERE $1 = ''";
    let (customer, mali) = a_chat(app).await;
    let rev = newest(&mali, &customer).await;
    looks(&mali, &customer, rev).await;
    assert_eq!(number(&app.state.db, kept, "").await, 0);
    turn_on(app, &["mark_as_read"]).await;
    customer.writes("now").await;
    assert_eq!(number(&app.state.db, kept, "").await, 1);
    turn_on(app, &[]).await;
    assert_eq!(number(&app.state.db, kept, "").await, 0);
    assert_eq!(read(app, &customer).await, [false, false]);
});

both_databases!(a_token_that_line_refuses_disturbs_nobody, |app| {
    turn_on(app, &["mark_as_read"]).await;
    let customer = app.customer("Nok").await;
    let mut event = app.text_event(&customer, "hello");
    event["message"]["markAsReadToken"] = json!("nonsense");
    assert_eq!(app.webhook(json!([event])).await, 200);
    let mali = app.log_in("mali@example.com").await;
    let room = json!({ "room": customer.room() });
    assert_eq!(mali.call("claim_session", room).await.0, 200);
    let rev = newest(&mali, &customer).await;
    looks(&mali, &customer, rev).await;
    dealt_with(app).await;
    let kept = "SELECT count(*) FROM read_tokens WHERE $1 = ''";
    assert_eq!(number(&app.state.db, kept, "").await, 0, "tried once");
    // The next message's token is as good as ever.
    customer.writes("again").await;
    let rev = newest(&mali, &customer).await;
    looks(&mali, &customer, rev).await;
    all_read(app, &customer).await;
});

/// An operator takes the customer's chat; answers who.
async fn owned(stage: &Stage) -> OperatorId {
    let (id, now) = (OperatorId::generate(), clock::now());
    let row = OperatorRow {
        id,
        email: "mali@example.com".to_owned(),
        name: "Mali".to_owned(),
        role: Role::Operator,
        password_hash: String::new(),
        presence: Presence::Online,
        created_at: now,
        disabled_at: None,
    };
    let conversation = stage.conversation().await;
    let taking = stage.db.write(move |mut conn| {
        Box::pin(async move {
            conn.insert_operator(&row).await?;
            conn.claim_session(conversation, id, now).await
        })
    });
    let taken: Result<bool, DbError> = taking.await;
    assert!(taken.expect("claims"));
    id
}

/// The owner has looked at the end of the chat.
async fn looked(stage: &Stage, owner: OperatorId) -> bool {
    let conversation = stage.conversation().await;
    let wanting = stage.db.write(move |mut conn| {
        Box::pin(async move {
            conn.want_read(conversation, i64::MAX, owner, clock::now())
                .await
        })
    });
    let wanted: Result<bool, DbError> = wanting.await;
    wanted.expect("wants")
}

async fn mark_all(stage: &Stage) {
    let (db, line) = (stage.db.clone(), stage.line.clone());
    let marks = ReadMarks::new(db, line, Arc::new(Notify::new()));
    marks.mark_all().await.expect("marks");
}

async fn all_bubbles(stage: &Stage) -> Vec<bool> {
    let base = format!("http://{}", stage.line_addr);
    let bubbles = bubbles(&base, &stage.customer).await;
    bubbles.into_iter().map(|(_, read)| read).collect()
}

fn marks_by(stage: &Stage, mode: MarkAsReadMode) {
    stage.sim.change_settings(SettingsChange {
        mark_as_read_mode: Some(mode),
        ..SettingsChange::default()
    });
}

on_both!(
    where_line_marks_by_itself_it_is_not_asked_to_and_later_it_is,
    stage,
    {
        stage.customer_writes().await;
        let owner = owned(stage).await;
        marks_by(stage, MarkAsReadMode::Auto);
        node(stage).ask(clock::now()).await;
        assert!(looked(stage, owner).await);
        mark_all(stage).await;
        assert_eq!(all_bubbles(stage).await, [false]);
        // What is wanted is kept: also by a process that starts now.
        marks_by(stage, MarkAsReadMode::Manual);
        node(stage).ask(clock::now().plus_ms(5 * MINUTE)).await;
        mark_all(stage).await;
        assert_eq!(all_bubbles(stage).await, [true]);
    }
);

on_both!(a_newer_message_takes_the_place_of_what_was_seen, stage, {
    stage.customer_writes().await;
    let owner = owned(stage).await;
    assert!(looked(stage, owner).await);
    stage.customer_writes().await;
    mark_all(stage).await;
    assert_eq!(all_bubbles(stage).await, [false, false]);
    assert!(looked(stage, owner).await);
    assert!(!looked(stage, owner).await, "it is wanted already");
    mark_all(stage).await;
    assert_eq!(all_bubbles(stage).await, [true, true]);
});

on_both!(tokens_end_with_what_else_has_an_end, stage, {
    stage.customer_writes().await;
    let kept = "SELECT count(*) FROM read_tokens WHERE $1 = ''";
    let sweep = async |now: Timestamp| {
        let mut retention = Retention::new(stage.db.clone());
        retention.sweep(now).await.expect("sweeps");
        number(&stage.db, kept, "").await
    };
    assert_eq!(sweep(clock::now().plus_ms(29 * DAY_MS)).await, 1);
    assert_eq!(sweep(clock::now().plus_ms(31 * DAY_MS)).await, 0);
});
