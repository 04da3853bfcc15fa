//! Links by which somebody chooses a password, once: somebody new, or who has forgotten theirs.
//!
//! Looking at a link uses nothing up, since whatever passes it on may look at it first.

use serde_json::json;
use uuid::Uuid;

use super::manage::administrator;
use super::{NewOperator, Operators, audit, audit_with, taken};
use crate::clock;
use crate::db::invitations::{Invitation, Invitee, NewInvitation, Whom};
use crate::db::operators::OperatorRow;
use crate::db::{Conn, DbError};
use crate::protocol::team::LinkPurpose;
use crate::protocol::time::DAY_MS;
use crate::protocol::{OperatorId, Presence, Role, Timestamp};
use crate::secrets::{random_token, token_hash};
use crate::service::ServiceError;
use crate::service::auth::{LoggedIn, Revoked, SignedIn, Visitor};
use crate::service::people::{MAX_NAME_CHARS, checked_email, checked_name};

/// For how long a link is good.
const GOOD_MS: i64 = 3 * DAY_MS;

/// For how long a link that has ended is listed, so that its maker can see that it has.
const LISTED_MS: i64 = 14 * DAY_MS;

/// A link that was just made. Nobody can read its token again.
#[derive(Clone, Debug)]
pub struct MadeLink {
    /// For withdrawing it.
    pub id: Uuid,
    /// What the link ends with.
    pub token: String,
    /// Its end.
    pub expires_at: Timestamp,
}

impl Operators {
    /// Makes a link for somebody new; for administrators. One that was made for the same address
    /// before ends with that.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Fault`] for an address that an operator has,
    /// or an address or a name that may not be had.
    pub async fn invite(&self, who: &SignedIn, new: NewOperator) -> Result<MadeLink, ServiceError> {
        who.at_least(Role::Admin)?;
        let invitee = Invitee {
            email: checked_email(&new.email)?,
            name: checked_name(&new.name, MAX_NAME_CHARS)?,
            role: new.role,
        };
        self.make_link(who, Whom::New(invitee)).await
    }

    /// Makes a link by which an operator may choose another password; for administrators. Until it
    /// is used the old password and the log-ins stay.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::NotFound`] for an operator who does not exist
    /// or may not sign in.
    pub async fn password_link(
        &self,
        who: &SignedIn,
        operator: OperatorId,
    ) -> Result<MadeLink, ServiceError> {
        who.at_least(Role::Admin)?;
        self.make_link(who, Whom::Known(operator)).await
    }

    async fn make_link(&self, who: &SignedIn, whom: Whom) -> Result<MadeLink, ServiceError> {
        let (by, now) = (who.operator.id, clock::now());
        let token = random_token();
        let link = NewInvitation {
            id: Uuid::now_v7(),
            token_hash: token_hash(&token),
            whom,
            invited_by: by,
            created_at: now,
            expires_at: now.plus_ms(GOOD_MS),
        };
        let made = MadeLink {
            id: link.id,
            token,
            expires_at: link.expires_at,
        };
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move { store(&mut conn, &link).await })
            })
            .await?;
        self.auth.tell(Revoked::Team);
        Ok(made)
    }

    /// Ends a link before it is used; for administrators.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::NotFound`] when it was used already.
    pub async fn withdraw(&self, who: &SignedIn, id: Uuid) -> Result<(), ServiceError> {
        who.at_least(Role::Admin)?;
        let by = who.operator.id;
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    let by = administrator(&mut conn, by).await?;
                    if !conn.delete_invitation(id).await? {
                        return Err(over());
                    }
                    let details = json!({ "invitation": id });
                    let audit = audit_with(Some(by.id), "operator.withdraw_link", details);
                    Ok(conn.insert_audit(clock::now(), &audit).await?)
                })
            })
            .await?;
        self.auth.tell(Revoked::Team);
        Ok(())
    }

    /// What a link is for. Nothing changes by asking.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when it was used, withdrawn, or is too old.
    pub async fn link_purpose(&self, token: &str) -> Result<LinkPurpose, ServiceError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let link = good_link(&mut conn, token).await?;
        let (known, email, name, role) = match link.whom {
            Whom::New(invitee) => (false, invitee.email, invitee.name, invitee.role),
            Whom::Known(id) => {
                let row = conn.operator(id).await?.ok_or_else(over)?;
                (true, row.email, row.name, row.role)
            }
        };
        Ok(LinkPurpose {
            known,
            email,
            name,
            role,
            inviter: link.inviter,
            expires_at: link.expires_at,
        })
    }

    /// Uses a link up: whoever has it chooses a password, and somebody new also their name, and is
    /// signed in. Of any number of tries at once one succeeds.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when it was used, withdrawn, or is too old;
    /// [`ServiceError::Fault`] for a password or name that may not be had.
    pub async fn accept(
        &self,
        token: &str,
        password: &str,
        name: Option<String>,
        visitor: &Visitor,
    ) -> Result<LoggedIn, ServiceError> {
        let link = good_link(&mut self.db.reader().await?.conn(), token).await?;
        let name = name.map(|name| checked_name(&name, MAX_NAME_CHARS));
        let name = name.transpose()?;
        let hash = self.passwords.hash(password).await?;
        let known = matches!(link.whom, Whom::Known(_));
        let row = self
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move { use_up(&mut conn, link, name, hash).await })
            })
            .await?;
        if known {
            let (of, but) = (row.id, None);
            self.auth.tell(Revoked::OtherLogins { of, but });
        }
        self.auth.tell(Revoked::Team);
        self.auth.welcome(row, visitor).await
    }
}

