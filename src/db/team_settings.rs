//! What the team has chosen, by section.

use sqlx::FromRow;

use super::{Conn, DbError, on_db};
use crate::protocol::{OperatorId, Timestamp};

/// A section as it was saved.
#[derive(Clone, Debug, FromRow)]
pub struct SettingRow {
    /// One more than before.
    pub version: i64,
    /// JSON.
    pub value: String,
    /// When.
    pub saved_at: Timestamp,
}

impl Conn<'_> {
    /// A section, if anybody has saved it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn team_setting(&mut self, section: &str) -> Result<Option<SettingRow>, DbError> {
        const SQL: &str = "SELECT version, value, saved_at FROM team_settings WHERE section = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(section).fetch_optional(c).await?))
    }

    /// Saves a section over this version, 0 for none; false when another one is there meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_team_setting(
        &mut self,
        section: &str,
        over: i64,
        value: &str,
        by: OperatorId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const FIRST: &str = "INSERT INTO team_settings (section, version, value, saved_by, \
             saved_at) VALUES ($1, 1, $2, $3, $4) ON CONFLICT (section) DO NOTHING";
        const AGAIN: &str = "UPDATE team_settings SET version = version + 1, value = $2, \
             saved_by = $3, saved_at = $4 WHERE section = $1 AND version = $5";
        let saved = on_db!(self, c => {
            let saving = if over == 0 {
                sqlx::query(FIRST).bind(section).bind(value).bind(by).bind(now)
            } else {
                sqlx::query(AGAIN).bind(section).bind(value).bind(by).bind(now).bind(over)
            };
            saving.execute(c).await?.rows_affected()
        });
        Ok(saved == 1)
    }
}
