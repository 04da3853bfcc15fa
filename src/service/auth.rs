//! Who is calling: log-in, cookie sessions, tokens, and their end.

mod device;
mod failures;
mod journal;
mod own_logins;
mod password;
mod picture;
mod profile;
mod rules;
mod signed_in;
mod visitor;

use std::sync::Arc;

use tokio::sync::broadcast;

use super::ServiceError;
use super::drawing::Drawing;
use super::people::normal_email;
use crate::clock;
use crate::config::SessionLimits;
use crate::db::logins::{LoginDevice, LoginId, NewLogin};
use crate::db::operators::OperatorRow;
use crate::db::{Audit, Db, DbError};
use crate::metrics::access::{self, LoginResult};
use crate::protocol::preferences::Preferences;
use crate::protocol::{Operator, OperatorId, Timestamp};
use crate::secrets::{Keys, TokenPayload, random_token, token_hash};
use failures::{Failures, Trier};
use journal::AuditAllowance;

pub use device::browser_and_system;
pub use password::Passwords;
pub use rules::{DEMO_PASSWORD, MIN_PASSWORD_CHARS};
pub use signed_in::{LoginState, SignedIn, TokenError};
pub use visitor::{DeviceMark, Visitor};

/// How long a token for the socket is accepted.
const TOKEN_SECONDS: u32 = 10 * 60;

/// Revocations that a slow listener may miss; its own sweep finds those.
const REVOCATIONS: usize = 64;

/// Log-in and everything that shows it; cheap to clone.
#[derive(Clone)]
pub struct Auth {
    db: Db,
    keys: Arc<Keys>,
    passwords: Passwords,
    sessions: SessionLimits,
    /// Failed tries of the last minutes, by account and by address. Of this process only.
    failures: Arc<Failures>,
    audit_allowance: Arc<AuditAllowance>,
    /// Tells the sockets of this process what ended.
    revoked: broadcast::Sender<Revoked>,
    /// For operators' pictures.
    drawing: Drawing,
}

/// A log-in has just succeeded.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// Who.
    pub operator: Operator,
    /// For the session cookie.
    pub cookie_token: String,
    /// For how many seconds the browser keeps that.
    pub cookie_seconds: i64,
    /// For the device, so that others' failures do not lock it out.
    pub device: DeviceMark,
    /// For the socket and `Authorization: Bearer`.
    pub realtime_token: String,
    /// How they want to see Sala.
    pub preferences: Preferences,
}

/// Something that sockets must be closed for at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// A log-in ended: its sockets close with 4401.
    Login(LoginId),
    /// An operator was disabled: all of theirs close with 4403.
    Operator(OperatorId),
    /// All log-ins of an operator ended, or all but one: their sockets close with 4401.
    OtherLogins {
        /// Whose.
        of: OperatorId,
        /// The one that goes on.
        but: Option<LoginId>,
    },
    /// An operator has another name or role: theirs close with 1001, so that they come back at
    /// once and as who they are now.
    Changed(OperatorId),
    /// The list of operators or invitations is another one: consoles hear `settings_update`.
    Team,
}

impl Auth {
    /// Over this store, with these keys.
    pub(super) fn new(
        db: Db,
        keys: Arc<Keys>,
        passwords: Passwords,
        sessions: SessionLimits,
        drawing: Drawing,
    ) -> Self {
        let (revoked, _) = broadcast::channel(REVOCATIONS);
        Self {
            db,
            keys,
            passwords,
            sessions,
            failures: Arc::default(),
            audit_allowance: Arc::default(),
            revoked,
            drawing,
        }
    }

    /// The turn to draw that uploads take as well.
    pub(super) fn drawing(&self) -> Drawing {
        self.drawing.clone()
    }

    /// Signs an operator in. Whatever is wrong, the answer and the work are the same. The log-in
    /// that this device had before ends.
    ///
    /// # Errors
    /// [`ServiceError::BadLogin`]; [`ServiceError::RateLimited`] after ten failures in five
    /// minutes for this account or this address.
    pub async fn login(
        &self,
        email: &str,
        password: &str,
        visitor: &Visitor,
    ) -> Result<LoggedIn, ServiceError> {
        let email = normal_email(email);
        let device = DeviceMark::known(&self.keys, &email, &visitor.devices);
        let who = Trier {
            email: &email,
            client: &visitor.address,
            device: device.as_ref().map(|device| device.mark.as_str()),
        };
        self.admit(who)?;
        // Waits for its turn, so that guesses made at the same time are judged one after another.
        let turn = self.passwords.turn().await?;
        self.admit(who)?;
        let row = self
            .db
            .reader()
            .await?
            .conn()
            .operator_by_email(&email)
            .await?;
        let hash = row.as_ref().map(|row| row.password_hash.clone());
        let good = turn.verify(hash, password.to_owned()).await?;
        let id = row.as_ref().map(|row| row.id);
        if let Some(row) = row.filter(|row| good && row.disabled_at.is_none()) {
            access::login(LoginResult::Ok);
            return self.welcome(row, visitor).await;
        }
        self.failed(who, id).await;
        Err(ServiceError::BadLogin)
    }

