//! LINE's tokens that mark chats as read: the newest of each chat, until it is tried or too old.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{ChannelId, ConversationId, OperatorId, Timestamp};

/// A message's token.
#[derive(Clone, Debug)]
pub struct NewReadToken {
    /// The chat.
    pub conversation: ConversationId,
    /// The LINE account.
    pub channel: ChannelId,
    /// LINE's.
    pub token: String,
    /// The conversation's `rev` of the message.
    pub rev: i64,
    /// When the customer sent it.
    pub sent_at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
}

/// A token that is to be tried.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WantedRead {
    /// The chat.
    pub conversation_id: ConversationId,
    /// The LINE account.
    pub channel_id: ChannelId,
    /// LINE's.
    pub token: String,
}

impl Conn<'_> {
    /// Keeps a message's token in place of those of older messages.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_read_token(&mut self, new: NewReadToken) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO read_tokens \
             (conversation_id, channel_id, token, rev, sent_at, received_at) \
             VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (conversation_id) DO UPDATE SET token = excluded.token, \
                 rev = excluded.rev, sent_at = excluded.sent_at, \
                 received_at = excluded.received_at, wanted_at = NULL \
             WHERE excluded.sent_at >= read_tokens.sent_at";
        later!(
            self,
            SQL,
            [
                new.conversation,
                new.channel,
                new.token,
                new.rev,
                new.sent_at,
                new.received_at
            ]
        );
        Ok(())
    }

    /// The operator has looked at all up to `rev`: if the chat is theirs and that is its end, the
    /// customer is to see it. Answers whether there is something to do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn want_read(
        &mut self,
        conversation: ConversationId,
        rev: i64,
        by: OperatorId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE read_tokens SET wanted_at = $4 WHERE conversation_id = $1 \
             AND rev <= $2 AND wanted_at IS NULL AND EXISTS (SELECT 1 FROM conversations c \
                 WHERE c.id = $1 AND c.state = 'active' AND c.owner_id = $3)";
        Ok(on_db!(self, c => {
            sqlx::query(SQL)
                .bind(conversation)
                .bind(rev)
                .bind(by)
                .bind(now)
                .execute(c)
                .await?
                .rows_affected() > 0
        }))
    }

    /// Tokens to be tried, the longest wanted first, of channels that wish it and whose chats LINE
    /// does not mark as read by itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wanted_reads(&mut self, limit: i64) -> Result<Vec<WantedRead>, DbError> {
        const SQL: &str = "SELECT r.conversation_id, r.channel_id, r.token FROM read_tokens r \
             JOIN channels c ON c.id = r.channel_id WHERE r.wanted_at IS NOT NULL \
             AND c.mark_as_read AND c.marks_by_hand AND c.paused_reason IS NULL \
             ORDER BY r.wanted_at LIMIT $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(limit).fetch_all(c).await?))
    }

    /// Takes a token out, so that nobody tries it again. False when it is gone or another one is
    /// there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_read(&mut self, wanted: &WantedRead) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM read_tokens WHERE conversation_id = $1 AND token = $2";
        Ok(on_db!(self, c => {
            sqlx::query(SQL)
                .bind(wanted.conversation_id)
                .bind(wanted.token.as_str())
                .execute(c)
                .await?
                .rows_affected() > 0
        }))
    }

    /// Forgets the tokens of a channel whose customers are to see nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_read_tokens(&mut self, channel: ChannelId) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM read_tokens WHERE channel_id = $1";
        later!(self, SQL, [channel]);
        Ok(())
    }
}
