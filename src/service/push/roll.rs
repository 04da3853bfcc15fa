//! Whose devices are told of what, in memory: most installations have few, and of a message it must
//! be known at once that nobody is to be told.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use crate::db::Db;
use crate::db::logins::LoginId;
use crate::db::push_devices::PushTarget;
use crate::protocol::OperatorId;
use crate::realtime::Hub;
use crate::service::ServiceError;
use crate::service::auth::{Auth, LoginState};

/// All devices; cheap to clone.
#[derive(Clone)]
pub struct Roll {
    db: Db,
    hub: Hub,
    auth: Auth,
    targets: Arc<RwLock<Arc<[PushTarget]>>>,
}

impl Roll {
    /// Empty until it is read.
    pub fn new(db: Db, hub: Hub, auth: Auth) -> Self {
        Self {
            db,
            hub,
            auth,
            targets: Arc::new(RwLock::new(Arc::from([]))),
        }
    }

    /// All devices that may be told.
    pub(super) fn targets(&self) -> Arc<[PushTarget]> {
        let targets = self.targets.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&targets)
    }

    /// Whether an operator has any.
    pub(super) fn reaches(&self, operator: OperatorId) -> bool {
        self.targets().iter().any(|it| it.operator == operator)
    }

    /// Reads it anew.
    pub(super) async fn read(&self) -> Result<(), ServiceError> {
        let mut targets = self.db.reader().await?.conn().push_targets().await?;
        // A log-in may be over by its age and still be there.
        let logins: HashSet<LoginId> = targets.iter().map(|it| it.login).collect();
        let logins: Vec<_> = logins.into_iter().collect();
        let standings = self.auth.still_valid(&logins).await?;
        let valid = |state: &LoginState| matches!(state, LoginState::Valid(..));
        let good: HashSet<LoginId> = standings
            .into_iter()
            .filter_map(|(login, state)| valid(&state).then_some(login))
            .collect();
        targets.retain(|it| good.contains(&it.login));
        self.hub.want_news(!targets.is_empty());
        *self.targets.write().unwrap_or_else(PoisonError::into_inner) = targets.into();
        Ok(())
    }
}
