//! Pushes on several nodes: who looks at a console of any node is not told, and nobody is told twice.

use sala::protocol::OperatorId;
use serde_json::json;

use super::on_three;
use crate::harness::push_service::PushService;
use crate::harness::session::Session;
use crate::push::{MALI, SOMCHAI, attends, called, subscribe, wait_until};

on_three!(
    who_looks_at_another_node_is_not_told_and_nobody_is_told_twice,
    |cluster| {
        let service = PushService::start().await;
        let (mut of_mali, mut of_somchai) = (service.browser(), service.browser());
        let mali = Session::start(cluster.node(0).addr, MALI).await;
        subscribe(&mali, &of_mali).await;
        let somchai = Session::start(cluster.node(1).addr, SOMCHAI).await;
        subscribe(&somchai, &of_somchai).await;
        let team = called(&mali, "operators", json!({})).await;
        let team: Vec<OperatorId> = ["Mali", "Somchai"]
            .iter()
            .filter_map(|name| {
                let team = team.as_array()?;
                let one = team.iter().find(|one| one["name"] == *name)?;
                one["id"].as_str()?.parse().ok()
            })
            .collect();
        assert_eq!(team.len(), 2);
        for n in 0..3 {
            let push = &cluster.node(n).state.push;
            wait_until(async || team.iter().all(|id| push.reaches(*id))).await;
        }

        // Mali looks at a console of the second node; the messages come to the first.
        let elsewhere = Session::start(cluster.node(1).addr, MALI).await;
        attends(&elsewhere, 1, true).await;
        cluster.attendance_settled().await;
        let first = cluster.known_customer("hello").await;
        let pushed = of_somchai.pushed().await;
        assert_eq!(pushed.notice["room"], first.room());

        attends(&elsewhere, 1, false).await;
        cluster.attendance_settled().await;
        let second = cluster.known_customer("hello?").await;
        for browser in [&mut of_mali, &mut of_somchai] {
            let pushed = browser.pushed().await;
            assert_eq!(
                pushed.notice["room"],
                second.room(),
                "and not the first one"
            );
        }
        for browser in [&mut of_mali, &mut of_somchai] {
            assert!(browser.arrived().is_empty(), "nobody is told twice");
        }
    }
);
