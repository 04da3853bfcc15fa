//! What every handler shares: cheap handles to the services.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use crate::config::Config;
use crate::db::Db;
use crate::realtime::limits::OperatorLimits;
use crate::realtime::{Hub, Sockets};
use crate::service::Services;
use crate::vitals::Vitals;

/// What a request is given. axum clones it several times for each.
#[derive(Clone)]
pub struct AppState(Arc<Handles>);

/// Handles to everything that serves requests.
pub struct Handles {
    /// What Leptos wants to know.
    pub leptos_options: LeptosOptions,
    /// The settings.
    pub config: Arc<Config>,
    /// The store; handlers use services, this is for the server's own start and end.
    pub db: Db,
    /// Every use case.
    pub services: Services,
    /// Who is connected, and who hears what.
    pub hub: Hub,
    /// Open sockets, those before `auth` included.
    pub sockets: Sockets,
    /// How fast each operator may go.
    pub limits: Arc<OperatorLimits>,
    /// Whether everything still runs that serves everybody.
    pub vitals: Vitals,
}

impl From<Handles> for AppState {
    fn from(handles: Handles) -> Self {
        Self(Arc::new(handles))
    }
}

impl Deref for AppState {
    type Target = Handles;

    fn deref(&self) -> &Handles {
        &self.0
    }
}

impl Deref for Handles {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos_options.clone()
    }
}
