//! The composition root: everything is made, wired, run and ended here.

mod background;
mod build;
mod crew;
mod farewell;
mod serve;

use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, ConfigError};
use crate::db::DbError;
use crate::line::client::ClientError;
use crate::push::{PushClient, PushClientError};
use crate::realtime::broker::LinkError;
use crate::secrets::KeyFileError;
use crate::service::ServiceError;
use crate::state::AppState;
use background::Background;

pub use build::Core;

/// Why Sala does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// `REDIS_URL`.
    #[error("REDIS_URL cannot be used: {0}")]
    Redis(#[from] LinkError),
    /// Somebody else listens there, or the address is not ours.
    #[error("cannot listen on {addr}: {error}")]
    Listen {
        /// Where.
        addr: SocketAddr,
        /// Why not.
        error: std::io::Error,
    },
    /// The key.
    #[error("{0}")]
    Key(#[from] KeyFileError),
    /// The database.
    #[error("{0}")]
    Db(#[from] DbError),
    /// The first operators or channels.
    #[error("{}", service_text(.0))]
    Service(#[from] ServiceError),
    /// LINE's addresses.
    #[error("{0}")]
    Line(#[from] ClientError),
    /// The way to push services.
    #[error("{0}")]
    Push(#[from] PushClientError),
}

/// What people read of a service's refusal; here the inner reason too, since they are the ones
/// who can do something about it.
fn service_text(error: &ServiceError) -> String {
    match error {
        ServiceError::Db(error) => error.to_string(),
        ServiceError::Internal(error) => error.clone(),
        other => other.to_string(),
    }
}

/// A server that is bound, and serves once it is run.
pub struct App {
    listener: TcpListener,
    metrics: Option<TcpListener>,
    router: Router,
    metrics_router: Router,
    state: AppState,
    background: Background,
}

/// An address that is taken but not served yet.
pub struct Bound {
    listener: TcpListener,
    metrics: Option<TcpListener>,
    /// The settings, with the port that the system chose; may still be changed.
    pub config: Config,
    addr: SocketAddr,
}

impl Bound {
    /// Takes the address.
    ///
    /// # Errors
    /// [`StartError::Listen`].
    pub async fn listen(mut config: Config) -> Result<Self, StartError> {
        let listener = listen(config.addr).await?;
        let addr = listener.local_addr().map_err(|error| StartError::Listen {
            addr: config.addr,
            error,
        })?;
        let metrics = match config.metrics_addr {
            Some(addr) => Some(listen(addr).await?),
            None => None,
        };
        config.addr = addr;
        config.public_url = config.public_url.bound_to(addr);
        Ok(Self {
            listener,
            metrics,
            config,
            addr,
        })
    }

    /// Where.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(addr)
        .await
        .map_err(|error| StartError::Listen { addr, error })
}

impl App {
    /// Binds, opens the database and wires everything.
    ///
    /// # Errors
    /// [`StartError`]; its text says what to do.
    pub async fn build(config: Config) -> Result<Self, StartError> {
        Self::build_on(Bound::listen(config).await?, Router::new()).await
    }

    /// As [`App::build`], on an address that is taken already and with `more` routes.
    ///
    /// # Errors
    /// [`StartError`]; its text says what to do.
    pub async fn build_on(bound: Bound, more: Router) -> Result<Self, StartError> {
        for doubt in bound.config.doubts() {
            tracing::warn!("{doubt}");
        }
        let core = Core::open(&bound.config).await?;
        core.prepare(&bound.config).await?;
        let link = build::link(&bound.config, &core).await?;
        let (state, background) = build::wire(bound.config, core, link, PushClient::new()?);
        background.take_over().await?;
        Ok(Self {
            listener: bound.listener,
            metrics: bound.metrics,
            router: crate::http::build(&state, more),
            metrics_router: crate::http::metrics_router(&state),
            state,
            background,
        })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.state.config.addr
    }

    /// The services behind it.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Serves until `shutdown`, then ends in order within ten seconds.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn run(self, shutdown: CancellationToken) -> std::io::Result<()> {
        serve::run(self, shutdown).await
    }
}
