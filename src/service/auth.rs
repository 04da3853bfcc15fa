//! Who is calling: log-in, cookie sessions, tokens, and their end.

mod failures;
mod password;
mod signed_in;

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::broadcast;

use super::ServiceError;
use super::operators::normal_email;
use crate::clock;
use crate::db::logins::{LoginId, NewLogin};
use crate::db::operators::OperatorRow;
use crate::db::{Audit, Db, DbError};
use crate::protocol::{Operator, OperatorId, Timestamp};
use crate::secrets::{Keys, TokenPayload, random_token, token_hash};
use failures::Failures;

pub use password::{MIN_PASSWORD_CHARS, Passwords};
pub use signed_in::{SignedIn, Standing, TokenError};

/// How long a session lives after it was last used.
pub const SESSION_DAYS: i64 = 30;
const SESSION_MS: i64 = SESSION_DAYS * 24 * 60 * 60 * 1_000;

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
    /// Failed tries of the last minutes, by account and by address. Of this process only.
    failures: Arc<Failures>,
    /// Tells the sockets of this process what ended.
    revoked: broadcast::Sender<Revoked>,
}

/// A log-in has just succeeded.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// Who.
    pub operator: Operator,
    /// For the session cookie.
    pub cookie_token: String,
    /// For the socket and `Authorization: Bearer`.
    pub realtime_token: String,
}

/// Something that sockets must be closed for at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// A log-in ended: its sockets close with 4401.
    Login(LoginId),
    /// An operator was disabled: all of theirs close with 4403.
    Operator(OperatorId),
}

impl Auth {
    /// Over this store, with these keys.
    pub fn new(db: Db, keys: Arc<Keys>, passwords: Passwords) -> Self {
        let (revoked, _) = broadcast::channel(REVOCATIONS);
        Self {
            db,
            keys,
            passwords,
            failures: Arc::default(),
            revoked,
        }
    }

    /// Signs an operator in. Whatever is wrong, the answer and the work are the same.
    ///
    /// # Errors
    /// [`ServiceError::BadLogin`]; [`ServiceError::RateLimited`] after ten failures in five
    /// minutes for this account or this address.
    pub async fn login(
        &self,
        email: &str,
        password: &str,
        client: &IpAddr,
    ) -> Result<LoggedIn, ServiceError> {
        let email = normal_email(email);
        self.failures.check(&email, client, clock::now())?;
        // Waits for its turn, so that guesses made at the same time are judged one after another.
        let turn = self.passwords.turn().await?;
        self.failures.check(&email, client, clock::now())?;
        let row = self
            .db
            .reader()
            .await?
            .conn()
            .operator_by_email(&email)
            .await?;
        let hash = row.as_ref().map(|row| row.password_hash.clone());
        let good = turn.verify(hash, password.to_owned()).await?;
        if let Some(row) = row.filter(|row| good && row.disabled_at.is_none()) {
            return self.start(row).await;
        }
        self.failures.add(&email, client, clock::now());
        Err(ServiceError::BadLogin)
    }

    async fn start(&self, row: OperatorRow) -> Result<LoggedIn, ServiceError> {
        let now = clock::now();
        let cookie_token = random_token();
        let login = NewLogin {
            id: LoginId::generate(),
            token_hash: token_hash(&cookie_token),
            operator: row.id,
            created_at: now,
            expires_at: now.plus_ms(SESSION_MS),
        };
        let realtime_token = self.token(row.id, login.id, now);
        let audit = audit(row.id, "operator.login");
        self.db
            .write::<_, DbError, _>(move |mut conn| {
                Box::pin(async move {
                    conn.delete_expired_logins_of(login.operator, now).await?;
                    conn.insert_login(&login).await?;
                    conn.insert_audit(now, &audit).await
                })
            })
            .await?;
        Ok(LoggedIn {
            operator: row.into(),
            cookie_token,
            realtime_token,
        })
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
        // No listener is no fault: there may be no socket yet.
        let _ = self.revoked.send(Revoked::Login(login));
        Ok(())
    }

    /// Says what ends from now on in this process. Other processes' ends are found by asking
    /// [`Auth::still_valid`] every few seconds.
    pub fn revocations(&self) -> broadcast::Receiver<Revoked> {
        self.revoked.subscribe()
    }

    /// Tells the sockets that an operator was disabled.
    pub(super) fn tell_disabled(&self, operator: OperatorId) {
        let _ = self.revoked.send(Revoked::Operator(operator));
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
    Audit {
        operator: Some(operator),
        action,
        conversation: None,
        details: serde_json::json!({}),
    }
}
