//! Whether the store takes what is written.

use uuid::Uuid;

use super::{Conn, Db, DbError, Inner, later, on_db};

/// What is written to see whether there is room: more than a customer's longest line takes, so that
/// some free pages inside the file do not pass for room.
const BYTES: usize = 64 * 1024;

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
        match damage.found() {
            Some(found) => Err(DbError::Damaged(found.to_owned())),
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
