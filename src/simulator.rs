//! LINE, played on this machine: its endpoints, its webhooks and a phone for each customer.
//!
//! The state is in memory and ends with the process. LINE's endpoints are under `/_sim/line` and
//! `/_sim/line-data`, the control interface for tests and the phone page under `/_sim`.

mod account;
mod art;
mod chats;
mod control;
mod deliver;
mod fault;
mod fetched;
mod line_api;
mod mint;
mod page;
mod people;
mod picture;
mod settings;
mod speech;
mod state;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use account::SimulatorConfig;
pub use chats::{InboxEntry, LoadingCall};
pub use fault::Fault;
pub use people::NewCustomer;
pub use settings::{ChatMode, MarkAsReadMode, QuotaChange, Settings, SettingsChange};
pub use speech::{Content, Delivered, Utterance};

use state::State;
use wire::Update;

/// LINE gives up on a webhook after 2 s; a busy test machine gets longer.
const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(10);
/// How many updates a phone page may be behind before it starts afresh.
const UPDATES: usize = 512;

/// What the simulator cannot do.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// There is no such customer, group or message.
    #[error("there is no {0}")]
    NotFound(String),
    /// The request makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The HTTP client refused its settings.
    #[error("HTTP client: {0}")]
    Http(#[from] reqwest::Error),
}

/// A handle to the simulated LINE. Clones share one state.
#[derive(Clone)]
pub struct Simulator(Arc<Shared>);

struct Shared {
    config: SimulatorConfig,
    /// Held for a moment at a time, never across an await.
    state: Mutex<State>,
    /// JSON for the phone pages; nobody listening is fine.
    updates: broadcast::Sender<Arc<str>>,
    http: reqwest::Client,
    /// Ends streams and redeliveries.
    shutdown: CancellationToken,
    /// Redeliveries under way.
    tasks: TaskTracker,
}

impl Simulator {
    /// A LINE without customers. `shutdown` ends its streams and redeliveries.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new(
        config: SimulatorConfig,
        shutdown: CancellationToken,
    ) -> Result<Self, SimulatorError> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(WEBHOOK_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("LineBotWebhook/2.0")
            .build()?;
        let mut state = State::new(config.webhook_url.clone());
        state.settings.quota = config.quota;
        state.quota_used = config.quota_used;
        let state = Mutex::new(state);
        let (updates, _) = broadcast::channel(UPDATES);
        let tasks = TaskTracker::new();
        Ok(Self(Arc::new(Shared {
            config,
            state,
            updates,
            http,
            shutdown,
            tasks,
        })))
    }

    /// Everything under `/_sim`.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(control::router(self))
            .merge(page::router(self))
            .merge(fetched::router(self))
            .nest("/_sim/line", line_api::api_router(self))
            .nest("/_sim/line-data", line_api::data_router(self))
    }

    /// Where webhooks go from now on.
    pub fn set_webhook_url(&self, url: impl Into<String>) {
        self.state().webhook_url = Some(url.into());
    }

    /// What the simulated account does and allows.
    pub fn settings(&self) -> Settings {
        self.state().settings.clone()
    }

    /// Changes what is given.
    pub fn change_settings(&self, change: SettingsChange) {
        self.state().settings.apply(change);
    }

    /// Makes the next sends end as told, after those ordered before.
    pub fn add_fault(&self, fault: Fault, times: usize) {
        self.state()
            .faults
            .extend(std::iter::repeat_n(fault, times));
    }

    /// As [`Simulator::add_fault`], of the next `times` times that content is fetched.
    pub fn add_content_fault(&self, fault: Fault, times: usize) {
        self.state()
            .content_faults
            .extend(std::iter::repeat_n(fault, times));
    }

    /// Waits for the redeliveries under way to hear the shutdown.
    pub async fn closed(&self) {
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn config(&self) -> &SimulatorConfig {
        &self.0.config
    }

    /// Tells the phone pages. Costs nothing while none is open.
    fn publish(&self, update: &Update<'_>) {
        if self.0.updates.receiver_count() == 0 {
            return;
        }
        let json = serde_json::to_string(update).expect("updates are plain data");
        // No receiver left since the check: nobody misses it.
        let _ = self.0.updates.send(json.into());
    }
}
