//! One's own log-ins: which there are, ending them, and a new password, which ends all others.

use serde_json::json;
use uuid::Uuid;

use super::device::Device;
use super::failures::Trier;
use super::{Auth, DeviceMark, Revoked, SignedIn, Visitor, audit_with};
use crate::clock;
use crate::db::logins::{LoginId, OwnLogin};
use crate::protocol::account::MyLogin;
use crate::protocol::fault::Reason;
use crate::service::ServiceError;
use crate::service::error::Fault;

impl Auth {
    /// The log-ins of whoever asks that are still good: this one first, then the latest used.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn my_logins(&self, who: &SignedIn) -> Result<Vec<MyLogin>, ServiceError> {
        let now = clock::now();
        let mut reader = self.db.reader().await?;
        let rows = reader.conn().logins_of(who.operator.id).await?;
        let good = rows
            .into_iter()
            .filter(|row| self.stands(row.standing.clone(), now));
        let mut logins: Vec<_> = good.map(|row| my_login(row, who.login)).collect();
        logins.sort_by_key(|login| !login.current);
        Ok(logins)
    }

    /// Ends a log-in of one's own and closes its sockets.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] when there is none with this id, or not any more.
    pub async fn end_login(&self, who: &SignedIn, id: Uuid) -> Result<(), ServiceError> {
        let login = LoginId(id);
        let (operator, now) = (who.operator.id, clock::now());
        let details = json!({ "login": id, "current": login == who.login });
        let audit = audit_with(Some(operator), "operator.end_login", details);
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    if !conn.delete_own_login(operator, login).await? {
                        return Err(ServiceError::NotFound("You have no such log-in."));
                    }
                    Ok(conn.insert_audit(now, &audit).await?)
                })
            })
            .await?;
        self.tell(Revoked::Login(login));
        Ok(())
    }

    /// Ends all one's log-ins but the one that asks; answers how many.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_other_logins(&self, who: &SignedIn) -> Result<u64, ServiceError> {
        let (operator, kept, now) = (who.operator.id, who.login, clock::now());
        let ended = self
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    let ended = conn.delete_other_logins(operator, kept, now).await?;
                    let details = json!({ "ended": ended });
                    let audit = audit_with(Some(operator), "operator.end_other_logins", details);
                    conn.insert_audit(now, &audit).await?;
                    Ok(ended)
                })
            })
            .await?;
        self.tell_others_ended(who);
        Ok(ended)
    }

    /// Replaces one's own password and ends all one's other log-ins; answers how many. A wrong old
    /// one counts as a failed log-in: who found an open console must not guess on.
    ///
    /// # Errors
    /// [`ServiceError::Fault`] for a wrong `old` or a `new` that may not be chosen,
    /// [`ServiceError::RateLimited`] after ten wrong ones in five minutes.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        old: &str,
        new: &str,
        visitor: &Visitor,
    ) -> Result<u64, ServiceError> {
        let before = self.verified_password(who, old, visitor).await?;
        let hashed = self.passwords.hash(new).await;
        let after = hashed.map_err(|error| error.of_field("new"))?;
        let (operator, kept, now) = (who.operator.id, who.login, clock::now());
        let ended = self
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    // Of two changes at once the second one's old password is wrong.
                    let changed = conn.exchange_operator_password(operator, &before, &after);
                    if !changed.await? {
                        return Err(wrong_old().into());
                    }
                    let ended = conn.delete_other_logins(operator, kept, now).await?;
                    let details = json!({ "ended": ended });
                    let audit = audit_with(Some(operator), "operator.change_password", details);
                    conn.insert_audit(now, &audit).await?;
                    Ok(ended)
                })
            })
            .await?;
        self.tell_others_ended(who);
        Ok(ended)
    }

    /// The hash of one's present password, if `old` is that.
    async fn verified_password(
        &self,
        who: &SignedIn,
        old: &str,
        visitor: &Visitor,
    ) -> Result<String, ServiceError> {
        let device = DeviceMark::known(&self.keys, &who.email, &visitor.devices);
        let trier = Trier {
            email: &who.email,
            client: &visitor.address,
            device: device.as_ref().map(|device| device.mark.as_str()),
        };
        self.admit(trier)?;
        let turn = self.passwords.turn().await?;
        self.admit(trier)?;
        let mut reader = self.db.reader().await?;
        let row = reader.conn().operator(who.operator.id).await?;
        drop(reader);
        let hash = row.ok_or(ServiceError::NotAuthenticated)?.password_hash;
        if turn.verify(Some(hash.clone()), old.to_owned()).await? {
            return Ok(hash);
        }
        self.failed(trier, Some(who.operator.id)).await;
        Err(wrong_old().into())
    }

    fn tell_others_ended(&self, who: &SignedIn) {
        self.tell(Revoked::OtherLogins {
            of: who.operator.id,
            but: Some(who.login),
        });
    }
}

fn my_login(row: OwnLogin, current: LoginId) -> MyLogin {
    let Device { browser, system } = Device::of(row.device.user_agent.as_deref());
    MyLogin {
        id: row.standing.id.0,
        current: row.standing.id == current,
        address: row.device.address,
        browser,
        system,
        created_at: row.standing.created_at,
        last_seen_at: row.standing.last_seen_at,
    }
}

fn wrong_old() -> Fault {
    let sentence = "This is not your present password.";
    Fault::new("old", Reason::Wrong, sentence)
}
