//! The totals that lists show are those of the conversations there are.

use serde_json::json;

use crate::harness::database::number;
use crate::harness::{TestApp, both_databases};

/// The total that is kept, and the same counted one by one.
async fn totals(app: &TestApp) -> [(i64, i64); 2] {
    let db = &app.state.db;
    let kept_open = "SELECT CAST(sum(open) AS BIGINT) FROM conversation_totals WHERE $1 = ''";
    let kept_closed = "SELECT CAST(sum(closed) AS BIGINT) FROM conversation_totals WHERE $1 = ''";
    let open = "SELECT count(*) FROM conversations WHERE state <> 'closed' AND $1 = ''";
    let closed = "SELECT count(*) FROM conversations WHERE state = 'closed' AND $1 = ''";
    [
        (number(db, kept_open, "").await, number(db, open, "").await),
        (
            number(db, kept_closed, "").await,
            number(db, closed, "").await,
        ),
    ]
}

both_databases!(totals_follow_every_turn_of_a_session, |app| {
    let (one, other) = (app.customer("One").await, app.customer("Other").await);
    one.writes("hello").await;
    other.writes("hello").await;
    assert_eq!(totals(app).await, [(2, 2), (0, 0)]);
    let mut mali = app.console("mali@example.com").await;
    let room = json!({ "room": one.room() });
    mali.ask("claim_session", room.clone()).await;
    assert_eq!(totals(app).await, [(2, 2), (0, 0)]);
    mali.ask("close_session", room).await;
    assert_eq!(totals(app).await, [(1, 1), (1, 1)]);
    let session = app.log_in("mali@example.com").await;
    let (status, page) = session
        .call("conversations", json!({ "tab": "closed" }))
        .await;
    assert_eq!(status, 200, "{page}");
    assert_eq!(page["counts"]["all"], 1, "{page}");
    assert_eq!(page["counts"]["closed"], 1, "{page}");
    one.writes("again").await;
    assert_eq!(totals(app).await, [(2, 2), (0, 0)]);
});
