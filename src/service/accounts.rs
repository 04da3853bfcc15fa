//! LINE accounts, as administrators see and change them.

use super::ServiceError;
use super::auth::SignedIn;
use super::change::settings_changed;
use super::channels::{Answers, Channel, Channels};
use super::quotas;
use crate::db::Db;
use crate::protocol::line_account::LineAccount;
use crate::protocol::quota::ChannelQuota;
use crate::protocol::{ChannelName, Role};
use crate::realtime::Hub;

/// LINE accounts; cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    db: Db,
    hub: Hub,
    channels: Channels,
}

impl Accounts {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub, channels: Channels) -> Self {
        Self { db, hub, channels }
    }

    /// All of them, with what LINE has told of their quotas.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], or the store fails.
    pub async fn list(
        &self,
        who: &SignedIn,
    ) -> Result<Vec<(Channel, Option<ChannelQuota>)>, ServiceError> {
        who.at_least(Role::Admin)?;
        let channels = self.channels.list().await?;
        let quotas = quotas::known(&mut self.db.reader().await?.conn()).await?;
        let with_quota = channels.into_iter().map(|channel| {
            let quota = quotas.iter().find(|quota| quota.channel == channel.name);
            let quota = quota.cloned();
            (channel, quota)
        });
        Ok(with_quota.collect())
    }

    /// What all of them are called.
    ///
    /// # Errors
    /// The store fails.
    pub async fn titles(&self) -> Result<Vec<LineAccount>, ServiceError> {
        let channels = self.channels.list().await?;
        let titles = channels.into_iter().map(|channel| LineAccount {
            name: channel.name,
            title: channel.title,
        });
        Ok(titles.collect())
    }

    /// Says what customers of an account see of operators, and tells the consoles that it is another.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::NotFound`], or the store fails.
    pub async fn save_answers(
        &self,
        who: &SignedIn,
        name: &ChannelName,
        answers: Answers,
    ) -> Result<(), ServiceError> {
        self.channels.save_answers(who, name, answers).await?;
        self.hub.publish(settings_changed("channels"));
        Ok(())
    }
}
