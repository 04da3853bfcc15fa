//! Devices that are told while no console is open or seen, and what consoles say of themselves.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ApiError;
use super::codec::Json;

/// What a browser subscribes with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// 65 bytes in base64url.
    pub public_key: String,
}

/// A subscription's own keys, in base64url.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionKeys {
    /// The point of its key.
    pub p256dh: String,
    /// Its word.
    pub auth: String,
}

impl std::fmt::Debug for SubscriptionKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SubscriptionKeys(…)")
    }
}

/// How many devices are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// One's own.
    pub devices: usize,
}

/// The public half of the server's key.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "push_key", input = Json, output = Json)]
pub async fn push_key() -> Result<PublicKey, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    let public_key = state.push.key().await.map_err(context::refuse)?;
    Ok(PublicKey { public_key })
}

/// Has a device told from now on, for as long as this log-in.
///
/// # Errors
/// `validation_error` (400) for an address to which no push may go, and for keys that are none.
#[server(prefix = "/api", endpoint = "push_subscribe", input = Json, output = Json)]
pub async fn push_subscribe(
    endpoint: String,
    keys: SubscriptionKeys,
    #[server(default)] device: String,
) -> Result<(), ApiError> {
    use super::context;
    use crate::service::push::Subscription;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let subscription = Subscription {
        endpoint,
        p256dh: keys.p256dh,
        auth: keys.auth,
        device,
        zone: context::zone(),
    };
    let kept = state.push.subscribe(&me, subscription).await;
    kept.map_err(context::refuse)
}

/// Has a device of one's own told no more.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "push_unsubscribe", input = Json, output = Json)]
pub async fn push_unsubscribe(endpoint: String) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let gone = state.push.unsubscribe(&me, endpoint).await;
    gone.map_err(context::refuse)
}

/// Tells all one's own devices something.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "push_test", input = Json, output = Json)]
pub async fn push_test() -> Result<Tested, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let devices = state.push.test(&me).await;
    devices
        .map(|devices| Tested { devices })
        .map_err(context::refuse)
}

/// A console says whether it can be seen, and whether it was touched since it said so last. Being
/// seen holds for 25 seconds.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "attend", input = Json, output = Json)]
pub async fn attend(
    console: Uuid,
    visible: bool,
    #[server(default)] active: bool,
) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    state.push.attend(me.operator.id, console, visible, active);
    Ok(())
}
