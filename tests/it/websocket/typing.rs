//! What others see of an operator who types: LINE's loading animation on the customer's phone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sala::protocol::{ChannelName, OperatorId, Room};
use sala::service::animation::Animation;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::harness::customer::Customer;
use crate::harness::ws_client::{PATIENCE, WsClient};
use crate::harness::{TestApp, both_databases};

/// A customer who has written, and the owner of the chat.
async fn owned(app: &TestApp, customer: &Customer) -> WsClient {
    customer.writes("hello").await;
    owner_of(app, &customer.room()).await
}

async fn owner_of(app: &TestApp, room: &str) -> WsClient {
    let mut owner = app.console("mali@example.com").await;
    owner.join(room).await;
    let claimed = owner.ask("claim_session", json!({ "room": room })).await;
    assert_eq!(claimed["type"], "session_claimed", "{claimed}");
    owner
}

async fn types(operator: &mut WsClient, customer: &Customer) {
    operator
        .tell("typing_start", json!({ "room": customer.room() }))
        .await;
    // Commands of one connection are served in their order.
    operator.ask("ping", json!({})).await;
}

/// Waits until the customer has been shown the animation.
async fn shown(customer: &Customer) -> Vec<Value> {
    let began = Instant::now();
    loop {
        let calls = customer.loading().await;
        if !calls.is_empty() {
            return calls;
        }
        assert!(began.elapsed() < PATIENCE, "no animation");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the server has dealt with all typing so far: it does so in order, and somebody
/// else's animation has been shown since.
async fn dealt_with(app: &TestApp) {
    let witness = app.customer("Witness").await;
    let mut owner = owned(app, &witness).await;
    types(&mut owner, &witness).await;
    shown(&witness).await;
}

both_databases!(the_owner_who_types_shows_the_customer_once_that, |app| {
    let customer = app.customer("Nok").await;
    let mut owner = owned(app, &customer).await;
    for _ in 0..5 {
        types(&mut owner, &customer).await;
    }
    assert_eq!(shown(&customer).await[0]["seconds"], 10);
    dealt_with(app).await;
    assert_eq!(customer.loading().await.len(), 1);
});

both_databases!(an_onlooker_who_types_is_not_shown, |app| {
    let customer = app.customer("Nok").await;
    let _owner = owned(app, &customer).await;
    let mut onlooker = app.console("somchai@example.com").await;
    onlooker.join(&customer.room()).await;
    types(&mut onlooker, &customer).await;
    dealt_with(app).await;
    assert_eq!(customer.loading().await, NONE);
});

const NONE: [Value; 0] = [];

/// Mali types at these times (in milliseconds from now), and the server deals with all of it.
async fn mali_types(app: &TestApp, customer: &Customer, times: &[i64]) {
    let line = Arc::new(app.state.channels.clone());
    let (animation, animator) = Animation::new(app.state.db.clone(), line);
    let room: Room = customer.room().parse().expect("a room");
    let mali = app.operator_id("mali@example.com").await;
    let mali: OperatorId = mali.parse().expect("an id");
    let now = sala::clock::moment();
    for ms in times {
        animation.wish(&room, mali, now.plus_ms(*ms));
    }
    drop(animation);
    animator.run(CancellationToken::new()).await;
}

both_databases!(the_animation_comes_at_most_every_five_seconds, |app| {
    let customer = app.customer("Nok").await;
    let _owner = owned(app, &customer).await;
    mali_types(app, &customer, &[0, 4_000, 4_999, 5_000, 8_000, 12_000]).await;
    assert_eq!(customer.loading().await.len(), 3);
});

both_databases!(only_the_owner_of_an_active_session_is_shown, |app| {
    let customer = app.customer("Nok").await;
    customer.writes("hello").await;
    mali_types(app, &customer, &[0]).await;
    assert_eq!(customer.loading().await, NONE, "waiting");
    let mut owner = owner_of(app, &customer.room()).await;
    mali_types(app, &customer, &[0]).await;
    assert_eq!(customer.loading().await.len(), 1, "claimed");
    owner
        .ask("close_session", json!({ "room": customer.room() }))
        .await;
    mali_types(app, &customer, &[0]).await;
    assert_eq!(customer.loading().await.len(), 1, "closed");
});

both_databases!(a_group_is_never_asked_for, |app| {
    let member = app.customer("Nok").await;
    let group = Customer::group(app.addr, "Orders", &[&member]).await;
    let message = json!({ "type": "text", "text": "hello" });
    let said = json!({ "message": message, "from": member.id });
    assert_eq!(group.act("messages", said).await["webhook_status"], 200);
    let _owner = owner_of(app, &group.room()).await;
    mali_types(app, &group, &[0]).await;
    // LINE would refuse; the simulator notes refused calls too.
    assert_eq!(group.loading().await, NONE);
});

both_databases!(a_channel_may_do_without, |app| {
    let customer = app.customer("Nok").await;
    let _owner = owned(app, &customer).await;
    let channel = ChannelName::default();
    for (on, calls) in [(false, 0), (true, 1)] {
        let set = app.state.channels.set_loading_animation(&channel, on);
        set.await.expect("set");
        mali_types(app, &customer, &[0]).await;
        assert_eq!(customer.loading().await.len(), calls, "on: {on}");
    }
});
