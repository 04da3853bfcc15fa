//! The chat that an event happened in: found, or made when it is the first event of it.

use super::ChannelRef;
use super::arrival::Arrival;
use super::happened::happened;
use crate::db::contacts::{ChatTimes, KnownContact, stand_in_name};
use crate::db::webhook_events::Found;
use crate::db::{Conn, DbError};
use crate::line::webhook::Source;
use crate::protocol::message::{Sender, SenderType};
use crate::protocol::time::DAY_MS;
use crate::protocol::{ContactKind, LineId, Mode, Room, SessionId, SessionState, Timestamp};
use crate::service::clocks::Clocks;
use crate::service::hand_over;
use crate::service::team_settings::Known;

/// Whose turn it is after a line of the customer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Somebody of the team is to answer.
    Team,
    /// The same, and a bot answered before.
    FromBot,
    /// A bot is to answer.
    Bot,
    /// It comments on what the customer has just rated.
    Nobody,
}

impl Turn {
    /// Whether the customer waits for somebody of the team.
    pub(super) const fn is_teams(self) -> bool {
        matches!(self, Self::Team | Self::FromBot)
    }
}

/// The chat of an event.
pub(super) struct Chat<'a> {
    pub(super) channel: &'a ChannelRef,
    /// What the team has chosen.
    pub(super) known: &'a Known,
    /// How its clocks run, where there are targets.
    pub(super) clocks: Option<&'a Clocks>,
    pub(super) room: Room,
    pub(super) contact: KnownContact,
    pub(super) kind: ContactKind,
    /// When the event happened, by LINE's clock where that can be.
    pub(super) at: Timestamp,
    /// When its webhook came.
    pub(super) now: Timestamp,
    /// Whether the message that the event is about is here.
    pub(super) message_is_here: bool,
    /// Whether that message was unsent before it came.
    pub(super) unsent_early: bool,
}

/// The chat of an event as it was found, or made. A profile older than a day is asked for again.
pub(super) async fn chat_of<'a>(
    conn: &mut Conn<'_>,
    arrival: &Arrival<'a>,
    found: Found,
    known: &'a Known,
) -> Result<Chat<'a>, DbError> {
    let Arrival {
        channel,
        clocks,
        parsed,
        source,
        now,
        ..
    } = *arrival;
    let chat_id = arrival.chat_id.clone();
    let kind = match source {
        Source::User { .. } => ContactKind::User,
        Source::Group { .. } => ContactKind::Group,
        Source::Room { .. } => ContactKind::MultiPerson,
    };
    let latest = found.contact.as_ref().map(|contact| contact.times.latest());
    let at = happened(parsed.event.timestamp, now, latest.unwrap_or_default());
    let contact = match found.contact {
        Some(contact) => contact,
        None => make_contact(conn, channel, kind, &chat_id, at, now).await?,
    };
    if contact
        .profile_fetched_at
        .is_some_and(|fetched| now.since(fetched) > DAY_MS)
    {
        conn.want_profile(contact.id, now).await?;
    }
    let room = Room::new(channel.name.clone(), chat_id);
    Ok(Chat {
        channel,
        known,
        clocks,
        room,
        contact,
        kind,
        at,
        now,
        message_is_here: found.message_is_here,
        unsent_early: found.unsent_early,
    })
}

async fn make_contact(
    conn: &mut Conn<'_>,
    channel: &ChannelRef,
    kind: ContactKind,
    chat_id: &LineId,
    at: Timestamp,
    now: Timestamp,
) -> Result<KnownContact, DbError> {
    let id = conn.insert_contact(channel.id, chat_id, kind, now).await?;
    let conversation_id = conn.insert_conversation(channel.id, id, at).await?;
    Ok(KnownContact {
        id,
        conversation_id,
        display_name: stand_in_name(kind, chat_id),
        profile_fetched_at: None,
        state: SessionState::None,
        standby: false,
        comment_until: None,
        mode: Mode::default(),
        blocked: false,
        times: ChatTimes::default(),
    })
}

impl Chat<'_> {
    /// Whose turn it is after a line of the customer's, with these words or this button.
    pub(super) fn turn(&self, words: Option<&str>, button: Option<&str>) -> Turn {
        let contact = &self.contact;
        let is_open = contact.state.open_session().is_some();
        if contact.mode == Mode::Human || is_open {
            let hears = contact.comment_until.is_some_and(|until| self.at <= until);
            let is_comment = hears && !is_open && words.is_some();
            return if is_comment { Turn::Nobody } else { Turn::Team };
        }
        let by_words = || words.is_some_and(|words| self.known.asks_for_person(words));
        if button == Some(hand_over::BUTTON) || by_words() {
            Turn::FromBot
        } else {
            Turn::Bot
        }
    }

    /// The open session; a new one, which waits, when none is open.
    pub(super) async fn open_session(
        &self,
        conn: &mut Conn<'_>,
        state: SessionState,
    ) -> Result<SessionId, DbError> {
        match state.open_session() {
            Some(session) => Ok(session),
            None => {
                conn.open_session(self.contact.conversation_id, self.at)
                    .await
            }
        }
    }

    /// Who an event is from.
    pub(super) async fn sender(
        &self,
        conn: &mut Conn<'_>,
        source: Option<&Source>,
    ) -> Result<Sender, DbError> {
        let person = source
            .and_then(Source::user_id)
            .and_then(|id| id.parse::<LineId>().ok());
        let name = match (&person, self.kind) {
            (_, ContactKind::User) => self.contact.display_name.clone(),
            (None, _) => "Someone in the group".to_owned(),
            (Some(id), _) => {
                let known = conn.group_member(self.contact.id, id, self.now).await?;
                known.unwrap_or_else(|| stand_in_name(ContactKind::User, id))
            }
        };
        Ok(Sender {
            kind: SenderType::Customer,
            id: person.map(|id| id.to_string()),
            name,
        })
    }
}
