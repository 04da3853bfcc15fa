//! How much is on its way to LINE.

use crate::db::{Conn, DbError, on_db};
use crate::protocol::Timestamp;

/// What is on its way to LINE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// How many messages.
    pub messages: i64,
    /// Since when the oldest of them.
    pub oldest: Option<Timestamp>,
}

impl Conn<'_> {
    /// What is on its way to LINE.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&mut self) -> Result<Waiting, DbError> {
        const SQL: &str = "SELECT count(*) AS messages, MIN(queued_at) AS oldest FROM outbox";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_one(c).await?))
    }
}
