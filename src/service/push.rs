//! Telling operators while no console of theirs is open or seen: their devices, whom to tell of what,
//! and sending it.
//!
//! What is new comes from the hub after it is durable, so that no webhook waits for this. Each push is
//! a row until a push service has it. What a server that was killed had not come to is found in the
//! store.

mod desk;
mod key;
mod late;
mod notice;
mod roll;
mod sender;
mod wanted;

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Notify;
use uuid::Uuid;

pub use desk::Desk;
pub use key::PushKey;
pub use late::LateAlarm;
pub use notice::{Notice, PAYLOAD_MAX};
pub use roll::Roll;
pub use sender::Sender;

use super::ServiceError;
use super::auth::SignedIn;
use super::change::{settings_of, telling};
use super::error::Fault;
use crate::clock;
use crate::config::Config;
use crate::db::push_devices::{NewPushDevice, OwnPushDevice, PushDeviceId};
use crate::db::push_outbox::{NewPush, PushKind};
use crate::db::{Audit, Conn, Db};
use crate::protocol::fault::Reason;
use crate::protocol::{MessageId, OperatorId, Zone};
use crate::push::{DeviceKeys, Endpoint, Reach};
use crate::realtime::{Attending, Hub};

/// The most devices of one operator; a further one takes the place of the oldest.
const DEVICES: u32 = 20;

/// The longest word by which a device calls itself, in characters.
const NAME_MAX: usize = 100;

/// The section that consoles hear of when one's devices are others.
const SECTION: &str = "push";

/// A device as a browser describes it.
pub struct Subscription {
    /// Where its push service is.
    pub endpoint: String,
    /// Its key.
    pub p256dh: String,
    /// Its word.
    pub auth: String,
    /// What it calls itself.
    pub device: String,
    /// Its time zone, as browsers tell it; empty for UTC.
    pub zone: String,
}

/// One's own devices; cheap to clone.
#[derive(Clone)]
pub struct Push {
    db: Db,
    hub: Hub,
    key: PushKey,
    reach: Reach,
    roll: Roll,
    wake: Arc<Notify>,
}

impl Push {
    /// Over this store and hub.
    pub fn new(
        config: &Config,
        db: Db,
        hub: Hub,
        key: PushKey,
        roll: Roll,
        wake: Arc<Notify>,
    ) -> Self {
        Self {
            db,
            hub,
            key,
            reach: reach(config),
            roll,
            wake,
        }
    }

    /// The public half of the server's key.
    ///
    /// # Errors
    /// When the store fails, or the key cannot be read.
    pub async fn key(&self) -> Result<String, ServiceError> {
        Ok(self.key.get().await?.public().to_owned())
    }

    /// Whether an operator has a device that is told while no console of theirs is there.
    pub fn reaches(&self, operator: OperatorId) -> bool {
        self.roll.reaches(operator)
    }

    /// A console of an operator's says whether it can be seen and was touched.
    pub fn attend(&self, operator: OperatorId, console: Uuid, visible: bool, active: bool) {
        let said = Attending {
            console,
            visible,
            active,
        };
        self.hub.attend(operator, said);
    }

