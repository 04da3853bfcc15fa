//! Customers, groups and multi-person chats.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{
    ChannelId, ContactId, ContactKind, ConversationId, LineId, Mode, SessionState, Timestamp,
};

/// A contact and its conversation, as an inbound event needs them.
#[derive(Clone, Debug)]
pub struct KnownContact {
    /// Which.
    pub id: ContactId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Profile's name, or the stand-in.
    pub display_name: String,
    /// When the profile was last fetched.
    pub profile_fetched_at: Option<Timestamp>,
    /// Where the work on it stands.
    pub state: SessionState,
    /// Whether a LINE module holds the chat.
    pub standby: bool,
    /// Who answers.
    pub mode: Mode,
    /// Until when the next text is a comment on what was rated.
    pub comment_until: Option<Timestamp>,
    /// Whether messages do not arrive.
    pub blocked: bool,
    /// What came when.
    pub times: ChatTimes,
}

/// When things happened in a chat, for telling what overtook what; 0 for never.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChatTimes {
    /// The place of our own newest message.
    pub own: Timestamp,
    /// LINE's time of the newest of the customer's messages.
    pub heard: Timestamp,
    /// That message's place.
    pub heard_place: Timestamp,
    /// LINE's time of the event that last said who holds the chat.
    pub standby: Timestamp,
    /// LINE's time of the event that last said whether messages arrive.
    pub blocked: Timestamp,
}

impl ChatTimes {
    /// LINE's time of the newest of all that it told of the chat.
    pub fn latest(&self) -> Timestamp {
        self.heard.max(self.standby).max(self.blocked)
    }
}

/// The name of a contact whose profile we do not have: the last four of its id.
pub fn stand_in_name(kind: ContactKind, id: &LineId) -> String {
    let text = id.as_str();
    let tail = text.get(text.len().saturating_sub(4)..).unwrap_or(text);
    match kind {
        ContactKind::User => format!("LINE user …{tail}"),
        ContactKind::Group => format!("LINE group …{tail}"),
        ContactKind::MultiPerson => format!("LINE chat …{tail}"),
    }
}

impl Conn<'_> {
    /// Adds a contact under its stand-in name and asks for its profile.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when it is there already.
    pub async fn insert_contact(
        &mut self,
        channel: ChannelId,
        line_id: &LineId,
        kind: ContactKind,
        now: Timestamp,
    ) -> Result<ContactId, DbError> {
        const SQL: &str = "INSERT INTO contacts (id, channel_id, line_user_id, kind, \
             display_name, profile_wanted_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";
        let id = ContactId::generate();
        later!(
            self,
            SQL,
            [
                id,
                channel,
                line_id.to_string(),
                kind,
                stand_in_name(kind, line_id),
                now
            ]
        );
        Ok(id)
    }

    /// Asks for the profile to be fetched.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn want_profile(
        &mut self,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE contacts SET profile_wanted_at = $2 \
             WHERE id = $1 AND profile_wanted_at IS NULL";
        later!(self, SQL, [contact, now]);
        Ok(())
    }

    /// Whether messages to this contact arrive, as an event of that time says; a later one that
    /// came before stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_blocked(
        &mut self,
        contact: ContactId,
        blocked: bool,
        at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE contacts SET blocked = $2, blocked_at = $3 \
             WHERE id = $1 AND blocked_at <= $3";
        later!(self, SQL, [contact, blocked, at]);
        Ok(())
    }

    /// Someone of a group, and whether their name is known; asks for it the first time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn group_member(
        &mut self,
        group: ContactId,
        line_id: &LineId,
        now: Timestamp,
    ) -> Result<Option<String>, DbError> {
        const SEE: &str = "INSERT INTO group_members (contact_id, line_user_id, wanted_at) \
             VALUES ($1, $2, $3) ON CONFLICT (contact_id, line_user_id) DO NOTHING";
        const NAME: &str = "SELECT display_name FROM group_members \
             WHERE contact_id = $1 AND line_user_id = $2";
        let name: Option<Option<String>> = on_db!(self, c => {
            sqlx::query(SEE)
                .bind(group)
                .bind(line_id.as_str())
                .bind(now)
                .execute(&mut *c)
                .await?;
            sqlx::query_scalar(NAME).bind(group).bind(line_id.as_str()).fetch_optional(c).await?
        });
        Ok(name.flatten())
    }
}
