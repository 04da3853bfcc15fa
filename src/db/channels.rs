//! LINE Official Accounts. Secret and token stay encrypted here; only services decrypt them.

use sqlx::FromRow;

use super::{Conn, DbError, on_db};
use crate::protocol::{ChannelId, ConversationId, OperatorId, Room, Timestamp};

/// One channel.
#[derive(Clone, Debug, FromRow)]
pub struct ChannelRow {
    /// Which.
    pub id: ChannelId,
    /// In addresses and room names.
    pub name: String,
    /// Shown to people.
    pub title: String,
    /// The account's own user id at LINE, once known; webhooks carry it as `destination`.
    pub line_user_id: Option<String>,
    /// The channel secret, encrypted.
    pub secret: Vec<u8>,
    /// The channel access token, encrypted.
    pub access_token: Vec<u8>,
    /// How long a reply token is tried.
    pub reply_token_seconds: i64,
    /// Whether customers see LINE's loading animation while their operator types.
    pub loading_animation: bool,
    /// Whether answers bear their operator's name at LINE.
    pub show_sender: bool,
    /// Whether customers see that their operator has read.
    pub mark_as_read: bool,
    /// Whether the account marks as read, and not LINE by itself; absent until LINE has said.
    pub marks_by_hand: Option<bool>,
    /// Why nothing is sent at the moment, such as a token that LINE refused.
    pub paused_reason: Option<String>,
    /// When LINE last accepted the credentials.
    pub verified_at: Option<Timestamp>,
    /// Since when it exists.
    pub created_at: Timestamp,
}

/// A chat in which the loading animation may be shown.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct AnimatedChat {
    /// Which.
    pub conversation: ConversationId,
    /// On which LINE account.
    pub channel: ChannelId,
}

impl Conn<'_> {
    /// Adds a channel.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when the name is taken.
    pub async fn insert_channel(&mut self, row: &ChannelRow) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO channels (id, name, title, line_user_id, secret, access_token, \
             reply_token_seconds, loading_animation, paused_reason, verified_at, created_at, \
             show_sender, mark_as_read, marks_by_hand) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(row.id)
                .bind(row.name.as_str())
                .bind(row.title.as_str())
                .bind(row.line_user_id.as_deref())
                .bind(row.secret.as_slice())
                .bind(row.access_token.as_slice())
                .bind(row.reply_token_seconds)
                .bind(row.loading_animation)
                .bind(row.paused_reason.as_deref())
                .bind(row.verified_at)
                .bind(row.created_at)
                .bind(row.show_sender)
                .bind(row.mark_as_read)
                .bind(row.marks_by_hand)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// The channel with this name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channel_by_name(&mut self, name: &str) -> Result<Option<ChannelRow>, DbError> {
        const SQL: &str = "SELECT id, name, title, line_user_id, secret, access_token, \
             reply_token_seconds, loading_animation, show_sender, mark_as_read, marks_by_hand, \
             paused_reason, verified_at, created_at FROM channels WHERE name = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(name).fetch_optional(c).await?))
    }

    /// The channel with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channel(&mut self, id: ChannelId) -> Result<Option<ChannelRow>, DbError> {
        const SQL: &str = "SELECT id, name, title, line_user_id, secret, access_token, \
             reply_token_seconds, loading_animation, show_sender, mark_as_read, marks_by_hand, \
             paused_reason, verified_at, created_at FROM channels WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
    }

    /// All channels, in the order of their making.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channels(&mut self) -> Result<Vec<ChannelRow>, DbError> {
        const SQL: &str = "SELECT id, name, title, line_user_id, secret, access_token, \
             reply_token_seconds, loading_animation, show_sender, mark_as_read, marks_by_hand, \
             paused_reason, verified_at, created_at FROM channels ORDER BY created_at, id";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?))
    }

    /// Replaces a channel's credentials (both encrypted) and lets it send again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_channel_credentials(
        &mut self,
        id: ChannelId,
        secret: &[u8],
        access_token: &[u8],
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE channels SET secret = $2, access_token = $3, \
             paused_reason = NULL, verified_at = NULL WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(secret).bind(access_token).execute(c).await?;
        });
        Ok(())
    }

    /// Replaces how a channel's credentials are encrypted; they themselves stay.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_channel_sealed(
        &mut self,
        id: ChannelId,
        secret: &[u8],
        access_token: &[u8],
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE channels SET secret = $2, access_token = $3 WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(secret).bind(access_token).execute(c).await?;
        });
        Ok(())
    }

    /// Notes that LINE accepted the credentials, and who the account is there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_channel_verified(
        &mut self,
        id: ChannelId,
        line_user_id: &str,
        title: &str,
        marks_by_hand: bool,
        at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE channels SET line_user_id = $2, title = $3, \
             marks_by_hand = $4, verified_at = $5 WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(id)
                .bind(line_user_id)
                .bind(title)
                .bind(marks_by_hand)
                .bind(at)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// Notes whether the account marks chats as read, and not LINE by itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_marks_by_hand(&mut self, id: ChannelId, by_hand: bool) -> Result<(), DbError> {
        const SQL: &str = "UPDATE channels SET marks_by_hand = $2 WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(by_hand).execute(c).await?;
        });
        Ok(())
    }

    /// Says what customers see of operators. Answers the channel, if there is one of this name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_channel_answers(
        &mut self,
        name: &str,
        show_sender: bool,
        mark_as_read: bool,
    ) -> Result<Option<ChannelId>, DbError> {
        const SQL: &str =
            "UPDATE channels SET show_sender = $2, mark_as_read = $3 WHERE name = $1 RETURNING id";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(name)
                .bind(show_sender)
                .bind(mark_as_read)
                .fetch_optional(c)
                .await?
        }))
    }

    /// Says whether customers see the loading animation. Answers whether there is such a channel.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_channel_loading_animation(
        &mut self,
        name: &str,
        on: bool,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE channels SET loading_animation = $2 WHERE name = $1";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(name).bind(on).execute(c).await?.rows_affected() > 0
        }))
    }

    /// The chat of `room`, if `operator` owns its active session and the animation may be shown
    /// there: one-to-one, with somebody who has not blocked the account, held by no LINE module,
    /// on a channel that wants it and may send.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn animated_chat(
        &mut self,
        room: &Room,
        operator: OperatorId,
    ) -> Result<Option<AnimatedChat>, DbError> {
        const SQL: &str = "SELECT c.id AS conversation, ch.id AS channel FROM conversations c \
             JOIN contacts ct ON ct.id = c.contact_id JOIN channels ch ON ch.id = c.channel_id \
             WHERE ch.name = $1 AND ct.line_user_id = $2 AND ct.channel_id = ch.id \
             AND ct.kind = 'user' AND NOT ct.blocked AND NOT c.standby \
             AND c.state = 'active' AND c.owner_id = $3 \
             AND ch.loading_animation AND ch.paused_reason IS NULL";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(room.channel().as_str())
                .bind(room.contact().as_str())
                .bind(operator)
                .fetch_optional(c)
                .await?
        }))
    }
}
