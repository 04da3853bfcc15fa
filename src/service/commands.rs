//! One command, whichever way it came: to its service, and what it came to as an event for the
//! socket and as an answer for HTTP.

use super::ServiceError;
use super::inbox::{Inbox, Marked};
use super::messages::{Messages, Sent};
use super::presence::Team;
use super::sessions::{Destination, SessionChange, Sessions};
use super::snoozes::Snoozes;
use crate::protocol::{
    Answer, ClientId, Command, ConnectionId, Degraded, Message, Operator, OperatorId,
    OperatorPresence, Room, ServerEvent,
};

/// Runs commands.
#[derive(Clone)]
pub struct Commands {
    messages: Messages,
    sessions: Sessions,
    inbox: Inbox,
    snoozes: Snoozes,
    team: Team,
}

/// Who gives a command.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The operator.
    pub operator: &'a Operator,
    /// The connection that is answered instead of told; none over HTTP.
    pub origin: Option<ConnectionId>,
}

/// What a command came to.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "each is made once for a command, and answered at once"
)]
pub enum Done {
    /// A message is stored.
    Sent {
        /// The key that the client gave it.
        client_id: ClientId,
        /// As stored.
        sent: Sent,
    },
    /// A session has changed.
    Moved(SessionChange),
    /// A message is tried again, or taken back.
    Changed {
        /// Where.
        room: Room,
        /// As it is now.
        message: Message,
    },
    /// Lines were looked at, or not; or a chat is not wanted, or wanted again.
    Marked(Marked),
    /// Somebody said whether they are at the desk.
    Present {
        /// Everyone who is not disabled.
        operators: Vec<OperatorPresence>,
        /// What does not work at present.
        degraded: Vec<Degraded>,
    },
}

impl Commands {
    /// By these services.
    pub fn new(
        messages: &Messages,
        sessions: &Sessions,
        inbox: &Inbox,
        snoozes: &Snoozes,
        team: &Team,
    ) -> Self {
        Self {
            messages: messages.clone(),
            sessions: sessions.clone(),
            inbox: inbox.clone(),
            snoozes: snoozes.clone(),
            team: team.clone(),
        }
    }

    /// Does what the command says.
    ///
    /// # Errors
    /// What its service refuses.
    pub async fn run(&self, by: By<'_>, command: Command) -> Result<Done, ServiceError> {
        let By { operator, origin } = by;
        Ok(match command {
            Command::SendMessage(message) => Done::Sent {
                client_id: message.client_id,
                sent: self.messages.send(operator, message, origin).await?,
            },
            Command::ClaimSession { room } => {
                Done::Moved(self.sessions.claim(operator, &room, origin).await?)
            }
            Command::CloseSession { room, note } => {
                let closed = self.sessions.close(operator, &room, note, origin);
                Done::Moved(closed.await?)
            }
            Command::TransferSession {
                room,
                operator_id,
                to_queue,
                note,
            } => {
                let to = destination(operator_id, to_queue)?;
                let moved = self.sessions.transfer(operator, &room, to, note, origin);
                Done::Moved(moved.await?)
            }
            Command::MarkRead { room, rev } => {
                let marked = self.inbox.mark_read(operator.id, &room, rev, origin);
                Done::Marked(marked.await?)
            }
            Command::MarkUnread { room, message_id } => {
                let marked = self.inbox.mark_unread(operator, &room, message_id, origin);
                Done::Marked(marked.await?)
            }
            Command::Snooze { room, until } => {
                let snoozed = self.snoozes.snooze(operator, &room, until, origin);
                Done::Marked(snoozed.await?)
            }
            Command::Unsnooze { room } => {
                Done::Marked(self.snoozes.unsnooze(operator, &room, origin).await?)
            }
            Command::SetPresence { status } => {
                self.team.choose(operator.id, status).await?;
                Done::Present {
                    operators: self.team.now().await?,
                    degraded: self.team.degraded(),
                }
            }
            Command::RetryMessage { room, message_id } => {
                let message = self.messages.retry(operator, &room, message_id, origin);
                let message = message.await?;
                Done::Changed { room, message }
            }
            Command::CancelMessage { room, message_id } => {
                let message = self.messages.cancel(operator, &room, message_id, origin);
                let message = message.await?;
                Done::Changed { room, message }
            }
        })
    }
}

fn destination(operator: Option<OperatorId>, to_queue: bool) -> Result<Destination, ServiceError> {
    match (operator, to_queue) {
        (Some(operator), false) => Ok(Destination::Operator(operator)),
        (None, true) => Ok(Destination::Queue),
        (Some(_), true) | (None, false) => Err(ServiceError::Validation(
            "Transfer to an operator_id or with to_queue, and not both.".into(),
        )),
    }
}

impl Done {
    /// As the connection is told that gave the command. Of a session that is what everyone else is
    /// told too.
    pub fn into_event(self) -> ServerEvent {
        match self {
            Self::Sent { client_id, sent } => ServerEvent::MessageSent {
                client_id,
                rev: sent.rev,
                message: sent.message,
            },
            Self::Moved(change) => change.event,
            Self::Changed { room, message } => ServerEvent::MessageUpdated {
                room,
                rev: message.rev,
                message,
            },
            Self::Marked(marked) => marked.to_event(),
            Self::Present {
                operators,
                degraded,
            } => ServerEvent::PresenceUpdate {
                operators,
                degraded,
            },
        }
    }

    /// As a call is answered.
    pub fn into_answer(self) -> Answer {
        match self {
            Self::Sent { sent, .. } => Answer::Sent {
                rev: sent.rev,
                message: Box::new(sent.message),
            },
            Self::Moved(change) => Answer::Session(Box::new(change.session)),
            Self::Changed { message, .. } => Answer::Message(Box::new(message)),
            Self::Marked(marked) => Answer::Conversation(Box::new(marked.conversation)),
            Self::Present { operators, .. } => Answer::Team(operators),
        }
    }
}
