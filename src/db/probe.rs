//! Whether the store takes what is written, and whether it has been found damaged.

use std::sync::{Arc, OnceLock};

use uuid::Uuid;

use super::error::is_damage;
use super::{Conn, Db, DbError, Inner, later, on_db};

/// What is written to see whether there is room: more than a customer's longest line takes, so that
/// some free pages inside the file do not pass for room.
const BYTES: usize = 64 * 1024;

/// What SQLite has found its file damaged by. It stays so: what was found once is still there,
/// though most of the file may be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Damage(Arc<OnceLock<String>>);

impl Damage {
    /// Remembers what an error says about the file.
    pub(super) fn note(&self, error: &sqlx::Error) {
        let sqlx::Error::Database(error) = error else {
            return;
        };
        if is_damage(&**error) && self.0.set(error.message().to_owned()).is_ok() {
            tracing::error!("the database's file is damaged");
        }
    }
}

impl Db {
    /// Reads, and writes as a customer's line is written: durably, into pages of its own. Nothing
    /// of it stays.
    ///
    /// # Errors
    /// When either fails, or the file was found damaged since it was opened.
    pub async fn ping(&self) -> Result<(), DbError> {
        let mut reader = self.reader().await?;
        reader.conn().any_probe().await?;
        drop(reader);
        self.write(|mut conn| Box::pin(async move { conn.probe().await }))
            .await?;
        let Inner::Sqlite { damage, .. } = &*self.inner else {
            return Ok(());
        };
        match damage.0.get() {
            Some(found) => Err(DbError::Damaged(found.clone())),
            None => Ok(()),
        }
    }
}

impl Conn<'_> {
    async fn any_probe(&mut self) -> Result<(), DbError> {
        on_db!(self, c => {
            sqlx::query("SELECT id FROM operators LIMIT 1").fetch_optional(c).await?;
        });
        Ok(())
    }

    async fn probe(&mut self) -> Result<(), DbError> {
        let id = Uuid::now_v7();
        later!(
            self,
            "INSERT INTO probes (id, bytes) VALUES ($1, $2)",
            [id, vec![0_u8; BYTES]]
        );
        on_db!(self, c => {
            sqlx::query("DELETE FROM probes WHERE id = $1").bind(id).execute(c).await?;
        });
        Ok(())
    }
}
