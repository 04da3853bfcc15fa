//! How operators want to be told of what happens.

use super::{Conn, DbError, on_db};
use crate::protocol::alerts::AlertSettings;
use crate::protocol::{OperatorId, Timestamp};

impl Conn<'_> {
    /// What an operator has chosen, or what Sala begins with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_settings(&mut self, operator: OperatorId) -> Result<AlertSettings, DbError> {
        const SQL: &str = "SELECT value FROM alert_settings WHERE operator_id = $1";
        let value: Option<String> = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(operator).fetch_optional(c).await?
        });
        value.map_or_else(|| Ok(AlertSettings::default()), |value| read(&value))
    }

    /// Keeps what an operator has chosen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_alert_settings(
        &mut self,
        operator: OperatorId,
        settings: &AlertSettings,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO alert_settings (operator_id, value, saved_at) \
             VALUES ($1, $2, $3) ON CONFLICT (operator_id) DO UPDATE \
             SET value = excluded.value, saved_at = excluded.saved_at";
        let value = serde_json::to_string(settings).map_err(unread)?;
        on_db!(self, c => {
            sqlx::query(SQL).bind(operator).bind(value).bind(now).execute(c).await?;
        });
        Ok(())
    }
}

/// What was chosen, as it is kept.
pub(super) fn read(value: &str) -> Result<AlertSettings, DbError> {
    serde_json::from_str(value).map_err(unread)
}

fn unread(error: serde_json::Error) -> DbError {
    DbError::Row {
        table: "alert_settings",
        why: error.to_string(),
    }
}
