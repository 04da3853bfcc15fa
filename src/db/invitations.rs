//! Links that let somebody choose a password, once.

use sqlx::FromRow;
use uuid::Uuid;

use super::{Conn, DbError, on_db};
use crate::protocol::{OperatorId, Role, Timestamp};

/// Somebody who is to become an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// For signing in; in lower case.
    pub email: String,
    /// Shown to colleagues.
    pub name: String,
    /// What they will be allowed to do.
    pub role: Role,
}

/// A link to be stored.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Its id.
    pub id: Uuid,
    /// Of the link's token.
    pub token_hash: [u8; 32],
    /// For whom.
    pub whom: Whom,
    /// Who made it.
    pub invited_by: OperatorId,
    /// Now.
    pub created_at: Timestamp,
    /// Its end.
    pub expires_at: Timestamp,
}

/// For whom a link is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Somebody new.
    New(Invitee),
    /// An operator, for another password.
    Known(OperatorId),
}

/// A link that is still good.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its id.
    pub id: Uuid,
    /// For whom.
    pub whom: Whom,
    /// The name of who made it.
    pub inviter: String,
    /// Its end.
    pub expires_at: Timestamp,
}

/// An open or lately ended invitation, as administrators see it.
#[derive(Clone, Debug, FromRow)]
pub struct InvitationRow {
    /// Its id.
    pub id: Uuid,
    /// Who is invited.
    pub email: String,
    /// By which name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// The name of who made it.
    pub inviter: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Its end.
    pub expires_at: Timestamp,
}

#[derive(FromRow)]
struct FoundRow {
    id: Uuid,
    operator_id: Option<OperatorId>,
    email: Option<String>,
    name: Option<String>,
    role: Option<Role>,
    inviter: String,
    expires_at: Timestamp,
}

impl From<FoundRow> for Invitation {
    fn from(row: FoundRow) -> Self {
        let whom = match row.operator_id {
            Some(operator) => Whom::Known(operator),
            None => Whom::New(Invitee {
                email: row.email.unwrap_or_default(),
                name: row.name.unwrap_or_default(),
                role: row.role.unwrap_or(Role::Operator),
            }),
        };
        Self {
            id: row.id,
            whom,
            inviter: row.inviter,
            expires_at: row.expires_at,
        }
    }
}

impl Conn<'_> {
    /// Adds a link; one that was made before for the same person ends with that.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when another one is made at the same moment.
    pub async fn insert_invitation(&mut self, new: &NewInvitation) -> Result<(), DbError> {
        const BEFORE: &str = "DELETE FROM invitations WHERE operator_id = $1 OR email = $2";
        const SQL: &str = "INSERT INTO invitations (id, token_hash, operator_id, email, name, role, \
             invited_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let (operator, invitee) = match &new.whom {
            Whom::Known(operator) => (Some(*operator), None),
            Whom::New(invitee) => (None, Some(invitee)),
        };
        let email = invitee.map(|invitee| invitee.email.as_str());
        on_db!(self, c => {
            sqlx::query(BEFORE).bind(operator).bind(email).execute(&mut *c).await?;
            sqlx::query(SQL)
                .bind(new.id)
                .bind(&new.token_hash[..])
                .bind(operator)
                .bind(email)
                .bind(invitee.map(|invitee| invitee.name.as_str()))
                .bind(invitee.map(|invitee| invitee.role))
                .bind(new.invited_by)
                .bind(new.created_at)
                .bind(new.expires_at)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// The link of this token, if it is still good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitation_by_token(
        &mut self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<Invitation>, DbError> {
        const SQL: &str = "SELECT i.id, i.operator_id, i.email, i.name, i.role, \
             o.name AS inviter, i.expires_at \
             FROM invitations i JOIN operators o ON o.id = i.invited_by \
             WHERE i.token_hash = $1 AND i.expires_at > $2";
        let row: Option<FoundRow> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(&token_hash[..]).bind(now).fetch_optional(c).await?
        });
        Ok(row.map(Invitation::from))
    }

    /// Uses a link up, or withdraws it; false when that has happened already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_invitation(&mut self, id: Uuid) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM invitations WHERE id = $1";
        let gone = on_db!(self, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected());
        Ok(gone == 1)
    }

    /// Withdraws the link by which an operator may choose another password.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_password_link(&mut self, operator: OperatorId) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM invitations WHERE operator_id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(operator).execute(c).await?; });
        Ok(())
    }

    /// Forgets links that ended before `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_ended_invitations(&mut self, before: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM invitations WHERE expires_at < $1";
        on_db!(self, c => { sqlx::query(SQL).bind(before).execute(c).await?; });
        Ok(())
    }

    /// Who is invited and has not come yet, the newest first; also those whose link has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitations(&mut self) -> Result<Vec<InvitationRow>, DbError> {
        const SQL: &str = "SELECT i.id, i.email, i.name, i.role, o.name AS inviter, \
             i.created_at, i.expires_at \
             FROM invitations i JOIN operators o ON o.id = i.invited_by \
             WHERE i.operator_id IS NULL ORDER BY i.created_at DESC, i.id DESC";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?))
    }
}
