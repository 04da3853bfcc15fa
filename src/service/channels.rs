//! LINE channels: their credentials are decrypted here, in memory, and nowhere else.

use std::sync::Arc;

use super::ServiceError;
use crate::clock;
use crate::config::LineCredentials;
use crate::db::channels::ChannelRow;
use crate::db::{Audit, Db};
use crate::protocol::{ChannelId, ChannelName};
use crate::secrets::{Keys, Secret};

/// How long a reply token is tried unless the channel says otherwise: LINE guarantees a minute.
const REPLY_TOKEN_SECONDS: i64 = 55;

/// Knows the channels; cheap to clone.
#[derive(Clone)]
pub struct Channels {
    db: Db,
    keys: Arc<Keys>,
}

/// A channel with its credentials readable.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Which.
    pub id: ChannelId,
    /// In addresses and room names.
    pub name: ChannelName,
    /// Shown to people.
    pub title: String,
    /// The account's own user id at LINE, once known.
    pub line_user_id: Option<String>,
    /// Signs webhooks, lets us send.
    pub credentials: LineCredentials,
    /// How long a reply token is tried.
    pub reply_token_seconds: i64,
    /// Why nothing is sent at the moment.
    pub paused_reason: Option<String>,
}

impl Channels {
    /// Over this store, with these keys.
    pub fn new(db: Db, keys: Arc<Keys>) -> Self {
        Self { db, keys }
    }

    /// Creates the default channel, or gives it these credentials if it has others.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_default(&self, credentials: &LineCredentials) -> Result<(), ServiceError> {
        let name = ChannelName::default();
        let stored = self
            .db
            .reader()
            .await?
            .conn()
            .channel_by_name(name.as_str())
            .await?;
        let same = stored
            .as_ref()
            .and_then(|row| self.open(row).ok())
            .is_some_and(|channel| {
                channel.credentials.secret == credentials.secret
                    && channel.credentials.access_token == credentials.access_token
            });
        if same {
            return Ok(());
        }
        let id = stored
            .as_ref()
            .map_or_else(ChannelId::generate, |row| row.id);
        let row = ChannelRow {
            id,
            name: name.as_str().to_owned(),
            title: "LINE".to_owned(),
            line_user_id: None,
            secret: self
                .keys
                .encrypt(&place(id, "secret"), credentials.secret.expose()),
            access_token: self.keys.encrypt(
                &place(id, "access_token"),
                credentials.access_token.expose(),
            ),
            reply_token_seconds: REPLY_TOKEN_SECONDS,
            paused_reason: None,
            verified_at: None,
            created_at: clock::now(),
        };
        self.store(row, stored.is_none()).await?;
        tracing::info!(
            channel.name = name.as_str(),
            "took the channel's credentials over"
        );
        Ok(())
    }

    async fn store(&self, row: ChannelRow, new: bool) -> Result<(), ServiceError> {
        self.db
            .write(move |mut conn| {
                Box::pin(async move {
                    if new {
                        conn.insert_channel(&row).await?;
                    } else {
                        conn.set_channel_credentials(row.id, &row.secret, &row.access_token)
                            .await?;
                    }
                    let audit = Audit {
                        operator: None,
                        action: if new {
                            "channel.add"
                        } else {
                            "channel.credentials"
                        },
                        conversation: None,
                        details: serde_json::json!({ "channel": row.name }),
                    };
                    Ok(conn.insert_audit(row.created_at, &audit).await?)
                })
            })
            .await
    }

    /// The channel with this name.
    ///
    /// # Errors
    /// When the store fails or the credentials cannot be decrypted.
    pub async fn by_name(&self, name: &ChannelName) -> Result<Option<Channel>, ServiceError> {
        let row = self
            .db
            .reader()
            .await?
            .conn()
            .channel_by_name(name.as_str())
            .await?;
        row.map(|row| self.open(&row)).transpose()
    }

    /// The channel with this id.
    ///
    /// # Errors
    /// When the store fails or the credentials cannot be decrypted.
    pub async fn by_id(&self, id: ChannelId) -> Result<Option<Channel>, ServiceError> {
        let row = self.db.reader().await?.conn().channel(id).await?;
        row.map(|row| self.open(&row)).transpose()
    }

    /// All channels.
    ///
    /// # Errors
    /// When the store fails or any credentials cannot be decrypted.
    pub async fn list(&self) -> Result<Vec<Channel>, ServiceError> {
        let rows = self.db.reader().await?.conn().channels().await?;
        rows.iter().map(|row| self.open(row)).collect()
    }

    /// Notes that LINE accepted the credentials, and who the account is there.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn verified(
        &self,
        id: ChannelId,
        line_user_id: &str,
        title: &str,
    ) -> Result<(), ServiceError> {
        let (line_user_id, title) = (line_user_id.to_owned(), title.to_owned());
        self.db
            .write(move |mut conn| {
                Box::pin(async move {
                    let now = clock::now();
                    Ok(conn
                        .set_channel_verified(id, &line_user_id, &title, now)
                        .await?)
                })
            })
            .await
    }

    fn open(&self, row: &ChannelRow) -> Result<Channel, ServiceError> {
        let read = |what: &str, bytes: &[u8]| -> Result<Secret, ServiceError> {
            self.keys
                .decrypt(&place(row.id, what), bytes)
                .map_err(|error| {
                    ServiceError::Internal(format!("the {what} of channel {} {error}", row.name))
                })
        };
        Ok(Channel {
            id: row.id,
            name: row.name.parse().map_err(|_| {
                ServiceError::Internal(format!(
                    "channel {} has a name that rooms cannot hold",
                    row.id
                ))
            })?,
            title: row.title.clone(),
            line_user_id: row.line_user_id.clone(),
            credentials: LineCredentials {
                secret: read("secret", &row.secret)?,
                access_token: read("access_token", &row.access_token)?,
            },
            reply_token_seconds: row.reply_token_seconds,
            paused_reason: row.paused_reason.clone(),
        })
    }
}

/// What an encrypted text is bound to, so that it cannot be moved to another channel or column.
fn place(id: ChannelId, what: &str) -> String {
    format!("channels/{id}/{what}")
}
