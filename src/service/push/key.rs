//! The server's own key for push services: made at the first start, kept encrypted, and the same for
//! all nodes. Browsers hold subscriptions that are good with this key alone.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::sync::OnceCell;

use crate::clock;
use crate::db::Db;
use crate::push::VapidKey;
use crate::secrets::{Keys, random_token};
use crate::service::ServiceError;

/// Where it is kept, for what encrypts it.
const PLACE: &str = "push_key secret";

/// The key, read when it is first needed; cheap to clone.
#[derive(Clone)]
pub struct PushKey {
    db: Db,
    keys: Arc<Keys>,
    read: Arc<OnceCell<VapidKey>>,
}

impl PushKey {
    /// In this store, encrypted with these keys.
    pub fn new(db: Db, keys: Arc<Keys>) -> Self {
        Self {
            db,
            keys,
            read: Arc::default(),
        }
    }

    /// The key; makes it where there is none.
    ///
    /// # Errors
    /// When the store fails, or what is kept cannot be read.
    pub async fn get(&self) -> Result<&VapidKey, ServiceError> {
        self.read.get_or_try_init(|| self.read_or_make()).await
    }

    async fn read_or_make(&self) -> Result<VapidKey, ServiceError> {
        if let Some(key) = self.kept().await? {
            return Ok(key);
        }
        let key = fresh_key();
        let (secret, public) = (self.sealed(&key), key.public().to_owned());
        let now = clock::now();
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move { Ok(conn.insert_push_key(&secret, &public, now).await?) })
            })
            .await?;
        // Another node may have been faster.
        let kept = self.kept().await?;
        kept.ok_or_else(|| ServiceError::Internal("the key for pushes is not kept".to_owned()))
    }

    async fn kept(&self) -> Result<Option<VapidKey>, ServiceError> {
        let Some((secret, _)) = self.db.reader().await?.conn().push_key().await? else {
            return Ok(None);
        };
        let broken = |why: String| ServiceError::Internal(format!("the key for pushes {why}"));
        let text = self.keys.decrypt(PLACE, &secret);
        let text = text.map_err(|error| broken(error.to_string()))?;
        let key = VapidKey::parse(text.expose());
        key.map(Some).map_err(|error| broken(error.to_string()))
    }

    fn sealed(&self, key: &VapidKey) -> Vec<u8> {
        self.keys.encrypt(PLACE, &key.to_text())
    }

    /// Encrypts it with the current key of the installation, if it is encrypted with another one.
    ///
    /// # Errors
    /// When the store fails, or what is kept cannot be read.
    pub async fn rekey(&self) -> Result<(), ServiceError> {
        let Some((secret, _)) = self.db.reader().await?.conn().push_key().await? else {
            return Ok(());
        };
        if self.keys.is_current(PLACE, &secret) {
            return Ok(());
        }
        let Some(key) = self.kept().await? else {
            return Ok(());
        };
        let secret = self.sealed(&key);
        self.db
            .write::<_, ServiceError, _>(move |mut conn| {
                Box::pin(async move { Ok(conn.set_push_key_sealed(&secret).await?) })
            })
            .await
    }

    /// What stands for something at push services: 32 letters and digits, of which nobody without
    /// our keys can tell what it stands for.
    pub fn topic(&self, thing: &str) -> String {
        use std::fmt::Write as _;
        let name = self.keys.name(&format!("push topic of {thing}"));
        let bytes = URL_SAFE_NO_PAD.decode(name).unwrap_or_default();
        bytes.iter().fold(String::new(), |mut topic, byte| {
            let _ = write!(topic, "{byte:02x}");
            topic
        })
    }
}

/// A new key. That random bytes are none happens once in four thousand million times.
fn fresh_key() -> VapidKey {
    loop {
        if let Ok(key) = VapidKey::parse(&random_token()) {
            return key;
        }
    }
}
