//! What a database must not go on with after it was put back from a copy: others saw since what
//! it does not know of.

use uuid::Uuid;

use crate::db::{Conn, DbError, on_db};
use crate::protocol::{ConversationId, Timestamp};

/// Why a message that waited in a copy is not sent.
const WHY: &str = "Sala was restored from a copy in which this message was still waiting: \
     it may have been sent since.";

/// What was ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Log-ins.
    pub logins: u64,
    /// Messages that are unconfirmed now.
    pub messages: u64,
}

impl Conn<'_> {
    /// Ends every log-in, since some had ended after the copy was made; and leaves every message
    /// that waits for LINE to a person, since it may have gone out after the copy was made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_restored(&mut self, now: Timestamp) -> Result<Settled, DbError> {
        const LOGINS: &str = "DELETE FROM logins WHERE id >= $1";
        const LINKS: &str = "DELETE FROM invitations WHERE id >= $1";
        const WAITING: &str = "SELECT DISTINCT conversation_id FROM outbox";
        let logins = on_db!(self, c => {
            sqlx::query(LOGINS).bind(Uuid::nil()).execute(c).await?.rows_affected()
        });
        // A link may have been used or withdrawn, too.
        on_db!(self, c => { sqlx::query(LINKS).bind(Uuid::nil()).execute(c).await?; });
        let waiting: Vec<ConversationId> = on_db!(self, c => {
            sqlx::query_scalar(WAITING).fetch_all(c).await?
        });
        let mut messages = 0;
        for conversation in waiting {
            messages += self.leave_to_a_person(conversation, now).await?;
        }
        Ok(Settled { logins, messages })
    }

    async fn leave_to_a_person(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<u64, DbError> {
        const MESSAGES: &str = "UPDATE messages SET status = 'unconfirmed', error = $3, rev = $2 \
             WHERE id IN (SELECT message_id FROM outbox WHERE conversation_id = $1) \
             AND status = 'queued'";
        const OUTBOX: &str = "DELETE FROM outbox WHERE conversation_id = $1";
        let rev = self.bump_rev(conversation, now).await?;
        Ok(on_db!(self, c => {
            let changed = sqlx::query(MESSAGES)
                .bind(conversation)
                .bind(rev)
                .bind(WHY)
                .execute(&mut *c)
                .await?
                .rows_affected();
            sqlx::query(OUTBOX).bind(conversation).execute(c).await?;
            changed
        }))
    }
}
