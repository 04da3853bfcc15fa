//! Names and pictures of customers, groups and their members: which are wanted, and storing them.

use super::outbox::ChangedMessage;
use super::search::Corpus;
use super::{Conn, DbError, later, on_db};
use crate::protocol::{
    ChannelId, ContactId, ContactKind, ConversationId, LineId, MessageId, Timestamp,
};

/// Most messages whose sender's name is put right when the name becomes known.
const RENAMED_MAX: i64 = 200;

/// A contact whose profile is to be fetched.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DueProfile {
    /// Which.
    pub contact_id: ContactId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// On which LINE account.
    pub channel_id: ChannelId,
    /// LINE's id.
    pub line_user_id: LineId,
    /// Person, group or multi-person chat.
    pub kind: ContactKind,
}

/// A member of a group whose profile is to be fetched.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DueMember {
    /// The group or multi-person chat.
    pub contact_id: ContactId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// On which LINE account.
    pub channel_id: ChannelId,
    /// LINE's id of the group.
    pub group_line_id: LineId,
    /// Group or multi-person chat.
    pub kind: ContactKind,
    /// LINE's id of the member.
    pub line_user_id: LineId,
}

/// What LINE knows of someone.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundProfile {
    /// The name.
    pub display_name: String,
    /// On LINE's servers.
    pub picture_url: Option<String>,
    /// The profile's own words.
    pub status_message: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// How many people are in a group or multi-person chat.
    pub members: Option<i64>,
}

