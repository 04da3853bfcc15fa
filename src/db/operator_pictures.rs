//! How operators look to customers at LINE.

use super::{Conn, DbError, on_db};
use crate::protocol::OperatorId;

impl Conn<'_> {
    /// Keeps a picture under a name that nobody guesses. Whose it is says
    /// [`Conn::change_profile`], which comes first: it lets several windows of one operator come one
    /// after another.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_operator_picture(
        &mut self,
        name: &str,
        operator: OperatorId,
        bytes: &[u8],
    ) -> Result<(), DbError> {
        const SQL: &str =
            "INSERT INTO operator_pictures (name, operator_id, bytes) VALUES ($1, $2, $3)";
        on_db!(self, c => {
            sqlx::query(SQL).bind(name).bind(operator).bind(bytes).execute(c).await?;
        });
        Ok(())
    }

    /// Removes the operator's pictures but this one and those that sent messages show.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_old_pictures(
        &mut self,
        operator: OperatorId,
        kept: Option<&str>,
    ) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM operator_pictures \
             WHERE operator_id = $1 AND name <> $2 AND NOT sent";
        on_db!(self, c => {
            sqlx::query(SQL).bind(operator).bind(kept.unwrap_or_default()).execute(c).await?;
        });
        Ok(())
    }

    /// The picture of this name: a PNG.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operator_picture(&mut self, name: &str) -> Result<Option<Vec<u8>>, DbError> {
        const SQL: &str = "SELECT bytes FROM operator_pictures WHERE name = $1";
        // Nobody's name, and nothing that PostgreSQL can be asked for.
        if name.contains('\0') {
            return Ok(None);
        }
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(name).fetch_optional(c).await?))
    }

    /// The name of the picture that the operator has now, for a message that is about to be sent:
    /// from now on it stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn picture_to_send(
        &mut self,
        operator: OperatorId,
    ) -> Result<Option<String>, DbError> {
        const FIND: &str = "SELECT p.name, p.sent FROM operators o \
             JOIN operator_pictures p ON p.name = o.picture WHERE o.id = $1";
        const KEEP: &str = "UPDATE operator_pictures SET sent = TRUE WHERE name = $1";
        let found: Option<(String, bool)> = on_db!(self, c => {
            sqlx::query_as(FIND).bind(operator).fetch_optional(c).await?
        });
        let Some((name, false)) = found else {
            return Ok(found.map(|(name, _)| name));
        };
        let kept = on_db!(self, c => {
            sqlx::query(KEEP).bind(name.as_str()).execute(c).await?.rows_affected()
        });
        // None where it was taken away at this very moment.
        Ok((kept == 1).then_some(name))
    }
}
