//! What operators choose for themselves.

use sqlx::FromRow;

use super::{Conn, DbError, on_db};
use crate::protocol::account::ProfileChange;
use crate::protocol::{OperatorId, Preferences, Role};

/// An operator as they see themselves.
#[derive(Clone, Debug, FromRow)]
pub struct ProfileRow {
    /// Who.
    pub id: OperatorId,
    /// In lower case.
    pub email: String,
    /// As colleagues and customers read it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The name of their picture.
    pub picture: Option<String>,
    /// How they want to see Sala.
    #[sqlx(flatten)]
    pub preferences: Preferences,
}

impl Conn<'_> {
    /// An operator as they see themselves.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn profile(&mut self, operator: OperatorId) -> Result<Option<ProfileRow>, DbError> {
        const SQL: &str = "SELECT id, email, name, role, picture, language, appearance, clock, \
             buddhist_year, delay_s, send_with, single_keys FROM operators WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(operator).fetch_optional(c).await?))
    }

    /// Changes what is given, of the picture its name, which may be empty for none; answers how it
    /// is now, nothing where there is no such operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_profile(
        &mut self,
        operator: OperatorId,
        change: &ProfileChange,
        picture: Option<&str>,
    ) -> Result<Option<ProfileRow>, DbError> {
        // One statement, so that two windows that save different things both have their way.
        const SQL: &str = "UPDATE operators SET name = COALESCE($2, name), \
             language = COALESCE($3, language), appearance = COALESCE($4, appearance), \
             clock = COALESCE($5, clock), buddhist_year = COALESCE($6, buddhist_year), \
             delay_s = COALESCE($7, delay_s), send_with = COALESCE($8, send_with), \
             single_keys = COALESCE($9, single_keys), \
             picture = NULLIF(COALESCE($10, picture), '') \
             WHERE id = $1 RETURNING id, email, name, role, picture, \
             language, appearance, clock, buddhist_year, delay_s, send_with, single_keys";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(operator)
                .bind(change.name.as_deref())
                .bind(change.language)
                .bind(change.appearance)
                .bind(change.clock)
                .bind(change.buddhist_year)
                .bind(change.delay_s.map(i64::from))
                .bind(change.send_with)
                .bind(change.single_keys)
                .bind(picture)
                .fetch_optional(c)
                .await?
        }))
    }
}
