//! What the server says.

use super::{Engine, Extent, Output, Snapshot};
use crate::protocol::{
    ClientId, Conversation, ErrorCode, ErrorPayload, Message, ServerEvent, ServerFrame,
    ThreadCursor,
};

impl Engine {
    pub(super) fn frame(&mut self, now: i64, frame: ServerFrame) {
        self.heard(now);
        let reference = frame.reference;
        if let ServerEvent::AuthSuccess { heartbeat_ms, .. } = frame.event {
            self.authenticated(now, heartbeat_ms);
            self.out.insert(0, Output::Apply(Box::new(frame.event)));
            return;
        }
        if !self.is_connected() {
            // `auth_error` is followed by 4401, which says the same.
            return;
        }
        match frame.event {
            ServerEvent::Error(error) => self.refused(now, reference, error),
            event => {
                if let Some(reference) = &reference {
                    self.pending.remove(reference);
                }
                self.event(now, reference.as_deref(), event);
            }
        }
    }

    fn event(&mut self, now: i64, reference: Option<&str>, event: ServerEvent) {
        match event {
            ServerEvent::ConversationUpdate {
                conversation,
                messages: Some(messages),
                complete,
                viewers,
                older,
                ..
            } => {
                let snapshot = Snapshot {
                    extent: latest(&messages, older),
                    conversation: *conversation,
                    messages,
                    viewers,
                };
                self.joined(now, reference, snapshot, complete != Some(false));
                return;
            }
            ServerEvent::MessageSent {
                client_id,
                rev,
                message,
            } => return self.stored(now, client_id, rev, message),
            ServerEvent::ConversationUpdate {
                ref room,
                rev,
                complete,
                ..
            } => self.rooms.told(room, rev, complete == Some(true), now),
            ServerEvent::NewMessage { ref room, rev, .. }
            | ServerEvent::MessageUpdated { ref room, rev, .. }
            | ServerEvent::SessionClaimed { ref room, rev, .. }
            | ServerEvent::SessionClosed { ref room, rev, .. }
            | ServerEvent::SessionTransferred { ref room, rev, .. } => {
                self.rooms.event(room, rev, now);
            }
            ServerEvent::Pong { ref revs, .. } => self.rooms.present(revs, now),
            // They carry no `rev`, or one whose line comes by itself. The first and the last were
            // served before.
            ServerEvent::AuthSuccess { .. }
            | ServerEvent::CsatReceived { .. }
            | ServerEvent::Mentioned { .. }
            | ServerEvent::MentionsRead { .. }
            | ServerEvent::AuthError { .. }
            | ServerEvent::TypingIndicator { .. }
            | ServerEvent::PresenceUpdate { .. }
            | ServerEvent::SettingsUpdate { .. }
            | ServerEvent::QuotaUpdate { .. }
            | ServerEvent::OperatorJoined { .. }
            | ServerEvent::OperatorLeft { .. }
            | ServerEvent::Error(_) => {}
        }
        let own = line_of(&event).and_then(|line| line.client_id);
        self.out.push(Output::Apply(Box::new(event)));
        if let Some(client_id) = own {
            self.take_out(client_id);
        }
    }

    /// The answer to `join_room`; `snapshot` is taken for one that starts afresh.
    fn joined(&mut self, now: i64, reference: Option<&str>, snapshot: Snapshot, complete: bool) {
        let (room, rev) = (
            snapshot.conversation.room.clone(),
            snapshot.conversation.rev,
        );
        let Some(ask) = self.rooms.answer(&room, reference) else {
            self.rooms.hint(&room, rev, now);
            let event = update(snapshot.conversation);
            self.out.push(Output::Apply(Box::new(event)));
            return;
        };
        let changes = ask.after.filter(|_| complete);
        if !self.rooms.caught_up(&room, changes, rev, now) {
            self.rooms.not_joined(&room);
            return;
        }
        self.snapshot(Snapshot {
            extent: match changes {
                Some(_) => Extent::Changes,
                None => snapshot.extent,
            },
            ..snapshot
        });
    }

    /// An own message is stored.
    pub(super) fn stored(&mut self, now: i64, client_id: ClientId, rev: i64, message: Message) {
        // A second answer to the same message says nothing new.
        let Some(room) = self.outbox.get(client_id).map(|i| i.message.room.clone()) else {
            return;
        };
        self.rooms.event(&room, rev, now);
        let event = ServerEvent::NewMessage { room, rev, message };
        self.out.push(Output::Apply(Box::new(event)));
        self.take_out(client_id);
    }

    fn refused(&mut self, now: i64, reference: Option<String>, error: ErrorPayload) {
        if error.code == ErrorCode::NotInRoom
            && let Some(room) = &error.room
        {
            self.rooms.not_joined(room);
        }
        let reference = reference.unwrap_or_default();
        let client_id = error.client_id.or_else(|| reference.parse().ok());
        if let Some(client_id) = client_id {
            self.refuse_message(now, client_id, error);
        } else if let Some(pending) = self.pending.remove(&reference) {
            if pending.tells() {
                self.out.push(Output::Refused {
                    command: pending.command,
                    error,
                });
            }
        } else if let Some(room) = self.rooms.asked(&reference)
            && !matches!(
                error.code,
                ErrorCode::RateLimitExceeded | ErrorCode::InternalError
            )
        {
            self.missing(&room, Some(error));
        }
    }
}

/// The line that an event is about.
fn line_of(event: &ServerEvent) -> Option<&Message> {
    if let ServerEvent::NewMessage { message, .. } | ServerEvent::MessageUpdated { message, .. } =
        event
    {
        Some(message)
    } else {
        None
    }
}

fn update(conversation: Conversation) -> ServerEvent {
    ServerEvent::ConversationUpdate {
        room: conversation.room.clone(),
        rev: conversation.rev,
        conversation: Box::new(conversation),
        messages: None,
        complete: None,
        viewers: None,
        older: None,
    }
}

fn latest(messages: &[Message], older: Option<bool>) -> Extent {
    let first = messages.first().map(ThreadCursor::of);
    match older {
        Some(true) => Extent::LatestBefore(first),
        Some(false) => Extent::LatestBefore(None),
        None => Extent::Latest,
    }
}