impl Conn<'_> {
    /// Contacts whose profile is wanted, longest first; none of paused channels.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_profiles(
        &mut self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DueProfile>, DbError> {
        const SQL: &str = "SELECT t.id AS contact_id, v.id AS conversation_id, t.channel_id, \
             t.line_user_id, t.kind FROM contacts t JOIN conversations v ON v.contact_id = t.id \
             JOIN channels c ON c.id = t.channel_id \
             WHERE t.profile_wanted_at <= $1 AND c.paused_reason IS NULL \
             ORDER BY t.profile_wanted_at LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(now).bind(limit).fetch_all(c).await?))
    }

    /// Members of groups whose profile is wanted, longest first; none of paused channels.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_members(
        &mut self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DueMember>, DbError> {
        const SQL: &str = "SELECT t.id AS contact_id, v.id AS conversation_id, t.channel_id, \
             t.line_user_id AS group_line_id, t.kind, g.line_user_id FROM group_members g \
             JOIN contacts t ON t.id = g.contact_id JOIN conversations v ON v.contact_id = t.id \
             JOIN channels c ON c.id = t.channel_id \
             WHERE g.wanted_at <= $1 AND c.paused_reason IS NULL ORDER BY g.wanted_at LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(now).bind(limit).fetch_all(c).await?))
    }

    /// Pulls profiles that are wanted later than they can have been meant to be: the time of day
    /// was set back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pull_profiles(&mut self, beyond: Timestamp, to: Timestamp) -> Result<(), DbError> {
        const CONTACTS: &str =
            "UPDATE contacts SET profile_wanted_at = $2 WHERE profile_wanted_at > $1";
        const MEMBERS: &str = "UPDATE group_members SET wanted_at = $2 WHERE wanted_at > $1";
        later!(self, CONTACTS, [beyond, to]);
        later!(self, MEMBERS, [beyond, to]);
        Ok(())
    }

    /// When the next profile is wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_profile_due(&mut self) -> Result<Option<Timestamp>, DbError> {
        const SQL: &str = "SELECT MIN(w.at) FROM (\
             SELECT t.profile_wanted_at AS at, t.channel_id FROM contacts t \
             WHERE t.profile_wanted_at IS NOT NULL \
             UNION ALL SELECT g.wanted_at, \
             (SELECT t.channel_id FROM contacts t WHERE t.id = g.contact_id) \
             FROM group_members g WHERE g.wanted_at IS NOT NULL) w \
             JOIN channels c ON c.id = w.channel_id WHERE c.paused_reason IS NULL";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).fetch_one(c).await?))
    }

    /// Wants the contact's profile at `at` instead of when it was due; `None`: not any more. False
    /// when it was not due, since another node was faster.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_profile(
        &mut self,
        contact: ContactId,
        due: Timestamp,
        at: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE contacts SET profile_wanted_at = $3 \
             WHERE id = $1 AND profile_wanted_at <= $2";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(contact).bind(due).bind(at).execute(c).await?.rows_affected() == 1
        }))
    }

    /// As [`Conn::move_profile`], for a member of a group.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_member(
        &mut self,
        group: ContactId,
        member: &LineId,
        due: Timestamp,
        at: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE group_members SET wanted_at = $4 \
             WHERE contact_id = $1 AND line_user_id = $2 AND wanted_at <= $3";
        Ok(on_db!(self, c => {
            sqlx::query(SQL)
                .bind(group)
                .bind(member.as_str())
                .bind(due)
                .bind(at)
                .execute(c)
                .await?
                .rows_affected() == 1
        }))
    }

    /// LINE shows no profile: the stand-in name stays, and the next event a day later asks again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn miss_profile(
        &mut self,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE contacts SET profile_fetched_at = $2, profile_wanted_at = NULL \
             WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(contact).bind(now).execute(c).await?;
        });
        Ok(())
    }

    /// Stores a contact's profile. Answers whether it says anything new, and the messages that are
    /// other ones by it: their sender has a name now, or they are in their reader's language.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_profile(
        &mut self,
        due: &DueProfile,
        mut found: FoundProfile,
        now: Timestamp,
    ) -> Result<(bool, Vec<ChangedMessage>), DbError> {
        const BEFORE: &str = "SELECT display_name, picture_url, status_message, language, members \
             FROM contacts WHERE id = $1";
        const SAVE: &str = "UPDATE contacts SET display_name = $2, picture_url = $3, \
             status_message = $4, language = $5, members = $6, profile_fetched_at = $7, \
             profile_wanted_at = NULL WHERE id = $1";
        self.lock_conversation(due.conversation_id).await?;
        let before: FoundProfile = on_db!(self, c => {
            sqlx::query_as(BEFORE).bind(due.contact_id).fetch_one(c).await?
        });
        // What LINE did not tell this time is as it was.
        found.members = found.members.or(before.members);
        let is_new = before != found;
        if is_new {
            self.bump_rev(due.conversation_id, now).await?;
        }
        let standing = self.standing(Corpus::Contacts, due.contact_id.0).await?;
        on_db!(self, c => {
            sqlx::query(SAVE)
                .bind(due.contact_id)
                .bind(&found.display_name)
                .bind(&found.picture_url)
                .bind(&found.status_message)
                .bind(&found.language)
                .bind(found.members)
                .bind(now)
                .execute(c)
                .await?;
        });
        self.reword(standing).await?;
        let (old, new) = (&before.display_name, &found.display_name);
        let mut changed = self
            .rename_sender(due.conversation_id, &due.line_user_id, old, new, now)
            .await?;
        if let Some(language) = found
            .language
            .as_deref()
            .filter(|_| before.language.is_none())
        {
            let translating = self.translate_automatic(due.conversation_id, language, now);
            changed.extend(translating.await?);
        }
        Ok((is_new, changed))
    }

    /// Stores a member's profile. Answers the messages whose sender now has a name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_member(
        &mut self,
        due: &DueMember,
        found: &FoundProfile,
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        const SAVE: &str = "UPDATE group_members SET display_name = $3, picture_url = $4, \
             fetched_at = $5, wanted_at = NULL WHERE contact_id = $1 AND line_user_id = $2";
        self.lock_conversation(due.conversation_id).await?;
        on_db!(self, c => {
            sqlx::query(SAVE)
                .bind(due.contact_id)
                .bind(due.line_user_id.as_str())
                .bind(&found.display_name)
                .bind(&found.picture_url)
                .bind(now)
                .execute(c)
                .await?;
        });
        let old = super::contacts::stand_in_name(ContactKind::User, &due.line_user_id);
        let new = &found.display_name;
        self.rename_sender(due.conversation_id, &due.line_user_id, &old, new, now)
            .await
    }

    /// Gives messages that came before the name was known their sender's name, each with a `rev`
    /// of its own.
    async fn rename_sender(
        &mut self,
        conversation: ConversationId,
        sender: &LineId,
        old: &str,
        new: &str,
        now: Timestamp,
    ) -> Result<Vec<ChangedMessage>, DbError> {
        const FIND: &str = "SELECT id FROM messages WHERE conversation_id = $1 \
             AND sender_type = 'customer' AND sender_id = $2 AND sender_name = $3 \
             ORDER BY placed_at, created_at, id LIMIT $4";
        const RENAME: &str = "UPDATE messages SET sender_name = $2, rev = $3 WHERE id = $1";
        let stand_in = super::contacts::stand_in_name(ContactKind::User, sender);
        if old == new || old != stand_in {
            return Ok(Vec::new());
        }
        let messages: Vec<MessageId> = on_db!(self, c => {
            sqlx::query_scalar(FIND)
                .bind(conversation)
                .bind(sender.as_str())
                .bind(old)
                .bind(RENAMED_MAX)
                .fetch_all(c)
                .await?
        });
        let mut renamed = Vec::with_capacity(messages.len());
        for message in messages {
            let rev = self.bump_rev(conversation, now).await?;
            on_db!(self, c => {
                sqlx::query(RENAME).bind(message).bind(new).bind(rev).execute(c).await?;
            });
            renamed.push(ChangedMessage {
                conversation,
                message,
                rev,
            });
        }
        Ok(renamed)
    }
}
