//! Replies: free, first, and never followed by a push when nobody knows.

use sala::clock;
use sala::protocol::MessageStatus;
use sala::simulator::Fault;

use super::{MINUTE, cut, late, sent, status};
use crate::stage::on_both;

on_both!(
    a_fresh_token_carries_up_to_five_messages_in_one_call,
    stage,
    {
        stage.customer_writes().await;
        let now = clock::now();
        let mut ids = Vec::new();
        for n in 1..=7 {
            ids.push(stage.queue(&format!("{n}"), now).await);
        }
        stage.step(now).await;
        let first: Vec<_> = (1..=5).map(|n| n.to_string()).collect();
        let push = |n: &str| ("push", vec![n.to_owned()]);
        assert_eq!(stage.phone(), [("reply", first), push("6"), push("7")]);
        for id in &ids {
            assert_eq!(stage.status(*id).await, sent());
        }
        let told: Vec<_> = stage.told().into_iter().map(|(id, _)| id).collect();
        assert_eq!(told, ids);
    }
);

on_both!(texts_arrive_byte_for_byte, stage, {
    stage.customer_writes().await;
    let text = " 1 < 2 & x\r\n<b>ครับ</b> {name} \u{200d}🍎\t ";
    stage.queue(text, clock::now()).await;
    stage.queue(text, late()).await;
    stage.step(late()).await;
    let texts: Vec<_> = stage
        .phone()
        .into_iter()
        .flat_map(|(_, texts)| texts)
        .collect();
    assert_eq!(texts, [text, text]);
});

on_both!(each_token_pays_for_one_reply_the_oldest_first, stage, {
    stage.customer_writes().await;
    stage.customer_writes().await;
    let now = clock::now();
    for text in ["one", "two", "three"] {
        stage.queue(text, now).await;
        stage.step(now).await;
    }
    let kinds: Vec<_> = stage.phone().into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["reply", "reply", "push"]);
});

on_both!(an_old_token_is_left_alone, stage, {
    stage.customer_writes().await;
    stage.queue("late", late()).await;
    stage.step(late()).await;
    assert_eq!(stage.phone(), [("push", vec!["late".to_owned()])]);
});

on_both!(
    a_token_that_was_definitely_refused_is_followed_by_pushes,
    stage,
    {
        stage.customer_writes().await;
        let refused = Fault {
            reason: Some("reply_token".to_owned()),
            ..status(400)
        };
        stage.fault(refused);
        let now = clock::now();
        stage.queue("a", now).await;
        stage.queue("b", now).await;
        stage.step(now).await;
        let push = |text: &str| ("push", vec![text.to_owned()]);
        assert_eq!(stage.phone(), [push("a"), push("b")]);
    }
);

on_both!(an_unclear_reply_is_repeated_with_the_same_token, stage, {
    stage.customer_writes().await;
    stage.fault(cut(false));
    let now = clock::now();
    let id = stage.queue("once", now).await;
    stage.step(now).await;
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
    stage.step(now.plus_ms(2_000)).await;
    assert_eq!(stage.phone(), [("reply", vec!["once".to_owned()])]);
    assert_eq!(stage.status(id).await, sent());
});

on_both!(
    an_unclear_reply_whose_token_is_then_refused_is_unconfirmed,
    stage,
    {
        stage.customer_writes().await;
        stage.fault(cut(true));
        let now = clock::now();
        let id = stage.queue("once", now).await;
        stage.step(now).await;
        stage.step(now.plus_ms(2_000)).await;
        stage.step(now.plus_ms(10 * MINUTE)).await;
        assert_eq!(stage.phone(), [("reply", vec!["once".to_owned()])]);
        let message = stage.message(id).await;
        assert_eq!(message.status, MessageStatus::Unconfirmed);
        assert!(message.error.expect("why").contains("Invalid reply token"));
    }
);

on_both!(a_reply_that_never_left_may_become_a_push, stage, {
    stage.customer_writes().await;
    stage.line.use_base("http://127.0.0.1:1");
    let now = clock::now();
    stage.queue("late", now).await;
    stage.step(now).await;
    stage.line.use_base(&format!("http://{}", stage.line_addr));
    let refused = Fault {
        reason: Some("reply_token".to_owned()),
        ..status(400)
    };
    stage.fault(refused);
    stage.step(now.plus_ms(2 * MINUTE)).await;
    assert_eq!(stage.phone(), [("push", vec!["late".to_owned()])]);
});
