//! After the way to the other nodes was broken: this node's consoles are told what changed
//! meanwhile.

use std::time::Duration;

use super::change::conversation_changed;
use crate::db::{Db, DbError};
use crate::protocol::{ConversationId, Timestamp};
use crate::realtime::Hub;

/// How long reports of gaps are gathered: each node that comes back makes one.
const GATHER: Duration = Duration::from_millis(300);

/// How many conversations are told of at a time, well below what waits for one client at most.
const AT_A_TIME: usize = 64;

/// Most conversations that are told of. After a longer outage the rest comes with the refresh of
/// lists and with the `revs` of the next heartbeat, as it would without this.
const AT_MOST: u32 = 2_000;

/// Between two times, for clients to read.
const PAUSE: Duration = Duration::from_millis(100);

/// The wait for a database that fails.
const TRY_AGAIN: Duration = Duration::from_secs(2);

/// Tells consoles of the conversations that changed while this node may not have heard of it.
pub struct CatchUp {
    db: Db,
    hub: Hub,
}

impl CatchUp {
    /// Over this store and hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub }
    }

    /// Catches up after each gap, until the future is dropped.
    pub async fn run(&self) {
        loop {
            let mut since = self.hub.gap().await;
            while let Ok(earlier) = tokio::time::timeout(GATHER, self.hub.gap()).await {
                since = since.min(earlier);
            }
            while let Err(error) = self.tell_since(since).await {
                tracing::warn!(%error, "what was missed cannot be read yet");
                tokio::time::sleep(TRY_AGAIN).await;
            }
        }
    }

    /// Lists get the conversation as it is now; whoever has it open sees by its `rev` that
    /// messages are missing and asks for them.
    async fn tell_since(&self, since: Timestamp) -> Result<(), DbError> {
        if self.hub.size().0 == 0 {
            return Ok(());
        }
        let changed = self
            .db
            .reader()
            .await?
            .conn()
            .conversations_changed_since(since, AT_MOST)
            .await?;
        tracing::info!(conversations = changed.len(), "catching up");
        for some in changed.chunks(AT_A_TIME) {
            self.tell(some).await?;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    async fn tell(&self, conversations: &[ConversationId]) -> Result<(), DbError> {
        let mut reader = self.db.reader().await?;
        for &id in conversations {
            if let Some(conversation) = reader.conn().conversation(id).await? {
                self.hub
                    .hand_out_here(conversation_changed(&conversation, None));
            }
        }
        Ok(())
    }
}
