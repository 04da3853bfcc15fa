//! Passwords: hashed and checked with argon2id, away from the tasks that serve everyone.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::rules::{self, DEMO_PASSWORD, MAX_PASSWORD_BYTES};
use crate::secrets::random_token;
use crate::service::ServiceError;

/// Log-ins that may wait for their turn; each waits some 30 ms for each one before it.
const WAITING: usize = 1_024;

/// Made once, so that an unknown e-mail address costs the same work as a known one.
static NOBODY: LazyLock<Option<String>> =
    LazyLock::new(|| hash(&Argon2::default(), &random_token()).ok());

/// Hashes and checks passwords, a few at a time.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    /// [`DEMO_PASSWORD`] may be chosen.
    demo: bool,
    /// One permit for each hash that may be computed at the same time.
    running: Arc<Semaphore>,
    /// One permit for each caller, running or waiting.
    places: Arc<Semaphore>,
}

/// The right to check one password; the next caller's turn comes when it is dropped.
pub(super) struct Turn {
    argon2: Argon2<'static>,
    _running: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::with(Argon2::default(), false)
    }
}

impl Passwords {
    /// For throw-away databases: the demo's own password may be chosen, too.
    #[must_use]
    pub fn of_demo() -> Self {
        Self::with(Argon2::default(), true)
    }

    /// As [`Passwords::of_demo`], with little work, for tests. Checks any hash.
    ///
    /// # Panics
    /// Never: the parameters are argon2's own minimum.
    pub fn light() -> Self {
        let params = Params::new(Params::MIN_M_COST, 1, 1, None).expect("argon2's own minimum");
        Self::with(
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            true,
        )
    }

    fn with(argon2: Argon2<'static>, demo: bool) -> Self {
        let at_once = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            argon2,
            demo,
            running: Arc::new(Semaphore::new(at_once)),
            places: Arc::new(Semaphore::new(WAITING)),
        }
    }

    /// Waits for one's turn.
    pub(super) async fn turn(&self) -> Result<Turn, ServiceError> {
        let place =
            self.places
                .clone()
                .try_acquire_owned()
                .map_err(|_| ServiceError::RateLimited {
                    retry_after_ms: 1_000,
                })?;
        let running = self
            .running
            .clone()
            .acquire_owned()
            .await
            .map_err(internal)?;
        Ok(Turn {
            argon2: self.argon2.clone(),
            _running: running,
            _place: place,
        })
    }

    /// The hash of a new password, in PHC form.
    ///
    /// # Errors
    /// [`ServiceError::Validation`] for one that is too short, far too long or very common.
    pub async fn hash(&self, password: &str) -> Result<String, ServiceError> {
        if !(self.demo && password == DEMO_PASSWORD) {
            rules::check(password)?;
        }
        let turn = self.turn().await?;
        let password = password.to_owned();
        let hashed = tokio::task::spawn_blocking(move || hash(&turn.argon2, &password));
        hashed.await.map_err(internal)?.map_err(internal)
    }
}

impl Turn {
    /// Whether `password` is the one that was hashed. Without a hash: the same work, and no.
    pub(super) async fn verify(
        self,
        hash: Option<String>,
        password: String,
    ) -> Result<bool, ServiceError> {
        // The turn moves along, so that the permit lasts as long as the work even if the caller
        // goes away.
        tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let Some(hash) = hash.as_ref().or(NOBODY.as_ref()) else {
                return false;
            };
            matches(&self.argon2, hash, &password) && known
        })
        .await
        .map_err(internal)
    }
}

fn matches(argon2: &Argon2<'_>, hash: &str, password: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else {
        return false;
    };
    password.len() <= MAX_PASSWORD_BYTES
        && argon2.verify_password(password.as_bytes(), &hash).is_ok()
}

fn hash(argon2: &Argon2<'_>, password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(argon2.hash_password(password.as_bytes())?.to_string())
}

fn internal(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Internal(format!("a password could not be worked on: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_matches() {
        let passwords = Passwords::light();
        let hash = passwords.hash("correct horse").await.expect("hashed");
        for (hash, password, expected) in [
            (Some(hash.clone()), "correct horse", true),
            (Some(hash), "correct hors", false),
            (Some("not a hash".to_owned()), "correct horse", false),
            (None, "correct horse", false),
        ] {
            let turn = passwords.turn().await.expect("a turn");
            assert_eq!(
                turn.verify(hash, password.to_owned()).await.expect("ran"),
                expected
            );
        }
    }

    #[tokio::test]
    async fn the_demos_password_is_for_demos_only() {
        assert!(Passwords::light().hash(DEMO_PASSWORD).await.is_ok());
        assert!(Passwords::default().hash(DEMO_PASSWORD).await.is_err());
        assert!(Passwords::light().hash("1234567").await.is_err());
    }
}