async fn good_link(conn: &mut Conn<'_>, token: &str) -> Result<Invitation, ServiceError> {
    let hash = token_hash(token);
    let found = conn.invitation_by_token(&hash, clock::now()).await?;
    found.ok_or_else(over)
}

fn over() -> ServiceError {
    ServiceError::NotFound("This link was used or withdrawn, or it is older than 72 hours.")
}

async fn store(conn: &mut Conn<'_>, link: &NewInvitation) -> Result<(), ServiceError> {
    let by = administrator(conn, link.invited_by).await?.id;
    let now = link.created_at;
    conn.delete_ended_invitations(now.plus_ms(-LISTED_MS))
        .await?;
    let audit = match &link.whom {
        Whom::New(invitee) => {
            if conn.operator_by_email(&invitee.email).await?.is_some() {
                return Err(taken(DbError::Duplicate));
            }
            let details = json!({ "name": invitee.name, "role": invitee.role });
            audit_with(Some(by), "operator.invite", details)
        }
        Whom::Known(id) => {
            let row = conn.operator(*id).await?;
            if row.is_none_or(|row| row.disabled_at.is_some()) {
                let sentence = "There is no such operator, or they are disabled.";
                return Err(ServiceError::NotFound(sentence));
            }
            audit(Some(by), "operator.password_link", *id)
        }
    };
    conn.insert_invitation(link).await?;
    Ok(conn.insert_audit(now, &audit).await?)
}

async fn use_up(
    conn: &mut Conn<'_>,
    link: Invitation,
    name: Option<String>,
    password_hash: String,
) -> Result<OperatorRow, ServiceError> {
    if !conn.delete_invitation(link.id).await? {
        return Err(over());
    }
    let now = clock::now();
    match link.whom {
        Whom::New(invitee) => {
            let row = OperatorRow {
                id: OperatorId::generate(),
                email: invitee.email,
                name: name.unwrap_or(invitee.name),
                role: invitee.role,
                password_hash,
                presence: Presence::Online,
                created_at: now,
                disabled_at: None,
            };
            conn.insert_operator(&row).await.map_err(taken)?;
            let audit = audit(Some(row.id), "operator.accept_invitation", row.id);
            conn.insert_audit(now, &audit).await?;
            Ok(row)
        }
        Whom::Known(id) => {
            let row = conn.operator(id).await?;
            let row = row.filter(|row| row.disabled_at.is_none());
            let row = row.ok_or_else(over)?;
            conn.set_operator_password(id, &password_hash).await?;
            conn.delete_logins_of(id).await?;
            let audit = audit(Some(id), "operator.reset_password", id);
            conn.insert_audit(now, &audit).await?;
            Ok(OperatorRow {
                password_hash,
                ..row
            })
        }
    }
}
