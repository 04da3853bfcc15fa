//! Timers on several nodes: each happens once, whatever ends in the middle and whose clock is wrong.

use serde_json::{Value, json};

use super::on_three;
use crate::harness::cluster::Cluster;
use crate::harness::database::{change, number};
use crate::harness::session::Session;

const MINUTE: i64 = 60_000;

/// Chats whose time has come, those that come later one by one, and those whose time has not come.
const DUE: usize = 6;
const LATER: usize = 2;
const EARLY: usize = 2;

async fn of_state(cluster: &Cluster, state: &str) -> i64 {
    let sql = "SELECT count(*) FROM conversations WHERE state = $1";
    number(&cluster.db, sql, state).await
}

/// Makes it so long ago that something was written in a chat whose customer has this LINE id.
async fn ago(cluster: &Cluster, customer: &str, minutes: i64) {
    let sql = match minutes {
        61 => {
            "UPDATE conversations SET waiting_since = NULL, activity_at = activity_at - 3660000 \
             WHERE contact_id = (SELECT id FROM contacts WHERE line_user_id = $1)"
        }
        _ => {
            "UPDATE conversations SET waiting_since = NULL, activity_at = activity_at - 3300000 \
             WHERE contact_id = (SELECT id FROM contacts WHERE line_user_id = $1)"
        }
    };
    change(&cluster.db, sql, customer).await;
}

/// Lets a chat's timer be due.
async fn comes_due(cluster: &Cluster, customer: &str) {
    ago(cluster, customer, 61).await;
    let sql = "UPDATE timers SET due_at = 1 WHERE conversation_id = (SELECT c.id \
         FROM conversations c JOIN contacts ct ON ct.id = c.contact_id WHERE ct.line_user_id = $1)";
    change(&cluster.db, sql, customer).await;
}

on_three!(
    each_timer_runs_once_with_a_killed_node_and_a_wrong_clock,
    |cluster| {
        let mut mali = cluster.console(0, "mali@example.com").await;
        let mut customers = Vec::new();
        for _ in 0..DUE + LATER + EARLY {
            let customer = cluster.known_customer("hello").await;
            let room = json!({ "room": customer.room() });
            let claimed = mali.ask("claim_session", room).await;
            assert_eq!(claimed["type"], "session_claimed", "{claimed}");
            customers.push(customer.id.clone());
        }
        let (due, rest) = customers.split_at(DUE);
        for customer in due {
            ago(cluster, customer, 61).await;
        }
        for customer in rest {
            ago(cluster, customer, 55).await;
        }
        cluster.node(2).clock.set_wrong(10 * MINUTE);
        let admin = Session::start(cluster.node(0).addr, "admin@example.com").await;
        let rule = json!({ "after_minutes": 60, "only_if_answered": true });
        let saving = json!({ "section": "auto_close", "version": 0, "value": rule });
        assert_eq!(admin.call("save_settings", saving).await.0, 200);
        let is_closed = |frame: &Value| frame["type"] == "session_closed";
        mali.expect(is_closed).await;
        cluster.kill(1);
        for _ in 1..DUE {
            mali.expect(is_closed).await;
        }
        assert_eq!(of_state(cluster, "closed").await, 6);
        mali.leave().await;
        cluster.end(0).await;
        // Only the node whose clock is ahead is left: by its clock all are over.
        let mut mali = cluster.console(2, "mali@example.com").await;
        for customer in &rest[..LATER] {
            comes_due(cluster, customer).await;
            mali.expect(is_closed).await;
        }
        assert_eq!(of_state(cluster, "closed").await, 8);
        assert_eq!(of_state(cluster, "active").await, 2);
        let audited = "SELECT count(*) FROM audit WHERE action = $1";
        let audited = number(&cluster.db, audited, "session.close_by_rule").await;
        assert_eq!(audited, 8);
        let twice = "SELECT count(*) FROM (SELECT conversation_id FROM audit WHERE action = $1 \
         GROUP BY conversation_id HAVING count(*) > 1) AS twice";
        assert_eq!(number(&cluster.db, twice, "session.close_by_rule").await, 0);
        mali.leave().await;
    }
);
