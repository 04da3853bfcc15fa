//! Who is at the desk, looks at what and types: as this node sees it over all nodes.
//!
//! Each node tells its own clients what changed in its view, so that nothing arrives twice;
//! between nodes go announcements, not events.

use super::announcement::{Announcement, NodeId};
use super::broker::Bulletin;
use super::connection::Connection;
use super::hub::Hub;
use super::publication::{Audience, Publication};
use super::roster::Changes;
use crate::clock::Moment;
use crate::protocol::{
    ConnectionId, Degraded, OperatorId, OperatorRef, Presence, Room, ServerEvent, Timestamp,
};

impl Hub {
    /// The operator of a connection types in a room, or stopped.
    pub fn set_typing(&self, connection: &Connection, room: &Room, typing: bool, now: Moment) {
        let operator = connection.operator.to_ref();
        let news = self.record_typing(room, &operator, typing, now);
        if news || typing {
            // Going on with it is no news here, but other nodes must hear that it goes on.
            self.tell_nodes(Bulletin::Typing {
                room: room.clone(),
                operator: operator.clone(),
                typing,
            });
        }
        if news {
            self.publish_typing(room, operator, typing, Some(connection.id));
        }
    }

    /// As [`Hub::set_typing`], for a connection of another node.
    pub(super) fn hear_typing(
        &self,
        room: &Room,
        operator: OperatorRef,
        typing: bool,
        now: Moment,
    ) {
        if self.record_typing(room, &operator, typing, now) {
            self.publish_typing(room, operator, typing, None);
        }
    }

    fn record_typing(
        &self,
        room: &Room,
        operator: &OperatorRef,
        typing: bool,
        now: Moment,
    ) -> bool {
        let roster = &mut self.state().roster;
        if typing {
            roster.type_in(room, operator.clone(), now)
        } else {
            roster.stop_typing(room, operator.id)
        }
    }

    pub(super) fn publish_typing(
        &self,
        room: &Room,
        operator: OperatorRef,
        typing: bool,
        except: Option<ConnectionId>,
    ) {
        let event = ServerEvent::TypingIndicator {
            room: room.clone(),
            operator,
            typing,
        };
        self.publish_to_room(room, event, except);
    }

    pub(super) fn publish_joined(
        &self,
        room: &Room,
        operator: OperatorRef,
        except: Option<ConnectionId>,
    ) {
        let event = ServerEvent::OperatorJoined {
            room: room.clone(),
            operator,
        };
        self.publish_to_room(room, event, except);
    }

    pub(super) fn publish_left(
        &self,
        room: &Room,
        operator: OperatorRef,
        except: Option<ConnectionId>,
    ) {
        let event = ServerEvent::OperatorLeft {
            room: room.clone(),
            operator,
        };
        self.publish_to_room(room, event, except);
    }

    fn publish_to_room(&self, room: &Room, event: ServerEvent, except: Option<ConnectionId>) {
        self.publish(Publication {
            audience: Audience::Room,
            room: Some(room.clone()),
            rev: None,
            event,
            except,
        });
    }

    pub(super) fn publish_changes(&self, changes: Changes) {
        for (room, operator) in changes.stopped_typing {
            self.publish_typing(&room, operator, false, None);
        }
        for (room, operator) in changes.left_rooms {
            self.publish_left(&room, operator, None);
        }
        for (room, operator) in changes.joined_rooms {
            self.publish_joined(&room, operator, None);
        }
        if changes.presence {
            self.notify_presence();
        }
    }

    /// Who looks at a room.
    pub fn viewers(&self, room: &Room) -> Vec<OperatorRef> {
        self.state().roster.viewers(room)
    }

    /// The presence that others see of an operator.
    pub fn presence(&self, operator: OperatorId) -> Presence {
        let presence = self.state().roster.presence(operator);
        match presence {
            // What was chosen wins over what is only seen.
            Presence::Online if self.is_idle(operator) => Presence::Away,
            presence => presence,
        }
    }

    /// Whether anybody is at the desk, at any node.
    pub fn is_anybody_online(&self) -> bool {
        let operators = self.state().roster.operators();
        let mut operators = operators.into_iter();
        operators.any(|operator| self.presence(operator) == Presence::Online)
    }

    /// The operator chose a presence.
    pub fn choose_presence(&self, operator: OperatorId, presence: Presence, now: Timestamp) {
        if self.state().roster.choose(operator, presence, now) {
            self.notify_presence();
        }
        self.announce_soon();
    }

    /// Something in the store that the team list shows may have changed.
    pub fn presence_may_have_changed(&self) {
        self.notify_presence();
        self.tell_nodes(Bulletin::TeamChanged);
    }

    /// What does not work at present, for telling the consoles.
    pub fn degraded(&self) -> Vec<Degraded> {
        let is_apart = self.broker().is_some_and(|broker| !broker.is_up());
        let broker = is_apart.then_some(Degraded::Broker);
        let files = self.files_wait().then_some(Degraded::Files);
        broker.into_iter().chain(files).collect()
    }

    /// What this node has to announce: all of it, or what changed since the last time.
    pub(super) fn announcement(&self, whole: bool) -> Option<Announcement> {
        self.state().roster.announcement(whole)
    }

    /// Another node announced itself.
    pub(super) fn hear_announcement(&self, node: NodeId, news: Announcement, until: Moment) {
        let changes = self.state().roster.hear(node, news, until);
        self.publish_changes(changes);
    }

    /// Another node said goodbye.
    pub(super) fn hear_goodbye(&self, node: NodeId, now: Moment) {
        self.state().roster.hear_goodbye(node, now);
    }
}
