//! Managing those who answer.

use super::ServiceError;
use super::auth::{Auth, Passwords, normal_email};
use super::returns::give_back;
use crate::clock;
use crate::db::operators::OperatorRow;
use crate::db::{Audit, Conn, Db, DbError};
use crate::protocol::text::{is_blank, is_directional, is_invisible};
use crate::protocol::{OperatorId, OperatorRef, Presence, Role};

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
                    let row = known(&mut conn, &email).await?;
                    if row.role == Role::Admin && conn.count_other_admins(row.id).await? == 0 {
                        return Err(invalid("This is the last administrator."));
                    }
                    let now = clock::now();
                    if conn.disable_operator(row.id, now).await? {
                        conn.insert_audit(now, &audit(by, "operator.disable", row.id))
                            .await?;
                        let who = OperatorRef {
                            id: row.id,
                            name: row.name,
                        };
                        give_back(&mut conn, &who, by, now).await?;
                    }
                    Ok(row.id)
                })
            })
            .await?;
        self.auth.tell_disabled(disabled);
        Ok(())
    }

    async fn row(&self, new: NewOperator, password: &str) -> Result<OperatorRow, ServiceError> {
        let email = normal_email(&new.email);
        let shaped = email.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && !host.is_empty() && !host.contains('@')
        });
        if !shaped || email.len() > 254 || email.contains(is_invisible) {
            return Err(invalid("This is not an e-mail address."));
        }
        let name = new.name.trim().to_owned();
        let turned = |c: char| c.is_control() || is_directional(c);
        if is_blank(&name) || name.chars().count() > 80 || name.contains(turned) {
            return Err(invalid(
                "A name has 1 to 80 characters that can be seen, and none that control others.",
            ));
        }
        Ok(OperatorRow {
            id: OperatorId::generate(),
            email,
            name,
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
    match error {
        DbError::Duplicate => invalid("There is an operator with this e-mail address already."),
        other => other.into(),
    }
}

fn invalid(sentence: &str) -> ServiceError {
    ServiceError::Validation(sentence.to_owned())
}

fn audit(by: Option<OperatorId>, action: &'static str, whom: OperatorId) -> Audit {
    Audit {
        operator: by,
        action,
        conversation: None,
        details: serde_json::json!({ "operator": whom }),
    }
}