    /// One's own devices.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn devices(&self, who: &SignedIn) -> Result<Vec<OwnPushDevice>, ServiceError> {
        let mut reader = self.db.reader().await?;
        Ok(reader.conn().push_devices_of(who.operator.id).await?)
    }

    /// Keeps the device of whoever asks, for as long as their log-in. Consoles say it at each start.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for an address to which no push may go, and for keys that are none.
    pub async fn subscribe(
        &self,
        who: &SignedIn,
        subscription: Subscription,
    ) -> Result<(), ServiceError> {
        let new = self.checked(who, subscription)?;
        let (operator, now, hub) = (who.operator.id, clock::now(), self.hub.clone());
        let is_new = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let before = conn.push_device_at(&new.endpoint).await?;
                        let id = PushDeviceId(Uuid::now_v7());
                        let id = conn.save_push_device(id, &new, now).await?;
                        let is_new = before.is_none_or(|(_, owner)| owner != operator);
                        if is_new {
                            // What waited was for whoever had this browser before.
                            conn.forget_pushes_of(id).await?;
                            conn.keep_push_devices(operator, DEVICES).await?;
                            audit(&mut conn, operator, "operator.push_subscribe").await?;
                        }
                        Ok::<_, ServiceError>(is_new)
                    })
                },
                move |is_new| {
                    let told = is_new.then(|| settings_of(operator, SECTION));
                    (is_new, telling(hub, Vec::from_iter(told)))
                },
            )
            .await?;
        if is_new {
            tracing::debug!(operator.id = %operator, "a device is told from now on");
        }
        // A known one may have another zone or log-in.
        self.hub.alerts_changed();
        Ok(())
    }

    fn checked(
        &self,
        who: &SignedIn,
        subscription: Subscription,
    ) -> Result<NewPushDevice, ServiceError> {
        let Subscription {
            endpoint,
            p256dh,
            auth,
            device,
            zone,
        } = subscription;
        let endpoint = Endpoint::parse(&endpoint, self.reach)
            .map_err(|error| Fault::new("endpoint", Reason::Unsupported, error.to_string()))?;
        if DeviceKeys::parse(&p256dh, &auth).is_none() {
            let sentence = "These are no keys of a push subscription.";
            return Err(Fault::new("keys", Reason::Malformed, sentence).into());
        }
        if device.chars().count() > NAME_MAX {
            let sentence = "A device calls itself by at most 100 characters.";
            return Err(Fault::new("device", Reason::TooLong, sentence).into());
        }
        if device.chars().any(char::is_control) {
            let sentence = "A device calls itself by what can be seen.";
            return Err(Fault::new("device", Reason::Unseen, sentence).into());
        }
        let zone = Zone::parse(&zone).unwrap_or_default();
        Ok(NewPushDevice {
            operator: who.operator.id,
            login: who.login,
            endpoint: endpoint.as_str().to_owned(),
            p256dh,
            auth,
            device,
            zone: zone.to_string(),
        })
    }

    /// Forgets a device of one's own, by its address. One that is not there is forgotten already.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn unsubscribe(&self, who: &SignedIn, endpoint: String) -> Result<(), ServiceError> {
        let operator = who.operator.id;
        self.forget(operator, Which::At(endpoint)).await?;
        Ok(())
    }

    /// Forgets a device of one's own, by its id.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there is none with this id, or not any more.
    pub async fn forget_device(&self, who: &SignedIn, id: Uuid) -> Result<(), ServiceError> {
        let operator = who.operator.id;
        let gone = self.forget(operator, Which::Id(PushDeviceId(id))).await?;
        if gone {
            Ok(())
        } else {
            Err(ServiceError::NotFound("You have no such device."))
        }
    }

    async fn forget(&self, operator: OperatorId, which: Which) -> Result<bool, ServiceError> {
        let hub = self.hub.clone();
        let gone = self
            .db
            .write_and(
                move |mut conn| {
                    Box::pin(async move {
                        let gone = match &which {
                            Which::At(address) => {
                                conn.delete_push_device_at(operator, address).await?
                            }
                            Which::Id(id) => conn.delete_own_push_device(operator, *id).await?,
                        };
                        if gone {
                            audit(&mut conn, operator, "operator.push_unsubscribe").await?;
                        }
                        Ok::<_, ServiceError>(gone)
                    })
                },
                move |gone| {
                    let told = gone.then(|| settings_of(operator, SECTION));
                    (gone, telling(hub, Vec::from_iter(told)))
                },
            )
            .await?;
        if gone {
            self.hub.alerts_changed();
        }
        Ok(gone)
    }

    /// Tells all one's own devices something, whoever looks at what; answers how many there are.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn test(&self, who: &SignedIn) -> Result<usize, ServiceError> {
        let devices = self.devices(who).await?;
        let (count, now) = (devices.len(), clock::now());
        let topic = self.key.topic(&format!("a test of {}", who.operator.id));
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    for device in devices {
                        let push = NewPush {
                            device: device.id,
                            topic: topic.clone(),
                            conversation: None,
                            // Of its own, so that it is another one than the one before.
                            message: Some(MessageId::generate()),
                            rev: now.0,
                            kind: PushKind::Test,
                        };
                        conn.queue_push(&push, now).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        self.wake.notify_one();
        Ok(count)
    }
}

/// One of one's own devices.
enum Which {
    At(String),
    Id(PushDeviceId),
}

/// Where pushes may go: in the demo and for trials to this machine as well.
fn reach(config: &Config) -> Reach {
    if config.pushes_to_this_machine() {
        Reach::AndThisMachine
    } else {
        Reach::Public
    }
}

async fn audit(
    conn: &mut Conn<'_>,
    operator: OperatorId,
    action: &'static str,
) -> Result<(), ServiceError> {
    let audit = Audit {
        operator: Some(operator),
        action,
        conversation: None,
        details: json!({}),
    };
    Ok(conn.insert_audit(clock::now(), &audit).await?)
}
