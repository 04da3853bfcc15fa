//! What the team itself knows of a customer: all writes of it are here.

use sqlx::FromRow;

use super::messages::read_all;
use super::rows::{AnyMessage, message_columns};
use super::search::Corpus;
use super::{Conn, DbError, on_db};
use crate::protocol::message::OrderKey;
use crate::protocol::{ContactId, ConversationId, Message, MessageId, OperatorId, Timestamp};

/// What the team keeps about a customer.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct CustomerRow {
    /// Our own name for them.
    pub own_name: Option<String>,
    /// A memo.
    pub memo: Option<String>,
    /// Who wrote it last.
    pub memo_by: Option<OperatorId>,
    /// Their name.
    pub memo_by_name: Option<String>,
    /// When.
    pub memo_at: Option<Timestamp>,
    /// A JSON list.
    pub attributes: String,
    /// When we first heard of them.
    pub created_at: Timestamp,
}

impl Conn<'_> {
    /// What the team keeps about a customer.
    ///
    /// # Errors
    /// When the database fails or there is no such contact.
    pub async fn customer(&mut self, contact: ContactId) -> Result<CustomerRow, DbError> {
        const SQL: &str = "SELECT t.own_name, t.memo, t.memo_by, o.name AS memo_by_name, \
             t.memo_at, t.attributes, t.created_at \
             FROM contacts t LEFT JOIN operators o ON o.id = t.memo_by WHERE t.id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(contact).fetch_one(c).await?))
    }

    /// Replaces what the team keeps about a customer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_customer(
        &mut self,
        contact: ContactId,
        row: &CustomerRow,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE contacts SET own_name = $2, memo = $3, memo_by = $4, \
             memo_at = $5, attributes = $6 WHERE id = $1";
        let standing = self.standing(Corpus::Contacts, contact.0).await?;
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(contact)
                .bind(&row.own_name)
                .bind(&row.memo)
                .bind(row.memo_by)
                .bind(row.memo_at)
                .bind(&row.attributes)
                .execute(c)
                .await?;
        });
        self.reword(standing).await
    }

    /// Wants the profile now, unless somebody has asked for it since `since`; false then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_for_profile(
        &mut self,
        contact: ContactId,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE contacts SET profile_wanted_at = $3, profile_asked_at = $3 \
             WHERE id = $1 AND profile_asked_at <= $2";
        let asked = on_db!(self, c => {
            let asking = sqlx::query(SQL).bind(contact).bind(since).bind(now);
            asking.execute(c).await?.rows_affected()
        });
        Ok(asked == 1)
    }

    /// When somebody last asked for the profile; 0 for never.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn profile_asked_at(&mut self, contact: ContactId) -> Result<Timestamp, DbError> {
        const SQL: &str = "SELECT profile_asked_at FROM contacts WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(contact).fetch_one(c).await?))
    }

    /// Messages of a conversation that have a file, before `before`, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages_with_media(
        &mut self,
        conversation: ConversationId,
        before: Option<OrderKey>,
        limit: u32,
    ) -> Result<Vec<Message>, DbError> {
        const SQL: &str = concat!(
            "SELECT ",
            message_columns!(),
            " FROM messages m JOIN media f ON f.id = m.media_id \
             WHERE m.conversation_id = $1 AND m.media_id IS NOT NULL \
             AND (m.placed_at, m.created_at, m.id) < ($2, $3, $4) \
             ORDER BY m.placed_at DESC, m.created_at DESC, m.id DESC LIMIT $5"
        );
        let end = Timestamp(i64::MAX);
        let (place, at, id) = before.unwrap_or((end, end, MessageId(uuid::Uuid::max())));
        let rows: Vec<AnyMessage> = on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(conversation)
                .bind(place)
                .bind(at)
                .bind(id)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        Ok(read_all(rows))
    }

    /// How many messages of a conversation have a file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_media_of(&mut self, conversation: ConversationId) -> Result<i64, DbError> {
        const SQL: &str = "SELECT count(*) FROM messages \
             WHERE conversation_id = $1 AND media_id IS NOT NULL";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(conversation).fetch_one(c).await?))
    }
}
