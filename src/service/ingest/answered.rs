//! What is answered by itself to what a customer did.

use uuid::Uuid;

use super::chat::{Chat, Turn};
use super::message::Stored;
use crate::db::{Conn, DbError};
use crate::line::webhook::{EventKind, ParsedEvent};
use crate::protocol::automatic::Occasion;
use crate::protocol::line_details::LineDetails;
use crate::protocol::message::{EventLine, EventName};
use crate::protocol::{MessageStatus, Timestamp};
use crate::realtime::Publication;
use crate::service::automatic::{Automatic, Chat as Place, Happened};
use crate::service::change::{SystemMessage, add_system_message, message_added};
use crate::service::rating;
use crate::service::survey::{self, Press};

/// What was answered, and what else came of it.
#[derive(Default)]
pub(super) struct Answered {
    pub(super) told: Vec<Publication>,
    /// Whether something was written to the customer.
    pub(super) writes: bool,
}

impl From<Option<Publication>> for Answered {
    fn from(written: Option<Publication>) -> Self {
        Self {
            writes: written.is_some(),
            told: Vec::from_iter(written),
        }
    }
}

impl Chat<'_> {
    /// Where an answer is written to a line that stands there.
    fn below(&self, place: Timestamp) -> Place<'_> {
        Place {
            conversation: self.contact.conversation_id,
            channel: self.channel.id,
            room: &self.room,
            place,
        }
    }
}

/// To an event that is no line of the customer's, and came with this reply token.
pub(super) async fn event(
    conn: &mut Conn<'_>,
    automatic: &Automatic,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    token: Option<Uuid>,
) -> Result<Answered, DbError> {
    match &parsed.event.kind {
        EventKind::Follow { .. } => {
            let happened = Happened {
                chat: chat.below(chat.at),
                occasion: Occasion::Greeting,
                at: chat.at,
                token,
            };
            let greeted = automatic.answer(conn, happened, chat.now).await?;
            Ok(greeted.into())
        }
        EventKind::Postback { data, .. } if rating::is_answer(data) => {
            let press = Press {
                data,
                raw: &parsed.raw,
                at: chat.at,
                token,
            };
            let place = chat.below(chat.place(conn).await?);
            let pressed = survey::press(conn, automatic, place, press, chat.now).await?;
            Ok(Answered {
                told: pressed.told,
                writes: pressed.writes,
            })
        }
        _ => Ok(Answered::default()),
    }
}

/// To a line of the customer's.
pub(super) async fn line(
    conn: &mut Conn<'_>,
    automatic: &Automatic,
    chat: &Chat<'_>,
    parsed: &ParsedEvent,
    stored: &Stored,
) -> Result<Answered, DbError> {
    let asks = matches!(
        parsed.event.kind,
        EventKind::Message(_) | EventKind::Postback { .. }
    );
    let Stored { message, turn } = stored;
    if !asks || message.status == MessageStatus::Unsent {
        return Ok(Answered::default());
    }
    let place = chat.below(message.place());
    match turn {
        Turn::Bot => Ok(Answered::default()),
        Turn::Nobody => {
            let told = survey::comment(conn, place, message).await?;
            Ok(Answered {
                told: Vec::from_iter(told),
                writes: false,
            })
        }
        Turn::Team => {
            let written = say(conn, automatic, chat, place, Occasion::Away).await?;
            Ok(written.into())
        }
        Turn::FromBot => {
            let line = handed_over(conn, chat, place).await?;
            // While nobody is there, that is what there is to say.
            let is_open = chat
                .known
                .calendar(chat.channel.name.as_str())
                .open_at(chat.now);
            let occasion = if is_open {
                Occasion::HandedOver
            } else {
                Occasion::Away
            };
            let written = say(conn, automatic, chat, place, occasion).await?;
            let writes = written.is_some();
            let told = [Some(line), written].into_iter().flatten().collect();
            Ok(Answered { told, writes })
        }
    }
}

async fn say(
    conn: &mut Conn<'_>,
    automatic: &Automatic,
    chat: &Chat<'_>,
    place: Place<'_>,
    occasion: Occasion,
) -> Result<Option<Publication>, DbError> {
    let happened = Happened {
        chat: place,
        occasion,
        at: chat.at,
        token: None,
    };
    automatic.answer(conn, happened, chat.now).await
}

/// The line that tells that the bot has handed the chat over.
async fn handed_over(
    conn: &mut Conn<'_>,
    chat: &Chat<'_>,
    below: Place<'_>,
) -> Result<Publication, DbError> {
    let (conversation, place) = (below.conversation, below.place);
    let rev = conn.bump_rev(conversation, chat.now).await?;
    let line = SystemMessage {
        conversation,
        channel: below.channel,
        session: None,
        rev,
        event: EventLine {
            name: EventName::HandedOver,
            operator: None,
            to: None,
            note: None,
            detail: None,
        },
        text: "The bot handed this chat to the team.".to_owned(),
        at: chat.at,
        place,
        details: LineDetails::default(),
        raw: None,
    };
    let line = add_system_message(conn, line).await?;
    conn.record_quiet(conversation, place).await?;
    Ok(message_added(&chat.room, line, None))
}