    /// Signs somebody in who has shown that they may; the device is known from now on.
    pub(super) async fn welcome(
        &self,
        row: OperatorRow,
        visitor: &Visitor,
    ) -> Result<LoggedIn, ServiceError> {
        let device = match DeviceMark::known(&self.keys, &row.email, &visitor.devices) {
            Some(device) => device.renewed(&self.keys, &row.email),
            None => DeviceMark::new(&self.keys, &row.email),
        };
        self.start(row, visitor, device).await
    }

    async fn start(
        &self,
        row: OperatorRow,
        visitor: &Visitor,
        device: DeviceMark,
    ) -> Result<LoggedIn, ServiceError> {
        let now = clock::now();
        let cookie_token = random_token();
        let login = NewLogin {
            id: LoginId::generate(),
            token_hash: token_hash(&cookie_token),
            operator: row.id,
            created_at: now,
            expires_at: self.end_of(now, now),
            device: LoginDevice {
                address: Some(visitor.address.to_string()),
                user_agent: visitor.user_agent.clone(),
            },
        };
        let cookie_seconds = login.expires_at.since(now) / 1_000;
        let realtime_token = self.token(row.id, login.id, now);
        let details = serde_json::json!({ "address": visitor.address });
        let audit = audit_with(Some(row.id), "operator.login", details);
        let before = visitor.session.as_deref().map(token_hash);
        let hash = row.password_hash.clone();
        let (replaced, preferences) = self
            .db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move {
                    // It may have been exchanged, or the operator disabled, since it was looked at.
                    if !conn.password_stands(login.operator, &hash).await? {
                        return Err(ServiceError::BadLogin);
                    }
                    let replaced = match &before {
                        Some(token) => conn.delete_login_by_token(token).await?,
                        None => None,
                    };
                    conn.delete_expired_logins_of(login.operator, now).await?;
                    conn.insert_login(&login).await?;
                    conn.insert_audit(now, &audit).await?;
                    let profile = conn.profile(login.operator).await?;
                    let preferences = profile.map(|row| row.preferences);
                    Ok((replaced, preferences.unwrap_or_default()))
                })
            })
            .await?;
        if let Some(replaced) = replaced {
            self.tell(Revoked::Login(replaced));
        }
        Ok(LoggedIn {
            operator: row.into(),
            cookie_token,
            cookie_seconds,
            device,
            realtime_token,
            preferences,
        })
    }

    /// When a log-in ends that began and was last used then.
    fn end_of(&self, created_at: Timestamp, last_seen_at: Timestamp) -> Timestamp {
        let idle = last_seen_at.plus_ms(self.sessions.idle_ms());
        idle.min(created_at.plus_ms(self.sessions.max_ms()))
    }

    /// Ends a log-in and closes its sockets.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn logout(&self, who: &SignedIn) -> Result<(), ServiceError> {
        let (login, now) = (who.login, clock::now());
        let audit = audit(who.operator.id, "operator.logout");
        self.db
            .write::<_, DbError, _>(move |mut conn| {
                Box::pin(async move {
                    if conn.delete_login(login).await? {
                        conn.insert_audit(now, &audit).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        self.tell(Revoked::Login(login));
        Ok(())
    }

    /// Says what ends from now on in this process. Other processes' ends are found by asking
    /// [`Auth::still_valid`] every few seconds.
    pub fn revocations(&self) -> broadcast::Receiver<Revoked> {
        self.revoked.subscribe()
    }

    /// Tells the sockets of this process what ended or changed.
    pub(super) fn tell(&self, what: Revoked) {
        // No listener is no fault: commands have none.
        let _ = self.revoked.send(what);
    }

    /// A token for the socket, and for how many seconds it is accepted.
    pub fn realtime_token(&self, who: &SignedIn) -> (String, u32) {
        (
            self.token(who.operator.id, who.login, clock::now()),
            TOKEN_SECONDS,
        )
    }

    fn token(&self, operator: OperatorId, login: LoginId, now: Timestamp) -> String {
        self.keys.sign_token(&TokenPayload {
            operator: operator.0,
            login: login.0,
            expires_at: now.plus_ms(i64::from(TOKEN_SECONDS) * 1_000),
        })
    }
}

fn audit(operator: OperatorId, action: &'static str) -> Audit {
    audit_with(Some(operator), action, serde_json::json!({}))
}

fn audit_with(
    operator: Option<OperatorId>,
    action: &'static str,
    details: serde_json::Value,
) -> Audit {
    Audit {
        operator,
        action,
        conversation: None,
        details,
    }
}
