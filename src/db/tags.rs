//! Words that conversations are marked with.

use sqlx::FromRow;

use super::{Conn, DbError, later, on_db};
use crate::protocol::tag::{Tag, TagColor, UsedTag};
use crate::protocol::{ConversationId, TagId, Timestamp};

/// A tag as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct TagRow {
    /// Which.
    pub id: TagId,
    /// The word.
    pub name: String,
    /// The same without what two tags may not differ by alone.
    pub folded: String,
    /// What it looks like.
    pub color: TagColor,
    /// How many conversations have it.
    pub used: i64,
}

impl TagRow {
    /// As conversations show it.
    pub fn tag(&self) -> Tag {
        Tag {
            id: self.id,
            name: self.name.clone(),
            color: self.color,
        }
    }

    /// The same as lists of conversations put it together.
    fn shown(&self) -> Result<String, DbError> {
        serde_json::to_string(&self.tag()).map_err(|error| DbError::Row {
            table: "tags",
            why: error.to_string(),
        })
    }
}

impl From<TagRow> for UsedTag {
    fn from(row: TagRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            color: row.color,
            used: u32::try_from(row.used).unwrap_or(0),
        }
    }
}

impl Conn<'_> {
    /// All tags, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tags(&mut self) -> Result<Vec<TagRow>, DbError> {
        // There is no condition, and there are not so many: a menu has to hold them all.
        const SQL: &str =
            "SELECT id, name, folded, color, used FROM tags WHERE folded >= '' ORDER BY folded";
        let mut rows: Vec<TagRow> = on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?);
        // The two databases do not agree on the order of scripts.
        rows.sort_by(|a, b| a.folded.cmp(&b.folded));
        Ok(rows)
    }

    /// One tag.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tag(&mut self, id: TagId) -> Result<Option<TagRow>, DbError> {
        const SQL: &str = "SELECT id, name, folded, color, used FROM tags WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
    }

    /// As [`Conn::tag`], and so for the rest of this transaction: on PostgreSQL, where others write
    /// at the same time, this takes the tag's row lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn locked_tag(&mut self, id: TagId) -> Result<Option<TagRow>, DbError> {
        const LOCKED: &str =
            "SELECT id, name, folded, color, used FROM tags WHERE id = $1 FOR UPDATE";
        match self {
            Self::Sqlite(_) => self.tag(id).await,
            Self::Postgres(c) => {
                let row = sqlx::query_as(LOCKED).bind(id);
                Ok(row.fetch_optional(&mut **c).await?)
            }
        }
    }

    /// How many tags there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_tags(&mut self) -> Result<i64, DbError> {
        const SQL: &str = "SELECT count(*) FROM tags WHERE folded >= ''";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).fetch_one(c).await?))
    }

    /// Adds a tag.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when its name is taken.
    pub async fn insert_tag(&mut self, row: &TagRow, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO tags (id, name, folded, color, shown, created_at, \
             updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";
        let shown = row.shown()?;
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(row.id)
                .bind(&row.name)
                .bind(&row.folded)
                .bind(row.color)
                .bind(&shown)
                .bind(now)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// Gives a tag another name or colour, on all conversations that have it.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when the name is taken.
    pub async fn update_tag(&mut self, row: &TagRow, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE tags SET name = $2, folded = $3, color = $4, shown = $5, \
             updated_at = $6 WHERE id = $1";
        let shown = row.shown()?;
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(row.id)
                .bind(&row.name)
                .bind(&row.folded)
                .bind(row.color)
                .bind(&shown)
                .bind(now)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// Deletes a tag, which takes it from all conversations.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_tag(&mut self, id: TagId) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM tags WHERE id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(id).execute(c).await?; });
        Ok(())
    }

    /// The tags of a conversation, each with its place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tags_of(
        &mut self,
        conversation: ConversationId,
    ) -> Result<Vec<(TagId, i64)>, DbError> {
        const SQL: &str = "SELECT tag_id, place FROM conversation_tags WHERE conversation_id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(conversation).fetch_all(c).await?))
    }

    /// Marks a conversation with a tag, at this place among its tags.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_tag(
        &mut self,
        conversation: ConversationId,
        tag: TagId,
        place: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO conversation_tags (conversation_id, tag_id, place) \
             VALUES ($1, $2, $3)";
        later!(self, SQL, [conversation, tag, place]);
        Ok(())
    }

    /// Takes a tag from a conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_tag(
        &mut self,
        conversation: ConversationId,
        tag: TagId,
    ) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM conversation_tags \
             WHERE conversation_id = $1 AND tag_id = $2";
        later!(self, SQL, [conversation, tag]);
        Ok(())
    }
}
