//! Texts that are ready to be sent.

use sqlx::FromRow;

use super::{Conn, DbError, later, on_db};
use crate::protocol::{CannedId, CannedReply, OperatorId, Timestamp};

/// A canned reply as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct CannedRow {
    /// Which.
    pub id: CannedId,
    /// Whose; absent: the team's.
    pub owner_id: Option<OperatorId>,
    /// What is typed to find it.
    pub shortcut: String,
    /// The same without what two shortcuts may not differ by alone.
    pub folded: String,
    /// What it is for.
    pub title: String,
    /// The text, with its variables.
    pub text: String,
    /// Under which heading it stands.
    pub category: Option<String>,
    /// How many messages were made of it.
    pub used: i64,
}

impl From<CannedRow> for CannedReply {
    fn from(row: CannedRow) -> Self {
        Self {
            id: row.id,
            shortcut: row.shortcut,
            title: row.title,
            text: row.text,
            category: row.category,
            shared: row.owner_id.is_none(),
            owner_id: row.owner_id,
            used: u32::try_from(row.used).unwrap_or(u32::MAX),
        }
    }
}

impl Conn<'_> {
    /// The team's and this operator's own, the most used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn canned_replies(&mut self, me: OperatorId) -> Result<Vec<CannedRow>, DbError> {
        const SQL: &str = "SELECT id, owner_id, shortcut, folded, title, text, category, used \
             FROM canned_replies WHERE owner_id IS NULL OR owner_id = $1";
        let mut rows: Vec<CannedRow> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(me).fetch_all(c).await?
        });
        // The two databases do not agree on the order of scripts.
        rows.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.folded.cmp(&b.folded)));
        Ok(rows)
    }

    /// One of them, whosever it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn canned_reply(&mut self, id: CannedId) -> Result<Option<CannedRow>, DbError> {
        const SQL: &str = "SELECT id, owner_id, shortcut, folded, title, text, category, used \
             FROM canned_replies WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
    }

    /// How many there are of this operator, or of the team.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_canned(&mut self, owner: Option<OperatorId>) -> Result<i64, DbError> {
        const SHARED: &str = "SELECT count(*) FROM canned_replies WHERE owner_id IS NULL";
        const OWN: &str = "SELECT count(*) FROM canned_replies WHERE owner_id = $1";
        Ok(on_db!(self, c => match owner {
            Some(owner) => sqlx::query_scalar(OWN).bind(owner).fetch_one(c).await?,
            None => sqlx::query_scalar(SHARED).fetch_one(c).await?,
        }))
    }

    /// Adds one. That its shortcut is taken may show only with the next statement.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when the shortcut is taken.
    pub async fn insert_canned(&mut self, row: &CannedRow, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO canned_replies (id, owner_id, shortcut, folded, title, \
             text, category, used, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
        later!(
            self,
            SQL,
            [
                row.id,
                row.owner_id,
                row.shortcut.clone(),
                row.folded.clone(),
                row.title.clone(),
                row.text.clone(),
                row.category.clone(),
                row.used,
                now
            ]
        );
        Ok(())
    }

    /// Replaces what one says, and whose it is; how often it was used stays. That its shortcut is
    /// taken may show only with the next statement.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when the shortcut is taken.
    pub async fn update_canned(&mut self, row: &CannedRow, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE canned_replies SET owner_id = $2, shortcut = $3, folded = $4, \
             title = $5, text = $6, category = $7, updated_at = $8 WHERE id = $1";
        later!(
            self,
            SQL,
            [
                row.id,
                row.owner_id,
                row.shortcut.clone(),
                row.folded.clone(),
                row.title.clone(),
                row.text.clone(),
                row.category.clone(),
                now
            ]
        );
        Ok(())
    }

    /// Deletes one; false when it is not there any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_canned(&mut self, id: CannedId) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM canned_replies WHERE id = $1";
        let gone = on_db!(self, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected());
        Ok(gone == 1)
    }

    /// Counts one message more that was made of a canned reply of the team's, or of the operator's
    /// own; nothing when there is none any more. Whoever counts several in one transaction counts
    /// them in the order of their ids, so that no two wait for each other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_canned_use(&mut self, id: CannedId, by: OperatorId) -> Result<(), DbError> {
        const SQL: &str = "UPDATE canned_replies SET used = used + 1 \
             WHERE id = $1 AND (owner_id IS NULL OR owner_id = $2)";
        later!(self, SQL, [id, by]);
        Ok(())
    }
}
