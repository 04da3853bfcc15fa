//! Lists with a filter that are kept under a name.

use sqlx::FromRow;

use super::{Conn, DbError, later, on_db};
use crate::protocol::{OperatorId, Sort, Tab, Timestamp, ViewId};

/// A view as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ViewRow {
    /// Which.
    pub id: ViewId,
    /// Whose; absent: the team's.
    pub owner_id: Option<OperatorId>,
    /// What it is called.
    pub name: String,
    /// Of which list.
    pub tab: Tab,
    /// In which order it stands, where that is not the list's own.
    pub sort: Option<Sort>,
    /// What narrows it down, as JSON.
    pub filter: String,
}

impl Conn<'_> {
    /// The team's and this operator's own, each in the order of their making.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn views(&mut self, me: OperatorId) -> Result<Vec<ViewRow>, DbError> {
        const SQL: &str = "SELECT id, owner_id, name, tab, sort, filter FROM views \
             WHERE owner_id IS NULL OR owner_id = $1";
        let mut rows: Vec<ViewRow> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(me).fetch_all(c).await?
        });
        rows.sort_by_key(|row| (row.owner_id.is_some(), row.id));
        Ok(rows)
    }

    /// One of them, whosever it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn view(&mut self, id: ViewId) -> Result<Option<ViewRow>, DbError> {
        const SQL: &str = "SELECT id, owner_id, name, tab, sort, filter FROM views WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
    }

    /// How many there are of this operator, or of the team.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_views(&mut self, owner: Option<OperatorId>) -> Result<i64, DbError> {
        const SHARED: &str = "SELECT count(*) FROM views WHERE owner_id IS NULL";
        const OWN: &str = "SELECT count(*) FROM views WHERE owner_id = $1";
        Ok(on_db!(self, c => match owner {
            Some(owner) => sqlx::query_scalar(OWN).bind(owner).fetch_one(c).await?,
            None => sqlx::query_scalar(SHARED).fetch_one(c).await?,
        }))
    }

    /// Adds one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_view(&mut self, row: &ViewRow, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO views (id, owner_id, name, tab, sort, filter, created_at, \
             updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
        let row = row.clone();
        later!(
            self,
            SQL,
            [
                row.id,
                row.owner_id,
                row.name,
                row.tab,
                row.sort,
                row.filter,
                now
            ]
        );
        Ok(())
    }

    /// Replaces what one shows, its name, and whose it is; false when it is not there any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_view(&mut self, row: &ViewRow, now: Timestamp) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE views SET owner_id = $2, name = $3, tab = $4, sort = $5, \
             filter = $6, updated_at = $7 WHERE id = $1";
        let changed = on_db!(self, c => {
            sqlx::query(SQL)
                .bind(row.id)
                .bind(row.owner_id)
                .bind(&row.name)
                .bind(row.tab)
                .bind(row.sort)
                .bind(&row.filter)
                .bind(now)
                .execute(c)
                .await?
                .rows_affected()
        });
        Ok(changed == 1)
    }

    /// Deletes one; false when it is not there any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_view(&mut self, id: ViewId) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM views WHERE id = $1";
        let gone = on_db!(self, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected());
        Ok(gone == 1)
    }
}
