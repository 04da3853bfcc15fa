//! From a cookie or a token to the person behind it.

use std::collections::HashMap;

use super::Auth;
use crate::clock;
use crate::db::DbError;
use crate::db::logins::{LoginId, LoginRow, LoginStanding};
use crate::protocol::preferences::Preferences;
use crate::protocol::{Operator, Role, Timestamp};
use crate::secrets::{TokenRefusal, token_hash};
use crate::service::ServiceError;

/// A session's end is moved at most this often.
const EXTEND_EVERY_MS: i64 = 60 * 60 * 1_000;

/// Log-ins asked about in one statement.
const STANDINGS: usize = 500;

/// Who is calling, and by which log-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub operator: Operator,
    /// In lower case.
    pub email: String,
    /// How they want to see Sala.
    pub preferences: Preferences,
    /// By which log-in; what they open dies with it.
    pub login: LoginId,
    /// The session's end was moved just now: the cookie's must follow, and is so many seconds
    /// away.
    pub extended: Option<i64>,
}

/// Why a token does not sign anyone in.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is none.
    #[error("a token is missing")]
    Missing,
    /// Not ours, or revoked.
    #[error("the token is not valid")]
    Invalid,
    /// Ours, and too old.
    #[error("the token has expired")]
    Expired,
    /// Nobody can tell just now.
    #[error("the token cannot be checked: {0}")]
    Unavailable(#[from] DbError),
}

impl From<TokenRefusal> for TokenError {
    fn from(refusal: TokenRefusal) -> Self {
        match refusal {
            TokenRefusal::Missing => Self::Missing,
            TokenRefusal::Invalid => Self::Invalid,
            TokenRefusal::Expired => Self::Expired,
        }
    }
}

impl SignedIn {
    /// Refuses whoever has not at least this role.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn at_least(&self, role: Role) -> Result<(), ServiceError> {
        if self.operator.role >= role {
            Ok(())
        } else {
            Err(ServiceError::Forbidden)
        }
    }
}

/// How a log-in stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginState {
    /// Good, for somebody of this name and role.
    Valid(String, Role),
    /// Logged out, expired, or ended by a new password.
    Ended,
    /// The operator may not sign in any more.
    Disabled,
}

impl Auth {
    /// By the settings as they are now, also for a log-in that began under others.
    fn standing(&self, login: LoginStanding, now: Timestamp) -> LoginState {
        let ends_at = self.end_of(login.created_at, login.last_seen_at);
        match login.disabled_at {
            Some(_) => LoginState::Disabled,
            None if ends_at.min(login.expires_at) <= now => LoginState::Ended,
            None => LoginState::Valid(login.name, login.role),
        }
    }

    /// Whether a log-in is still good.
    pub(super) fn stands(&self, login: LoginStanding, now: Timestamp) -> bool {
        matches!(self.standing(login, now), LoginState::Valid(..))
    }

    fn signed_in(&self, row: LoginRow, now: Timestamp) -> Option<SignedIn> {
        let login = LoginStanding {
            id: row.login_id,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
            disabled_at: row.operator.disabled_at,
            name: row.operator.name.clone(),
            role: row.operator.role,
        };
        self.stands(login, now).then(|| SignedIn {
            login: row.login_id,
            preferences: row.preferences,
            email: row.operator.email.clone(),
            operator: row.operator.into(),
            extended: None,
        })
    }

    /// Who a session cookie stands for; none when it stands for nobody. Using a session moves its
    /// end.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn from_cookie(&self, token: &str) -> Result<Option<SignedIn>, ServiceError> {
        let now = clock::now();
        let row = self
            .db
            .reader()
            .await?
            .conn()
            .login_by_token(&token_hash(token))
            .await?;
        let Some(row) = row else { return Ok(None) };
        let due = now.since(row.last_seen_at) >= EXTEND_EVERY_MS;
        let ends_at = self.end_of(row.created_at, now);
        let Some(mut who) = self.signed_in(row, now) else {
            return Ok(None);
        };
        if due {
            let login = who.login;
            self.db
                .write::<_, DbError, _>(move |mut conn| {
                    Box::pin(async move { conn.extend_login(login, now, ends_at).await })
                })
                .await?;
            who.extended = Some(ends_at.since(now) / 1_000);
        }
        Ok(Some(who))
    }

    /// Who a token of [`Auth::realtime_token`] or of the log-in stands for.
    ///
    /// # Errors
    /// [`TokenError`]; revoked tokens are [`TokenError::Invalid`].
    pub async fn verify_token(&self, token: &str) -> Result<SignedIn, TokenError> {
        let now = clock::now();
        let payload = self.keys.read_token(token, now)?;
        let mut reader = self.db.reader().await?;
        let row = reader.conn().login(LoginId(payload.login)).await?;
        let row = row.filter(|row| row.operator.id.0 == payload.operator);
        row.and_then(|row| self.signed_in(row, now))
            .ok_or(TokenError::Invalid)
    }

    /// Who `Authorization: Bearer` stands for: a token of either kind.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn from_bearer(&self, token: &str) -> Result<Option<SignedIn>, ServiceError> {
        match self.verify_token(token).await {
            Ok(who) => Ok(Some(who)),
            Err(TokenError::Invalid) => self.from_cookie(token).await,
            Err(TokenError::Missing | TokenError::Expired) => Ok(None),
            Err(TokenError::Unavailable(error)) => Err(error.into()),
        }
    }

    /// How these log-ins stand now, in the same order. Cheap: one statement for 500 of them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn still_valid(
        &self,
        logins: &[LoginId],
    ) -> Result<Vec<(LoginId, LoginState)>, ServiceError> {
        let now = clock::now();
        let mut answer = Vec::with_capacity(logins.len());
        let mut reader = self.db.reader().await?;
        for part in logins.chunks(STANDINGS) {
            let rows = reader.conn().login_standings(part).await?;
            let mut found: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
            answer.extend(part.iter().map(|&id| {
                let row = found.remove(&id);
                (
                    id,
                    row.map_or(LoginState::Ended, |row| self.standing(row, now)),
                )
            }));
        }
        Ok(answer)
    }
}
