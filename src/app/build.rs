//! Making the services and giving each what it needs.

use std::ops::Deref;
use std::sync::Arc;

use leptos::config::LeptosOptions;

use super::StartError;
use super::background::Background;
use crate::config::Config;
use crate::db::{Db, DbError};
use crate::fetch::Fetcher;
use crate::line::LineClient;
use crate::outbox::{Links, Outbox};
use crate::push::PushClient;
use crate::realtime::broker::Link;
use crate::realtime::limits::OperatorLimits;
use crate::realtime::{Broker, Hub, Sockets};
use crate::secrets::{HeldKeys, Keys, Secret, random_token};
use crate::service::services::{Basics, Wakers};
use crate::service::{LineAccess, ServiceError, Services};
use crate::state::{AppState, Handles};
use crate::vitals::Vitals;

/// What works without a server: enough for the commands that manage an installation.
#[derive(Clone)]
pub struct Core {
    /// The store.
    pub db: Db,
    basics: Basics,
    keys: Arc<Keys>,
}

impl Deref for Core {
    type Target = Basics;

    fn deref(&self) -> &Basics {
        &self.basics
    }
}

impl Core {
    /// Opens the database and the key, and makes them at the first start.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        let key = config.key.load_or_create()?;
        let db = Db::open(&config.database.as_str()).await?;
        Self::with(config, db, &key)
    }

    /// As [`Core::open`], but makes nothing new: for commands, which may be started in the wrong
    /// folder.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn open_existing(config: &Config) -> Result<Self, StartError> {
        let db = Db::open_existing(&config.database.as_str()).await?;
        Self::with(config, db, &config.key.load_existing()?)
    }

    /// As [`Core::open_existing`], for managing operators: for that the key need not be known.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn open_without_key(config: &Config) -> Result<Self, StartError> {
        let db = Db::open_existing(&config.database.as_str()).await?;
        let nobodys = HeldKeys::one(Secret::new(random_token()));
        Self::with(config, db, &nobodys)
    }

    fn with(config: &Config, db: Db, held: &HeldKeys) -> Result<Self, StartError> {
        let keys = Arc::new(Keys::held(held, Some(config.key.clone())));
        let line = LineClient::new(&config.line.api_base, &config.line.data_api_base)?;
        Ok(Self {
            basics: Basics::new(config, &db, &keys, line),
            db,
            keys,
        })
    }

    /// Brings everything under the key that is the current one now. Answers how many channels had
    /// credentials under another.
    ///
    /// # Errors
    /// [`StartError`]; then nothing has changed.
    pub async fn rekey(&self) -> Result<usize, StartError> {
        self.keys.read_again()?;
        self.push_key.rekey().await?;
        Ok(self.channels.rekey().await?)
    }

    /// Makes the first administrator and the default channel, where the settings name them.
    ///
    /// # Errors
    /// [`StartError::Service`].
    pub async fn prepare(&self, config: &Config) -> Result<(), StartError> {
        // Another node that starts at this moment may be faster, once with each of the two; then
        // there is nothing to make.
        for _ in 0..2 {
            match self.try_prepare(config).await {
                Err(StartError::Service(ServiceError::Db(DbError::Duplicate))) => {}
                tried => return tried,
            }
        }
        self.try_prepare(config).await
    }

    async fn try_prepare(&self, config: &Config) -> Result<(), StartError> {
        if let Some(admin) = &config.first_admin {
            let made = self
                .operators
                .add_first_admin(&admin.email, admin.password.expose())
                .await;
            if made? {
                tracing::info!("made the first administrator");
            }
        }
        // Made before the first browser asks.
        self.push_key.get().await?;
        if let Some(credentials) = &config.line.channel {
            self.channels.set_default(credentials).await?;
        }
        Ok(())
    }
}

/// The way to the other nodes, where the settings name one.
pub(super) async fn link(
    config: &Config,
    core: &Core,
) -> Result<Option<(Broker, Link)>, StartError> {
    let Some(url) = &config.redis_url else {
        return Ok(None);
    };
    // Installations may share a Redis; they share neither key nor database.
    let database = core.db.name().await?.unwrap_or_default();
    let names = core.keys.names(&format!("nodes of {database}"));
    let mut channels = names.into_iter().map(|name| format!("sala:{name}:v1"));
    // The first is the current key's.
    let channel = channels.next().unwrap_or_default();
    let others = channels.collect();
    let link = Link::new(url.expose(), channel, others, config.rhythm)?;
    Ok(Some(link))
}

/// Everything a server needs on top of the core, and the work that goes on beside requests.
pub(super) fn wire(
    config: Config,
    core: Core,
    others: Option<(Broker, Link)>,
    push_client: PushClient,
) -> (AppState, Background) {
    let Core {
        db,
        basics,
        keys: _,
    } = core;
    let (broker, link) = others.unzip();
    let (hub, publications) = Hub::among(broker);
    let wakers = Wakers::default();
    let access: Arc<dyn LineAccess> = Arc::new(basics.channels.clone());
    let (services, chores) = Services::new(&config, &db, basics, &hub, wakers.clone(), push_client);
    let Wakers { queued, wanted, .. } = wakers;
    let links = Links::new(config.public_url.origin(), config.is_reachable_by_line());
    let background = Background {
        publications,
        link,
        outbox: Outbox::new(db.clone(), access.clone(), hub.clone(), queued, links),
        fetcher: Fetcher::new(db.clone(), access, hub.clone(), wanted, config.storage),
        chores,
    };
    let handles = Handles {
        leptos_options: leptos_options(&config),
        services,
        hub,
        sockets: Sockets::default(),
        limits: Arc::new(OperatorLimits::default()),
        vitals: Vitals::default(),
        db,
        config: Arc::new(config),
    };
    (handles.into(), background)
}

fn leptos_options(config: &Config) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("sala")
        .site_root("target/site")
        .site_pkg_dir("pkg")
        .site_addr(config.addr)
        .build()
}
