//! LINE channels: their credentials are decrypted here, in memory, and nowhere else.

mod answers;
mod rekey;

pub use answers::Answers;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;

use super::{LineAccess, ServiceError};
use crate::clock;
use crate::config::LineCredentials;
use crate::db::channels::ChannelRow;
use crate::db::{Audit, Db, DbError};
use crate::line::client::{BotInfo, MarkAsReadMode};
use crate::line::{LineChannel, LineClient, LineError};
use crate::protocol::{ChannelId, ChannelName};
use crate::secrets::{Keys, Secret};

/// How long a reply token is tried unless the channel says otherwise: LINE guarantees a minute.
const REPLY_TOKEN_SECONDS: i64 = 55;

/// How long a channel that was read is good enough for a webhook's signature. Credentials are
/// changed by other processes too, so nobody can say when what was read is out of date.
const RECENT: Duration = Duration::from_secs(1);

/// Knows the channels; cheap to clone.
#[derive(Clone)]
pub struct Channels {
    db: Db,
    keys: Arc<Keys>,
    line: LineClient,
    /// Those that webhooks came for, and when each was read. Only existing ones, so that it does
    /// not grow. A std mutex: nothing awaits under it.
    recent: Arc<Mutex<Recent>>,
}

type Recent = HashMap<ChannelName, (Arc<Channel>, Instant)>;

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
    /// Signs webhooks.
    pub secret: Secret,
    /// Lets us send.
    pub access_token: Secret,
    /// How long a reply token is tried.
    pub reply_token_seconds: i64,
    /// Whether customers see LINE's loading animation while their operator types.
    pub loading_animation: bool,
    /// Whether answers bear their operator's name at LINE.
    pub show_sender: bool,
    /// Whether customers see that their operator has read.
    pub mark_as_read: bool,
    /// Whether the account marks as read, and not LINE by itself; absent until LINE has said.
    pub marks_by_hand: Option<bool>,
    /// Why nothing is sent at the moment.
    pub paused_reason: Option<String>,
}

/// Who signed a webhook.
#[derive(Clone, Debug)]
pub enum Signer {
    /// The channel that it is for.
    Is(Arc<Channel>),
    /// Somebody else, or nobody.
    IsNot,
    /// There is no such channel.
    NoChannel,
}

/// A channel could not be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// LINE could not be reached, or refused.
    #[error("{0}")]
    Line(#[from] LineError),
    /// The store failed.
    #[error("{0}")]
    Db(#[from] DbError),
}

impl Channels {
    /// Over this store, with these keys.
    pub fn new(db: Db, keys: Arc<Keys>, line: LineClient) -> Self {
        Self {
            db,
            keys,
            line,
            recent: Arc::default(),
        }
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
                channel.secret == credentials.secret
                    && channel.access_token == credentials.access_token
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
            loading_animation: true,
            show_sender: false,
            mark_as_read: false,
            marks_by_hand: None,
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
    pub async fn find(&self, name: &ChannelName) -> Result<Option<Channel>, ServiceError> {
        let row = self
            .db
            .reader()
            .await?
            .conn()
            .channel_by_name(name.as_str())
            .await?;
        row.map(|row| self.open(&row)).transpose()
    }

    /// Whether the channel that a webhook is for has signed it, which `signed` finds out. One that
    /// was read a moment ago is asked first, and again as it is now before it is said that it did
    /// not sign.
    ///
    /// # Errors
    /// When the store fails or the credentials cannot be decrypted.
    pub async fn signer(
        &self,
        name: &ChannelName,
        signed: impl Fn(&Channel) -> bool,
    ) -> Result<Signer, ServiceError> {
        let recent = self.recent().get(name).cloned();
        if let Some((channel, read)) = recent
            && read.elapsed() < RECENT
            && signed(&channel)
        {
            return Ok(Signer::Is(channel));
        }
        let read = Instant::now();
        let Some(channel) = self.find(name).await?.map(Arc::new) else {
            self.recent().remove(name);
            return Ok(Signer::NoChannel);
        };
        let is_signed = signed(&channel);
        self.recent().insert(name.clone(), (channel.clone(), read));
        Ok(if is_signed {
            Signer::Is(channel)
        } else {
            Signer::IsNot
        })
    }

    fn recent(&self) -> std::sync::MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Says whether customers see LINE's loading animation while their operator types.
    ///
    /// # Errors
    /// [`ServiceError::Validation`] when there is no such channel; or the store fails.
    pub async fn set_loading_animation(
        &self,
        name: &ChannelName,
        on: bool,
    ) -> Result<(), ServiceError> {
        let (name, at) = (name.as_str().to_owned(), clock::now());
        self.db
            .write(move |mut conn| {
                Box::pin(async move {
                    if !conn.set_channel_loading_animation(&name, on).await? {
                        let unknown = format!("There is no channel {name}.");
                        return Err(ServiceError::Validation(unknown));
                    }
                    let audit = Audit {
                        operator: None,
                        action: "channel.loading_animation",
                        conversation: None,
                        details: serde_json::json!({ "channel": name, "on": on }),
                    };
                    Ok(conn.insert_audit(at, &audit).await?)
                })
            })
            .await
    }

    /// LINE in this channel's name.
    pub fn line(&self, channel: &Channel) -> LineChannel {
        self.line.channel(channel.access_token.expose())
    }

    /// Asks LINE who the channel is, which also shows whether its access token is good.
    ///
    /// # Errors
    /// [`VerifyError`].
    pub async fn verify(&self, channel: &Channel) -> Result<BotInfo, VerifyError> {
        let info = self.line(channel).bot_info().await?;
        let (id, user, title) = (channel.id, info.user_id.clone(), info.display_name.clone());
        let by_hand = info.mark_as_read_mode == MarkAsReadMode::Manual;
        self.db
            .write::<_, DbError, _>(move |mut conn| {
                Box::pin(async move {
                    conn.set_channel_verified(id, &user, &title, by_hand, clock::now())
                        .await
                })
            })
            .await?;
        Ok(info)
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
            secret: read("secret", &row.secret)?,
            access_token: read("access_token", &row.access_token)?,
            reply_token_seconds: row.reply_token_seconds,
            loading_animation: row.loading_animation,
            show_sender: row.show_sender,
            mark_as_read: row.mark_as_read,
            marks_by_hand: row.marks_by_hand,
            paused_reason: row.paused_reason.clone(),
        })
    }
}

impl LineAccess for Channels {
    fn line(&self, channel: ChannelId) -> BoxFuture<'_, Option<LineChannel>> {
        Box::pin(async move {
            match self.by_id(channel).await {
                Ok(channel) => channel.map(|channel| Channels::line(self, &channel)),
                Err(error) => {
                    error.log();
                    None
                }
            }
        })
    }
}

/// What an encrypted text is bound to, so that it cannot be moved to another channel or column.
fn place(id: ChannelId, what: &str) -> String {
    format!("channels/{id}/{what}")
}
