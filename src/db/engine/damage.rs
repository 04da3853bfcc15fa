//! Whether SQLite has found its file damaged.

use std::sync::{Arc, OnceLock};

use super::error::is_damage;

/// What SQLite has found its file damaged by. It stays so: what was found once is still there,
/// though most of the file may be read.
#[derive(Clone, Debug, Default)]
pub(in crate::db) struct Damage(Arc<OnceLock<String>>);

impl Damage {
    /// Remembers what an error says about the file.
    pub(in crate::db) fn note(&self, error: &sqlx::Error) {
        let sqlx::Error::Database(error) = error else {
            return;
        };
        if is_damage(&**error) && self.0.set(error.message().to_owned()).is_ok() {
            tracing::error!("the database's file is damaged");
        }
    }

    /// What was found.
    pub(in crate::db) fn found(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}
