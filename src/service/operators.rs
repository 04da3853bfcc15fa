//! Managing those who answer.

mod invitations;
mod manage;

use super::ServiceError;
use super::auth::{Auth, Passwords, Revoked};
use super::error::Fault;
use super::people::{LONGEST_NAME_CHARS, checked_email, checked_name, normal_email};
use crate::clock;
use crate::db::operators::OperatorRow;
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::fault::Reason;
use crate::protocol::{OperatorId, Presence, Role};
use manage::{others_administer, shut_out};

pub use invitations::MadeLink;

/// Adds, lists and changes operators; cheap to clone.
#[derive(Clone)]
pub struct Operators {
    db: Db,
    passwords: Passwords,
    auth: Auth,
}

/// Someone to be added.
#[derive(Clone, Debug)]
pub struct NewOperator {
    /// For signing in.
    pub email: String,
    /// Shown to colleagues.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Operators {
    /// Over this store; `auth` hears about those who are disabled.
    pub fn new(db: Db, passwords: Passwords, auth: Auth) -> Self {
        Self {
            db,
            passwords,
            auth,
        }
    }

    /// Adds an operator.
    ///
    /// # Errors
    /// [`ServiceError::Validation`] for a bad or taken e-mail address, an empty name or a short
    /// password.
    pub async fn add(
        &self,
        new: NewOperator,
        password: &str,
        by: Option<OperatorId>,
    ) -> Result<OperatorRow, ServiceError> {
        let row = self.row(new, password).await?;
        let (stored, audit) = (row.clone(), audit(by, "operator.add", row.id));
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    conn.insert_operator(&stored).await.map_err(taken)?;
                    Ok(conn.insert_audit(stored.created_at, &audit).await?)
                })
            })
            .await?;
        Ok(row)
    }

    /// Adds an administrator, but only when there are no operators at all.
    ///
    /// # Errors
    /// As [`Operators::add`].
    pub async fn add_first_admin(&self, email: &str, password: &str) -> Result<bool, ServiceError> {
        if self.db.reader().await?.conn().count_operators().await? > 0 {
            return Ok(false);
        }
        let name = email.split('@').next().unwrap_or(email).to_owned();
        let new = NewOperator {
            email: email.to_owned(),
            name,
            role: Role::Admin,
        };
        let row = self.row(new, password).await?;
        let audit = audit(None, "operator.add", row.id);
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    if conn.count_operators().await? > 0 {
                        return Ok(false);
                    }
                    conn.insert_operator(&row).await?;
                    conn.insert_audit(row.created_at, &audit).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// All operators, the disabled ones too.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self) -> Result<Vec<OperatorRow>, ServiceError> {
        Ok(self.db.reader().await?.conn().operators().await?)
    }

    /// Replaces a password and ends every log-in of that operator.
    ///
    /// # Errors
    /// [`ServiceError::Validation`] for an unknown e-mail address or a short password.
    pub async fn reset_password(
        &self,
        email: &str,
        password: &str,
        by: Option<OperatorId>,
    ) -> Result<(), ServiceError> {
        let email = normal_email(email);
        let hash = self.passwords.hash(password).await?;
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    let operator = known(&mut conn, &email).await?.id;
                    conn.set_operator_password(operator, &hash).await?;
                    conn.delete_logins_of(operator).await?;
                    let audit = audit(by, "operator.reset_password", operator);
                    Ok(conn.insert_audit(clock::now(), &audit).await?)
                })
            })
            .await
    }

    /// Forbids an operator to sign in, puts their chats back into the queue and closes their
    /// sockets.
    ///
    /// # Errors
    /// [`ServiceError::Validation`] for an unknown e-mail address and for the last administrator.
    pub async fn disable(&self, email: &str, by: Option<OperatorId>) -> Result<(), ServiceError> {
        let email = normal_email(email);
        let disabled = self
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    conn.manage_one_at_a_time().await?;
                    let row = known(&mut conn, &email).await?;
                    others_administer(&mut conn, &row, "disabled").await?;
                    let by = match by {
                        Some(by) => conn.active_operator(by).await?,
                        None => None,
                    };
                    shut_out(&mut conn, &row, by.as_ref(), None, clock::now()).await?;
                    Ok(row.id)
                })
            })
            .await?;
        self.auth.tell(Revoked::Operator(disabled));
        Ok(())
    }

    async fn row(&self, new: NewOperator, password: &str) -> Result<OperatorRow, ServiceError> {
        let email = checked_email(&new.email)?;
        Ok(OperatorRow {
            id: OperatorId::generate(),
            email,
            name: checked_name(&new.name, LONGEST_NAME_CHARS)?,
            role: new.role,
            password_hash: self.passwords.hash(password).await?,
            presence: Presence::Online,
            created_at: clock::now(),
            disabled_at: None,
        })
    }
}

async fn known(conn: &mut Conn<'_>, email: &str) -> Result<OperatorRow, ServiceError> {
    let row = conn.operator_by_email(email).await?;
    row.ok_or_else(|| invalid("There is no operator with this e-mail address."))
}

fn taken(error: DbError) -> ServiceError {
    let sentence = "There is an operator with this e-mail address already.";
    match error {
        DbError::Duplicate => Fault::new("email", Reason::Taken, sentence).into(),
        other => other.into(),
    }
}

fn invalid(sentence: &str) -> ServiceError {
    ServiceError::Validation(sentence.to_owned())
}

fn audit(by: Option<OperatorId>, action: &'static str, whom: OperatorId) -> Audit {
    audit_with(by, action, serde_json::json!({ "operator": whom }))
}

fn audit_with(by: Option<OperatorId>, action: &'static str, details: serde_json::Value) -> Audit {
    Audit {
        operator: by,
        action,
        conversation: None,
        details,
    }
}
