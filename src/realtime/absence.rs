//! What the hub knows of operators who may have to be told elsewhere: whether they look at a console, and
//! what is new.

use tokio::sync::mpsc;

use super::attention::Attending;
use super::broker::Bulletin;
use super::hub::Hub;
use super::tap::News;
use crate::clock::{self, Moment};
use crate::protocol::OperatorId;

impl Hub {
    /// A console says whether it can be seen and was touched; other nodes hear of it.
    pub fn attend(&self, operator: OperatorId, said: Attending) {
        self.hear_attending(operator, said, clock::moment());
        self.tell_nodes(Bulletin::Attending {
            operator,
            console: said.console,
            visible: said.visible,
            active: said.active,
        });
    }

    /// As [`Hub::attend`], from a console of another node.
    pub(super) fn hear_attending(&self, operator: OperatorId, said: Attending, now: Moment) {
        if self.state().attention.hear(operator, said, now) {
            self.notify_presence();
        }
    }

    /// Whether an operator looks at a console, on whichever node.
    pub fn is_seen(&self, operator: OperatorId) -> bool {
        self.state().attention.is_seen(operator, clock::moment())
    }

    /// Milliseconds since an operator looked at a console; 0 while they do, nothing where that is
    /// not known.
    pub fn unseen_for(&self, operator: OperatorId) -> Option<i64> {
        let now = clock::moment();
        let until = self.state().attention.seen_until(operator, now)?;
        Some(now.since(until))
    }

    /// Whether an operator has touched no console for long.
    pub(super) fn is_idle(&self, operator: OperatorId) -> bool {
        self.state().attention.is_idle(operator)
    }

    pub(super) fn sweep_attention(&self, now: Moment) {
        if self.state().attention.expire(now) {
            self.notify_presence();
        }
    }

    /// What is new from now on; once.
    pub fn take_news(&self) -> Option<mpsc::Receiver<News>> {
        self.inner.tap.take()
    }

    /// Whether anybody wants to hear of what is new.
    pub fn want_news(&self, wanted: bool) {
        self.inner.tap.want(wanted);
    }

    /// Whom to tell, or of what, may be something else than it was; other nodes hear of it.
    pub fn alerts_changed(&self) {
        self.inner.tap.say_changed();
        self.tell_nodes(Bulletin::AlertsChanged);
    }

    pub(super) fn hear_alerts_changed(&self) {
        self.inner.tap.say_changed();
    }

    /// Waits until [`Hub::alerts_changed`] was said, on whichever node.
    pub async fn alerts_change(&self) {
        self.inner.tap.change().await;
    }
}
