//! Supervisors who look at no console are told of targets that have passed.

use std::sync::Arc;

use tokio::sync::Notify;

use super::key::PushKey;
use super::roll::Roll;
use super::wanted::is_quiet;
use crate::db::push_devices::PushTarget;
use crate::db::push_outbox::{NewPush, PushKind};
use crate::protocol::{ConversationId, Role, Room, Timestamp};
use crate::realtime::Hub;

/// Whom to tell; cheap to clone.
#[derive(Clone)]
pub struct LateAlarm {
    hub: Hub,
    roll: Roll,
    key: PushKey,
    /// Wakes what sends.
    wake: Arc<Notify>,
}

impl LateAlarm {
    /// Over this hub and these devices.
    pub fn new(hub: Hub, roll: Roll, key: PushKey, wake: Arc<Notify>) -> Self {
        Self {
            hub,
            roll,
            key,
            wake,
        }
    }

    /// What is to be queued of a chat at this `rev`.
    pub(in crate::service) fn pushes(
        &self,
        conversation: ConversationId,
        room: &Room,
        rev: i64,
        now: Timestamp,
    ) -> Vec<NewPush> {
        let is_told = |target: &&PushTarget| {
            target.role >= Role::Supervisor
                && !self.hub.is_seen(target.operator)
                && !is_quiet(&target.settings, &target.zone, now)
        };
        let topic = self.key.topic(&room.to_string());
        let push = |target: &PushTarget| NewPush {
            device: target.device,
            topic: topic.clone(),
            conversation: Some(conversation),
            message: None,
            rev,
            kind: PushKind::Late,
        };
        self.roll
            .targets()
            .iter()
            .filter(is_told)
            .map(push)
            .collect()
    }

    /// Has what is queued sent.
    pub(in crate::service) fn wake(&self) {
        self.wake.notify_one();
    }
}
