//! What all fetching tasks share.

use std::sync::Arc;

use crate::config::StorageConfig;
use crate::db::Db;
use crate::realtime::Hub;
use crate::service::LineAccess;

/// What all fetching tasks share.
pub(super) struct Shared {
    pub(super) db: Db,
    pub(super) line: Arc<dyn LineAccess>,
    /// Tells the consoles.
    pub(super) hub: Hub,
    /// How much may be kept.
    pub(super) storage: StorageConfig,
}
