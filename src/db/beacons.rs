//! Messages that count how often LINE said that somebody stays near a beacon.

use super::content::ContentColumn;
use super::{Conn, DbError, later, on_db};
use crate::protocol::{ConversationId, MessageId, Timestamp};

/// A message about an event of LINE.
#[derive(Clone, Debug)]
pub struct Stay {
    /// Which.
    pub id: MessageId,
    /// When it happened first.
    pub at: Timestamp,
    /// What it holds.
    pub content: ContentColumn,
}

impl Conn<'_> {
    /// A conversation's messages since then that tell of somebody who stays near a beacon, the
    /// newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn beacon_stays(
        &mut self,
        conversation: ConversationId,
        since: Timestamp,
    ) -> Result<Vec<Stay>, DbError> {
        const SQL: &str = "SELECT id, created_at, content FROM messages \
             WHERE conversation_id = $1 AND placed_at >= $2 AND direction = 'system' \
             AND content LIKE '%\"hwid\"%' \
             ORDER BY placed_at DESC, created_at DESC, id DESC LIMIT 50";
        let rows: Vec<(MessageId, Timestamp, String)> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(conversation).bind(since).fetch_all(c).await?
        });
        let read = |(id, at, content): (MessageId, Timestamp, String)| {
            let content = ContentColumn::from_json(&content).ok()?;
            Some(Stay { id, at, content })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Replaces what a message holds beside its words.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_content(
        &mut self,
        id: MessageId,
        content: &ContentColumn,
        rev: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE messages SET content = $2, rev = $3 WHERE id = $1";
        later!(self, SQL, [id, content.to_json()?, rev]);
        Ok(())
    }
}
